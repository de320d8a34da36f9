#include <string.h>

#include "advise/price.h"

int price_is_container(const struct argument *a)
{
	switch (a->type ? a->type->kind : PYTYPE_ANY) {
	case PYTYPE_LIST:
	case PYTYPE_SET:
	case PYTYPE_DICT:
	case PYTYPE_BUFFER:
	case PYTYPE_STR:
	case PYTYPE_BYTES:
		return 1;
	default:
		return 0;
	}
}

int price_holds_objects(const struct argument *a)
{
	return a->type && (a->type->kind == PYTYPE_OBJECT ||
		(a->type->kind == PYTYPE_LIST && a->type->n && a->type->items[0]->kind == PYTYPE_OBJECT));
}

/*
 * How many times the reference's item the argument's are: a reference figure
 * reads one attribute of an object and decodes five, and counts the items of
 * inner lists one by one.
 */
static struct est per_item(const struct argument *a, enum how how)
{
	if (price_holds_objects(a) && how == HOW_BY_REFERENCE)
		return a->fields;
	if (price_holds_objects(a) && how == HOW_COPY)
		return est_scale(a->fields, 1.0 / 5);
	if (strcmp(a->price_type, "list[list]") == 0)
		return a->item_length;
	return est_point(1);
}

/*
 * What Python pays more when it goes over the fields of native objects between
 * the calls, each through an accessor: at best it changes none, likely it goes
 * over all that the function needs. Where it is not known to change them it
 * likely does not.
 */
static struct figure changing(const struct figures *f, const struct argument *a)
{
	struct figure more = figure_scale(figures_reference(f, "native-read-more"),
		est_mul(a->fields, a->length));
	double likely = a->between == BETWEEN_MUTATED ? more.v.likely : 0;

	more.v = figures_assumed(f, "fields changed", est_point(likely),
		est(0, likely, more.v.high));
	return more;
}

/* Text that is not ASCII is encoded as UTF-8 before it can be lent, once for each
 * string: as dear as a copy. */
static struct figure encoding(const struct figures *f, const char *binding,
	const struct argument *a)
{
	return figures_in(f, binding, a->price_type, HOW_COPY, 0, a->length);
}

struct figure price_pass(const struct figures *f, const char *binding, const struct argument *a,
	enum how how)
{
	struct figure figure, one;
	struct argument inner;
	int few = a->access == ACCESS_FEW || a->access == ACCESS_OPAQUE;

	if (how == HOW_ZERO_COPY)
		return figures_acquire(f, binding);
	if (how == HOW_NONE) /* a scalar: by value; anything else as a handle */
		figure = figures_in(f, binding, a->price_type, HOW_COPY, 0, est_point(1));
	else
		figure = figures_in(f, binding, a->price_type, how, few && how == HOW_BY_REFERENCE,
			a->length);
	if (figure.known && !a->price_exact)
		figure.basis = BASIS_ASSUMED;
	/* While it is not known whether all of it is looked at, a look at one item may do. */
	if (figure.known && how == HOW_BY_REFERENCE && a->access == ACCESS_UNKNOWN) {
		one = figures_in(f, binding, a->price_type, how, 1, a->length);
		if (one.known)
			figure.v = figures_assumed(f, "one look", figure.v,
				est_join(figure.v, one.v));
	}
	if (how == HOW_NATIVE_CLASS && (a->between == BETWEEN_MUTATED ||
		a->between == BETWEEN_UNKNOWN))
		figure = figure_add(figure, changing(f, a));
	if (how == HOW_BY_REFERENCE && a->ascii == TRI_NO && strcmp(a->price_type, "str") == 0)
		figure = figure_add(figure, encoding(f, binding, a));
	figure = figure_scale(figure, per_item(a, how));
	/* What a dict holds is copied as well; by reference it is gone over where more than one key
	 * is looked at, which it need not be while that is not known. */
	if (figure.known && a->type && a->type->kind == PYTYPE_DICT &&
		!(few && how == HOW_BY_REFERENCE) && price_inner(a, &inner) == 0) {
		one = figure_scale(figures_in(f, binding, inner.price_type, how, 0, inner.length),
			a->length);
		if (one.known && how == HOW_BY_REFERENCE && a->access == ACCESS_UNKNOWN)
			one.v = figures_assumed(f, "one look", one.v, est_join(est_point(0), one.v));
		figure = figure_add(figure, one);
	}
	return figure;
}

struct est price_bytes(const struct argument *a)
{
	enum { WORD = 8, HEADER = 3 * WORD };
	const struct pytype *t = a->type, *item = t && t->n ? t->items[0] : NULL;

	if (t && (t->kind == PYTYPE_STR || t->kind == PYTYPE_BYTES))
		return a->length;
	if (t && t->kind == PYTYPE_DICT)
		return est_mul(a->length, est_add(est_point(HEADER + WORD), a->item_length));
	if (item && (item->kind == PYTYPE_STR || item->kind == PYTYPE_BYTES))
		return est_mul(a->length, est_add(est_point(HEADER), a->item_length));
	if (item && (item->kind == PYTYPE_LIST || item->kind == PYTYPE_TUPLE))
		return est_mul(a->length, est_add(est_point(HEADER), est_scale(a->item_length, WORD)));
	if (price_holds_objects(a))
		return est_mul(a->length, est_scale(a->fields, WORD));
	return est_scale(a->length, WORD);
}
