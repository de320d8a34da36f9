/*
 * change: one answer of a survey changed by a line of text, "KEY=VALUE": what
 * --set and --what-if say. Of several functions it changes each; with
 * "NAME/KEY=VALUE" the one of that name. A change counts as said by the person,
 * and comes before survey_check(), which looks at answers as they were given.
 */
#ifndef FFIADVISE_SURVEY_CHANGE_H
#define FFIADVISE_SURVEY_CHANGE_H

#include "survey/survey.h"

/*
 * KEY as in an answers file: function.share, library, inputs[0].length (counted
 * from 0). VALUE as in an answers file or typed; empty or unknown takes the answer
 * back. -1 and an err (ERR_USAGE) that quotes the text, says what is wrong with it
 * and what would be right; the survey is then as it was.
 */
int survey_change(struct survey *survey, const struct questions *questions, const char *text,
	struct err *err);

/* to is plain memory to be filled: the same answers, unchecked, no warnings. */
void survey_copy(struct survey *to, const struct survey *from);

#endif
