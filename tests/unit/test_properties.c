/*
 * What holds for every answers file, tried on thousands of generated ones within
 * the process; tests/test_properties.py does the same on some, through the whole
 * program. Answers come from data/questions.yaml, so a new question is tried as
 * soon as it stands there, and from a fixed seed.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "advise/boundary.h"
#include "advise/reckon.h"
#include "base/mem.h"
#include "unit/generated.h"
#include "unit/world.h"

enum { CASES = 1500 };
/* Sums and quotients of rounded figures. */
static const double SLACK = 1 + 1e-9;

static struct {
	struct reckoning less, more;
} rooms; /* for two of them, used again and again */

static int begin(void **state)
{
	struct world *w;

	world_begin(state);
	w = *state;
	w->figures.memo = figures_memo_new(MEMO_FOR_MANY);
	return 0;
}

static int end(void **state)
{
	struct world *w = *state;

	reckon_release(&rooms.less);
	reckon_release(&rooms.more);
	figures_memo_free(w->figures.memo);
	return world_end(state);
}

static const struct option *decide(struct world *w, struct reckoning *room,
	const struct answers *a)
{
	reckon_trial(room, &w->figures, a, NULL);
	return room->verdict.option;
}

static int in_order(struct est e)
{
	return e.low >= 0 && e.low <= e.likely * SLACK && e.likely <= e.high * SLACK;
}

static double sum_of(const struct cost *c, double (*part)(struct est e))
{
	return part(c->call) + part(c->inputs) + part(c->compute) + part(c->callbacks) +
		part(c->output) + part(c->wait);
}

static double low(struct est e)
{
	return e.low;
}

static double likely(struct est e)
{
	return e.likely;
}

static double high(struct est e)
{
	return e.high;
}

/* An option's speed-up is what its cost adds up to. */
static void check_option(const struct option *o, struct est now)
{
	double sum = sum_of(&o->cost, likely), after = o->time_after.likely;

	if (!in_order(o->time_after) || !in_order(o->speedup) || !in_order(o->program_speedup))
		fail_msg("%s: ends out of order", o->id);
	if (o->cautious && (!in_order(o->careful) || !in_order(o->program_careful) ||
		o->careful.likely > o->speedup.likely * SLACK))
		fail_msg("%s: weighed by %g .. %g, and gains %g .. %g .. %g", o->id,
			o->careful.low, o->careful.likely, o->speedup.low, o->speedup.likely,
			o->speedup.high);
	if (isfinite(sum) && fabs(sum - after) > 1e-6 * after)
		fail_msg("%s: costs of %g make %g", o->id, sum, after);
	if (sum_of(&o->cost, low) > o->time_after.low * SLACK ||
		sum_of(&o->cost, high) * SLACK < o->time_after.high)
		fail_msg("%s: the ends are not within the costs'", o->id);
	if (isfinite(after) && after > 0 && fabs(o->speedup.likely * after - now.likely) >
		1e-6 * now.likely)
		fail_msg("%s: %gx of %g is not %g", o->id, o->speedup.likely, now.likely, after);
	if (o->time_after.high > 0 && o->speedup.low * o->time_after.high * SLACK < now.low)
		fail_msg("%s: slower than its cost", o->id);
	if (isfinite(o->speedup.high) && o->speedup.high * o->time_after.low > now.high * SLACK)
		fail_msg("%s: faster than its cost", o->id);
}

static void costs_add_up(void **state)
{
	struct world *w = *state;
	struct answers a;
	size_t i;
	int k;

	dice_seed(1);
	for (k = 0; k < CASES; k++) {
		if (k % 3 == 0)
			any_answers(w, &a);
		else if (k % 3 == 1)
			plain_answers(w, &a);
		else
			native_answers(w, &a);
		decide(w, &rooms.less, &a);
		for (i = 0; i < rooms.less.options.n; i++)
			check_option(&rooms.less.options.items[i], rooms.less.workload.time_now);
		assert_true(rooms.less.verdict.option->fits);
		assert_true(rooms.less.options.items[0].speedup.likely == 1);
		answers_release(&a);
	}
}

static double best_native(const struct reckoning *r)
{
	double best = 0;
	size_t i;

	for (i = 0; i < r->options.n; i++) {
		const struct option *o = &r->options.items[i];

		if (o->use == USE_FFI && o->fits)
			best = fmax(best, o->program_speedup.likely);
	}
	return best;
}

/* Two values of a quantity, the smaller first. */
static void two(double *from, double *to, double least, double most)
{
	double a = least * pow(most / least, dice(10001) / 10000.0);
	double b = least * pow(most / least, dice(10001) / 10000.0);

	*from = fmin(a, b);
	*to = fmax(a, b);
}

