#include "advise/boundary.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "advise/price.h"
#include "base/mem.h"
#include "base/str.h"

enum { LONGEST = 100000 }; /* the longest input that is measured */

/* The native spelling of an argument's or a result's type; no type: a native class. */
static const struct spelling *spelling_of(const struct reckoning *r, const char *binding,
	const struct argument *a, enum how how, int result)
{
	const struct spelling *spelling;
	struct str type, base;

	str_init(&type);
	str_init(&base);
	if (a->type)
		pytype_write(a->type, &type);
	else
		str_add(&type, !result ? "any" : how == HOW_NATIVE_CLASS ? "native" :
			how == HOW_ZERO_COPY ? "array" : "any");
	str_addn(&base, str_text(&type), strcspn(str_text(&type), "["));
	spelling = spellings_find(&r->figures.catalog->spellings, binding, str_text(&type),
		str_text(&base), how, result);
	str_release(&type);
	str_release(&base);
	return spelling;
}

static char *spelling(const struct reckoning *r, const char *binding, const struct argument *a,
	enum how how, int result)
{
	const struct spelling *s = spelling_of(r, binding, a, how, result);

	return xstrdup(s ? s->native : "?");
}

/* The ways that are possible: what cannot change, or is of another's class, stays. */
static size_t ways_of(const struct argument *a, enum how *ways)
{
	const struct pytype *t = a->type, *item = t && t->n ? t->items[0] : NULL;
	int objects, buffer = t && t->kind == PYTYPE_BUFFER;
	size_t n = 0;

	if (!t || (t->kind != PYTYPE_LIST && t->kind != PYTYPE_SET && t->kind != PYTYPE_DICT &&
		t->kind != PYTYPE_STR && t->kind != PYTYPE_BYTES && t->kind != PYTYPE_OBJECT && !buffer))
		return 0;
	objects = t->kind == PYTYPE_OBJECT || (item && item->kind == PYTYPE_OBJECT);
	ways[n++] = HOW_COPY;
	if (!buffer)
		ways[n++] = HOW_BY_REFERENCE;
	if (buffer || (price_holds_numbers(a) && a->can_change == TRI_YES))
		ways[n++] = HOW_ZERO_COPY;
	if (objects && a->own_class == TRI_YES)
		ways[n++] = HOW_NATIVE_CLASS;
	return n;
}

static double cost_at(const struct reckoning *r, const char *binding, const struct argument *a,
	enum how how, double length)
{
	struct argument at = *a;
	struct figure f;

	at.length = est_point(length);
	f = price_pass(&r->figures, binding, &at, how);
	return f.known ? f.v.likely : INFINITY;
}

/* What giving so many items back costs: turned into Python objects, or left native. */
static double cost_out(const struct reckoning *r, const char *binding, const struct argument *a,
	enum how how, double length)
{
	struct workload w = r->workload;
	struct figure f;

	w.output.length = est_point(length);
	(void)a;
	f = how == HOW_COPY ? price_out(&r->figures, binding, &w.output) :
		price_lazy(&r->figures, binding, &w);
	return f.known ? f.v.likely : INFINITY;
}

typedef double cost_function(const struct reckoning *r, const char *binding,
	const struct argument *a, enum how how, double length);

static enum how cheapest(const struct reckoning *r, const char *binding, const struct argument *a,
	const struct crossing *c, cost_function *cost, double length)
{
	enum how best = c->ways[0].how;
	size_t i;

	for (i = 1; i < c->n_ways; i++) {
		if (cost(r, binding, a, c->ways[i].how, length) < cost(r, binding, a, best, length))
			best = c->ways[i].how;
	}
	return best;
}

/*
 * Where the cheapest way changes on the way from 1 to LONGEST items, found on
 * steps of 1.25x and then by bisection. Only ways that are possible count.
 */
