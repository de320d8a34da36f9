#include "front/sheet.h"

#include <stdlib.h>

#include "base/mem.h"

struct figures_shared *figures_share(struct measurements *ms, size_t n)
{
	struct figures_shared *figures = xcalloc(1, sizeof *figures);

	figures->ms = ms;
	figures->n = n;
	figures->users = 1;
	return figures;
}

void figures_drop(struct figures_shared *figures)
{
	size_t i;

	if (!figures || --figures->users)
		return;
	for (i = 0; i < figures->n; i++)
		measurements_release(&figures->ms[i]);
	free(figures->ms);
	free(figures);
}

const struct advice *sheet_advice(const struct sheet *sheet)
{
	return &sheet->report.functions[0];
}

/* What is to be known of a call goes with answers that rest on it. */
static void add_notes(struct survey_item *item, const struct session *session)
{
	size_t i;

	if (!session_measured(&item->answers))
		return;
	for (i = 0; i < session->n_notes; i++)
		survey_warn(item, "%s", session->notes[i]);
}

static struct sheet *sheet_new(const struct session *session, const struct answers *answers,
	struct figures_shared *figures)
{
	struct sheet *sheet = xcalloc(1, sizeof *sheet);

	session_survey(answers, &sheet->survey);
	add_notes(&sheet->survey.items[0], session);
	sheet->changes = session->changes;
	sheet->figures = figures;
	figures->users++;
	return sheet;
}

struct sheet *sheet_make(const struct catalog *catalog, const struct session *session,
	const struct answers *answers, struct figures_shared *figures)
{
	struct sheet *sheet = sheet_new(session, answers, figures);

	report_begin(&sheet->report, catalog, &sheet->survey, figures->ms);
	return sheet;
}

int sheet_finish(struct sheet *sheet)
{
	if (!sheet || sheet->is_whole)
		return 0;
	report_finish(&sheet->report);
	sheet->is_whole = 1;
	return 1;
}

void sheet_free(struct sheet *sheet)
{
	if (!sheet)
		return;
	report_release(&sheet->report);
	survey_release(&sheet->survey);
	figures_drop(sheet->figures);
	free(sheet);
}
