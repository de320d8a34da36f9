#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "front/front.h"
#include "front/progress.h"
#include "front/signals.h"
#include "measure/constants.h"
#include "session/run.h"
#include "survey/quantity.h"
#include "survey/seen.h"

/* How many times longer than later ones a first run may take without a word. */
#define FIRST_WORTH_SAYING 20
#define FIRST_WORTH_SAYING_NS 1e6

/* What gives no value, and how to have one computed. */
static const struct {
	const char *what, *cure;
} gives[] = {
	[GIVES_GENERATOR] = {"a generator", "have it run to its end: --call 'list(...)'"},
	[GIVES_COROUTINE] = {"a coroutine", "have it run: --setup 'import asyncio ...' --call "
		"'asyncio.run(...)', which adds some 50 us for the loop"},
	[GIVES_ASYNC_GENERATOR] = {"an asynchronous generator",
		"have it run to its end in a coroutine, and that with asyncio.run()"},
	[GIVES_ITERATOR] = {"an iterator", "have it run to its end: --call 'list(...)'"},
};

/* What their code printed, with control characters shown, on standard error. */
static void show_talk(const struct cli *cli, const char *talk)
{
	size_t length;
	struct str out;

	if (cli->quiet || !talk || !*talk)
		return;
	str_init(&out);
	for (; *talk; talk += length + (talk[length] == '\n')) {
		length = strcspn(talk, "\n");
		str_add(&out, "  | ");
		str_add_shown(&out, talk, length);
		str_addc(&out, '\n');
	}
	fprintf(stderr, "ffiadvise: your code printed, while it was looked at:\n%s", str_text(&out));
	str_release(&out);
}

/* The file's one function, or one of which nothing is known. 0, or a status. */
static int begin_survey(struct survey *survey, const struct front *front)
{
	const struct cli *cli = front->cli;
	struct errs errs = {0};
	struct err err;

	memset(survey, 0, sizeof *survey);
	if (!cli->answers) {
		survey->items = xcalloc(1, sizeof *survey->items);
		survey->n = 1;
		answers_init(&survey->items[0].answers, &front->catalog->questions);
		return 0;
	}
	if (survey_read_given(survey, &front->catalog->questions, cli->answers, stdin, &errs) < 0)
		return front_invalid(&errs);
	if (survey->n == 1)
		return 0;
	err_set(&err, ERR_USAGE, "'%s' has %zu functions, and --call is one of them", cli->answers,
		survey->n);
	err_hint(&err, "give the answers of that one in a file of its own");
	survey_release(survey);
	return front_fail(&err);
}

/* --- what the person should know of how it was measured --- */

static void note_samples(struct survey_item *item, const struct call *call,
	const struct measurement *m)
{
	if (!m && call->ns.likely >= OWN_SAMPLE_MOST * 1e9)
		survey_warn(item, "function.time_per_call rests on one run, since it takes so long: an upper "
			"bound");
	else if (!m)
		survey_warn(item, "function.time_per_call rests on the runs in which the call was looked at, "
			"since the budget left no time for more: an upper bound");
	else if (m->upper_bound)
		survey_warn(item, "function.time_per_call rests on %zu sample%s in %zu process%s, fewer "
			"than a figure needs: an upper bound; a larger --budget gives more", m->samples,
			m->samples == 1 ? "" : "s", m->n_runs, m->n_runs == 1 ? "" : "es");
}

static void note_drift(struct survey_item *item, const struct call *call)
{
	if (call->drift > OWN_DRIFT)
		survey_warn(item, "the call gets slower the more often it runs: at the end it took %.2g "
			"times as long as at the beginning, so there is no one time per call; does it add "
			"to something that stays? Let each call begin with the same", call->drift);
}

static void note_first(struct survey_item *item, const struct call *call)
{
	const struct worker_seen *seen = &call->seen;
	struct str first, later;

	if (!(seen->first_ns > FIRST_WORTH_SAYING_NS) ||
		!(seen->first_ns > FIRST_WORTH_SAYING * call->ns.likely))
		return;
	str_init(&first);
	str_init(&later);
	quantity_write(&first, seen->first_ns, QUESTION_DURATION);
	quantity_write(&later, call->ns.likely, QUESTION_DURATION);
	survey_warn(item, "the first run took %s, later ones %s: something was prepared or remembered "
		"(an import, a cache); what was measured is the later ones", str_text(&first),
		str_text(&later));
	str_release(&first);
	str_release(&later);
}

/* From the worker, which is not trusted: shown. */
static void note_text(struct survey_item *item, const char *before, const char *text,
	const char *after)
{
	struct str shown;

	if (!*text)
		return;
	str_init(&shown);
	str_add_shown(&shown, text, strlen(text));
	survey_warn(item, "%s%s%s", before, str_text(&shown), after);
	str_release(&shown);
}

