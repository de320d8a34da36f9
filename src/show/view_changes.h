/*
 * view_changes: what would change a verdict: the unknown answers to find out
 * first, the given ones that turn it, the measurements that could, and where the
 * native way begins to pay; as lines, and as sentences for renderings that are no
 * lines. Borrows everything; the sentences are the caller's to free.
 */
#ifndef FFIADVISE_SHOW_VIEW_CHANGES_H
#define FFIADVISE_SHOW_VIEW_CHANGES_H

#include "advise/advice.h"
#include "show/lines.h"

void view_find_out(struct lines *lines, const struct advice *advice);
void view_flips(struct lines *lines, const struct advice *advice);

/* "caller.loop: with none it would be stay; ...". How to find it out is the question's. */
char *unknown_sentence(const struct unknown *unknown);
char *flip_sentence(const struct flip *flip);
/* "inputs[0].type list[float] -> buffer[f64], and function.vectorisable unknown -> yes: ..." */
char *flip_of_two_sentence(const struct flip_of_two *flip);
char *doubt_sentence(const struct doubt *doubt);
/* All that turn only the order of the first three options, in one; NULL without any. */
char *doubts_of_order_sentence(const struct doubts *doubts);
char *break_even_sentence(const struct break_even *break_even);

#endif
