/*
 * kept: the answers of a session that outlive it: where it goes on from
 * (--resume), saved after every answer, and told about at the end. Shared by
 * the front ends that ask.
 */
#ifndef FFIADVISE_FRONT_KEPT_H
#define FFIADVISE_FRONT_KEPT_H

#include "front/front.h"
#include "session/keep.h"
#include "session/session.h"

struct kept {
	struct keep keep;
	unsigned long saved; /* session.changes that is in the file */
	unsigned long saved_variants; /* session.variant_changes that is */
	size_t variants;     /* that are kept now */
	int failed;          /* it was told that it cannot be saved */
	int earlier;         /* there is another, which --resume would go on with */
};

/*
 * Begins to keep a session, or with --resume goes on with the one that was
 * left last, whose answers are put into session. -1 when that one cannot be
 * read. Without a place to keep anything nothing is kept.
 */
int kept_begin(struct kept *kept, const struct front *front, struct session *session,
	struct err *err);
/* Saves what was changed since the last time. -1, once, when it cannot be saved. */
int kept_save(struct kept *kept, const struct session *session, struct err *err);
/* Says on standard error where the answers are, and how many variants, if they are anywhere. */
void kept_tell(const struct kept *kept);
/* Its file, or NULL while nothing was saved. */
const char *kept_path(const struct kept *kept);
/* It was left: from now on it is the one that --resume goes on with. */
void kept_end(struct kept *kept);

#endif
