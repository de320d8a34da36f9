#include <math.h>

#include "advise/price.h"

/* Python goes over the fields of native objects that come back, each through an accessor. */
static int is_read_natively(const struct workload *w)
{
	const struct pytype *t = w->output.type;

	if (t && t->kind == PYTYPE_LIST && t->n)
		t = t->items[0];
	return t && t->kind == PYTYPE_NATIVE && (w->read == READ_ALL || w->read == READ_ITEMS);
}

int price_inner(const struct argument *a, struct argument *inner)
{
	const struct pytype *t = a->type, *item;

	if (!t || !t->n || (t->kind != PYTYPE_LIST && t->kind != PYTYPE_SET &&
		t->kind != PYTYPE_DICT))
		return -1;
	item = t->items[t->n - 1]; /* of a dict the value */
	if (item->kind != PYTYPE_LIST && item->kind != PYTYPE_SET && item->kind != PYTYPE_DICT)
		return -1;
	*inner = *a;
	inner->type = item;
	inner->length = a->item_length;
	workload_price_type(inner);
	return 0;
}

struct figure price_out(const struct figures *f, const char *binding, const struct argument *out)
{
	struct figure made = figures_out(f, binding, out->price_type, out->length);
	struct argument inner;

	if (price_inner(out, &inner) < 0)
		return made;
	return figure_add(made, figure_scale(figures_out(f, binding, inner.price_type,
		inner.length), out->length));
}

struct figure price_result_now(const struct figures *f, const char *binding,
	const struct workload *w)
{
	const struct argument *out = &w->output;
	struct figure made = price_out(f, binding, out);

	if (!is_read_natively(w))
		return made;
	return figure_add(made, figure_scale(figures_reference(f, "native-read-more"),
		est_mul(out->fields, out->length)));
}

struct figure price_result(const struct figures *f, const char *binding,
	const struct workload *w)
{
	struct figure now = price_result_now(f, binding, w), plain;

	if (!w->native_now || !is_read_natively(w))
		return price_out(f, binding, &w->output);
	plain = figures_out(f, binding, w->output.type->kind == PYTYPE_LIST ? "list[object]" :
		"object", w->output.length);
	return plain.known && (!now.known || plain.v.likely < now.v.likely) ? plain : now;
}

int price_may_be_lazy(const struct workload *w)
{
	const struct pytype *t = w->output.type;

	return t && (t->kind == PYTYPE_LIST || t->kind == PYTYPE_DICT || t->kind == PYTYPE_SET) &&
		w->read != READ_ALL;
}

/* A dict of lists of numbers stays a dict, with an array for each list. */
static struct figure arrays_in_dict(const struct figures *f, const char *binding,
	const struct argument *out)
{
	return figure_add(figures_out(f, binding, out->price_type, out->length),
		figure_scale(figures_out(f, binding, "object", est_point(1)), out->length));
}

enum design price_left_native(const struct workload *w)
{
	struct argument inner;

	return price_holds_numbers(price_inner(&w->output, &inner) < 0 ? &w->output : &inner) ?
		DESIGN_ARRAY_RESULT : DESIGN_LAZY_RESULT;
}

struct figure price_lazy(const struct figures *f, const char *binding, const struct workload *w)
{
	const struct argument *out = &w->output;
	const struct pytype *item = out->type->n ? out->type->items[out->type->n - 1] : NULL;
	struct figure made = figures_out(f, binding, "object", est_point(1));
	struct figure few = figures_reference(f, "lazy-reads");
	struct argument inner;
	struct figure look = figure_add(figures_call(f, binding, 1), price_inner(out, &inner) < 0 ?
		figures_out(f, binding, item ? pytype_word(item->kind) : "any", out->item_length) :
		figures_out(f, binding, inner.price_type, inner.length));
	struct est reads = est_min(few.v, out->length);

	if (w->read == READ_PASSED_ON)
		return out->type->kind == PYTYPE_DICT && price_left_native(w) == DESIGN_ARRAY_RESULT ?
			arrays_in_dict(f, binding, out) : made;
	/* In the end all is made as it would have been at once, with a call for each. */
	if (w->read == READ_ITEMS)
		return figure_add(figure_add(made, price_out(f, binding, out)),
			figure_scale(figures_call(f, binding, 1), out->length));
	if (w->read == READ_UNKNOWN)
		reads = figures_assumed(f, "read after all", reads, est(reads.low, reads.likely,
			fmax(reads.likely, out->length.high)));
	few.v = est_point(0); /* lends its basis and evidence */
	return figure_add(figure_add(made, few), figure_scale(look, reads));
}
