/*
 * price: makes the options of one function and prices them: the cost model of
 * the program. One file for each family: price.c (what stays Python), and
 * price_ffi.c (every binding with every sensible boundary).
 *
 * For a binding b, a design d and a call with inputs i the time after is
 *
 *   call(b, arguments) + sum of in(b, d, type, length) + callbacks * callback(b)
 *   + out(b, type, length)
 *   + now * ((1 - wait) * (native + (1 - native) / gain(work, d)) + wait)
 *
 * where wait and native are the shares of the time now spent waiting and in C
 * code already; neither gets faster. Code that is native now keeps its work:
 * of the time now the part that its boundary takes falls away instead, and the
 * new boundary is paid for in its place (see present.h).
 */
#ifndef FFIADVISE_ADVISE_PRICE_H
#define FFIADVISE_ADVISE_PRICE_H

#include "advise/option.h"

/* An option with nothing in it but its name; lent until the next one. */
struct option *price_new(struct options *options, enum use use, const char *tool_kind,
	const char *tool_id);
/* Takes a figure into the option: its basis and evidence. -1 when it is unknown. */
int price_take(struct option *option, const struct figure *figure);

/* What passing an argument this way costs a call, ns; HOW_NONE: by value, or as a handle. */
struct figure price_pass(const struct figures *figures, const char *binding,
	const struct argument *argument, enum how how);
/* Whether an argument has items that could cross in more than one way. */
int price_is_container(const struct argument *argument);
/* The calls back into Python of one call, what they do there included, ns. */
struct figure price_callbacks(const struct figures *figures, const char *binding,
	const struct workload *workload);

void price_ffi(struct options *options, const struct workload *workload,
	const struct figures *figures);

#endif
