#include "front/kept.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"

/* The name of a variant stands where that of the function does; undo begins anew. */
static int resume_variants(struct kept *kept, struct session *session, struct err *err)
{
	const struct question *name = questions_find(session->questions, "name");
	const struct value *own = answers_get(&session->answers, "name");
	struct errs errs = {0};
	struct survey survey;
	size_t i;

	if (keep_read_variants(&survey, session->questions, &kept->keep, &errs) < 0) {
		*err = errs.items[0];
		errs_release(&errs);
		return -1;
	}
	for (i = 0; i < survey.n; i++) {
		struct answers *answers = &survey.items[i].answers;
		char *called = xstrdup(answers_get(answers, "name")->text);

		answers_set(answers, name, 0, value_known(own) ? own->text : "", ORIGIN_ASKED, NULL);
		session_keep(session, called, answers);
		free(called);
	}
	kept->variants = survey.n;
	survey_release(&survey);
	return 0;
}

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
	session_forget_past(session);
	session_begin(session);
	survey_release(&survey);
	return resume_variants(kept, session, err);
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
	kept->saved_variants = session->variant_changes;
	return result;
}

static int save_variants(struct kept *kept, const struct session *session, struct err *err)
{
	const struct answers **answers = xcalloc(session->n_variants, sizeof *answers);
	const char **names = xcalloc(session->n_variants, sizeof *names);
	size_t i;
	int result;

	for (i = 0; i < session->n_variants; i++) {
		answers[i] = &session->variants[i].answers;
		names[i] = session->variants[i].name;
	}
	result = keep_save_variants(&kept->keep, answers, names, session->n_variants, err);
	if (result == 0)
		kept->variants = session->n_variants;
	free(answers);
	free(names);
	return result;
}

int kept_save(struct kept *kept, const struct session *session, struct err *err)
{
	const struct answers *answers = &session->answers;
	int is_first = !kept->keep.saved;

	if ((kept->saved == session->changes && kept->saved_variants == session->variant_changes) ||
		!kept->keep.path || kept->failed)
		return 0;
	kept->saved = session->changes;
	if (keep_save(&kept->keep, &answers, 1, err) == 0) {
		if (is_first)
			keep_tidy(session->questions);
		if (kept->saved_variants == session->variant_changes ||
			save_variants(kept, session, err) == 0) {
			kept->saved_variants = session->variant_changes;
			return 0;
		}
	}
	kept->failed = 1;
	return -1;
}

void kept_tell(const struct kept *kept)
{
	if (!kept_path(kept))
		return;
	fputs("answers ", stderr);
	if (kept->variants)
		fprintf(stderr, "and %zu variant%s ", kept->variants, kept->variants == 1 ? "" : "s");
	fprintf(stderr, "kept in %s; ffiadvise --resume goes on with them\n", kept_path(kept));
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
