#include "front/tui.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "session/keep.h"

static int save_answers(struct tui *t, enum format format, const char *path, struct err *err)
{
	const struct answers *answers;
	struct answers asked;
	int result;

	(void)format;
	session_answers(&t->session.answers, &asked);
	answers = &asked;
	result = keep_save_as(path, &answers, 1, err);
	answers_release(&asked);
	return result;
}

static int save_measurements(struct tui *t, enum format format, const char *path, struct err *err)
{
	(void)format;
	return measurements_save(&t->figures->ms[0], path, err);
}

/* As --output and --format would write it. */
static int save_report(struct tui *t, enum format format, const char *path, struct err *err)
{
	struct cli cli = *t->front->cli;
	struct front front = *t->front;

	cli.output = path;
	cli.format = format;
	front.cli = &cli;
	sheet_finish(t->sheet);
	return front_render(&front, &t->sheet->report, err);
}

static const struct {
	const char *what, *nameless, *ending; /* the file's name where the function has none */
	enum format format; /* of a report */
	int figures;        /* it takes figures, and the advice that follows from them */
	int (*save)(struct tui *t, enum format format, const char *path, struct err *err);
} items[] = {
	{"the answers, for --answers (YAML)", "answers", ".yaml", 0, 0, save_answers},
	{"the measurements, for --measurements (JSON)", "advice", "-measurements.json", 0, 1,
		save_measurements},
	{"the report as text", "advice", ".txt", FORMAT_TEXT, 1, save_report},
	{"the report as Markdown", "advice", ".md", FORMAT_MARKDOWN, 1, save_report},
	{"the report as HTML", "advice", ".html", FORMAT_HTML, 1, save_report},
	{"the report for other programs (JSON)", "advice", ".json", FORMAT_JSON, 1, save_report},
};

enum { ITEMS = sizeof items / sizeof *items };

static enum context context(const struct tui *t)
{
	return t->typing_path ? IN_PATH : IN_MENU;
}

static void draw(struct tui *t, struct area area)
{
	size_t i, at = 0, end = 0;
	struct lines l, one;

	lines_init(&l);
	lines_begin(&l, 0, 0);
	lines_add(&l, LOOK_TITLE, t->typing_path ? "Into which file?" : "What shall be saved?");
	lines_gap(&l);
	for (i = 0; !t->typing_path && i < ITEMS; i++) {
		if (i == t->menu_cursor)
			at = l.n;
		lines_init(&one);
		lines_begin(&one, 1, 6);
		lines_add(&one, LOOK_VALUE, "%s ", i == t->menu_cursor ?
			term_glyphs()->selected : " ");
		lines_add(&one, LOOK_HINT, "%zu  ", i + 1);
		lines_add(&one, LOOK_PLAIN, "%s", items[i].what);
		lines_wrap(&one, area.columns - 2);
		lines_take(&l, &one);
		if (i == t->menu_cursor)
			end = l.n;
	}
	if (t->typing_path) {
		lines_begin(&l, 0, 0);
		lines_begin(&l, 2, 2);
		lines_add(&l, LOOK_HINT, "%s", items[t->menu_cursor].what);
		lines_wrap(&l, area.columns - 2);
	}
	paint_scrolled(area, &l, paint_follow(0, (size_t)area.rows, l.n, at, end), at, end);
	if (t->typing_path)
		paint_field(area.row + 2, area.column + 2, area.columns - 5, &t->path);
	lines_release(&l);
}

/* "score-pairs.yaml" of "score pairs" */
static void suggest(struct tui *t)
{
	const struct value *name = answers_get(&t->session.answers, "name");
	const char *s = name->text ? name->text : items[t->menu_cursor].nameless;
	struct str path;

	str_init(&path);
	for (; *s && path.len < 60; s++) {
		if (isalnum((unsigned char)*s))
			str_addc(&path, *s);
		else if (path.len && path.s[path.len - 1] != '-')
			str_addc(&path, '-');
	}
	str_add(&path, items[t->menu_cursor].ending);
	field_set(&t->path, str_text(&path));
	str_release(&path);
}

static void choose(struct tui *t)
{
	if (items[t->menu_cursor].figures && !t->sheet) {
		tui_say(t, "there are no figures yet");
		return;
	}
	t->typing_path = 1;
	suggest(t);
}

static void save(struct tui *t)
{
	const char *path = str_text(&t->path.text);
	struct err err;

	if (!*path)
		return;
	/* What stands there is only replaced when it is said twice. */
	if (access(path, F_OK) == 0 && !t->replacing) {
		t->replacing = 1;
		tui_say(t, "'%s' is there already; Enter again replaces it", path);
		return;
	}
	if (items[t->menu_cursor].save(t, items[t->menu_cursor].format, path, &err) < 0) {
		tui_say(t, "%s", err.text);
		return;
	}
	GROW(t->saved, t->n_saved, t->cap_saved);
	t->saved[t->n_saved++] = xstrdup(path);
	tui_say(t, "saved in '%s'", path);
	t->typing_path = t->replacing = 0;
	t->over = OVER_NONE;
}

static void act_path(struct tui *t, enum action action, int press)
{
	if (action == ACTION_ACCEPT) {
		save(t);
		return;
	}
	t->replacing = 0;
	if (action == ACTION_LEAVE_LEVEL)
		t->typing_path = 0;
	else
		field_press(&t->path, press);
}

static void act(struct tui *t, enum action action, int press)
{
	if (t->typing_path) {
		act_path(t, action, press);
	} else if (press >= '1' && press < '1' + ITEMS) {
		t->menu_cursor = (size_t)(press - '1');
		choose(t);
	} else if (action == ACTION_UP && t->menu_cursor) {
		t->menu_cursor--;
	} else if (action == ACTION_DOWN && t->menu_cursor + 1 < ITEMS) {
		t->menu_cursor++;
	} else if (action == ACTION_LEAVE_LEVEL) {
		t->over = OVER_NONE;
	} else if (action == ACTION_ACCEPT) {
		choose(t);
	}
}

static void title(const struct tui *t, struct str *left, struct str *right)
{
	(void)t;
	(void)right;
	str_add(left, "ffiadvise: save");
}

const struct face face_save = {context, draw, act, title};