static void add_notes(struct survey_item *item, const struct call *call,
	const struct measurement *m)
{
	const struct worker_seen *seen = &call->seen;

	note_samples(item, call, m);
	note_drift(item, call);
	note_first(item, call);
	if (!seen->is_call)
		survey_warn(item, "'%s' is not one call f(...), so no arguments were seen; put the rest of "
			"it into --setup", call->expression);
	note_text(item, "what was measured has the making of its argument '", seen->computed,
		"' in it; make it in --setup to leave that out");
	note_text(item, "the call changes the length of ", seen->changed,
		", so each run finds something else than the one before");
	if (seen->cpus > OWN_CPUS)
		survey_warn(item, "the call kept %.1f CPUs busy at once: it has threads or processes of its "
			"own already", seen->cpus);
}

/* --- the run --- */

static int fail_value(const struct call *call)
{
	struct err err;

	err_set(&err, ERR_USAGE, "'%s' gives %s: nothing was computed yet, so there is nothing to measure",
		call->expression, gives[call->seen.gives].what);
	err_hint(&err, "%s", gives[call->seen.gives].cure);
	return front_fail(&err);
}

/* Measures the call into m. 0, or a status; the call is to be released in any case. */
static int measure(const struct front *front, struct call *call, struct measurements *m)
{
	const struct cli *cli = front->cli;
	struct run_options options = {.budget = cli->budget, .stop_fd = front->stop_fd,
		.progress = progress_show};
	struct progress progress;
	int stopped, result;
	struct err err;

	if (!cli->quiet)
		fputs("ffiadvise: this runs your code, the call many times, in processes of its own; "
		      "what it changes outside of them stays changed\n", stderr);
	options.who = &progress;
	progress_init(&progress, cli->quiet, cli->plain);
	result = run_call(call, m, front->catalog, front->pythons, &options, &stopped, &err);
	progress_end(&progress);
	show_talk(cli, call->talk);
	if (signals_caught()) {
		if (result == 0)
			measurements_release(m);
		fputs("ffiadvise: stopped; nothing was advised\n", stderr);
		return STATUS_SIGNAL + signals_caught();
	}
	if (result < 0 && strstr(err.text, "ModuleNotFoundError"))
		err_hint(&err, "run it in the folder that has it, or name the environment with --python");
	if (result < 0)
		return front_fail(&err);
	if (call->seen.gives != GIVES_VALUE)
		result = fail_value(call);
	if (result != 0)
		measurements_release(m);
	return result;
}

/* Somebody is there to be asked for the rest, or is to be asked. */
static int asks(const struct cli *cli)
{
	return !cli->answers &&
	       (cli->plain || (!cli->quiet && isatty(STDIN_FILENO) && isatty(STDERR_FILENO)));
}

/* Asks for what could not be seen. 0; -1 when the person left. */
static int ask_rest(struct answers *answers)
{
	struct session session;
	int left;

	session_init_from(&session, answers);
	fputs("ffiadvise: the call was measured; a few questions on what cannot be seen from it. Enter: "
	      "don't know. ?: why it is asked. b: back. q: leave.\n", stderr);
	left = plain_ask(&session);
	if (left == 0) {
		answers_release(answers);
		session_answers(&session.answers, answers);
	}
	session_release(&session);
	return left;
}

/* The advice, with what is left of the budget. */
static int advise(const struct front *front, struct survey *survey, const struct call *call,
	struct measurements *m, int64_t began)
{
	const struct measurement *item = measurements_find(m, CALL_PROBE, CALL_BINDING, 0);
	struct cli cli = *front->cli;
	struct front rest = *front;
	double spent;
	int status;

	seen_add(&survey->items[0], &call->seen, call->ns);
	add_notes(&survey->items[0], call, item);
	spent = (double)(clock_ns() - began) * 1e-9;
	if (asks(&cli) && ask_rest(&survey->items[0].answers) < 0) {
		fputs("ffiadvise: left without advice\n", stderr);
		measurements_release(m);
		return signals_caught() ? STATUS_SIGNAL + signals_caught() : 0;
	}
	survey_check(&survey->items[0]);
	cli.budget = fmax((1 - OWN_SHARE) * cli.budget,
		cli.budget - spent);
	rest.cli = &cli;
	status = front_advise(&rest, survey, NULL, m);
	measurements_release(m);
	return status;
}

int call_run(const struct front *front)
{
	struct call call = {.setup = front->cli->setup ? front->cli->setup : "",
		.expression = front->cli->call};
	int64_t began = clock_ns();
	struct measurements m;
	struct survey survey;
	int status = begin_survey(&survey, front);

	if (status != 0)
		return status;
	status = measure(front, &call, &m);
	if (status == 0)
		status = advise(front, &survey, &call, &m, began);
	call_release(&call);
	survey_release(&survey);
	return status;
}