static void more_to_gain_never_speaks_against_native_code(void **state)
{
	static const struct {
		const char *id;
		double least, most;
	} keys[] = {{"function.share", 1e-3, 1}, {"function.time_per_call", 50, 2e9},
		{"function.calls_per_second", 1e-2, 1e6}};
	struct world *w = *state;
	const struct option *less, *more;
	double from, to;
	size_t advised = 0, key;
	struct answers a;
	int k;

	dice_seed(2);
	for (k = 0; k < CASES; k++) {
		plain_answers(w, &a);
		open_to_native(&a);
		key = dice(3);
		if (key == 2) /* with the time it makes the share */
			answers_forget(&a, question(&a, "function.share"), 0);
		two(&from, &to, keys[key].least, keys[key].most);
		answers_edit(&a, question(&a, keys[key].id), 0)->origin = ORIGIN_FILE;
		answers_edit(&a, question(&a, keys[key].id), 0)->range = est_point(from);
		less = decide(w, &rooms.less, &a);
		answers_edit(&a, question(&a, keys[key].id), 0)->range = est_point(to);
		more = decide(w, &rooms.more, &a);
		/* What is slower than now gets worse for the program the more it is called. */
		if (best_native(&rooms.less) > 1 && best_native(&rooms.more) * SLACK < best_native(&rooms.less))
			fail_msg("%s from %g to %g: the best native gain falls from %g to %g", keys[key].id,
				from, to, best_native(&rooms.less), best_native(&rooms.more));
		if (less->use == USE_FFI && more->use == USE_STAY)
			fail_msg("%s from %g to %g: native code, then none", keys[key].id, from, to);
		advised += less->use == USE_FFI;
		answers_release(&a);
	}
	assert_true(advised > CASES / 20);
}

/* Neither the cost of a copy nor, against reading in place, its lead: what a copy
 * costs never falls with the length. */
static void a_longer_input_never_makes_copying_cheaper(void **state)
{
	struct world *w = *state;
	size_t compared = 0, i, input;
	double from, to;
	struct answers a;
	int k;

	dice_seed(3);
	for (k = 0; k < CASES; k++) {
		plain_answers(w, &a);
		if (!a.n_inputs) {
			answers_release(&a);
			continue;
		}
		input = dice((uint32_t)a.n_inputs);
		two(&from, &to, 1, 1e7);
		answers_edit(&a, question(&a, "inputs.length"), input)->range = est_point(from);
		decide(w, &rooms.less, &a);
		answers_edit(&a, question(&a, "inputs.length"), input)->range = est_point(to);
		decide(w, &rooms.more, &a);
		for (i = 0; i < rooms.less.options.n; i++) {
			const struct option *less = &rooms.less.options.items[i], *more;

			more = options_find(&rooms.more.options, less->id);
			if (!more || less->use != USE_FFI || less->how[input] != HOW_COPY ||
				more->how[input] != HOW_COPY)
				continue;
			compared++;
			if (more->in_cost[input].low * SLACK < less->in_cost[input].low ||
				more->in_cost[input].likely * SLACK < less->in_cost[input].likely ||
				more->in_cost[input].high * SLACK < less->in_cost[input].high)
				fail_msg("%s of %s: %g items cost %g, %g items %g", less->id,
					rooms.less.workload.inputs[input].price_type, from,
					less->in_cost[input].likely, to, more->in_cost[input].likely);
		}
		answers_release(&a);
	}
	assert_true(compared > CASES);
}

static void a_veto_lets_nothing_in(void **state)
{
	static const char *const vetoes[][2] = {{"team.compile_step", "never"},
		{"team.languages", "none"}, {"caller.loop_can_move", "no"},
		{"function.vectorisable", "no"}, {"goal.memory", "1B"}};
	struct world *w = *state;
	size_t lost = 0, i, veto;
	struct answers a;
	int k;

	dice_seed(4);
	for (k = 0; k < CASES; k++) {
		plain_answers(w, &a);
		put(&a, "team.compile_step", 0, "ok");
		put(&a, "team.languages", 0, dice(2) ? "rust, c, cpp, cython" : "rust");
		put(&a, "caller.loop_can_move", 0, "yes");
		put(&a, "function.vectorisable", 0, "yes");
		put(&a, "library", 0, "no");
		decide(w, &rooms.less, &a);
		veto = dice(sizeof vetoes / sizeof *vetoes);
		put(&a, vetoes[veto][0], 0, vetoes[veto][1]);
		decide(w, &rooms.more, &a);
		for (i = 0; i < rooms.more.options.n; i++) {
			const struct option *after = &rooms.more.options.items[i], *before;

			/* Batches stand in for a loop that cannot move. */
			if (after->design & DESIGN_BATCH)
				continue;
			before = options_find(&rooms.less.options, after->id);
			if (after->fits && (!before || !before->fits))
				fail_msg("%s=%s lets %s in", vetoes[veto][0], vetoes[veto][1], after->id);
			lost += before && before->fits && !after->fits;
		}
		answers_release(&a);
	}
	assert_true(lost > CASES);
}

