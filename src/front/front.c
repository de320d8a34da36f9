#include "front/front.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
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

int front_render(const struct front *front, const struct report *report, struct err *err)
{
	struct lines lines;
	struct doc doc;
	struct str out;
	int result;

	if (front->cli->format == FORMAT_JSON) {
		str_init(&out);
		report_json(report, &out);
		result = output_text(front->cli, &out, err);
		str_release(&out);
		return result;
	}
	if (front->cli->format != FORMAT_TEXT) {
		doc_init(&doc);
		report_doc(report, &doc);
		result = output_doc(front->cli, &doc, err);
		doc_release(&doc);
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

	for (i = 0; i < report->n_briefs; i++) {
		if (report->briefs[i].use == USE_FFI)
			return 1;
	}
	return 0;
}

int front_status(const struct front *front, const struct report *report)
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

/* One list of all functions as they are and as they might be: both are measured for. */
static struct survey both(const struct survey *survey, const struct survey *then)
{
	struct survey all = *survey;

	if (!then)
		return all;
	all.items = xcalloc(survey->n + then->n, sizeof *all.items);
	memcpy(all.items, survey->items, survey->n * sizeof *all.items);
	memcpy(all.items + survey->n, then->items, then->n * sizeof *all.items);
	all.n += then->n;
	return all;
}

int front_advise(const struct front *front, const struct survey *survey,
	const struct survey *then, struct measurements *also)
{
	struct survey all = both(survey, then);
	const struct cli *cli = front->cli;
	struct measurements *ms = xcalloc(front->n_pythons, sizeof *ms);
	struct run_options options;
	struct progress progress;
	struct report report;
	int stopped = 0, result, status;
	struct err err;
	size_t i;

	memset(&options, 0, sizeof options);
	options.budget = cli->budget;
	options.fresh = cli->fresh;
	options.file = cli->measurements;
	options.stop_fd = front->stop_fd;
	options.progress = progress_show;
	options.who = &progress;
	progress_init(&progress, cli->quiet, cli->plain);
	if (front->n_pythons > 1)
		result = run_measurements_all(ms, front->n_pythons, &all, front->catalog,
			front->pythons, &options, &stopped, &err);
	else
		result = run_measurements(ms, &all, front->catalog, front->pythons, &options,
			&stopped, &err);
	progress_end(&progress);
	if (then)
		free(all.items);
	if (signals_caught()) {
		fputs("ffiadvise: stopped; nothing was advised\n", stderr);
		status = STATUS_SIGNAL + signals_caught();
	} else if (result < 0) {
		status = front_fail(&err);
	} else {
		if (also)
			measurements_adopt(&ms[0], also);
		report_make(&report, front->catalog, survey, ms, cli->all);
		if (then)
			report_what_if(&report, then, cli->what_ifs, cli->n_what_ifs);
		status = front_render(front, &report, &err) < 0 ? front_fail(&err) :
			front_status(front, &report);
		report_release(&report);
	}
	for (i = 0; result == 0 && i < front->n_pythons; i++)
		measurements_release(&ms[i]);
	free(ms);
	return status;
}
