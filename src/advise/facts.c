#include "advise/facts.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "advise/price.h"
#include "measure/stats.h"
#include "survey/quantity.h"

void facts_init(struct facts *facts, const struct answers *answers)
{
	facts->n = 0;
	facts->one = NULL;
	memset(facts->index, 0, sizeof facts->index);
	facts->answers = answers;
	facts->scenario = SCENARIO_LIKELY;
}

/* Where a key stands in the index, or the empty place where it belongs. */
static size_t place_of(const struct facts *facts, const char *key)
{
	size_t at;

	for (at = str_hash(0, key) % FACTS_INDEX; facts->index[at]; at = (at + 1) % FACTS_INDEX) {
		const char *there = facts->items[facts->index[at] - 1].key;

		/* Keys that the program itself sets again are the same text. */
		if (there == key || strcmp(there, key) == 0)
			break;
	}
	return at;
}

static struct fact_entry *entry(struct facts *facts, const char *key)
{
	size_t at = place_of(facts, key);

	if (facts->index[at])
		return &facts->items[facts->index[at] - 1];
	if (facts->n == FACTS_MAX)
		return NULL;
	/* Not the ids, which are many and count only as far as evidence.n says. */
	memset(&facts->items[facts->n], 0, offsetof(struct fact_entry, evidence));
	facts->items[facts->n].evidence.n = 0;
	facts->items[facts->n].key = key;
	facts->index[at] = (unsigned char)++facts->n;
	return &facts->items[facts->n - 1];
}

void facts_set(struct facts *facts, const char *key, enum question_kind kind, struct est v,
	enum basis basis, const struct evidence *evidence)
{
	struct fact_entry *e = entry(facts, key);

	if (!e)
		return;
	e->kind = kind;
	e->v = v;
	e->basis = basis;
	if (evidence) {
		e->evidence.n = evidence->n;
		memcpy(e->evidence.ids, evidence->ids, evidence->n * sizeof *evidence->ids);
	}
}

void facts_word(struct facts *facts, const char *key, const char *word)
{
	struct fact_entry *e = entry(facts, key);

	if (!e || e->n_words == sizeof e->words / sizeof *e->words)
		return;
	e->kind = QUESTION_TEXT;
	e->words[e->n_words++] = word;
}

void facts_words_none(struct facts *facts, const char *key)
{
	struct fact_entry *e = entry(facts, key);

	if (!e)
		return;
	e->kind = QUESTION_TEXT;
	e->n_words = 0;
}

const struct fact_entry *facts_get(const struct facts *facts, const char *key)
{
	size_t at = place_of(facts, key);

	return facts->index[at] ? &facts->items[facts->index[at] - 1] : NULL;
}

int facts_lookup(void *who, const char *key, struct fact *fact)
{
	struct facts *facts = who;
	const struct fact_entry *e = facts_get(facts, key);

	/* The look-up lends its words from scratch room in the answers. */
	if (!e)
		return answers_lookup((struct answers *)(uintptr_t)facts->answers, key, fact);
	memset(fact, 0, sizeof *fact);
	fact->known = 1;
	if (e->kind == QUESTION_TEXT) {
		fact->words = e->words;
		fact->n_words = e->n_words;
		return 0;
	}
	fact->is_quantity = 1;
	fact->range = est_point(facts->scenario == SCENARIO_LOW ? e->v.low :
		facts->scenario == SCENARIO_HIGH ? e->v.high : e->v.likely);
	return 0;
}

/* A factor as a report says it: "1.02x"; the rest in their units. */
static void write_fact(struct str *out, const struct fact_entry *e)
{
	size_t i;

	if (e->kind == QUESTION_TEXT) {
		for (i = 0; i < e->n_words; i++)
			str_addf(out, "%s%s", i ? ", " : "", e->words[i]);
	} else if (e->kind == QUESTION_FACTOR && isinf(e->v.likely)) {
		str_add(out, "without limit");
	} else if (e->kind == QUESTION_FACTOR) {
		str_addf(out, e->v.likely < 1.995 ? "%.2fx" : e->v.likely < 99.5 ? "%.2gx" : "%.0fx",
			e->v.likely);
	} else {
		quantity_write(out, e->v.likely, e->kind);
	}
}

/* The value of an answer, and its question, where it is known; "inputs.main.x" is
 * of the longest input. NULL where it is not. */