/* What passes an input another way is another plan under the same name. */
static int same_plan(const struct option *a, const struct option *b, size_t n_inputs)
{
	return b && (a->use != USE_FFI || memcmp(a->how, b->how, n_inputs * sizeof *a->how) == 0);
}

static void ranges_are_no_narrower(const struct reckoning *known, const struct reckoning *unknown,
	const char *id, const char *value, size_t *compared)
{
	size_t i;

	for (i = 0; i < known->options.n; i++) {
		const struct option *o = &known->options.items[i], *wide;

		wide = options_find(&unknown->options, o->id);
		if (!same_plan(o, wide, known->workload.n_inputs))
			continue;
		++*compared;
		if (wide->speedup.low > o->speedup.low * SLACK || wide->speedup.high * SLACK < o->speedup.high ||
			wide->program_speedup.low > o->program_speedup.low * SLACK ||
			wide->program_speedup.high * SLACK < o->program_speedup.high)
			fail_msg("%s=%s: %s has %g .. %g, and %g .. %g where it is not known", id, value,
				o->id, o->speedup.low, o->speedup.high, wide->speedup.low,
				wide->speedup.high);
	}
}

static void the_unknown_is_never_narrower(void **state)
{
	static const char *const keys[] = {"function.time_per_call", "function.share", "function.work",
		"function.redundant_work", "function.native_share", "function.vectorisable",
		"caller.iterations", "caller.loop_can_move", "inputs.length", "inputs.item_length",
		"inputs.fields", "inputs.access", "inputs.between_calls", "inputs.container_can_change",
		"inputs.own_class", "output.length", "runtime.workers", "library"};
	struct world *w = *state;
	const struct reference *possible;
	size_t compared = 0;
	char text[160];
	struct answers a;
	int k;

	dice_seed(5);
	for (k = 0; k < 2 * CASES; k++) {
		const char *id = PICK(keys);
		const struct question *q = questions_find(&w->catalog.questions, id);

		plain_answers(w, &a);
		if (q->scope == SCOPE_INPUT && !a.n_inputs) {
			answers_release(&a);
			continue;
		}
		any_text(text, q);
		say(&a, q, 0, text);
		/* A shape says the length too. */
		if (a.n_inputs)
			answers_forget(&a, question(&a, "inputs.shape"), 0);
		/* Of a quantity any value that is held possible. */
		possible = references_figure_of(&w->catalog.references, "possible", id);
		if (question_is_quantity(q->kind)) {
			double v = draw_value(possible->value, dice(1001) / 1000.0);

			answers_edit(&a, q, 0)->origin = ORIGIN_FILE;
			answers_edit(&a, q, 0)->range = est_point(v);
			snprintf(text, sizeof text, "%g", v);
		}
		decide(w, &rooms.less, &a);
		answers_forget(&a, q, 0);
		decide(w, &rooms.more, &a);
		/* Which input is the longest decides what is vectorised: then it is another plan. */
		if (rooms.less.workload.main_input == rooms.more.workload.main_input)
			ranges_are_no_narrower(&rooms.less, &rooms.more, id, text,
				&compared);
		answers_release(&a);
	}
	assert_true(compared > 10 * CASES);
}

static void units_do_not_matter(void **state)
{
	static const struct {
		const char *id, *a, *b;
	} same[] = {{"function.time_per_call", "45us", "0.045ms"}, {"function.time_per_call", "2s", "2e9ns"},
		{"function.share", "60%", "0.6"}, {"goal.memory", "64KiB", "65536B"},
		{"goal.time_per_call", "2000ns", "2us"}, {"goal.speedup", "10x", "10"},
		{"caller.iterations", "10k", "1e4"}, {"output.length", "1M", "1000000"},
		{"function.native_share", "[10%, 40%]", "[0.1, 0.4]"}};
	struct world *w = *state;
	struct answers a;
	size_t i, pair;
	int k;

	dice_seed(6);
	for (k = 0; k < CASES; k++) {
		plain_answers(w, &a);
		pair = dice(sizeof same / sizeof *same);
		put(&a, same[pair].id, 0, same[pair].a);
		decide(w, &rooms.less, &a);
		put(&a, same[pair].id, 0, same[pair].b);
		decide(w, &rooms.more, &a);
		assert_string_equal(rooms.less.verdict.option->id, rooms.more.verdict.option->id);
		assert_int_equal(rooms.less.options.n, rooms.more.options.n);
		for (i = 0; i < rooms.less.options.n; i++) {
			struct est one = rooms.less.options.items[i].speedup;
			struct est other = rooms.more.options.items[i].speedup;

			assert_true(one.likely == other.likely ||
				fabs(one.likely - other.likely) < 1e-9 * one.likely);
		}
		answers_release(&a);
	}
}

