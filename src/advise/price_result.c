#include "advise/price.h"

/* Python goes over the fields of native objects that come back, each through an accessor. */
static int is_read_natively(const struct workload *w)
{
	const struct pytype *t = w->output.type;

	if (t && t->kind == PYTYPE_LIST && t->n)
		t = t->items[0];
	return t && t->kind == PYTYPE_NATIVE && (w->read == READ_ALL || w->read == READ_ITEMS);
}

struct figure price_result_now(const struct figures *f, const char *binding,
	const struct workload *w)
{
	const struct argument *out = &w->output;
	struct figure made = figures_out(f, binding, out->price_type, out->length);

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
		return figures_out(f, binding, w->output.price_type, w->output.length);
	plain = figures_out(f, binding, w->output.type->kind == PYTYPE_LIST ? "list[object]" :
		"object", w->output.length);
	return plain.known && (!now.known || plain.v.likely < now.v.likely) ? plain : now;
}
