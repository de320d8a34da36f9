/*
 * price: makes the options of one function and prices them: the cost model of
 * the program. One file for each family: price.c (what stays Python),
 * price_library.c, price_compile.c (compiled as it is), price_parallel.c
 * (processes, threads, interpreters, an event loop), and price_ffi.c (every
 * binding with every sensible boundary), with price_result.c (what comes back).
 *
 * For a binding b, a design d and a call with inputs i the time after is
 *
 *   call(b, arguments) + sum of in(b, d, type, length) + callbacks * callback(b)
 *   + out(b, type, length)
 *   + now * ((1 - wait) * (native + (1 - native) / gain(work, d)) + wait)
 *
 * where wait and native are the shares of the time now spent waiting and in C
 * code already; neither gets faster, but that a library takes the place of both
 * Python and C. Code that is native now keeps its work:
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

/* Whether an argument has items that could cross in more than one way. */
int price_is_container(const struct argument *argument);
/* The calls back into Python of one call, what they do there included, ns. */
struct figure price_called_back(const struct figures *figures, const char *binding,
	const struct workload *workload);
/* What is paid once a process, ns. It weighs on the basis only where it counts. */
void price_start(struct option *option, const struct workload *workload,
	const struct figure *figure);
/* "mixed" while the kind of work is not known. */
const char *price_work(const struct workload *workload);
/*
 * How many times faster a form of this function's work is than it is now. Where its main
 * input is an array, plain Python takes each number from it as an object of its own, which
 * the kernels, over lists, do not: the other forms gain by that as well.
 */
struct figure price_gain(const struct figures *figures, const char *binding,
	const struct workload *workload, enum form form);
/* How many times as long plain Python takes over an array as over a list; 1 where none is. */
struct figure price_indexing(const struct figures *figures, const struct workload *workload);
/* Of the main input; 1 where there is none. */
struct est price_length(const struct workload *workload);
/* True for a list or set of int, float or bool, or one that may be: it can become an array. */
int price_holds_numbers(const struct argument *argument);

/* What one argument costs a call in a binding, passed that way (HOW_NONE: by value or
 * as a handle). Its native form costs nothing to read: only taking it does. */
struct figure price_pass(const struct figures *figures, const char *binding,
	const struct argument *argument, enum how how);
/* Objects of a class, one or a list of them. */
int price_holds_objects(const struct argument *argument);
/*
 * Bytes that a copy holds, as native code lays it out on a 64-bit machine: 8 a
 * number or pointer; a string's header is three words, an entry of a hash table
 * holds a string and a number; inner lists have a header too.
 */
struct est price_bytes(const struct argument *argument);
/* The items of such a container that are lists, sets or dicts themselves, as an argument of
 * their own: their type, and their length. -1 where it holds none. */
int price_inner(const struct argument *argument, struct argument *inner);
/* What making a result of that type and length costs, what it holds included. */
struct figure price_out(const struct figures *figures, const char *binding,
	const struct argument *result);
/* The result as it comes today, native objects that Python reads with what reading costs. */
struct figure price_result_now(const struct figures *figures, const char *binding,
	const struct workload *workload);
/* The result of native code: where Python would read native objects field by field they may
 * come as plain ones instead, whichever is likely cheaper. */
struct figure price_result(const struct figures *figures, const char *binding,
	const struct workload *workload);
/* True when the result has many items, of which Python may look at few. */
int price_may_be_lazy(const struct workload *workload);
/* The design that leaves such a result native: an array where its items are numbers, which
 * whoever takes arrays reads in place; else an object that makes them on demand. */
enum design price_left_native(const struct workload *workload);
/*
 * Such a result left native: an object made once; each look at an item is a call
 * of its own that makes that item. What is passed on is never looked at.
 */
struct figure price_lazy(const struct figures *figures, const char *binding,
	const struct workload *workload);

void price_library(struct options *options, const struct workload *workload,
	const struct figures *figures);
void price_compile(struct options *options, const struct workload *workload,
	const struct figures *figures);
void price_parallel(struct options *options, const struct workload *workload,
	const struct figures *figures);
void price_async(struct options *options, const struct workload *workload,
	const struct figures *figures);
void price_ffi(struct options *options, const struct workload *workload,
	const struct figures *figures);

#endif
