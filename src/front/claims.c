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
	struct measurements *m, int *stopped, struct err *err)
{
	const struct cli *cli = front->cli;
	struct run_options options = {.stop_fd = front->stop_fd};
	struct progress progress;
	struct plan plan;
	int result;
	size_t i;

	if (cli->measurements)
		return run_load(m, front->catalog, front->pythons, cli->measurements, err);
	plan_init(&plan);
	for (i = 0; i < n; i++)
		judge_wants(&plan, list[i], &front->catalog->probes);
	options.budget = cli->budget_given ? cli->budget : CLAIMS_SECONDS;
	progress_init(&progress, cli->quiet, cli->plain);
	options.progress = progress_show;
	options.who = &progress;
	result = run_plan(m, &plan, front->catalog, front->pythons, &options, stopped, err);
	progress_end(&progress);
	plan_release(&plan);
	return result;
}

static int write_out(const struct front *front, const struct claim **list, size_t n,
	const struct measurements *m, struct err *err)
{
	struct judgement *judgements = xcalloc(n + 1, sizeof *judgements);
	struct lines lines;
	struct str text;
	int result;
	size_t i;

	for (i = 0; i < n; i++)
		judge_claim(&judgements[i], list[i], m);
	if (front->cli->format == FORMAT_JSON) {
		str_init(&text);
		claims_json(judgements, n, m, &text);
		result = output_text(front->cli, &text, err);
		str_release(&text);
	} else {
		lines_init(&lines);
		view_claims(&lines, judgements, n, m);
		result = output_lines(front->cli, &lines, err);
		lines_release(&lines);
	}
	for (i = 0; i < n; i++)
		judgement_release(&judgements[i]);
	free(judgements);
	return result;
}

int claims_run(const struct front *front)
{
	const struct claim **list;
	struct measurements m;
	int stopped = 0, status = 0;
	struct err err;
	size_t n;

	list = named(front, &n, &err);
	if (!list)
		return front_fail(&err);
	measurements_init(&m);
	if (measure(front, list, n, &m, &stopped, &err) < 0 ||
		write_out(front, list, n, &m, &err) < 0)
		status = front_fail(&err);
	else if (signals_caught())
		status = STATUS_SIGNAL + signals_caught();
	else if (run_failed(&m))
		status = STATUS_PROBES_FAILED;
	measurements_release(&m);
	free(list);
	return status;
}
