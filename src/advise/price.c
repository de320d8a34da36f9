#include "advise/price.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

struct option *price_new(struct options *options, enum use use, const char *tool_kind,
	const char *tool_id)
{
	struct option *option;

	GROW(options->items, options->n, options->cap);
	option = &options->items[options->n++];
	/* Not what each input costs, which is much and read for as many as there are. */
	memset(option, 0, offsetof(struct option, how));
	option->use = use;
	option->tool_kind = tool_kind;
	option->tool_id = tool_id;
	option->fits = 1;
	option->gain = option->native_gain = est_point(1);
	option->at_once = option->waits_at_once = est_point(1);
	strcpy(option->id, use_word(use));
	return option;
}

int price_take(struct option *option, const struct figure *figure)
{
	if (!figure->known)
		return -1;
	if (figure->basis > option->basis)
		option->basis = figure->basis;
	option->kernel |= figure->kernel;
	evidence_join(&option->evidence, &figure->evidence);
	return 0;
}

void price_start(struct option *option, const struct workload *w, const struct figure *figure)
{
	if (!figure->known)
		return;
	option->startup = est_add(option->startup, figure->v);
	if (w->start_counts)
		price_take(option, figure);
}

static void price_stay(struct options *options, const struct workload *w)
{
	struct option *option = price_new(options, USE_STAY, "none", "");

	/* Its time is the person's answer, which nobody has measured here. */
	option->basis = BASIS_ASSUMED;
	option_finish(option, w);
}

struct est price_length(const struct workload *w)
{
	return w->main_input >= 0 ? w->inputs[w->main_input].length : est_point(1);
}

const char *price_work(const struct workload *w)
{
	return w->work ? w->work : WORK_UNKNOWN;
}

struct figure price_indexing(const struct figures *f, const struct workload *w)
{
	const struct argument *main = w->main_input >= 0 ? &w->inputs[w->main_input] : NULL;
	const enum careful careful = f->draw.careful;
	/* What is careful of a gain is not careful of what that gain divides. */
	const struct figures turned = figures_careful(f, careful == CAREFUL_LOW ? CAREFUL_HIGH :
		careful == CAREFUL_HIGH ? CAREFUL_LOW : CAREFUL_NO);
	struct figure slower = figure_zero(), gain;

	slower.v = est_point(1);
	if (w->native_now || !main || !main->type || main->type->kind != PYTYPE_BUFFER)
		return slower;
	gain = figures_gain(&turned, "numpy", w->work ? w->work : "numeric", FORM_INDEXED,
		main->length);
	if (!gain.known)
		return slower;
	/* Not every buffer is NumPy's, and what takes few items from it is not slowed down, as
	 * work of a kind that nobody told likely does. */
	gain.v = est_max(est_point(1), est_div(est_point(1), gain.v));
	gain.v = figures_assumed(f, "items of an array",
		careful == CAREFUL_LOW || !w->work ? est_point(1) : gain.v,
		est(1, w->work ? gain.v.likely : 1, gain.v.high));
	return gain;
}

struct figure price_gain(const struct figures *f, const char *binding, const struct workload *w,
	enum form form)
{
	struct figure gain = figures_gain(f, binding, price_work(w), form, price_length(w));
	struct figure slower = price_indexing(f, w);

	if (!gain.known || !(slower.v.high > 1))
		return gain;
	gain.v = est_mul(gain.v, slower.v);
	gain.basis = slower.basis > gain.basis ? slower.basis : gain.basis;
	evidence_join(&gain.evidence, &slower.evidence);
	return gain;
}

int price_holds_numbers(const struct argument *a)
{
	const struct pytype *t = a->type;

	if (!t || t->kind != PYTYPE_LIST)
		return 0;
	/* Of lists of numbers: an array of as many dimensions. */
	while (t->kind == PYTYPE_LIST && t->n)
		t = t->items[0];
	return t->kind <= PYTYPE_BOOL;
}

/*
 * A hook that the interpreter calls at each event, whatever it is written in: the events
 * themselves are the price, and sys.monitoring lets those be turned off that are no longer
 * wanted. What that gains depends on how many these are.
 */
static void price_fewer_events(struct options *options, const struct workload *w,
	const struct figures *f)
{
	struct figure gain = figures_reference(f, "fewer-events");
	struct option *option = price_new(options, USE_RESTRUCTURE, "none", "");

	if (price_take(option, &gain) < 0) {
		options->n--;
		return;
	}
	option->gain = gain.v;
	option_finish(option, w);
}

/*
 * Idiomatic Python: at best what it gains on the kernel, at worst nothing,
 * since the function may be idiomatic already. Work that is done again and
 * again comes on top, by what removing it gained in published cases.
 */
