#include "front/kept.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

/* The first mistake of a file says enough: it is not one somebody writes by hand. */
static int resume(struct kept *kept, const struct front *front, struct session *session,
	struct err *err)
{
	struct errs errs = {0};
	struct survey survey;

	kept->keep.path = keep_newest(err);
	if (!kept->keep.path)
		return -1;
	if (keep_read(&survey, &front->catalog->questions, kept->keep.path, &errs) < 0) {
		*err = errs.items[0];
		errs_release(&errs);
		return -1;
	}
	kept->keep.saved = 1;
	session_replace(session, &survey.items[0].answers);
	session_begin(session);
	survey_release(&survey);
	return 0;
}

int kept_begin(struct kept *kept, const struct front *front, struct session *session,
	struct err *err)
{
	struct err ignored;
	int result = 0;
	char *newest;

	memset(kept, 0, sizeof *kept);
	if (front->cli->resume)
		result = resume(kept, front, session, err);
	else
		keep_begin(&kept->keep, clock_unix(), (long)getpid(), &ignored);
	newest = front->cli->resume ? NULL : keep_newest(&ignored);
	kept->earlier = newest != NULL;
	free(newest);
	kept->saved = session->changes;
	return result;
}

int kept_save(struct kept *kept, const struct session *session, struct err *err)
{
	const struct answers *answers = &session->answers;
	int is_first = !kept->keep.saved;

	if (kept->saved == session->changes || !kept->keep.path || kept->failed)
		return 0;
	kept->saved = session->changes;
	if (keep_save(&kept->keep, &answers, 1, err) == 0) {
		if (is_first)
			keep_tidy(session->questions);
		return 0;
	}
	kept->failed = 1;
	return -1;
}

const char *kept_path(const struct kept *kept)
{
	return kept->keep.saved ? kept->keep.path : NULL;
}

void kept_end(struct kept *kept)
{
	keep_touch(&kept->keep);
	keep_release(&kept->keep);
}
