#include "front/front.h"

#include <stdio.h>
#include <string.h>

#include "front/output.h"
#include "front/progress.h"
#include "front/signals.h"
#include "measure/cache.h"
#include "session/run.h"
#include "show/report.h"

int front_fail(const struct err *err)
{
	struct str s;

	str_init(&s);
	err_format(err, &s);
	fprintf(stderr, "ffiadvise: %s\n", str_text(&s));
	str_release(&s);
	return (int)err->code;
}

static int render(const struct front *front, const struct report *report, struct err *err)
{
	struct lines lines;
	struct str out;
	int result;

	if (front->cli->format == FORMAT_JSON) {
		str_init(&out);
		report_json(report, &out);
		result = output_text(front->cli, &out, err);
		str_release(&out);
		return result;
	}
	lines_init(&lines);
	report_text(report, &lines);
	result = output_lines(front->cli, &lines, err);
	lines_release(&lines);
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

int front_invalid(struct errs *errs)
{
	struct str text;

	str_init(&text);
	errs_format(errs, &text);
	fputs(str_text(&text), stderr);
	str_release(&text);
	errs_release(errs);
	return ERR_INVALID;
}

int front_advise(const struct front *front, const struct survey *survey,
	struct measurements *also)
{
	const struct cli *cli = front->cli;
	struct measurements measurements;
	struct run_options options;
	struct progress progress;
	struct report report;
	int stopped = 0, result, status;
	struct err err;

	memset(&options, 0, sizeof options);
	options.budget = cli->budget;
	options.fresh = cli->fresh;
	options.file = cli->measurements;
	options.stop_fd = front->stop_fd;
	options.progress = progress_show;
	options.who = &progress;
	progress_init(&progress, cli->quiet, cli->plain);
	result = run_measurements(&measurements, survey, front->catalog, front->pythons, &options,
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
	if (also)
		measurements_adopt(&measurements, also);
	report_make(&report, front->catalog, survey, &measurements);
	status = render(front, &report, &err) < 0 ? front_fail(&err) : status_of(front, &report);
	report_release(&report);
	measurements_release(&measurements);
	return status;
}
