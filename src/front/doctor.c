#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "front/front.h"
#include "front/output.h"
#include "front/signals.h"
#include "show/view_doctor.h"

static int show(const struct front *front, const struct checkup *checkups, struct err *err)
{
	struct lines lines;
	struct str text;
	int result;
	size_t k;

	if (front->cli->format == FORMAT_JSON) {
		str_init(&text);
		doctor_json(checkups, front->n_pythons, &text);
		result = output_text(front->cli, &text, err);
		str_release(&text);
		return result;
	}
	lines_init(&lines);
	for (k = 0; k < front->n_pythons; k++)
		view_doctor(&lines, &checkups[k], front->catalog);
	result = output_lines(front->cli, &lines, err);
	lines_release(&lines);
	return result;
}

int doctor_run(const struct front *front)
{
	struct checkup *checkups = xcalloc(front->n_pythons, sizeof *checkups);
	int status = 0;
	struct err err;
	size_t k;

	for (k = 0; k < front->n_pythons; k++) {
		checkup_make(&checkups[k], front->catalog, &front->pythons[k],
			front->cli->measurements, front->stop_fd);
		if (!checkup_can_measure(&checkups[k]))
			status = ERR_FAILURE;
	}
	if (signals_caught())
		status = STATUS_SIGNAL + signals_caught();
	else if (show(front, checkups, &err) < 0)
		status = front_fail(&err);
	for (k = 0; k < front->n_pythons; k++)
		checkup_release(&checkups[k]);
	free(checkups);
	return status;
}