/* A trial stops early; what it says is what the whole says. */
static void a_trial_is_the_whole(void **state)
{
	struct world *w = *state;
	struct reckoning *whole = xcalloc(1, sizeof *whole);
	const struct option *o;
	struct answers a;
	size_t i;
	int k;

	dice_seed(7);
	for (k = 0; k < CASES / 10; k++) {
		any_answers(w, &a);
		o = decide(w, &rooms.less, &a);
		reckon(whole, &a, &w->catalog, &w->measured);
		assert_string_equal(o->id, whole->verdict.option->id);
		assert_int_equal(rooms.less.options.n, whole->options.n);
		for (i = 0; i < whole->options.n; i++) {
			assert_int_equal(rooms.less.options.items[i].fits, whole->options.items[i].fits);
			assert_true(rooms.less.options.items[i].speedup.likely ==
				whole->options.items[i].speedup.likely);
		}
		reckon_release(whole);
		answers_release(&a);
	}
	free(whole);
}

static int same(struct est a, struct est b)
{
	return a.low == b.low && a.likely == b.likely && a.high == b.high;
}

/* More cores do more at once, for more memory; what does no more takes what it took. */
static void more_cores_do_more_at_once(void **state)
{
	struct world *w = *state;
	size_t compared = 0, i;
	double from, to;
	struct answers a;
	int k;

	dice_seed(8);
	for (k = 0; k < CASES; k++) {
		if (k % 2)
			plain_answers(w, &a);
		else
			native_answers(w, &a);
		two(&from, &to, 1, 1e4);
		answers_edit(&a, question(&a, "runtime.cores"), 0)->origin = ORIGIN_FILE;
		answers_edit(&a, question(&a, "runtime.cores"), 0)->range = est_point(from);
		decide(w, &rooms.less, &a);
		answers_edit(&a, question(&a, "runtime.cores"), 0)->range = est_point(to);
		decide(w, &rooms.more, &a);
		assert_int_equal(rooms.less.options.n, rooms.more.options.n);
		for (i = 0; i < rooms.less.options.n; i++) {
			const struct option *less = &rooms.less.options.items[i];
			const struct option *more = options_find(&rooms.more.options, less->id);

			assert_non_null(more);
			assert_true(in_order(less->at_once) && in_order(more->at_once));
			if (less->use != USE_PARALLELISE && same(less->at_once, more->at_once))
				assert_true(same(less->speedup, more->speedup));
			compared += !same(less->at_once, more->at_once);
			assert_true(more->at_once.low >= less->at_once.low);
			assert_true(more->at_once.likely >= less->at_once.likely);
			assert_true(more->at_once.high >= less->at_once.high);
			assert_true(more->memory.likely >= less->memory.likely);
		}
		answers_release(&a);
	}
	assert_true(compared > CASES);
}

/* Every option that is native has a signature in which each type has its spelling. */
static void every_type_is_spelled(void **state)
{
	struct world *w = *state;
	size_t arrays = 0, i, k;
	struct boundary b;
	struct answers a;
	int n;

	dice_seed(9);
	for (n = 0; n < CASES / 10; n++) {
		if (n % 2)
			plain_answers(w, &a);
		else
			native_answers(w, &a);
		decide(w, &rooms.less, &a);
		for (i = 0; i < rooms.less.options.n; i++) {
			const struct option *o = &rooms.less.options.items[i];

			boundary_make(&b, &rooms.less, o);
			for (k = 0; k < b.n; k++) {
				if (strcmp(b.items[k].native, "?") == 0)
					fail_msg("%s: '%s' has no type", o->id, b.items[k].argument);
				if (b.items[k].n_ways && b.items[k].ways[0].cost.likely < 0)
					fail_msg("%s: '%s' costs less than nothing", o->id,
						b.items[k].argument);
			}
			if (o->use == USE_FFI && (!b.signature || strchr(b.signature, '{')))
				fail_msg("%s: '%s' is no signature", o->id,
					b.signature ? b.signature : "");
			arrays += (o->design & DESIGN_ARRAY_RESULT) != 0;
			boundary_release(&b);
		}
		answers_release(&a);
	}
	assert_true(arrays > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(costs_add_up),
		cmocka_unit_test(more_to_gain_never_speaks_against_native_code),
		cmocka_unit_test(a_longer_input_never_makes_copying_cheaper),
		cmocka_unit_test(a_veto_lets_nothing_in),
		cmocka_unit_test(the_unknown_is_never_narrower),
		cmocka_unit_test(units_do_not_matter),
		cmocka_unit_test(a_trial_is_the_whole),
		cmocka_unit_test(more_cores_do_more_at_once),
		cmocka_unit_test(every_type_is_spelled),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