static const struct value *answer_of(const struct facts *facts, const char *key,
	const struct question **question)
{
	long main = answers_main_input(facts->answers);
	const struct value *value;
	char input_key[64];

	if (str_starts(key, "inputs.main.") && main >= 0) {
		snprintf(input_key, sizeof input_key, "inputs.%s", key + strlen("inputs.main."));
		key = input_key;
	}
	*question = questions_find(facts->answers->questions, key);
	if (!*question || ((*question)->scope == SCOPE_INPUT && key != input_key))
		return NULL;
	value = answers_value(facts->answers, *question, main < 0 ? 0 : (size_t)main);
	return value_known(value) ? value : NULL;
}

int facts_can_fill(const struct facts *facts, const char *text)
{
	const struct question *question;
	const char *open, *close;
	char key[64];

	while ((open = strchr(text, '{')) && (close = strchr(open, '}'))) {
		snprintf(key, sizeof key, "%.*s", (int)(close - open - 1), open + 1);
		if (!facts_get(facts, key) && !answer_of(facts, key, &question))
			return 0;
		text = close + 1;
	}
	return 1;
}

int facts_fill(const struct facts *facts, const char *text, struct str *out,
	struct evidence *evidence)
{
	struct str filled;
	const char *open, *close;
	const struct question *question;
	const struct fact_entry *e;
	const struct value *answer;
	char key[64];

	str_init(&filled);
	while ((open = strchr(text, '{')) && (close = strchr(open, '}'))) {
		str_addn(&filled, text, (size_t)(open - text));
		snprintf(key, sizeof key, "%.*s", (int)(close - open - 1), open + 1);
		e = facts_get(facts, key);
		if (e) {
			write_fact(&filled, e);
			evidence_join(evidence, &e->evidence);
		} else if ((answer = answer_of(facts, key, &question))) {
			value_write(&filled, answer, question);
		} else {
			str_release(&filled);
			return -1;
		}
		text = close + 1;
	}
	str_add(&filled, text);
	str_add(out, str_text(&filled));
	str_release(&filled);
	return 0;
}

/* The fastest option of a use; fitting only, or any. */
static const struct option *best(const struct options *options, enum use use, int any)
{
	const struct option *found = NULL;
	size_t i;

	for (i = 0; i < options->n; i++) {
		const struct option *o = &options->items[i];

		if (o->use == use && (any || o->fits) &&
			(!found || o->time_after.likely < found->time_after.likely))
			found = o;
	}
	return found;
}

static void set_option(struct facts *facts, const struct option *o, const char *speedup,
	const char *program, const char *time)
{
	if (!o)
		return;
	facts_set(facts, speedup, QUESTION_FACTOR, o->speedup, o->basis, &o->evidence);
	facts_set(facts, program, QUESTION_FACTOR, o->program_speedup, o->basis, NULL);
	facts_set(facts, time, QUESTION_DURATION, o->time_after, o->basis, &o->evidence);
}

static void set_design(struct facts *facts, const struct option *o, const char *name)
{
	const char *word;
	unsigned bit;
	size_t i;

	if (!o->design)
		facts_word(facts, name, "as-is");
	for (i = 0; (word = design_word(i, &bit)); i++) {
		if (o->design & bit)
			facts_word(facts, name, word);
	}
}

/* 1 / (1 - x), the most that is left to gain when the share x falls away. */
static struct est cap(struct est share)
{
	return est_div(est_point(1), est_rest(share));
}

/* What the machine and its interpreter can do, and what no probe measures. */
static void machine_facts(struct facts *facts, const struct workload *w,
	const struct figures *figures)
{
	const struct environment *env = &figures->measurements->env;
	int free = env->free_threaded ||
		value_bool(answers_get(w->answers, "runtime.free_threaded")) == 1;
	struct figure f = figures_reference(figures, "native-read");
	int major, minor;

	facts_set(facts, "cores", QUESTION_COUNT, w->cores,
		w->cores_known ? BASIS_ASSUMED : BASIS_MEASURED, NULL);
	facts_set(facts, "interpreter.free_threaded", QUESTION_COUNT, est_point(free),
		BASIS_MEASURED, NULL);
	if (env->python && sscanf(env->python, "%d.%d", &major, &minor) == 2 && major == 3)
		facts_set(facts, "interpreter.minor", QUESTION_COUNT, est_point(minor),
			BASIS_MEASURED, NULL);
	if (f.known)
		facts_set(facts, "native.read", QUESTION_FACTOR, f.v, f.basis, &f.evidence);
}

