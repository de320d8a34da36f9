/*
 * again: a function reckoned again with some answers changed, many times over:
 * what flips, certainty, break-evens and curves are found with. It holds one copy of the
 * answers and the room of one reckoning, so that a change costs little more
 * than its reckoning. The base, its catalog and measurements are borrowed.
 */
#ifndef FFIADVISE_ADVISE_AGAIN_H
#define FFIADVISE_ADVISE_AGAIN_H

#include "advise/reckon.h"

enum { AGAIN_CHANGES = 4 };

struct again {
	const struct reckoning *base;
	struct answers answers;
	struct reckoning room;
	unsigned char *seen; /* by question_index(): what the base's reckoning reads */
	struct {
		const struct question *question;
		size_t input;
	} changed[AGAIN_CHANGES];
	size_t n_changed;
};

void again_begin(struct again *again, const struct reckoning *base);
void again_end(struct again *again);
/*
 * The value to change, which counts as said by the person; undone by
 * again_undo(). At most AGAIN_CHANGES before that. input counts for inputs only.
 */
struct value *again_change(struct again *again, const struct question *question, size_t input);
/* The main input, which has to be there, that long, and the function's time grown with it:
 * two changes. */
void again_change_length(struct again *again, double length);
/* Puts all changes back to what the base has. */
void again_undo(struct again *again);
/* The option the answers as they are now lead to; lent until the next one. The
 * whole reckoning is again->room. */
const struct option *again_decide(struct again *again, const struct draw *draw);
/*
 * True where another answer could lead elsewhere: the question would be put, as
 * the base's answers have it, and its reckoning reads the answer. One that it
 * never reads cannot change it.
 */
int again_matters(const struct again *again, const struct question *question, size_t input);

#endif
