/*
 * main: locale, command line, which front end, exit status.
 */
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

#include "base/version.h"
#include "cli.h"
#include "front/front.h"
#include "front/pythons.h"
#include "front/signals.h"

static int (*const commands[COMMANDS])(const struct front *front) = {
	[COMMAND_MEASURE] = call_run,
	[COMMAND_BENCH] = bench_run,
	[COMMAND_CLAIMS] = claims_run,
	[COMMAND_DOCTOR] = doctor_run,
	[COMMAND_EXPLAIN] = explain_run,
};

/* A standard descriptor that is closed would be taken by the next file opened. */
static void open_standard(void)
{
	int fd;

	while ((fd = open("/dev/null", O_RDWR)) >= 0 && fd <= STDERR_FILENO)
		;
	if (fd >= 0)
		close(fd);
}

static int print(const struct cli *cli)
{
	struct str out;
	int failed;

	str_init(&out);
	if (cli->help)
		cli_help(&out, cli->command);
	else
		str_addf(&out, "ffiadvise %s\n", FFIADVISE_VERSION);
	failed = fputs(str_text(&out), stdout) < 0 || fflush(stdout) != 0;
	str_release(&out);
	if (failed)
		fputs("ffiadvise: cannot write to standard output\n", stderr);
	return failed ? ERR_FAILURE : 0;
}

/* Without a file it asks, which needs somebody to ask. */
static int has_nobody_to_ask(const struct cli *cli, struct err *err)
{
	if (cli->command || cli->answers || cli->plain || cli->keys || isatty(STDIN_FILENO))
		return 0;
	err_set(err, ERR_USAGE, "standard input is no terminal, so there is nobody to ask");
	err_hint(err, "give the answers in a file with --answers FILE, or have them read as "
		"lines with --plain");
	return 1;
}

static int dispatch(struct front *front, struct places *places)
{
	struct python *pythons;
	struct err err;
	int status;

	pythons = pythons_ready(front->cli, places, front->stop_fd, &front->n_pythons, &err);
	if (!pythons && signals_caught())
		return STATUS_SIGNAL + signals_caught();
	if (!pythons)
		return front_fail(&err);
	front->pythons = pythons;
	front->places = places;
	if (front->cli->command)
		status = commands[front->cli->command](front);
	else
		status = front->cli->answers ? batch_run(front) : front->cli->plain ?
			plain_run(front) : tui_run(front);
	pythons_release(pythons, front->n_pythons);
	return status;
}

static int start(const struct cli *cli)
{
	struct front front = {.cli = cli};
	struct places places;
	struct catalog catalog;
	struct errs errs = {0};
	struct err err;
	struct str text;
	int status;

	if (has_nobody_to_ask(cli, &err) || (front.stop_fd = signals_catch(&err)) < 0 ||
		places_find(&places, cli->data, &err) < 0)
		return front_fail(&err);
	if (catalog_load(&catalog, places.data, &errs) < 0) {
		str_init(&text);
		errs_format(&errs, &text);
		fputs(str_text(&text), stderr);
		str_release(&text);
		errs_release(&errs);
		places_release(&places);
		return cli->data ? ERR_INVALID : ERR_FAILURE;
	}
	front.catalog = &catalog;
	status = dispatch(&front, &places);
	catalog_release(&catalog);
	places_release(&places);
	errs_release(&errs);
	signals_raise_again();
	return status;
}

int main(int argc, char **argv)
{
	struct cli cli;
	struct err err;
	int status;

	open_standard();
	setlocale(LC_CTYPE, "");
	if (cli_parse(&cli, argc, argv, &err) < 0)
		status = front_fail(&err);
	else
		status = cli.help || cli.version ? print(&cli) : start(&cli);
	cli_release(&cli);
	return status;
}
