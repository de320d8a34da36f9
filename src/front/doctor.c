#include <stdio.h>

#include "front/front.h"
#include "front/output.h"
#include "front/signals.h"
#include "show/view_doctor.h"

static int show(const struct front *front, const struct checkup *checkup, struct err *err)
{
	struct lines lines;
	struct str text;
	int result;

	if (front->cli->format == FORMAT_JSON) {
		str_init(&text);
		doctor_json(checkup, &text);
		result = output_text(front->cli, &text, err);
		str_release(&text);
		return result;
	}
	lines_init(&lines);
	view_doctor(&lines, checkup, front->catalog);
	result = output_lines(front->cli, &lines, err);
	lines_release(&lines);
	return result;
}

int doctor_run(const struct front *front)
{
	struct checkup checkup;
	struct err err;
	int status;

	checkup_make(&checkup, front->catalog, front->pythons, front->cli->measurements,
		front->stop_fd);
	if (signals_caught())
		status = STATUS_SIGNAL + signals_caught();
	else if (show(front, &checkup, &err) < 0)
		status = front_fail(&err);
	else
		status = checkup_can_measure(&checkup) ? 0 : ERR_FAILURE;
	checkup_release(&checkup);
	return status;
}
