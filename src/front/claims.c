#include <stdlib.h>
#include <string.h>

#include "advise/judge.h"
#include "base/mem.h"
#include "front/front.h"
#include "front/output.h"
#include "front/progress.h"
#include "front/signals.h"
#include "session/run.h"
#include "show/view_claims.h"

/* Without --budget; `claims` is done in a minute with some seconds to spare. */
static const double CLAIMS_SECONDS = 45;

/* The claims that were named, or all; NULL and an err when one does not exist. */
static const struct claim **named(const struct front *front, size_t *n, struct err *err)
{
	const struct claims *claims = &front->catalog->claims;
	const struct cli *cli = front->cli;
	const struct claim **list = xcalloc(claims->n + cli->n_words + 1, sizeof *list);
	size_t i;

	*n = 0;
	for (i = 0; !cli->n_words && i < claims->n; i++)
		list[(*n)++] = &claims->items[i];
	for (i = 0; i < cli->n_words; i++) {
		list[*n] = claims_find(claims, cli->words[i]);
		if (!list[*n]) {
			err_set(err, ERR_USAGE, "there is no claim '%s'", cli->words[i]);
			err_hint(err, "C1 to C%zu", claims->n);
			free(list);
			return NULL;
		}
		++*n;
	}
	return list;
}

static int measure(const struct front *front, const struct claim **list, size_t n,
	struct measurements *ms, int *stopped, struct err *err)
{
	const struct cli *cli = front->cli;
	struct run_options options = {.stop_fd = front->stop_fd};
	struct progress progress;
	struct plan *plans;
	int result;
	size_t i, k;

	if (cli->measurements)
		return run_load(ms, front->catalog, front->pythons, cli->measurements, err);
	plans = xcalloc(front->n_pythons, sizeof *plans);
	for (k = 0; k < front->n_pythons; k++) {
		plan_init(&plans[k]);
		for (i = 0; i < n; i++)
			judge_wants(&plans[k], list[i], &front->catalog->probes);
	}
	options.budget = cli->budget_given ? cli->budget : CLAIMS_SECONDS * (double)front->n_pythons;
	progress_init(&progress, cli->quiet, cli->plain);
	options.progress = progress_show;
	options.who = &progress;
	result = run_plans(ms, plans, front->n_pythons, front->catalog, front->pythons, &options,
		stopped, err);
	progress_end(&progress);
	for (k = 0; k < front->n_pythons; k++)
		plan_release(&plans[k]);
	free(plans);
	return result;
}

static int write_doc(const struct front *front, const struct lines *lines, struct err *err)
{
	struct doc doc;
	int result;

	doc_init(&doc);
	doc_add(&doc, DOC_TITLE, "ffiadvise claims");
	doc_lines(&doc, lines);
	result = output_doc(front->cli, &doc, err);
	doc_release(&doc);
	return result;
}

static int write_out(const struct front *front, const struct claim **list, size_t n,
	const struct measurements *ms, struct err *err)
{
	size_t all = n * front->n_pythons, i;
	struct judgement *judgements = xcalloc(all + 1, sizeof *judgements);
	struct lines lines;
	struct str text;
	int result;

	/* Those of one interpreter after the other. */
	for (i = 0; i < all; i++)
		judge_claim(&judgements[i], list[i % n], &ms[i / n]);
	if (front->cli->format == FORMAT_JSON) {
		str_init(&text);
		claims_json(judgements, n, ms, front->n_pythons, &text);
		result = output_text(front->cli, &text, err);
		str_release(&text);
	} else {
		lines_init(&lines);
		for (i = 0; i < front->n_pythons; i++)
			view_claims(&lines, &judgements[i * n], n, &ms[i]);
		result = front->cli->format == FORMAT_TEXT ?
			output_lines(front->cli, &lines, err) : write_doc(front, &lines, err);
		lines_release(&lines);
	}
	for (i = 0; i < all; i++)
		judgement_release(&judgements[i]);
	free(judgements);
	return result;
}

static int any_failed(const struct measurements *ms, size_t n)
{
	size_t k;

	for (k = 0; k < n; k++) {
		if (run_failed(&ms[k]))
			return 1;
	}
	return 0;
}

int claims_run(const struct front *front)
{
	const struct claim **list;
	struct measurements *ms;
	int stopped = 0, status = 0;
	struct err err;
	size_t n, k;

	list = named(front, &n, &err);
	if (!list)
		return front_fail(&err);
	ms = xcalloc(front->n_pythons, sizeof *ms);
	if (measure(front, list, n, ms, &stopped, &err) < 0 ||
		write_out(front, list, n, ms, &err) < 0)
		status = front_fail(&err);
	else if (signals_caught())
		status = STATUS_SIGNAL + signals_caught();
	else if (any_failed(ms, front->n_pythons))
		status = STATUS_PROBES_FAILED;
	for (k = 0; k < front->n_pythons; k++)
		measurements_release(&ms[k]);
	free(ms);
	free(list);
	return status;
}
