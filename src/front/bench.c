#include <langinfo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
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
	size_t n;                   /* interpreters */
	struct picks *picks;        /* of each */
	struct measurements *ms;    /* of each */
	struct measurements before; /* of --compare */
	struct comparison comparison;
	int stopped;
};

/* env: of each interpreter, what can be measured there; NULL where nothing says. */
static int make_picks(struct bench *b, struct environment *const *env, struct err *err)
{
	const struct cli *cli = b->front->cli;
	int all = cli->list || cli->n_words;
	size_t k;

	for (k = 0; k < b->n; k++) {
		if (picks_make(&b->picks[k], &b->front->catalog->probes, env[k],
			    all ? cli->words : usual, all ? cli->n_words : 1, cli->size, err) < 0)
			return -1;
	}
	return 0;
}

static int list(struct bench *b, struct environment *const *env, struct err *err)
{
	const struct cli *cli = b->front->cli;
	struct lines lines;
	struct str text;
	struct doc doc;
	int result;

	if (make_picks(b, env, err) < 0)
		return -1;
	if (cli->format == FORMAT_JSON) {
		str_init(&text);
		bench_list_json(b->picks, &text);
		result = output_text(cli, &text, err);
		str_release(&text);
		return result;
	}
	if (cli->format != FORMAT_TEXT) {
		doc_init(&doc);
		bench_list_doc(&doc, b->picks);
		result = output_doc(cli, &doc, err);
		doc_release(&doc);
		return result;
	}
	lines_init(&lines);
	view_bench_list(&lines, b->picks, output_width(cli));
	result = output_lines(cli, &lines, err);
	lines_release(&lines);
	return result;
}

static struct view_bench view_of(const struct bench *b)
{
	return (struct view_bench){.picks = b->picks, .ms = b->ms, .n = b->n,
		.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0,
		.width = output_width(b->front->cli)};
}

static double budget_of(const struct cli *cli, const struct plan *plans, size_t n)
{
	size_t measurements = 0, k;

	for (k = 0; k < n; k++)
		measurements += plans[k].n;
	return cli->budget_given ? cli->budget :
		fmax(cli->budget, SECONDS_EACH * (double)measurements);
}

/* Live table or the line of progress, whichever there is room for. */
static int measure(struct bench *b, struct err *err)
{
	const struct front *front = b->front;
	struct run_options options = {.stop_fd = front->stop_fd};
	struct view_bench view = view_of(b);
	struct progress progress;
	struct live live;
	struct plan *plans = xcalloc(b->n + 1, sizeof *plans);
	int result;
	size_t k;

	for (k = 0; k < b->n; k++) {
		plan_init(&plans[k]);
		picks_plan(&b->picks[k], &plans[k]);
	}
	options.budget = budget_of(front->cli, plans, b->n);
	progress_init(&progress, front->cli->quiet, front->cli->plain);
	options.progress = progress_show;
	options.who = &progress;
	if (live_init(&live, front->cli, &view, b->ms)) {
		options.progress = live_show;
		options.who = &live;
	}
	result = run_plans(b->ms, plans, b->n, front->catalog, front->pythons, &options,
		&b->stopped, err);
	live_end(&live);
	progress_end(&progress);
	for (k = 0; k < b->n; k++)
		plan_release(&plans[k]);
	free(plans);
	return result;
}

/* Of a file only what is in it can be shown. */
static void keep_figures(struct bench *b)
{
	size_t i, n = 0;

	for (i = 0; i < b->picks[0].n; i++) {
		const struct pick *pick = &b->picks[0].items[i];

		if (measurements_find(&b->ms[0], pick->probe->id, pick->binding->id, pick->n))
			b->picks[0].items[n++] = *pick;
	}
	b->picks[0].n = n;
}

