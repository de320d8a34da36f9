#include "measure/picks.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum how_to_match { MATCH_SHELL, MATCH_ID, MATCH_NAME, MATCH_HEAD };

/* "call" is the group, and not what else begins so. */
static enum how_to_match how_to_match(const struct probes *probes, const char *pattern)
{
	size_t i;

	if (strpbrk(pattern, "*?["))
		return MATCH_SHELL;
	if (strchr(pattern, '/'))
		return MATCH_ID;
	for (i = 0; i < probes->n; i++) {
		if (strcmp(probes->items[i].group, pattern) == 0)
			return MATCH_NAME;
	}
	return probes_find(probes, pattern) || probes_binding(probes, pattern) ? MATCH_NAME
									       : MATCH_HEAD;
}

static int matches(
	enum how_to_match how, const char *pattern, const struct pick *pick, const char *id)
{
	const char *const names[] = {id, pick->probe->id, pick->probe->group, pick->binding->id};
	size_t i;

	for (i = how == MATCH_SHELL || how == MATCH_ID ? 0 : 1; i < 4; i++) {
		if (how == MATCH_SHELL ? fnmatch(pattern, names[i], 0) == 0 :
			how == MATCH_NAME ? strcmp(names[i], pattern) == 0 :
			str_starts(names[i], pattern))
			return 1;
	}
	return 0;
}

/* Why it cannot be measured here; NULL when it can. */
static const char *why_not(const struct probe *probe, const struct binding *binding,
	const struct environment *env, int *built)
{
	const char *why = probe_absent(probe, binding);
	size_t i;

	*built = 0;
	if (why || !env)
		return why;
	for (i = 0; i < env->n_bindings; i++) {
		const struct binding_state *state = &env->bindings[i];

		if (strcmp(state->id, binding->id) != 0 || state->available)
			continue;
		*built = 1;
		return state->why_not ? state->why_not : "its probes were not built here";
	}
	return NULL;
}

/* Notes in `used` which patterns it matched. */
static void try_one(struct picks *picks, struct pick pick, const struct environment *env,
	const char *const *patterns, const enum how_to_match *how, size_t n_patterns, int *used)
{
	char *id = measurement_id(pick.probe->id, pick.binding->id, pick.n);
	int wanted = n_patterns == 0;
	size_t i;

	for (i = 0; i < n_patterns; i++) {
		if (!matches(how[i], patterns[i], &pick, id))
			continue;
		used[i] = 1;
		wanted = 1;
	}
	free(id);
	if (!wanted)
		return;
	pick.why = why_not(pick.probe, pick.binding, env, &pick.built);
	GROW(picks->items, picks->n, picks->cap);
	picks->items[picks->n++] = pick;
}

/* What a pattern that matches nothing may have meant. */
static void say_unmatched(const struct probes *probes, const char *pattern, struct err *err)
{
	const char **names = xcalloc(2 * probes->n + probes->n_bindings + 1, sizeof *names), *near;
	size_t n = 0, i;

	for (i = 0; i < probes->n; i++) {
		names[n++] = probes->items[i].group;
		names[n++] = probes->items[i].id;
	}
	for (i = 0; i < probes->n_bindings; i++)
		names[n++] = probes->bindings[i].id;
	near = str_nearest(pattern, names, n);
	err_set(err, ERR_USAGE, "no probe matches '%s'", pattern);
	if (near)
		err_hint(err, "did you mean %s?", near);
	else
		err_hint(err, "ffiadvise bench --list names them all");
	free(names);
}

/* The sizes there would have been. */
static void say_unsized(const struct probes *probes, const char *const *patterns,
	size_t n_patterns, const struct environment *env, long size, struct err *err)
{
	struct picks all;
	struct str sizes;
	size_t i, k;

	err_set(err, ERR_USAGE, "no probe that was asked for has the size %ld", size);
	if (picks_make(&all, probes, env, patterns, n_patterns, 0, NULL) < 0)
		return;
	str_init(&sizes);
	for (i = 0; i < all.n; i++) {
		for (k = 0; k < i && all.items[k].n != all.items[i].n; k++)
			;
		if (k == i && all.items[i].n)
			str_addf(&sizes, "%s%ld", sizes.len ? ", " : "", all.items[i].n);
	}
	if (sizes.len)
		err_hint(err, "sizes there are: %s", str_text(&sizes));
	str_release(&sizes);
	picks_release(&all);
}

int picks_make(struct picks *picks, const struct probes *probes, const struct environment *env,
	const char *const *patterns, size_t n_patterns, long size, struct err *err)
{
	int *used = xcalloc(n_patterns + 1, sizeof *used), result = 0;
	enum how_to_match *how = xcalloc(n_patterns + 1, sizeof *how);
	size_t i, k, b, n_sizes, unsized = 0;

	memset(picks, 0, sizeof *picks);
	for (i = 0; i < n_patterns; i++)
		how[i] = how_to_match(probes, patterns[i]);
	for (i = 0; i < probes->n; i++) {
		const struct probe *probe = &probes->items[i];

		n_sizes = probe->n_sizes ? probe->n_sizes : 1;
		for (k = 0; k < n_sizes; k++) {
			const long n = probe->n_sizes ? probe->sizes[k] : 0;

			for (b = 0; b < probes->n_bindings; b++) {
				struct pick pick = {probe, &probes->bindings[b], n, NULL, 0};
				size_t before = picks->n;

				try_one(picks, pick, env, patterns, how, n_patterns, used);
				if (!n || !size || n == size || picks->n == before)
					continue;
				picks->n = before;
				unsized++;
			}
		}
	}
	for (i = 0; i < n_patterns && result == 0; i++) {
		if (used[i])
			continue;
		say_unmatched(probes, patterns[i], err);
		result = -1;
	}
	if (result == 0 && !picks->n && unsized) {
		say_unsized(probes, patterns, n_patterns, env, size, err);
		result = -1;
	}
	if (result < 0)
		picks_release(picks);
	free(how);
	free(used);
	return result;
}

void picks_release(struct picks *picks)
{
	free(picks->items);
	memset(picks, 0, sizeof *picks);
}

void picks_plan(const struct picks *picks, struct plan *plan)
{
	size_t i;

	for (i = 0; i < picks->n; i++) {
		const struct pick *pick = &picks->items[i];

		if (!pick->why)
			plan_add(plan, pick->probe, pick->binding, pick->n, 1);
	}
}

int picks_hold(const struct picks *picks, const char *probe, const char *binding, long n)
{
	size_t i;

	for (i = 0; i < picks->n; i++) {
		const struct pick *pick = &picks->items[i];

		if (pick->n == n && strcmp(pick->probe->id, probe) == 0 &&
			strcmp(pick->binding->id, binding) == 0)
			return 1;
	}
	return 0;
}