void facts_before(struct facts *facts, const struct workload *w, const struct figures *figures,
	const struct options *options)
{
	/* Of native code all is native: its share of C code says nothing of what is left to gain. */
	struct est python = est_mul(workload_waits_in_turn(w) ? est_point(1) :
		est_rest(w->wait_share), w->native_now ? est_point(1) : est_rest(w->native_share));
	double fitting = 0, waiting = 0;
	struct figure f;
	size_t i;

	facts_set(facts, "time.now", QUESTION_DURATION, w->time_now, BASIS_ASSUMED, NULL);
	facts_set(facts, "share", QUESTION_SHARE, w->share, BASIS_ASSUMED, NULL);
	facts_set(facts, "share.waiting", QUESTION_SHARE, w->wait_share, BASIS_ASSUMED, NULL);
	facts_set(facts, "share.native", QUESTION_SHARE, w->native_share, BASIS_ASSUMED, NULL);
	facts_set(facts, "share.python", QUESTION_SHARE, python, BASIS_ASSUMED, NULL);
	facts_words_none(facts, "share.python.told");
	if (!value_known(answers_get(facts->answers, "function.native_share")))
		facts_word(facts, "share.python.told",
			" (taken so: how much is in C already is not told)");
	if (w->native_now)
		facts_set(facts, "share.crossing", QUESTION_SHARE, w->crossing_share, BASIS_ASSUMED, NULL);
	/* Amdahl with the Python part gone: neither waiting nor C code gets faster. */
	facts_set(facts, "cap.function", QUESTION_FACTOR, cap(python), BASIS_ASSUMED, NULL);
	facts_set(facts, "cap.program", QUESTION_FACTOR, cap(est_mul(w->share, python)),
		BASIS_ASSUMED, NULL);
	if (w->has_goal_speedup)
		facts_set(facts, "goal", QUESTION_FACTOR, w->goal_speedup, BASIS_ASSUMED, NULL);
	else if (w->has_goal_time)
		facts_set(facts, "goal", QUESTION_FACTOR, est_div(w->time_now, w->goal_time),
			BASIS_ASSUMED, NULL);
	set_option(facts, best(options, USE_FFI, 0), "ffi.speedup", "ffi.program", "ffi.time");
	set_option(facts, best(options, USE_FFI, 1), "ffi.any.speedup", "ffi.any.program",
		"ffi.any.time");
	set_option(facts, best(options, USE_RESTRUCTURE, 0), "restructure.speedup",
		"restructure.program", "restructure.time");
	set_option(facts, best(options, USE_VECTORISE, 0), "vectorise.speedup", "vectorise.program",
		"vectorise.time");
	set_option(facts, best(options, USE_VECTORISE, 1), "vectorise.any.speedup",
		"vectorise.any.program", "vectorise.any.time");
	set_option(facts, best(options, USE_LIBRARY, 0), "library.speedup", "library.program",
		"library.time");
	set_option(facts, best(options, USE_COMPILE, 0), "compile.speedup", "compile.program",
		"compile.time");
	set_option(facts, best(options, USE_PARALLELISE, 0), "parallelise.speedup",
		"parallelise.program", "parallelise.time");
	set_option(facts, best(options, USE_ASYNC, 0), "async.speedup", "async.program",
		"async.time");
	for (i = 0; i < options->n; i++) {
		fitting += options->items[i].use == USE_FFI && options->items[i].fits;
		waiting += options->items[i].use == USE_ASYNC && options->items[i].fits;
	}
	facts_set(facts, "async.fitting", QUESTION_COUNT, est_point(waiting), BASIS_MEASURED, NULL);
	machine_facts(facts, w, figures);
	facts_set(facts, "ffi.fitting", QUESTION_COUNT, est_point(fitting), BASIS_MEASURED, NULL);
	f = figures_call(figures, "python", 1);
	if (f.known)
		facts_set(facts, "python.call", QUESTION_DURATION, f.v, f.basis, &f.evidence);
	if (w->main_input >= 0)
		facts_set(facts, "main.length", QUESTION_COUNT, w->inputs[w->main_input].length,
			BASIS_ASSUMED, NULL);
}

