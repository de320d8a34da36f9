#include "measure/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void plan_init(struct plan *plan)
{
	memset(plan, 0, sizeof *plan);
}

void plan_release(struct plan *plan)
{
	free(plan->items);
	plan_init(plan);
}

static int has_size(const struct probe *probe, long n)
{
	size_t i;

	if (probe->n_sizes == 0)
		return n == 0;
	for (i = 0; i < probe->n_sizes; i++) {
		if (probe->sizes[i] == n)
			return 1;
	}
	return 0;
}

static int same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Alternatives of one decision: either could be chosen in the place of the other. */
static int are_alternatives(const struct plan_item *a, const struct plan_item *b)
{
	const struct role *r = &a->probe->role, *s = &b->probe->role;

	if (r->kind != s->kind)
		return 0;
	switch (r->kind) {
	case ROLE_CALL:
	case ROLE_CALLBACK:
	case ROLE_RELEASE:
	case ROLE_IMPORT:
		return 1;
	case ROLE_KERNEL:
		return a->n == b->n && same_text(r->kernel, s->kernel);
	case ROLE_IN:
	case ROLE_OUT:
	case ROLE_ACQUIRE:
	case ROLE_ARRAY_FROM_LIST:
	case ROLE_ARRAY_TO_LIST:
		return a->n == b->n && same_text(r->type, s->type);
	case ROLE_LOOP:
	case ROLE_THREADS:
	case ROLE_CONTENDED:
	case ROLE_ARRAY_CALL:
	case ROLE_ARRAY_ITEM:
		return a->n == b->n;
	case ROLE_NONE:
		break;
	}
	return a->n == b->n && a->probe == b->probe;
}

static int family_of(const struct plan *plan, const struct plan_item *item)
{
	int next = 0;
	size_t i;

	for (i = 0; i < plan->n; i++) {
		if (are_alternatives(&plan->items[i], item))
			return plan->items[i].family;
		if (plan->items[i].family >= next)
			next = plan->items[i].family + 1;
	}
	return next;
}

void plan_add(struct plan *plan, const struct probe *probe, const struct binding *binding, long n,
	double weight)
{
	struct plan_item item = {.probe = probe, .binding = binding, .n = n, .weight = weight};
	size_t i;

	if (!has_size(probe, n) || probe_absent(probe, binding))
		return;
	for (i = 0; i < plan->n; i++) {
		struct plan_item *old = &plan->items[i];

		if (old->probe == probe && old->binding == binding && old->n == n) {
			if (weight > old->weight)
				old->weight = weight;
			return;
		}
	}
	item.family = family_of(plan, &item);
	GROW(plan->items, plan->n, plan->cap);
	plan->items[plan->n++] = item;
}
