#include "show/view_measured.h"

#include <string.h>

void view_head(struct lines *l, const char *text)
{
	lines_gap(l);
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_HEAD, "%s", text);
}

void view_not_measured(struct lines *l, const struct measurements *m)
{
	size_t i;

	if (!m->n_missing)
		return;
	view_head(l, "Not measured");
	for (i = 0; i < m->n_missing; i++) {
		lines_begin(l, 2, 4);
		lines_add(l, m->missing[i].failed ? LOOK_WARNING : LOOK_PLAIN, "%s", m->missing[i].id);
		lines_add(l, LOOK_HINT, ": %s", m->missing[i].why);
	}
}

void view_python_kind(struct lines *l, const struct environment *env)
{
	int extension = env->shell && strcmp(env->shell, "extension") == 0;

	lines_add(l, LOOK_PLAIN, extension ? "extension, in the interpreter's own program" :
		"embedded");
	if (env->free_threaded)
		lines_add(l, LOOK_PLAIN, ", free-threaded");
	if (env->untested)
		lines_add(l, LOOK_WARNING, ", a version this program was never tested with");
}

/* The packages figures rest on that may be the environment's own. */
static void add_packages(struct lines *l, const struct environment *env)
{
	static const char *const packages[] = {"numpy", "cffi"};
	const char *separator = "; ";
	size_t i, k;

	for (i = 0; i < env->n_bindings; i++) {
		const struct binding_state *b = &env->bindings[i];

		for (k = 0; k < 2; k++) {
			if (!b->available || !*b->version || strcmp(b->id, packages[k]))
				continue;
			lines_add(l, LOOK_PLAIN, "%s%s %s", separator, b->id, b->version);
			separator = ", ";
		}
	}
}

void view_environment(struct lines *l, const struct measurements *m)
{
	static const char *const grades[] = {"quiet", "usable", "busy"};
	const struct environment *env = &m->env;
	size_t i, measured = 0;

	for (i = 0; i < m->n; i++)
		measured += m->items[i].basis == BASIS_MEASURED;
	view_head(l, "Measured");
	lines_begin(l, 2, 4);
	lines_add(l, LOOK_PLAIN, "%zu figures on %s, %d core%s, %s %s (%s), %s, at %s", measured,
		env->cpu ? env->cpu : "an unknown CPU", env->cores, env->cores == 1 ? "" : "s",
		env->implementation ? env->implementation : "", env->python ? env->python : "",
		env->executable ? env->executable : "", env->os ? env->os : "", env->started);
	lines_begin(l, 2, 4);
	lines_add(l, LOOK_PLAIN, "shell: ");
	view_python_kind(l, env);
	add_packages(l, env);
	lines_begin(l, 2, 4);
	lines_add(l, LOOK_PLAIN, "the machine was %s: %.0f %% of the samples were undisturbed",
		grades[env->grade], 100 * env->clean_share);
	for (i = 0; i < env->n_why; i++) {
		lines_begin(l, 4, 6);
		lines_add(l, LOOK_HINT, "%s", env->why[i]);
	}
	if (m->foreign) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_WARNING, "%s", m->foreign);
	}
}
