#include "measure/readings.h"

#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

/* Another process has to give the same names; 0, or -1 with why it does not. */
static int keep_names(struct measurement *item, const struct worker_reading *reading,
	struct err *err)
{
	size_t i;

	if (!item->n_values) {
		item->names = xcalloc(reading->n_names + 1, sizeof *item->names);
		for (i = 0; i < reading->n_names; i++)
			item->names[i] = xstrdup(reading->names[i]);
		item->n_names = reading->n_names;
		return 0;
	}
	for (i = 0; i < reading->n_names && i < item->n_names; i++) {
		if (strcmp(reading->names[i], item->names[i]) != 0)
			return err_set(err, ERR_FAILURE,
				"gave the name '%s' in one process and '%s' in another",
				item->names[i], reading->names[i]);
	}
	if (reading->n_names != item->n_names)
		return err_set(err, ERR_FAILURE, "gave %zu names in one process and %zu in another",
			item->n_names, reading->n_names);
	return 0;
}

static void keep(struct schedule *s, struct job *job, const struct worker_reading *reading)
{
	struct measurement *item = &s->m->items[job->item];
	struct err err;

	if (reading->is_names && keep_names(item, reading, &err)) {
		schedule_fail(s, job, &err);
		return;
	}
	measurement_read(item, reading->value);
	if (reading->when)
		memcpy(item->when, reading->when, strlen(reading->when) + 1);
	job->sampled = 1;
}

/* One reading in the lane's worker, which is started if it has none. -1: no worker can be had. */
static int read_one(struct schedule *s, struct lane *lane, struct job *job)
{
	struct worker_reading reading;
	struct err err;
	int is_names;

	if (!lane->worker && lane_begin(s, lane))
		return -1;
	s->failed_starts = 0;
	is_names = job->planned->probe->reads == READS_NAMES;
	switch (s->calls->read(lane->worker, &job->probe, is_names, &reading, &err)) {
	case WORKER_OK:
		keep(s, job, &reading);
		break;
	case WORKER_REFUSED:
		schedule_fail(s, job, &err);
		break;
	case WORKER_DIED:
		schedule_fail(s, job, &err);
		lane_end(s, lane);
		break;
	case WORKER_STOPPED:
		s->stopped = 1;
		break;
	}
	return 0;
}

int readings_take(struct schedule *s, int64_t until)
{
	struct lane lane = {0};
	int round, failed = 0;
	size_t i;

	for (round = 0; round < READINGS_WANTED && !failed; round++) {
		for (i = 0; i < s->n_readings && !failed && !schedule_stopped(s); i++) {
			if (clock_ns() >= until)
				break;
			schedule_tell(s, "reading");
			if (!s->readings[i].failed)
				failed = read_one(s, &lane, &s->readings[i]);
		}
		if (lane.worker)
			lane_end(s, &lane);
	}
	return failed && s->failed_starts && !s->stopped ? -1 : 0;
}
