#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "front/front.h"
#include "front/progress.h"
#include "front/signals.h"
#include "measure/constants.h"
#include "session/own.h"

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

/* Measures the call. 0, or a status. */
static int measure(const struct front *front, struct own *own)
{
	const struct cli *cli = front->cli;
	struct run_options options = {.budget = cli->budget, .stop_fd = front->stop_fd,
		.progress = progress_show};
	struct progress progress;

	if (!cli->quiet)
		fputs("ffiadvise: this runs your code, the call many times, in processes of its own; "
		      "what it changes outside of them stays changed\n", stderr);
	options.who = &progress;
	progress_init(&progress, cli->quiet, cli->plain);
	own_measure(own, front->catalog, front->pythons, &options);
	progress_end(&progress);
	show_talk(cli, own->call.talk);
	if (signals_caught()) {
		fputs("ffiadvise: stopped; nothing was advised\n", stderr);
		return STATUS_SIGNAL + signals_caught();
	}
	return own->state == OWN_FAILED ? front_fail(&own->err) : 0;
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
static int advise(const struct front *front, struct survey *survey, struct own *own, int64_t began)
{
	struct cli cli = *front->cli;
	struct front rest = *front;
	double spent;

	own_add(&survey->items[0], own);
	spent = (double)(clock_ns() - began) * 1e-9;
	if (asks(&cli) && ask_rest(&survey->items[0].answers) < 0) {
		fputs("ffiadvise: left without advice\n", stderr);
		return signals_caught() ? STATUS_SIGNAL + signals_caught() : 0;
	}
	survey_check(&survey->items[0]);
	cli.budget = fmax((1 - OWN_SHARE) * cli.budget,
		cli.budget - spent);
	rest.cli = &cli;
	return front_advise(&rest, survey, NULL, &own->m);
}

int call_run(const struct front *front)
{
	const struct cli *cli = front->cli;
	int64_t began = clock_ns();
	struct survey survey;
	struct own *own;
	int status = begin_survey(&survey, front);

	if (status != 0)
		return status;
	own = own_new(cli->setup ? cli->setup : "", cli->call);
	status = measure(front, own);
	if (status == 0)
		status = advise(front, &survey, own, began);
	own_free(own);
	survey_release(&survey);
	return status;
}