static void find_turns(struct crossing *c, const struct reckoning *r, const char *binding,
	const struct argument *a, cost_function *cost)
{
	double from = 1, to, low, high, middle;
	enum how before, after;

	if (!c->n_ways)
		return;
	before = c->shortest = cheapest(r, binding, a, c, cost, from);
	if (a->type->kind == PYTYPE_OBJECT)
		return; /* it has no length */
	while (from < LONGEST && c->n_turns < 4) {
		to = fmin(LONGEST, from * 1.25 + 1);
		after = cheapest(r, binding, a, c, cost, to);
		if (after != before) {
			low = from;
			high = to;
			while (high - low > 0.5) {
				middle = (low + high) / 2;
				if (cheapest(r, binding, a, c, cost, middle) == before)
					low = middle;
				else
					high = middle;
			}
			c->turns[c->n_turns].length = ceil(high);
			c->turns[c->n_turns++].how = after;
			before = after;
		}
		from = to;
	}
}

static void add_way(struct crossing *c, const struct argument *a, enum how how, char *native,
	struct figure cost)
{
	if (!cost.known || c->n_ways == WAYS_MAX) {
		free(native);
		return;
	}
	c->ways[c->n_ways].how = how;
	c->ways[c->n_ways].native = native;
	c->ways[c->n_ways].memory = how == HOW_COPY ? price_bytes(a) : est_point(0);
	c->ways[c->n_ways++].cost = cost.v;
}

static void input_ways(struct crossing *c, const struct reckoning *r, const char *binding,
	const struct argument *a)
{
	enum how ways[WAYS_MAX];
	size_t n = ways_of(a, ways), i;

	for (i = 0; i < n; i++)
		add_way(c, a, ways[i], spelling(r, binding, a, ways[i], 0),
			price_pass(&r->figures, binding, a, ways[i]));
	find_turns(c, r, binding, a, cost_at);
}

/* How a result crosses that is left native: as an array, or as an object of a native class. */
static enum how left_native(const struct workload *w)
{
	return price_left_native(w) == DESIGN_ARRAY_RESULT ? HOW_ZERO_COPY : HOW_NATIVE_CLASS;
}

/* The result whole; and left native, where Python may not look at all of it. */
static void output_ways(struct crossing *c, const struct reckoning *r, const char *binding)
{
	const struct workload *w = &r->workload;
	struct argument native = w->output;
	const enum how left = left_native(w);

	if (!price_may_be_lazy(w))
		return;
	add_way(c, &w->output, HOW_COPY, spelling(r, binding, &w->output, HOW_COPY, 1),
		price_out(&r->figures, binding, &w->output));
	native.type = NULL;
	add_way(c, &w->output, left, spelling(r, binding, &native, left, 1),
		price_lazy(&r->figures, binding, w));
	find_turns(c, r, binding, &w->output, cost_out);
}

/* A name as an identifier of the native language; "arg0" where there is none. */
static void add_identifier(struct str *out, const char *name, size_t i)
{
	if (!name[0] || isdigit((unsigned char)name[0])) {
		str_addf(out, "arg%zu", i);
		return;
	}
	for (; *name; name++)
		str_addc(out, isalnum((unsigned char)*name) ? *name : '_');
}

/* Puts a, b and c in the places of {name}, {arguments} and {result}. */
static void fill(struct str *out, const char *form, const char *name, const char *arguments,
	const char *result)
{
	static const char *const marks[] = {"{name}", "{arguments}", "{result}", "{type}"};
	const char *values[] = {name, arguments, result, result};
	size_t i;

	while (*form) {
		for (i = 0; i < 4; i++) {
			if (str_starts(form, marks[i]))
				break;
		}
		if (i == 4) {
			str_addc(out, *form++);
		} else {
			str_add(out, values[i]);
			form += strlen(marks[i]);
		}
	}
}

/* What has to cross with it, by its name; NULL: nothing. */
static char *beside(const struct reckoning *r, const char *binding, const struct argument *a,
	enum how how, int result, size_t i)
{
	const struct spelling *s = spelling_of(r, binding, a, how, result);
	struct str identifier, out;