static void price_restructure(struct options *options, const struct workload *w,
	const struct figures *f)
{
	struct figure gain = figures_gain(f, "python", price_work(w), FORM_IDIOMATIC, price_length(w));
	struct figure redundant = figures_reference(f, "redundant-work");
	struct option *option;
	struct est more;

	if (!gain.known)
		return;
	/* Native code has no Python to be written better. */
	gain.v = w->native_now ? est_point(1) : figures_assumed(f, "idiomatic already",
		est(fmax(1, sqrt(gain.v.low)), fmax(1, sqrt(gain.v.likely)), fmax(1, sqrt(gain.v.high))),
		est(1, fmax(1, sqrt(gain.v.likely)), fmax(1, gain.v.high)));
	/* At best over a list in place of an array that is read item by item: whether it is,
	 * and whether a list will do, nobody told. */
	gain.v = figures_assumed(f, "a list for an array", gain.v,
		est(gain.v.low, gain.v.likely, gain.v.high * price_indexing(f, w).v.high));
	option = price_new(options, USE_RESTRUCTURE, "none", "");
	price_take(option, &gain);
	if (w->redundant_work != TRI_NO && price_take(option, &redundant) == 0) {
		more = est_mul(gain.v, redundant.v);
		gain.v = w->redundant_work == TRI_YES ? more :
			figures_assumed(f, "redundant work", gain.v, est_join(gain.v, more));
	}
	option->gain = gain.v;
	option_finish(option, w);
}

/*
 * Vectorised: the work of one item counted in operations of plain Python, each
 * of which becomes one array operation over all items; a list has to become an
 * array first unless the caller can hold one. Native code has no operations of
 * plain Python.
 */
static void price_vectorise(struct options *options, const struct workload *w,
	const struct figures *f)
{
	struct figure operation = figures_reference(f, "python-operation"), array, from_list;
	struct figure start = figures_import(f, "numpy"), indexing = price_indexing(f, w);
	const struct argument *main;
	struct est operations, python;
	struct option *option;

	if (w->main_input < 0 || w->native_now)
		return;
	main = &w->inputs[w->main_input];
	array = figures_array_operation(f, main->length);
	from_list = figures_array_from_list(f, main->price_type, main->length);
	option = price_new(options, USE_VECTORISE, "library", "numpy");
	if (price_take(option, &operation) < 0 || price_take(option, &array) < 0) {
		options->n--;
		return;
	}
	python = est_mul(w->time_now, est_mul(est_rest(w->wait_share), est_rest(w->native_share)));
	if (price_take(option, &indexing) == 0)
		operation.v = est_mul(operation.v, indexing.v);
	operations = est_max(est_point(1),
		est_div(est_div(python, est_max(main->length, est_point(1))), operation.v));
	option->cost.call = est_mul(operations, array.v);
	/* Bytes are a buffer: an array is a view of them. */
	if (main->type && main->type->kind != PYTYPE_BUFFER &&
		main->type->kind != PYTYPE_BYTES && main->can_change != TRI_YES &&
		price_take(option, &from_list) == 0)
		option->cost.inputs = main->can_change == TRI_NO ? from_list.v :
			figures_assumed(f, "an array already", from_list.v,
				est(0, from_list.v.likely, from_list.v.high));
	option->memory = est_mul(est_scale(main->length, 8), est(1, 2, fmax(2, operations.high)));
	price_start(option, w, &start);
	option->gain = est_point(INFINITY); /* the array operations stand for all of it */
	option_finish(option, w);
}

/* Newer interpreters that were measured beside this one. */
static void price_upgrade(struct options *options, const struct workload *w,
	const struct figures *f)
{
	const char *now = f->measurements->env.python;
	struct option *option;
	size_t i;

	for (i = 0; i < f->measurements->n_others; i++) {
		const struct measurements *other = &f->measurements->others[i];
		struct figure gain = figures_upgrade(f, other, price_work(w), price_length(w));

		if (!gain.known || !now || !other->env.python ||
			strverscmp(other->env.python, now) <= 0)
			continue;
		option = price_new(options, USE_UPGRADE, "interpreter", other->env.python);
		snprintf(option->id, sizeof option->id, "%s/%s", use_word(USE_UPGRADE),
			other->env.python);
		price_take(option, &gain);
		option->gain = gain.v;
		option_finish(option, w);
	}
}

void options_make(struct options *options, const struct workload *workload,
	const struct figures *figures)
{
	options_clear(options);
	price_stay(options, workload);
	if (workload->loop && strcmp(workload->loop, "interpreter") == 0)
		price_fewer_events(options, workload, figures);
	else
		price_restructure(options, workload, figures);
	price_library(options, workload, figures);
	price_vectorise(options, workload, figures);
	price_upgrade(options, workload, figures);
	price_compile(options, workload, figures);
	price_parallel(options, workload, figures);
	price_async(options, workload, figures);
	price_ffi(options, workload, figures);
}