/* What passing the main input each way costs in this binding. */
static void main_costs(struct facts *facts, const struct workload *w,
	const struct figures *figures, const char *binding)
{
	const struct argument *a;
	struct figure f;
	int few;

	if (w->main_input < 0)
		return;
	a = &w->inputs[w->main_input];
	few = a->access == ACCESS_FEW || a->access == ACCESS_OPAQUE;
	f = figures_in(figures, binding, a->price_type, HOW_COPY, 0, a->length);
	if (f.known)
		facts_set(facts, "main.copy", QUESTION_DURATION, f.v, f.basis, &f.evidence);
	f = figures_in(figures, binding, a->price_type, HOW_BY_REFERENCE, few, a->length);
	if (f.known)
		facts_set(facts, "main.by_reference", QUESTION_DURATION, f.v, f.basis, &f.evidence);
	f = figures_in(figures, binding, a->price_type, HOW_NATIVE_CLASS, 0, a->length);
	if (f.known)
		facts_set(facts, "main.native_class", QUESTION_DURATION, f.v, f.basis, &f.evidence);
	f = figures_acquire(figures, binding);
	if (f.known)
		facts_set(facts, "main.zero_copy", QUESTION_DURATION, f.v, f.basis, &f.evidence);
	facts_word(facts, "main.name", a->name[0] ? a->name : "the main input");
}

/* One native call with the loop inside against a native call each turn, as
 * measured by the probes of the loop group. */
static void loop_facts(struct facts *facts, const struct figures *figures, const char *binding,
	enum how how)
{
	const struct probes *probes = &figures->catalog->probes;
	const struct measurement *calls = NULL, *inside = NULL, *m;
	struct evidence evidence;
	size_t i, k;
	int tie;

	memset(&evidence, 0, sizeof evidence);
	for (i = 0; i < probes->n; i++) {
		const struct probe *probe = &probes->items[i];

		if (probe->role.kind != ROLE_LOOP)
			continue;
		for (k = 0; k < probe->n_sizes; k++) {
			m = measurements_find(figures->measurements, probe->id, binding,
				probe->sizes[k]);
			if (m && probe->sizes[k] == 1000 && probe->role.how == HOW_NONE)
				calls = m;
			if (m && probe->sizes[k] == 1000 && probe->role.how == how)
				inside = m;
		}
	}
	if (!calls || !inside)
		return;
	evidence_add(&evidence, calls->id);
	facts_set(facts, "loop.calls", QUESTION_DURATION, calls->ns, calls->basis, &evidence);
	evidence_add(&evidence, inside->id);
	facts_set(facts, "loop.inside", QUESTION_DURATION, inside->ns, inside->basis, &evidence);
	facts_set(facts, "loop.ratio", QUESTION_FACTOR, stats_ratio(calls, inside, &tie),
		calls->basis, &evidence);
}

/* What rules out the fastest native option. */
static void veto_facts(struct facts *facts, const struct option *o)
{
	size_t i;

	for (i = 0; !o->fits && i < o->why_against.n; i++) {
		if (o->why_against.items[i].rule->kind == RULE_VETO) {
			facts_word(facts, "veto.why", o->why_against.items[i].text);
			return;
		}
	}
}

/* What libraries.yaml says of the library that is advised. */
static void library_facts(struct facts *facts, const struct library *library)
{
	if (!library)
		return;
	facts_word(facts, "library.id", library->id);
	facts_word(facts, "library.install", library->install);
	if (library->first)
		facts_word(facts, "library.first", library->first);
	facts_word(facts, "library.replaces", library->replaces.says);
	facts_word(facts, "library.licence", library->licence.says);
	facts_word(facts, "library.batch", library->batch.says);
}

