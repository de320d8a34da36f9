#include "front/live.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "front/output.h"
#include "measure/stats.h"

/* ns between two drawings, at least; and so many times what one took. */
enum { EVERY_NS = 100000000, PAUSE_TIMES = 20, ROWS_ELSEWHERE = 24 };

int live_init(struct live *live, const struct cli *cli, const struct view_bench *view,
	struct measurements *ms)
{
	const char *term = getenv("TERM");

	memset(live, 0, sizeof *live);
	live->cli = cli;
	live->view = *view;
	live->ms = ms;
	live->view.live = 1;
	live->on = !cli->output && !cli->quiet && !cli->plain && cli->format == FORMAT_TEXT &&
		   isatty(STDOUT_FILENO) && term && strcmp(term, "dumb") != 0;
	return live->on;
}

static int rows_of_screen(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_row < 4)
		return ROWS_ELSEWHERE;
	return size.ws_row;
}

static void add_status(struct lines *lines, const struct measure_progress *now)
{
	static const char *const grades[] = {"quiet", "usable", "busy"};
	double left = now->budget - now->elapsed;

	lines_gap(lines);
	lines_begin(lines, 0, 0);
	lines_add(lines, LOOK_HINT, "%s: %d of %d sure, %.0f s left, machine %s (Ctrl-C ends it)",
		now->doing, now->done, now->wanted, left > 0 ? left : 0, grades[now->grade]);
}

/* What does not fit on the screen is cut off above the status. */
static void clip(struct lines *lines, size_t rows)
{
	struct line status;
	size_t cut;

	if (lines->n <= rows)
		return;
	cut = lines->n - rows;
	status = lines->items[lines->n - 1];
	lines->items[lines->n - 1] = lines->items[rows - 1];
	lines->items[rows - 1] = status;
	lines_begin(lines, 0, 0);
	lines_add(lines, LOOK_HINT, "(and %zu rows more)", cut + 1);
	status = lines->items[lines->n - 1];
	lines->items[lines->n - 1] = lines->items[rows - 2];
	lines->items[rows - 2] = status;
}

/* Over what stands there, in one write so that nothing flickers; the rest of it away. */
static void put(const struct live *live, const char *text)
{
	const char *end;
	struct str out;
	ssize_t n;

	str_init(&out);
	str_add(&out, "\r");
	if (live->rows)
		str_addf(&out, "\033[%dA", live->rows);
	for (; (end = strchr(text, '\n')); text = end + 1) {
		str_addn(&out, text, (size_t)(end - text));
		str_add(&out, "\033[K\n");
	}
	str_add(&out, "\033[J");
	/* A terminal that takes less shows less: the next drawing mends it. */
	n = write(STDOUT_FILENO, str_text(&out), out.len);
	(void)n;
	str_release(&out);
}

static void draw(struct live *live, const struct measure_progress *now)
{
	struct lines lines, shown;
	struct str text;

	lines_init(&lines);
	live->view.width = output_width(live->cli);
	view_bench_table(&lines, &live->view);
	add_status(&lines, now);
	lines_wrap(&lines, live->view.width);
	clip(&lines, (size_t)rows_of_screen() - 1);
	shown = lines;
	if (shown.n > (size_t)rows_of_screen() - 1)
		shown.n = (size_t)rows_of_screen() - 1;
	str_init(&text);
	lines_write(&shown, output_colour(live->cli), &text);
	put(live, str_text(&text));
	live->rows = (int)shown.n;
	str_release(&text);
	lines_release(&lines);
}

void live_show(void *who, const struct measure_progress *now)
{
	struct live *live = who;
	int64_t began = clock_ns(), took;
	size_t i;

	if (!live->on || began < live->next)
		return;
	for (i = 0; i < live->view.n; i++)
		stats_estimate(&live->ms[i]);
	draw(live, now);
	took = clock_ns() - began;
	live->next = began + (took * PAUSE_TIMES > EVERY_NS ? took * PAUSE_TIMES : EVERY_NS);
}

void live_end(struct live *live)
{
	if (!live->on)
		return;
	put(live, "");
	live->rows = 0;
	live->on = 0;
}
