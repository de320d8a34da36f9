#include "front/front.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "front/progress.h"
#include "front/signals.h"
#include "session/run.h"
#include "show/report.h"

/* Exit statuses of cli.md beside those of enum err_code. */
enum {
	STATUS_PROBES_FAILED = 4,
	STATUS_FFI_ADVISED = 10,
	STATUS_FFI_NOT_ADVISED = 11,
	STATUS_SIGNAL = 128,
};

enum { WIDTH_ELSEWHERE = 80, WIDTH_MOST = 110 };

int front_fail(const struct err *err)
{
	struct str s;

	str_init(&s);
	err_format(err, &s);
	fprintf(stderr, "ffiadvise: %s\n", str_text(&s));
	str_release(&s);
	return (int)err->code;
}

static int width_of_output(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
		return WIDTH_ELSEWHERE;
	return size.ws_col < WIDTH_MOST ? size.ws_col : WIDTH_MOST;
}

/* no-color.org: set and not empty means no colour; so does a dumb terminal. */
static int wants_colour(const struct cli *cli)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	return !cli->no_color && !cli->output && !(no_color && *no_color) && term &&
	       strcmp(term, "dumb") != 0 && isatty(STDOUT_FILENO);
}

static void render(const struct front *front, const struct report *report, struct str *out)
{
	struct lines lines;

	if (front->cli->format == FORMAT_JSON) {
		report_json(report, out);
		return;
	}
	lines_init(&lines);
	report_text(report, &lines);
	lines_wrap(&lines, front->cli->output ? WIDTH_ELSEWHERE : width_of_output());
	lines_write(&lines, wants_colour(front->cli), out);
	lines_release(&lines);
}

static int put(FILE *file, const char *name, const struct str *text, struct err *err)
{
	if (fwrite(str_text(text), 1, text->len, file) != text->len || fflush(file) != 0)
		return err_set(err, ERR_FAILURE, "cannot write to '%s': %s", name, strerror(errno));
	return 0;
}

/* A file is replaced whole or not at all; what is no regular file is written to. */
static int put_file(const char *path, const struct str *text, struct err *err)
{
	struct stat st;
	FILE *file;
	char *temporary;
	int fd, result;

	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		file = fopen(path, "we");
		if (!file)
			return err_set(err, ERR_FAILURE, "cannot open '%s': %s", path, strerror(errno));
		result = put(file, path, text, err);
		if (fclose(file) != 0 && result == 0)
			result = err_set(err, ERR_FAILURE, "cannot write to '%s': %s", path,
				strerror(errno));
		return result;
	}
	temporary = xasprintf("%s.XXXXXX", path);
	fd = mkostemp(temporary, 02000000 /* O_CLOEXEC */);
	file = fd < 0 ? NULL : fdopen(fd, "w");
	if (!file) {
		result = err_set(err, ERR_FAILURE, "cannot write beside '%s': %s", path,
			strerror(errno));
		free(temporary);
		return result;
	}
	fchmod(fd, 0644);
	result = put(file, path, text, err);
	if (result == 0 && fsync(fd) < 0)
		result = err_set(err, ERR_FAILURE, "cannot write '%s': %s", path, strerror(errno));
	if (fclose(file) != 0 && result == 0)
		result = err_set(err, ERR_FAILURE, "cannot write '%s': %s", path, strerror(errno));
	if (result == 0 && rename(temporary, path) < 0)
		result = err_set(err, ERR_FAILURE, "cannot replace '%s': %s", path, strerror(errno));
	if (result < 0)
		unlink(temporary);
	free(temporary);
	return result;
}

static int advises_ffi(const struct report *report)
{
	size_t i;

	for (i = 0; i < report->n; i++) {
		if (report->functions[i].option->use == USE_FFI)
			return 1;
	}
	return 0;
}

static int status_of(const struct front *front, const struct report *report)
{
	int failed = run_failed(report->measurements);

	if (front->cli->check) {
		if (failed && !front->cli->quiet)
			fputs("ffiadvise: some probes failed; see 'not measured' in the report\n",
				stderr);
		return advises_ffi(report) ? STATUS_FFI_ADVISED : STATUS_FFI_NOT_ADVISED;
	}
	return failed ? STATUS_PROBES_FAILED : 0;
}

int front_advise(const struct front *front, const struct survey *survey)
{
	const struct cli *cli = front->cli;
	struct measurements measurements;
	struct run_options options;
	struct progress progress;
	struct report report;
	int stopped = 0, result, status;
	struct str out;
	struct err err;

	memset(&options, 0, sizeof options);
	options.budget = cli->budget;
	options.fresh = cli->fresh;
	options.file = cli->measurements;
	options.stop_fd = front->stop_fd;
	options.progress = progress_show;
	options.who = &progress;
	progress_init(&progress, cli->quiet, cli->plain);
	result = run_measurements(&measurements, survey, front->catalog, front->places, &options,
		&stopped, &err);
	progress_end(&progress);
	if (signals_caught()) {
		if (result == 0)
			measurements_release(&measurements);
		fputs("ffiadvise: stopped; nothing was advised\n", stderr);
		return STATUS_SIGNAL + signals_caught();
	}
	if (result < 0)
		return front_fail(&err);
	report_make(&report, front->catalog, survey, &measurements);
	str_init(&out);
	render(front, &report, &out);
	result = cli->output ? put_file(cli->output, &out, &err) :
		put(stdout, "standard output", &out, &err);
	status = result < 0 ? front_fail(&err) : status_of(front, &report);
	str_release(&out);
	report_release(&report);
	measurements_release(&measurements);
	return status;
}