void facts_after(struct facts *facts, const struct workload *w, const struct figures *figures,
	const struct options *options, const struct option *chosen)
{
	/* Where the advice is another, the boundary that is spoken of is the best that fits. */
	const struct option *o = chosen->use == USE_FFI ? chosen : best(options, USE_FFI, 0);
	const struct option *other;
	const unsigned ways = DESIGN_ZERO_COPY | DESIGN_BY_REFERENCE | DESIGN_NATIVE_CLASS;
	struct figure f, objects;

	if (!o)
		o = best(options, USE_FFI, 1);
	facts_word(facts, "verdict.use", use_word(chosen->use));
	facts_word(facts, "verdict.tool", chosen->tool_id);
	set_design(facts, chosen, "verdict.design");
	if ((other = best(options, USE_FFI, 1)))
		set_design(facts, other, "ffi.any.design");
	set_option(facts, chosen, "chosen.speedup", "chosen.program", "chosen.time");
	facts_set(facts, "chosen.inputs", QUESTION_DURATION, chosen->cost.inputs, chosen->basis, NULL);
	facts_set(facts, "chosen.compute", QUESTION_DURATION, chosen->cost.compute, chosen->basis, NULL);
	facts_set(facts, "chosen.memory", QUESTION_SIZE, chosen->memory, chosen->basis, NULL);
	facts_set(facts, "chosen.call", QUESTION_DURATION, chosen->cost.call, chosen->basis, NULL);
	facts_set(facts, "chosen.output", QUESTION_DURATION, chosen->cost.output, chosen->basis, NULL);
	facts_set(facts, "chosen.startup", QUESTION_DURATION, chosen->startup, chosen->basis, NULL);
	library_facts(facts, chosen->library);
	if (!o || !o->binding)
		return;
	facts_word(facts, "tool.title", o->binding->title);
	if (o->binding->limits)
		facts_word(facts, "tool.limits", o->binding->limits);
	f = figures_call(figures, o->binding->id, w->n_inputs);
	if (f.known)
		facts_set(facts, "crossing.call", QUESTION_DURATION, f.v, f.basis, &f.evidence);
	facts_set(facts, "crossing.inputs", QUESTION_DURATION, o->cost.inputs, o->basis, NULL);
	facts_set(facts, "crossing", QUESTION_DURATION,
		est_add(est_add(o->cost.call, o->cost.inputs), o->cost.output), o->basis,
		&o->evidence);
	facts_set(facts, "crossing.of_now", QUESTION_SHARE,
		est_div(est_add(est_add(o->cost.call, o->cost.inputs), o->cost.output), w->time_now),
		o->basis, NULL);
	main_costs(facts, w, figures, o->binding->id);
	f = price_gain(figures, o->binding->id, w, FORM_NATIVE);
	objects = price_gain(figures, o->binding->id, w, FORM_OBJECTS);
	/* Of the design that is spoken of: work on Python's objects gains less. */
	if (f.known && objects.known && o->gain.likely < f.v.likely)
		f = objects;
	if (f.known) {
		facts_set(facts, "compute.gain", QUESTION_FACTOR, w->native_now ? f.v : o->gain,
			f.basis, &f.evidence);
		facts_word(facts, "compute.kernel", f.kernel ? "measured" : "reference");
	}
	f = figures_release(figures, o->binding->id);
	if (f.known)
		facts_set(facts, "gil.release", QUESTION_DURATION, f.v, f.basis, &f.evidence);
	f = figures_contended(figures, o->binding->id);
	if (f.known)
		facts_set(facts, "gil.contended", QUESTION_DURATION, f.v, f.basis, &f.evidence);
	loop_facts(facts, figures, o->binding->id, w->main_input >= 0 ? o->how[w->main_input] : HOW_COPY);
	veto_facts(facts, o);
	other = option_sibling(options, o, DESIGN_LAZY_RESULT | DESIGN_ARRAY_RESULT, 0);
	if (other && other != o)
		facts_set(facts, "eager.output", QUESTION_DURATION, other->cost.output, other->basis,
			NULL);
	other = option_sibling(options, o, DESIGN_MOVE_LOOP | DESIGN_BATCH, 0);
	if (other && other != o) {
		set_option(facts, other, "loop_outside.speedup", "loop_outside.program",
			"loop_outside.time");
		facts_set(facts, "loop_outside.ratio", QUESTION_FACTOR,
			est_point(other->time_after.likely / o->time_after.likely), o->basis, NULL);
	}
	other = option_sibling(options, o, ways, 0);
	if (other && other != o)
		set_option(facts, other, "copying.speedup", "copying.program", "copying.time");
	other = option_sibling(options, o, ways, DESIGN_BY_REFERENCE);
	if (other && other != o)
		set_option(facts, other, "referring.speedup", "referring.program", "referring.time");
}