	if (!s || !s->beside)
		return NULL;
	str_init(&identifier);
	str_init(&out);
	add_identifier(&identifier, a->name, i);
	fill(&out, s->beside, str_text(&identifier), "", "");
	str_release(&identifier);
	return str_detach(&out);
}

static void add_beside(struct str *arguments, const struct signature_form *form,
	const struct crossing *c)
{
	if (!c->beside)
		return;
	if (arguments->len)
		str_add(arguments, form->separator);
	str_add(arguments, c->beside);
}

static char *signature(const struct boundary *b, const struct reckoning *r,
	const struct option *o)
{
	const struct signature_form *form =
		spellings_form(&r->figures.catalog->spellings, o->tool_id);
	const struct value *name = answers_get(r->workload.answers, "name");
	struct str arguments, identifier, out;
	size_t i;

	if (!form)
		return NULL;
	str_init(&arguments);
	str_init(&identifier);
	str_init(&out);
	for (i = 0; i + 1 < b->n; i++) {
		if (i)
			str_add(&arguments, form->separator);
		str_clear(&identifier);
		add_identifier(&identifier, r->workload.inputs[i].name, i);
		fill(&arguments, form->argument, str_text(&identifier), "", b->items[i].native);
		add_beside(&arguments, form, &b->items[i]);
	}
	add_beside(&arguments, form, &b->items[b->n - 1]);
	str_clear(&identifier);
	add_identifier(&identifier, name->text ? name->text : "function", 0);
	fill(&out, form->form, str_text(&identifier), str_text(&arguments),
		b->items[b->n - 1].native);
	str_release(&arguments);
	str_release(&identifier);
	return str_detach(&out);
}

void boundary_make(struct boundary *b, const struct reckoning *r, const struct option *o)
{
	const struct workload *w = &r->workload;
	struct argument result;
	struct crossing *c;
	struct str name;
	size_t i;
	int left;

	memset(b, 0, sizeof *b);
	if (o->use != USE_FFI)
		return;
	b->items = xcalloc(w->n_inputs + 1, sizeof *b->items);
	for (i = 0; i < w->n_inputs; i++) {
		c = &b->items[b->n++];
		str_init(&name);
		if (w->inputs[i].name[0])
			str_add(&name, w->inputs[i].name);
		else
			str_addf(&name, "arg%zu", i);
		c->argument = str_detach(&name);
		c->how = o->how[i];
		c->cost = o->in_cost[i];
		c->native = spelling(r, o->tool_id, &w->inputs[i], c->how, 0);
		c->beside = beside(r, o->tool_id, &w->inputs[i], c->how, 0, i);
		input_ways(c, r, o->tool_id, &w->inputs[i]);
	}
	c = &b->items[b->n++];
	c->argument = xstrdup("result");
	left = (o->design & (DESIGN_LAZY_RESULT | DESIGN_ARRAY_RESULT)) != 0;
	result = w->output;
	if (left)
		result.type = NULL; /* an array or an object of a native class, whatever it holds */
	c->how = left ? left_native(w) : HOW_COPY;
	c->cost = o->cost.output;
	c->native = spelling(r, o->tool_id, &result, c->how, 1);
	c->beside = beside(r, o->tool_id, &result, c->how, 1, 0);
	output_ways(c, r, o->tool_id);
	b->signature = signature(b, r, o);
}

void boundary_release(struct boundary *b)
{
	size_t i, k;

	for (i = 0; i < b->n; i++) {
		free(b->items[i].argument);
		free(b->items[i].native);
		free(b->items[i].beside);
		for (k = 0; k < b->items[i].n_ways; k++)
			free(b->items[i].ways[k].native);
	}
	free(b->items);
	free(b->signature);
	memset(b, 0, sizeof *b);
}
