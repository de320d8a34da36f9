#include "session/own.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/constants.h"
#include "session/run.h"
#include "survey/quantity.h"
#include "survey/seen.h"

/* How many times longer than later ones a first run may take without a word. */
#define FIRST_WORTH_SAYING 20
#define FIRST_WORTH_SAYING_NS 1e6

/* What gives no value, and how to have one computed. */
static const struct {
	const char *what, *cure;
} gives[] = {
	[GIVES_GENERATOR] = {"a generator", "have it run to its end, as in list(...)"},
	[GIVES_COROUTINE] = {"a coroutine", "have it run, with import asyncio in the set-up and "
		"asyncio.run(...) as the call, which adds some 50 us for the loop"},
	[GIVES_ASYNC_GENERATOR] = {"an asynchronous generator",
		"have it run to its end in a coroutine, and that with asyncio.run()"},
	[GIVES_ITERATOR] = {"an iterator", "have it run to its end, as in list(...)"},
};

/* --- what the person should know of how it was measured --- */

static void note_samples(struct survey_item *item, const struct call *call,
	const struct measurement *m)
{
	if (!m && call->ns.likely >= OWN_SAMPLE_MOST * 1e9)
		survey_warn(item, "function.time_per_call rests on one run, since it takes so long: an upper "
			"bound");
	else if (!m)
		survey_warn(item, "function.time_per_call rests on the runs in which the call was looked at, "
			"since the budget left no time for more: an upper bound");
	else if (m->upper_bound)
		survey_warn(item, "function.time_per_call rests on %zu sample%s in %zu process%s, fewer "
			"than a figure needs: an upper bound; a larger --budget gives more", m->samples,
			m->samples == 1 ? "" : "s", m->n_runs, m->n_runs == 1 ? "" : "es");
}

static void note_drift(struct survey_item *item, const struct call *call)
{
	if (call->drift > OWN_DRIFT)
		survey_warn(item, "the call gets slower the more often it runs: at the end it took %.2g "
			"times as long as at the beginning, so there is no one time per call; does it add "
			"to something that stays? Let each call begin with the same", call->drift);
}

static void note_first(struct survey_item *item, const struct call *call)
{
	const struct worker_seen *seen = &call->seen;
	struct str first, later;

	if (!(seen->first_ns > FIRST_WORTH_SAYING_NS) ||
		!(seen->first_ns > FIRST_WORTH_SAYING * call->ns.likely))
		return;
	str_init(&first);
	str_init(&later);
	quantity_write(&first, seen->first_ns, QUESTION_DURATION);
	quantity_write(&later, call->ns.likely, QUESTION_DURATION);
	survey_warn(item, "the first run took %s, later ones %s: something was prepared or remembered "
		"(an import, a cache); what was measured is the later ones", str_text(&first),
		str_text(&later));
	str_release(&first);
	str_release(&later);
}

/* From the worker, which is not trusted: shown. */
static void note_text(struct survey_item *item, const char *before, const char *text,
	const char *after)
{
	struct str shown;

	if (!*text)
		return;
	str_init(&shown);
	str_add_shown(&shown, text, strlen(text));
	survey_warn(item, "%s%s%s", before, str_text(&shown), after);
	str_release(&shown);
}

static void add_notes(struct survey_item *item, const struct call *call,
	const struct measurement *m)
{
	const struct worker_seen *seen = &call->seen;

	note_samples(item, call, m);
	note_drift(item, call);
	note_first(item, call);
	if (!seen->is_call)
		survey_warn(item, "'%s' is not one call f(...), so no arguments were seen; put the rest of "
			"it into the set-up", call->expression);
	note_text(item, "what was measured has the making of its argument '", seen->computed,
		"' in it; make it in the set-up to leave that out");
	note_text(item, "the call changes the length of ", seen->changed,
		", so each run finds something else than the one before");
	if (seen->cpus > OWN_CPUS)
		survey_warn(item, "the call kept %.1f CPUs busy at once: it has threads or processes of its "
			"own already", seen->cpus);
}

/* --- the run --- */

struct own *own_new(const char *setup, const char *expression)
{
	struct own *own = xcalloc(1, sizeof *own);

	own->setup = xstrdup(setup);
	own->expression = xstrdup(expression);
	own->call.setup = own->setup;
	own->call.expression = own->expression;
	measurements_init(&own->m);
	return own;
}

void own_free(struct own *own)
{
	if (!own)
		return;
	free(own->setup);
	free(own->expression);
	free(own->python);
	call_release(&own->call);
	measurements_release(&own->m);
	free(own);
}

static int fail_value(const struct call *call, struct err *err)
{
	err_set(err, ERR_USAGE, "'%s' gives %s: nothing was computed yet, so there is nothing to measure",
		call->expression, gives[call->seen.gives].what);
	err_hint(err, "%s", gives[call->seen.gives].cure);
	return -1;
}

void own_measure(struct own *own, const struct catalog *catalog, const struct python *python,
	const struct run_options *options)
{
	int stopped, result;

	result = run_call(&own->call, &own->m, catalog, python, options, &stopped, &own->err);
	if (result < 0 && strstr(own->err.text, "ModuleNotFoundError"))
		err_hint(&own->err, "run ffiadvise in the folder that has it, or name the environment it is "
			"in as the interpreter (--python)");
	if (result == 0 && own->call.seen.gives != GIVES_VALUE) {
		result = fail_value(&own->call, &own->err);
		stopped = 0;
	}
	/* Once it was looked at, what was seen counts, however few samples there are. */
	own->state = result == 0 ? OWN_MEASURED : stopped ? OWN_STOPPED : OWN_FAILED;
}

void own_add(struct survey_item *item, const struct own *own)
{
	const struct measurement *m = measurements_find(&own->m, CALL_PROBE, CALL_BINDING, 0);

	seen_add(item, &own->call.seen, own->call.ns);
	add_notes(item, &own->call, m);
}
