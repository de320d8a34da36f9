#include "measure/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/constants.h"
#include "measure/stats.h"

/* Mean and variance of the mean of the logs of the workers that count; how many. */
static size_t log_mean(const struct measurement *m, double *mean, double *variance)
{
	double sum = 0, squares = 0;
	size_t n = 0, k;

	for (k = 0; k < WORKERS_MAX; k++) {
		if (isnan(m->worker_ns[k]))
			continue;
		sum += log(m->worker_ns[k]);
		n++;
	}
	if (n < WORKERS_LEAST)
		return 0;
	*mean = sum / (double)n;
	for (k = 0; k < WORKERS_MAX; k++) {
		if (!isnan(m->worker_ns[k]))
			squares += pow(log(m->worker_ns[k]) - *mean, 2);
	}
	*variance = squares / (double)(n - 1) / (double)n;
	return n;
}

struct est compare_ratio(const struct measurement *before, const struct measurement *after,
	int *apart)
{
	double mean_b, mean_a, var_b, var_a, half, tie;
	size_t n_b = 0, n_a = 0;
	struct est ratio;

	if (before->reads != READS_NOTHING || after->reads != READS_NOTHING) {
		ratio = est_div(after->value, before->value);
		*apart = before->value.high < after->value.low ||
			 after->value.high < before->value.low;
		return ratio;
	}
	if (before->n_runs && after->n_runs) {
		n_b = log_mean(before, &mean_b, &var_b);
		n_a = log_mean(after, &mean_a, &var_a);
	}
	if (n_b && n_a) {
		half = stats_t975((n_a < n_b ? n_a : n_b) - 1) * sqrt(var_a + var_b);
		ratio.likely = after->ns.likely / before->ns.likely;
		ratio.low = fmin(exp(mean_a - mean_b - half), ratio.likely);
		ratio.high = fmax(exp(mean_a - mean_b + half), ratio.likely);
		if (after->ns.low == 0)
			ratio.low = 0;
		if (before->ns.low == 0)
			ratio.high = INFINITY;
	} else {
		ratio = est_div(after->ns, before->ns);
	}
	tie = stats_tie_of_runs(before->ns.likely, after->ns.likely);
	*apart = (ratio.low > 1 || ratio.high < 1) &&
		 (ratio.likely >= tie || ratio.likely <= 1 / tie);
	return ratio;
}

static void note(struct comparison *c, char *sentence)
{
	c->notes = xreallocarray(c->notes, c->n_notes + 1, sizeof *c->notes);
	c->notes[c->n_notes++] = sentence;
}

static int same(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static const char *known(const char *s)
{
	return s && *s ? s : "unknown";
}

static void note_bindings(struct comparison *c, const struct environment *before,
	const struct environment *after)
{
	size_t i, k;

	for (i = 0; i < after->n_bindings; i++) {
		const struct binding_state *now = &after->bindings[i];

		for (k = 0; k < before->n_bindings; k++) {
			const struct binding_state *then = &before->bindings[k];

			if (strcmp(now->id, then->id) != 0 || !now->available || !then->available)
				continue;
			if (!same(now->version, then->version))
				note(c, xasprintf("%s was %s, and is %s", now->id,
						known(then->version), known(now->version)));
			else if (!same(now->build, then->build))
				note(c, xasprintf("the probes of %s were built anew", now->id));
		}
	}
}

/* What else than the code may have changed the figures, the widest cause first. */
static void make_notes(struct comparison *c, const struct environment *before,
	const struct environment *after)
{
	double speed = before->gate_ns > 0 && after->gate_ns > 0 ?
		after->gate_ns / before->gate_ns : 1;

	if (!same(before->machine_key, after->machine_key))
		note(c, xasprintf("another machine: it was %s with %d core%s, and is %s with %d",
				known(before->cpu), before->cores, before->cores == 1 ? "" : "s",
				known(after->cpu), after->cores));
	if (!same(before->interpreter_key, after->interpreter_key))
		note(c, xasprintf("another interpreter: it was %s %s (%s), and is %s %s (%s)",
				known(before->implementation), known(before->python),
				known(before->executable), known(after->implementation),
				known(after->python), known(after->executable)));
	if (!same(before->program, after->program))
		note(c, xasprintf("another version of ffiadvise: it was %s, and is %s",
				known(before->program), known(after->program)));
	note_bindings(c, before, after);
	if (speed > TIE_RUNS || speed < 1 / TIE_RUNS)
		note(c, xasprintf("the same piece of work took %.2f times as long as then even at "
				  "its fastest, so the machine itself ran at another speed", speed));
}

static void add(struct comparison *c, const struct measurement *before,
	const struct measurement *after)
{
	struct compared *item;

	GROW(c->items, c->n, c->cap);
	item = &c->items[c->n++];
	memset(item, 0, sizeof *item);
	item->before = before;
	item->after = after;
	if (before && after)
		item->ratio = compare_ratio(before, after, &item->apart);
}

void compare_make(struct comparison *c, const struct measurements *before,
	const struct measurements *after)
{
	size_t i;

	memset(c, 0, sizeof *c);
	make_notes(c, &before->env, &after->env);
	for (i = 0; i < after->n; i++)
		add(c, measurements_find_id(before, after->items[i].id), &after->items[i]);
	for (i = 0; i < before->n; i++) {
		if (!measurements_find_id(after, before->items[i].id))
			add(c, &before->items[i], NULL);
	}
}

void compare_release(struct comparison *c)
{
	size_t i;

	for (i = 0; i < c->n_notes; i++)
		free(c->notes[i]);
	free(c->notes);
	free(c->items);
	memset(c, 0, sizeof *c);
}
