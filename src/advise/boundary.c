#include "advise/boundary.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum { LONGEST = 100000 }; /* the longest input that is measured */

/* The native spelling of an argument's or a result's type. */
static char *spelling(const struct reckoning *r, const char *binding, const struct argument *a,
	enum how how, int result)
{
	struct str type, base;
	const char *native;
	char *text;

	str_init(&type);
	str_init(&base);
	if (a->type)
		pytype_write(a->type, &type);
	else
		str_add(&type, "any");
	str_addn(&base, str_text(&type), strcspn(str_text(&type), "["));
	native = spellings_find(&r->figures.catalog->spellings, binding, str_text(&type),
		str_text(&base), how, result);
	text = xstrdup(native ? native : "?");
	str_release(&type);
	str_release(&base);
	return text;
}

static double cost_at(const struct reckoning *r, const char *binding, const struct argument *a,
	enum how how, double length)
{
	struct figure f = how == HOW_ZERO_COPY ? figures_acquire(&r->figures, binding) :
		figures_in(&r->figures, binding, a->price_type, how,
			a->access == ACCESS_FEW && how == HOW_BY_REFERENCE, est_point(length));

	return f.known ? f.v.likely : INFINITY;
}

static enum how cheapest(const struct reckoning *r, const char *binding, const struct argument *a,
	const enum how *ways, size_t n, double length)
{
	enum how best = ways[0];
	size_t i;

	for (i = 1; i < n; i++) {
		if (cost_at(r, binding, a, ways[i], length) < cost_at(r, binding, a, best, length))
			best = ways[i];
	}
	return best;
}

/*
 * Where the cheapest way changes on the way from 1 to LONGEST items, found on
 * steps of 1.25x and then by bisection. Only ways that are allowed count.
 */
static void find_turns(struct crossing *c, const struct reckoning *r, const char *binding,
	const struct argument *a)
{
	enum how ways[3], before, after;
	size_t n = 0;
	double from = 1, to, low, high, middle;

	if (!a->type || (a->type->kind != PYTYPE_LIST && a->type->kind != PYTYPE_BUFFER &&
		a->type->kind != PYTYPE_DICT))
		return;
	ways[n++] = HOW_COPY;
	if (a->type->kind != PYTYPE_BUFFER && isfinite(cost_at(r, binding, a, HOW_BY_REFERENCE, 1)))
		ways[n++] = HOW_BY_REFERENCE;
	if (a->type->kind == PYTYPE_BUFFER ||
		(a->type->kind == PYTYPE_LIST && a->can_change == TRI_YES))
		ways[n++] = HOW_ZERO_COPY;
	before = cheapest(r, binding, a, ways, n, from);
	while (from < LONGEST && c->n_turns < 4) {
		to = fmin(LONGEST, from * 1.25 + 1);
		after = cheapest(r, binding, a, ways, n, to);
		if (after != before) {
			low = from;
			high = to;
			while (high - low > 0.5) {
				middle = (low + high) / 2;
				if (cheapest(r, binding, a, ways, n, middle) == before)
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
	}
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
	struct crossing *c;
	struct str name;
	size_t i;

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
		find_turns(c, r, o->tool_id, &w->inputs[i]);
	}
	c = &b->items[b->n++];
	c->argument = xstrdup("result");
	c->how = HOW_COPY;
	c->cost = o->cost.output;
	c->native = spelling(r, o->tool_id, &w->output, HOW_COPY, 1);
	b->signature = signature(b, r, o);
}

void boundary_release(struct boundary *b)
{
	size_t i;

	for (i = 0; i < b->n; i++) {
		free(b->items[i].argument);
		free(b->items[i].native);
	}
	free(b->items);
	free(b->signature);
	memset(b, 0, sizeof *b);
}
