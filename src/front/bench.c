#include <langinfo.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "front/front.h"
#include "front/live.h"
#include "front/output.h"
#include "front/progress.h"
#include "front/signals.h"
#include "session/run.h"
#include "show/view_bench.h"
#include "show/view_measured.h"

/*
 * Without --budget: seconds for each measurement, 5 at least. The trial behind
 * measure/README.md had 5 s for 44 benchmarks.
 */
#define SECONDS_EACH 0.11

/* What is measured when nothing is named. */
static const char *const usual[] = {"call"};

/* One command: what is wanted, what came of it, and what it is held against. */
struct bench {
	const struct front *front;
	struct picks picks;
	struct measurements m;
	struct measurements before; /* of --compare */
	struct comparison comparison;
	int stopped;
};

static int make_picks(struct bench *b, const struct environment *env, struct err *err)
{
	const struct cli *cli = b->front->cli;
	int all = cli->list || cli->n_words;

	return picks_make(&b->picks, &b->front->catalog->probes, env, all ? cli->words : usual,
		all ? cli->n_words : 1, cli->size, err);
}

static int list(struct bench *b, const struct environment *env, struct err *err)
{
	const struct cli *cli = b->front->cli;
	struct lines lines;
	struct str text;
	int result;

	if (make_picks(b, env, err) < 0)
		return -1;
	if (cli->format == FORMAT_JSON) {
		str_init(&text);
		bench_list_json(&b->picks, &text);
		result = output_text(cli, &text, err);
		str_release(&text);
		return result;
	}
	lines_init(&lines);
	view_bench_list(&lines, &b->picks, output_width(cli));
	result = output_lines(cli, &lines, err);
	lines_release(&lines);
	return result;
}

static struct view_bench view_of(const struct bench *b)
{
	return (struct view_bench){.picks = &b->picks, .m = &b->m,
		.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0,
		.width = output_width(b->front->cli)};
}

static double budget_of(const struct cli *cli, const struct plan *plan)
{
	return cli->budget_given ? cli->budget : fmax(cli->budget, SECONDS_EACH * (double)plan->n);
}

/* Live table or the line of progress, whichever there is room for. */
static int measure(struct bench *b, struct err *err)
{
	const struct front *front = b->front;
	struct run_options options = {.stop_fd = front->stop_fd};
	struct view_bench view = view_of(b);
	struct progress progress;
	struct live live;
	struct plan plan;
	int result;

	plan_init(&plan);
	picks_plan(&b->picks, &plan);
	options.budget = budget_of(front->cli, &plan);
	progress_init(&progress, front->cli->quiet, front->cli->plain);
	options.progress = progress_show;
	options.who = &progress;
	if (live_init(&live, front->cli, &view)) {
		options.progress = live_show;
		options.who = &live;
	}
	result = run_plan(&b->m, &plan, front->catalog, front->pythons, &options, &b->stopped, err);
	live_end(&live);
	progress_end(&progress);
	plan_release(&plan);
	return result;
}

/* Of a file only what is in it can be shown. */
static void keep_figures(struct bench *b)
{
	size_t i, n = 0;

	for (i = 0; i < b->picks.n; i++) {
		const struct pick *pick = &b->picks.items[i];

		if (measurements_find(&b->m, pick->probe->id, pick->binding->id, pick->n))
			b->picks.items[n++] = *pick;
	}
	b->picks.n = n;
}

/* A file's figures, those alone that were asked for. */
static int take_from_file(struct bench *b, struct err *err)
{
	const struct front *front = b->front;
	size_t i;

	if (run_load(&b->m, front->catalog, front->pythons, front->cli->measurements, err) < 0)
		return -1;
	for (i = b->m.n; i-- > 0;) {
		const struct measurement *item = &b->m.items[i];

		if (!picks_hold(&b->picks, item->probe, item->binding, item->n))
			measurements_drop(&b->m, i);
	}
	keep_figures(b);
	if (b->picks.n)
		return 0;
	err_set(err, ERR_INVALID, "'%s' has no figures of what was asked for",
		front->cli->measurements);
	err_hint(err, "'*' shows all it has");
	return -1;
}

static int write_text(struct bench *b, struct err *err)
{
	const struct cli *cli = b->front->cli;
	struct view_bench view = view_of(b);
	struct lines lines;
	int result;

	lines_init(&lines);
	view_bench_table(&lines, &view);
	view_bench_legend(&lines, &view);
	if (cli->compare)
		view_bench_compare(&lines, &b->comparison, cli->compare);
	view_not_measured(&lines, &b->m);
	view_environment(&lines, &b->m);
	if (!cli->n_words)
		view_bench_groups(&lines, &b->front->catalog->probes);
	result = output_lines(cli, &lines, err);
	lines_release(&lines);
	return result;
}

static int write_json(struct bench *b, struct err *err)
{
	const struct cli *cli = b->front->cli;
	struct str text;
	int result;

	str_init(&text);
	bench_json(&b->m, cli->compare ? &b->comparison : NULL, cli->compare, &text);
	result = output_text(cli, &text, err);
	str_release(&text);
	return result;
}

/* The figures are kept first: what was measured must not be lost to a full pipe. */
static int hand_over(struct bench *b, struct err *err)
{
	const struct cli *cli = b->front->cli;

	if (cli->save && measurements_save(&b->m, cli->save, err) < 0)
		return -1;
	if (cli->compare)
		compare_make(&b->comparison, &b->before, &b->m);
	return cli->format == FORMAT_JSON ? write_json(b, err) : write_text(b, err);
}

static int run(struct bench *b, const struct environment *env, struct err *err)
{
	const struct cli *cli = b->front->cli;

	if (make_picks(b, env, err) < 0)
		return -1;
	if (cli->compare && measurements_load(&b->before, cli->compare, err) < 0)
		return -1;
	if (cli->measurements ? take_from_file(b, err) : measure(b, err))
		return -1;
	return hand_over(b, err);
}

static int status_of(const struct bench *b)
{
	if (signals_caught()) {
		if (!b->front->cli->quiet)
			fputs("ffiadvise: stopped; this is what was measured until then\n", stderr);
		return STATUS_SIGNAL + signals_caught();
	}
	return run_failed(&b->m) ? STATUS_PROBES_FAILED : 0;
}

int bench_run(const struct front *front)
{
	struct bench b = {.front = front};
	struct environment env;
	struct err err, why;
	int there, status;

	measurements_init(&b.m);
	measurements_init(&b.before);
	memset(&env, 0, sizeof env);
	there = run_look(&env, front->catalog, front->pythons, &why) == 0;
	if (front->cli->list)
		status = list(&b, there ? &env : NULL, &err) < 0 ? front_fail(&err) : 0;
	else if (!there && !front->cli->measurements)
		status = front_fail(&why);
	else
		status = run(&b, there && !front->cli->measurements ? &env : NULL, &err) < 0 ?
			front_fail(&err) : status_of(&b);
	compare_release(&b.comparison);
	picks_release(&b.picks);
	measurements_release(&b.m);
	measurements_release(&b.before);
	environment_release(&env);
	return status;
}