/* A file's figures, those alone that were asked for. */
static int take_from_file(struct bench *b, struct err *err)
{
	const struct front *front = b->front;
	size_t i;

	if (run_load(&b->ms[0], front->catalog, front->pythons, front->cli->measurements, err) < 0)
		return -1;
	for (i = b->ms[0].n; i-- > 0;) {
		const struct measurement *item = &b->ms[0].items[i];

		if (!picks_hold(&b->picks[0], item->probe, item->binding, item->n))
			measurements_drop(&b->ms[0], i);
	}
	keep_figures(b);
	if (b->picks[0].n)
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
	size_t k;

	lines_init(&lines);
	view_bench_table(&lines, &view);
	view_bench_legend(&lines, &view);
	if (cli->compare)
		view_bench_compare(&lines, &b->comparison, cli->compare);
	for (k = 0; k < b->n; k++) {
		view_not_measured(&lines, &b->ms[k]);
		view_environment(&lines, &b->ms[k]);
	}
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
	bench_json(b->ms, b->n, cli->compare ? &b->comparison : NULL, cli->compare, &text);
	result = output_text(cli, &text, err);
	str_release(&text);
	return result;
}

static int write_doc(struct bench *b, struct err *err)
{
	const struct cli *cli = b->front->cli;
	struct view_bench view = view_of(b);
	struct doc doc;
	int result;

	/* Files are UTF-8, whatever the terminal can show. */
	view.utf8 = 1;
	doc_init(&doc);
	bench_doc(&doc, &view, cli->compare ? &b->comparison : NULL, cli->compare);
	result = output_doc(cli, &doc, err);
	doc_release(&doc);
	return result;
}

/* The figures are kept first: what was measured must not be lost to a full pipe. */
static int hand_over(struct bench *b, struct err *err)
{
	const struct cli *cli = b->front->cli;

	if (cli->save && measurements_save(b->ms, cli->save, err) < 0)
		return -1;
	if (cli->compare)
		compare_make(&b->comparison, &b->before, b->ms);
	return cli->format == FORMAT_JSON ? write_json(b, err) : cli->format == FORMAT_TEXT ?
		write_text(b, err) : write_doc(b, err);
}

static int run(struct bench *b, struct environment *const *env, struct err *err)
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
	size_t k;

	if (signals_caught()) {
		if (!b->front->cli->quiet)
			fputs("ffiadvise: stopped; this is what was measured until then\n", stderr);
		return STATUS_SIGNAL + signals_caught();
	}
	for (k = 0; k < b->n; k++) {
		if (run_failed(&b->ms[k]))
			return STATUS_PROBES_FAILED;
	}
	return 0;
}

static void release(struct bench *b)
{
	size_t k;

	for (k = 0; k < b->n; k++) {
		picks_release(&b->picks[k]);
		measurements_release(&b->ms[k]);
	}
	free(b->picks);
	free(b->ms);
	compare_release(&b->comparison);
	measurements_release(&b->before);
}

int bench_run(const struct front *front)
{
	struct bench b = {.front = front, .n = front->n_pythons};
	struct environment *envs = xcalloc(b.n + 1, sizeof *envs), **there;
	const struct cli *cli = front->cli;
	struct err err, why = {.code = ERR_NONE};
	int status;
	size_t k;

	b.picks = xcalloc(b.n + 1, sizeof *b.picks);
	b.ms = xcalloc(b.n + 1, sizeof *b.ms);
	there = xcalloc(b.n + 1, sizeof *there);
	for (k = 0; k < b.n; k++) {
		if (run_look(&envs[k], front->catalog, &front->pythons[k], &err) == 0)
			there[k] = cli->measurements ? NULL : &envs[k];
		else
			why = err;
	}
	if (cli->list)
		status = list(&b, there, &err) < 0 ? front_fail(&err) : 0;
	else if (why.code && !cli->measurements)
		status = front_fail(&why);
	else
		status = run(&b, there, &err) < 0 ? front_fail(&err) : status_of(&b);
	release(&b);
	for (k = 0; k < front->n_pythons; k++)
		environment_release(&envs[k]);
	free(there);
	free(envs);
	return status;
}
