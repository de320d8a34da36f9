#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "unit/generated.h"

static uint32_t seed;

void dice_seed(uint32_t from)
{
	seed = from;
}

uint32_t dice(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (uint32_t)(((uint64_t)(seed >> 4) * n) >> 28);
}

static const char *const types[] = {"int", "float", "bool", "str", "bytes", "tuple",
	"tuple[int,float]", "list", "list[int]", "list[float]", "list[bool]", "list[str]", "list[bytes]",
	"list[object]", "list[native]", "list[any]", "list[tuple[int,str]]", "list[list[float]]",
	"list[dict[str,int]]", "list[list[list[int]]]", "dict", "dict[str,int]",
	"set", "set[str]", "set[float]", "Optional[list[float]]", "object", "native",
	"buffer[f64]", "buffer[f32]", "buffer[u8]", "dataframe", "callable", "any"};

void any_text(char text[160], const struct question *q)
{
	static const char *const tried[] = {"profiled", "pure-python: worse", "numpy: worse",
		"cache: better", "numpy: same", "library"};
	double low = q->low > 0 ? q->low : 1e-3, high = fmin(q->high > 0 ? q->high : 1, 1e10), v;

	switch (q->kind) {
	case QUESTION_BOOL:
		strcpy(text, dice(2) ? "yes" : "no");
		return;
	case QUESTION_CHOICE:
	case QUESTION_CHOICES:
		snprintf(text, 160, "%s", q->choices[dice((uint32_t)q->n_choices)].id);
		return;
	case QUESTION_OUTCOMES:
		strcpy(text, PICK(tried));
		return;
	case QUESTION_TYPE:
		strcpy(text, PICK(types));
		return;
	case QUESTION_TEXT:
	case QUESTION_SHAPE:
		strcpy(text, "1");
		return;
	default:
		/* Even in ratio over all that is allowed; sometimes an end, or 0. */
		v = low * pow(high / low, dice(1001) / 1000.0);
		if (dice(8) == 0 && q->low <= 0)
			v = 0;
		if (q->kind == QUESTION_COUNT && v > 1)
			v = floor(v);
		snprintf(text, 160, q->kind == QUESTION_DURATION ? "%.9gns" :
			q->kind == QUESTION_SIZE ? "%.0fB" : "%.9g", v);
	}
}

void say(struct answers *a, const struct question *q, size_t input, const char *text)
{
	struct err err;

	/* What the ends of a kind round to may lie outside; then it stays unknown. */
	if (answers_set(a, q, input, text, ORIGIN_FILE, &err) < 0)
		answers_forget(a, q, input);
}

const struct question *question(const struct answers *a, const char *id)
{
	const struct question *q = questions_find(a->questions, id);

	assert_non_null(q);
	return q;
}

void put(struct answers *a, const char *id, size_t input, const char *text)
{
	struct err err;

	if (answers_set(a, question(a, id), input, text, ORIGIN_FILE, &err) < 0)
		fail_msg("%s: %s: %s", id, text, err.text);
}

void any_answers(struct world *w, struct answers *a)
{
	static const unsigned densities[] = {0, 2, 5, 8, 10};
	unsigned density = PICK(densities);
	size_t n = dice(4), i, k;
	char text[160];

	answers_init(a, &w->catalog.questions);
	a->inputs_known = dice(5) != 0;
	for (i = 0; a->inputs_known && i < n; i++)
		answers_add_input(a);
	for (i = 0; i < a->questions->n; i++) {
		const struct question *q = &a->questions->items[i];

		for (k = 0; k < (q->scope == SCOPE_INPUT ? a->n_inputs : 1); k++) {
			any_text(text, q);
			if (dice(10) < density && strcmp(q->id, "name") != 0)
				say(a, q, k, text);
		}
	}
}

void plain_answers(struct world *w, struct answers *a)
{
	static const char *const times[] = {"300ns", "2us", "45us", "3ms", "1s"};
	static const char *const forgotten[] = {"function.now", "function.wait_share", "library",
		"function.callbacks_per_call", "goal.speedup", "goal.time_per_call", "goal.memory",
		"function.calls_per_second", "tried"};
	char text[32];
	size_t i;

	any_answers(w, a);
	for (i = 0; i < sizeof forgotten / sizeof *forgotten; i++)
		answers_forget(a, question(a, forgotten[i]), 0);
	put(a, "function.bound", 0, "cpu");
	put(a, "function.share", 0, "60%");
	put(a, "function.native_share", 0, dice(2) ? "0%" : "20%");
	put(a, "function.time_per_call", 0, PICK(times));
	for (i = 0; i < a->n_inputs; i++) {
		put(a, "inputs.type", i, PICK(types));
		snprintf(text, sizeof text, "%.0f", floor(pow(10, dice(701) / 100.0)));
		put(a, "inputs.length", i, text);
	}
}

void open_to_native(struct answers *a)
{
	static const char *const in_the_way[] = {"runtime.pypy", "team.ship_to",
		"function.interface", "function.redundant_work", "caller.independent"};
	size_t i;

	for (i = 0; i < sizeof in_the_way / sizeof *in_the_way; i++)
		answers_forget(a, question(a, in_the_way[i]), 0);
	put(a, "team.compile_step", 0, "ok");
	put(a, "team.languages", 0, "rust");
	put(a, "library", 0, "no");
	put(a, "tried", 0, "mypyc:same, cython:same, numba:same");
}

void native_answers(struct world *w, struct answers *a)
{
	static const char *const results[] = {"list[float]", "list[list[float]]",
		"list[list[list[int]]]", "dict[str,list[float]]", "dict[str,int]", "set[float]", "set[str]", "list[native]",
		"list[object]", "native", "any"};
	static const char *const reads[] = {"all", "few", "item-by-item", "passed-on"};
	static const char *const times[] = {"300ns", "2us", "45us", "3ms"};
	static const char *const concurrencies[] = {"threads", "threads, asyncio", "processes",
		"none"};

	plain_answers(w, a);
	put(a, "function.now", 0, dice(4) ? "native" : "compiled");
	put(a, "function.time_per_call", 0, PICK(times));
	if (dice(4))
		put(a, "function.holds_gil", 0, dice(2) ? "yes" : "no");
	put(a, "runtime.concurrency", 0, PICK(concurrencies));
	put(a, "output.type", 0, PICK(results));
	if (dice(5))
		put(a, "output.read", 0, PICK(reads));
}
