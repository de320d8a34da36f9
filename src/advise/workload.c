#include "advise/workload.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

/*
 * What is possible while nothing is said stands in data/reference.yaml, as the
 * figures "possible/KEY" and, for the waiting that goes with the word for what
 * bounds a function, "wait/WORD". The likely value decides nothing by itself:
 * the low and the high end go through the model as well.
 */
struct making {
	const struct references *references;
	const struct draw *draw;
};

static struct est possible(const struct making *m, const char *prefix, const char *id)
{
	const struct reference *figure = references_figure_of(m->references, prefix, id);

	return figure ? figure->value : est(0, 0, INFINITY);
}

/* The answer or what is possible, as the draw has it. */
static struct est quantity(const struct making *m, const struct value *value, const char *id)
{
	return draw_est(m->draw, draw_name(0, id),
		value_known(value) ? value->range : possible(m, "possible", id));
}

/* The same of an argument, which draws for itself. */
static struct est quantity_of(const struct making *m, const struct value *value, const char *id,
	size_t i)
{
	return draw_est(m->draw, draw_name((uint32_t)i + 1, id),
		value_known(value) ? value->range : possible(m, "possible", id));
}

static const char *word(const struct answers *answers, const char *id)
{
	return value_word(answers_get(answers, id), questions_find(answers->questions, id));
}

static enum tri tri(const struct value *value)
{
	int v = value_bool(value);

	return v < 0 ? TRI_UNKNOWN : v ? TRI_YES : TRI_NO;
}

/*
 * The types probes price. Another type is priced as the nearest of them with
 * the same mechanism, and marked as an assumption.
 */
void workload_price_type(struct argument *a)
{
	const struct pytype *t = a->type;
	struct str written;
	const char *as = NULL;

	a->price_exact = 1;
	if (!t) {
		strcpy(a->price_type, "any");
		a->price_exact = 0;
		return;
	}
	str_init(&written);
	pytype_write(t, &written);
	switch (t->kind) {
	case PYTYPE_LIST:
	case PYTYPE_SET:
		as = t->n && t->items[0]->kind == PYTYPE_FLOAT ? "list[float]" :
			t->n && t->items[0]->kind <= PYTYPE_BOOL ? "list[int]" :
			t->n && t->items[0]->kind == PYTYPE_STR ? "list[str]" :
			t->n && t->items[0]->kind == PYTYPE_TUPLE ? "list[tuple]" :
			t->n && t->items[0]->kind == PYTYPE_OBJECT ? "list[object]" :
			t->n && t->items[0]->kind == PYTYPE_NATIVE ? "list[native]" :
			t->n && t->items[0]->kind == PYTYPE_LIST ? "list[list]" : "list[any]";
		break;
	case PYTYPE_DICT:
		as = "dict[str, int]";
		break;
	case PYTYPE_BUFFER:
		as = "buffer[f64]";
		break;
	case PYTYPE_TUPLE:
		as = "tuple";
		break;
	default:
		break;
	}
	if (!as)
		as = str_text(&written);
	if (t->kind != PYTYPE_TUPLE)
		a->price_exact = strcmp(as, str_text(&written)) == 0 || strcmp(as, "list[tuple]") == 0;
	snprintf(a->price_type, sizeof a->price_type, "%s", as);
	str_release(&written);
}

static int has_length(const struct pytype *t)
{
	return !t || t->kind == PYTYPE_STR || t->kind == PYTYPE_BYTES || t->kind == PYTYPE_LIST ||
	       t->kind == PYTYPE_DICT || t->kind == PYTYPE_SET || t->kind == PYTYPE_BUFFER ||
	       t->kind == PYTYPE_DATAFRAME || t->kind == PYTYPE_ANY;
}

/* A shape is a length too: as many items as its dimensions make together. */
static void take_shape(struct argument *a, const struct value *shape)
{
	double items = 1;
	size_t i;

	if (a->length_known || !value_known(shape) || !shape->n_shape || !a->type ||
		(a->type->kind != PYTYPE_BUFFER && a->type->kind != PYTYPE_DATAFRAME))
		return;
	for (i = 0; i < shape->n_shape; i++)
		items *= shape->shape[i];
	a->length = est_point(items);
	a->length_known = 1;
}

static void make_input(struct argument *a, const struct answers *answers, size_t i,
	const struct making *m)
{
	static const char *const accesses[] = {"all", "few", "opaque"};
	static const char *const betweens[] = {"rebuilt", "reused", "mutated"};
	static const char *const crossings[] = {"copy", "item-by-item", "view", "handle"};
	const struct questions *q = answers->questions;
	const char *w;
	size_t k;

	memset(a, 0, sizeof *a);
	a->name = answers_input(answers, i, "inputs.name")->text;
	if (!a->name)
		a->name = "";
	a->type = answers_input(answers, i, "inputs.type")->type;
	workload_price_type(a);
	a->length_known = value_known(answers_input(answers, i, "inputs.length"));
	a->length = has_length(a->type) ?
		quantity_of(m, answers_input(answers, i, "inputs.length"), "inputs.length", i) :
		est_point(1);
	a->item_length = quantity_of(m, answers_input(answers, i, "inputs.item_length"),
		"inputs.item_length", i);
	a->fields = quantity_of(m, answers_input(answers, i, "inputs.fields"), "inputs.fields", i);
	w = value_word(answers_input(answers, i, "inputs.access"), questions_find(q, "inputs.access"));
	for (k = 0; w && k < 3; k++) {
		if (strcmp(w, accesses[k]) == 0)
			a->access = (enum access)(ACCESS_ALL + k);
	}
	w = value_word(answers_input(answers, i, "inputs.between_calls"),
		questions_find(q, "inputs.between_calls"));
	for (k = 0; w && k < 3; k++) {
		if (strcmp(w, betweens[k]) == 0)
			a->between = (enum between)(BETWEEN_REBUILT + k);
	}
	w = value_word(answers_input(answers, i, "inputs.crosses"), questions_find(q, "inputs.crosses"));
	for (k = 0; w && k < 4; k++) {
		if (strcmp(w, crossings[k]) == 0)
			a->crosses = (enum crosses)(CROSSES_COPY + k);
	}
	a->can_change = tri(answers_input(answers, i, "inputs.container_can_change"));
	a->own_class = tri(answers_input(answers, i, "inputs.own_class"));
	a->contiguous = tri(answers_input(answers, i, "inputs.contiguous"));
	a->ascii = tri(answers_input(answers, i, "inputs.ascii"));
	a->writable = tri(answers_input(answers, i, "inputs.writable"));
	take_shape(a, answers_input(answers, i, "inputs.shape"));
}

static void make_output(struct argument *a, const struct answers *answers, const struct making *m)
{
	memset(a, 0, sizeof *a);
	a->name = "result";
	a->type = answers_get(answers, "output.type")->type;
	workload_price_type(a);
	a->length_known = value_known(answers_get(answers, "output.length"));
	a->length = a->type && has_length(a->type) ?
		quantity(m, answers_get(answers, "output.length"), "output.length") : est_point(1);
	a->item_length = quantity(m, answers_get(answers, "output.item_length"), "output.item_length");
	a->fields = draw_est(m->draw, draw_name(0, "output.fields"),
		possible(m, "possible", "inputs.fields"));
	a->can_change = TRI_UNKNOWN;
	a->own_class = tri(answers_get(answers, "output.own_class"));
	a->contiguous = TRI_UNKNOWN;
}

/* Time, share and rate hold each other: share = time * rate (one busy core). */
static void complete_time(struct workload *w)
{
	int rate_known = value_known(answers_get(w->answers, "function.calls_per_second"));

	if (!w->time_known && w->share_known && rate_known && w->calls_per_second.low > 0) {
		w->time_now = est_max(est_point(1), /* ns: no call is shorter */
			est_scale(est_div(w->share, w->calls_per_second), 1e9));
		w->time_known = 1;
	}
	if (!w->share_known && w->time_known && rate_known) {
		w->share = est_min(est_scale(est_mul(w->time_now, w->calls_per_second), 1e-9),
			est_point(1));
		w->module_share = w->share;
		w->share_known = 1;
	}
}

/* Goes Python over its items one by one? Over those of an array it does where each step
 * depends on the one before, so that no array operation can. */
static int is_gone_over(const struct workload *w, const struct argument *a)
{
	return a->type && a->access != ACCESS_FEW && a->access != ACCESS_OPAQUE &&
		(a->type->kind == PYTYPE_LIST || a->type->kind == PYTYPE_SET ||
			(a->type->kind == PYTYPE_BUFFER && w->vectorisable == TRI_NO));
}

/*
 * While the time of a call is not known, but how many items Python goes over in
 * it: likely it takes as long as they do. Shorter stays possible, such as where sum()
 * goes over them, or a look at the first is enough.
 */
static void likely_the_items(struct workload *w, const struct making *m)
{
	struct est item = draw_est(m->draw, draw_name(0, "possible.item"),
		possible(m, "possible", "item"));
	int drawn = w->time_now.low == w->time_now.high;
	struct est more;
	size_t i;

	if (w->time_known || w->native_now)
		return;
	for (i = 0; i < w->n_inputs; i++) {
		const struct argument *a = &w->inputs[i];

		if (!is_gone_over(w, a) || !a->length_known)
			continue;
		more = est_max(w->time_now, est_mul(item, a->length));
		w->time_now = est(drawn ? more.low : w->time_now.low, more.likely, more.high);
	}
}

/*
 * The other way round: while the length of a list is not known, but how long Python takes
 * over it, there are likely no more items in it than there is time for.
 */
static void likely_in_time(struct workload *w, const struct making *m)
{
	const struct est item = draw_est(m->draw, draw_name(0, "possible.item"),
		possible(m, "possible", "item"));
	const double most = fmax(1, w->time_now.likely / item.likely);
	size_t i;

	if (!w->time_known || w->native_now)
		return;
	for (i = 0; i < w->n_inputs; i++) {
		struct argument *a = &w->inputs[i];

		if (is_gone_over(w, a) && !a->length_known)
			a->length.likely = fmax(a->length.low, fmin(a->length.likely, most));
	}
}

int workload_moves_callbacks(const struct workload *w)
{
	size_t i;

	for (i = 0; i < w->n_inputs; i++) {
		if (w->inputs[i].type && w->inputs[i].type->kind == PYTYPE_CALLABLE)
			return 0;
	}
	return w->native_now && w->callbacks.low >= 1 && !w->asyncio;
}

void workload_on_machine(struct workload *w, int cores)
{
	if (!w->cores_known)
		w->cores = est_point(cores > 1 ? cores : 1);
}

int workload_waits_in_turn(const struct workload *w)
{
	return w->native_now && w->threads && w->holds_gil == TRI_YES;
}

/*
 * What is paid once a process counts where the process is short-lived or its
 * life is known: it has to be earned back in the function's share of that life,
 * which is one call at least.
 */
static void make_busy(struct workload *w, const struct answers *answers, const struct making *m)
{
	const struct value *life = answers_get(answers, "runtime.lifetime");

	w->start_counts = value_known(life) ||
		value_bool(answers_get(answers, "runtime.short_lived")) == 1;
	if (!w->start_counts)
		return;
	w->busy = est_max(est_mul(quantity(m, life, "runtime.lifetime"), w->share), w->time_now);
}

/*
 * Where the cost is spread over many functions, and nobody said how much of it is in this
 * one, it is one of many; what compiles a module whole gets hold of the others as well.
 */
static void set_share(struct workload *w, const struct making *m)
{
	const struct value *told = answers_get(w->answers, "function.share");
	const char *spread = word(w->answers, "team.spread");

	w->share_known = value_known(told);
	w->module_share = quantity(m, told, "function.share");
	w->share = w->share_known || !spread || strcmp(spread, "many-functions") != 0 ?
		w->module_share : draw_est(m->draw, draw_name(0, "function.share"),
			possible(m, "possible", "share-of-many"));
}

static enum read read_of(const struct answers *answers)
{
	static const char *const words[] = {"all", "few", "item-by-item", "passed-on"};
	const char *w = word(answers, "output.read");
	size_t i;

	for (i = 0; w && i < 4; i++) {
		if (strcmp(w, words[i]) == 0)
			return (enum read)(READ_ALL + i);
	}
	return READ_UNKNOWN;
}

void workload_make(struct workload *w, const struct answers *answers,
	const struct references *references, const struct draw *draw)
{
	const struct making making = {references, draw}, *m = &making;
	const struct value *wait = answers_get(answers, "function.wait_share");
	size_t i;

	memset(w, 0, sizeof *w);
	w->answers = answers;
	w->has_goal_speedup = value_known(answers_get(answers, "goal.speedup"));
	w->goal_speedup = draw_est(draw, draw_name(0, "goal"),
		answers_get(answers, "goal.speedup")->range);
	w->has_goal_time = value_known(answers_get(answers, "goal.time_per_call"));
	w->goal_time = draw_est(draw, draw_name(0, "goal"),
		answers_get(answers, "goal.time_per_call")->range);
	w->has_goal_memory = value_known(answers_get(answers, "goal.memory"));
	w->goal_memory = answers_get(answers, "goal.memory")->range;
	w->time_known = value_known(answers_get(answers, "function.time_per_call"));
	w->time_now = quantity(m, answers_get(answers, "function.time_per_call"),
		"function.time_per_call");
	set_share(w, m);
	w->calls_per_second = quantity(m, answers_get(answers, "function.calls_per_second"),
		"function.calls_per_second");
	complete_time(w);
	w->bound = word(answers, "function.bound");
	w->now = word(answers, "function.now");
	w->work = word(answers, "function.work");
	w->work_told = w->work &&
		answers_get(answers, "function.work")->origin != ORIGIN_DRAWN;
	w->loop = word(answers, "caller.loop");
	w->through = word(answers, "function.through");
	w->native_now = w->now && strcmp(w->now, "python") != 0;
	w->unmanned = !w->native_now &&
		!value_known(answers_get(answers, "team.languages"));
	w->holds_gil = tri(answers_get(answers, "function.holds_gil"));
	w->wait_share = draw_est(draw, draw_name(0, "function.wait_share"), value_known(wait) ?
		wait->range : possible(m, "wait", w->bound ? w->bound : "unknown"));
	w->native_share = quantity(m, answers_get(answers, "function.native_share"),
		"function.native_share");
	w->callbacks = quantity(m, answers_get(answers, "function.callbacks_per_call"),
		"function.callbacks_per_call");
	w->iterations = quantity(m, answers_get(answers, "caller.iterations"), "caller.iterations");
	w->loop_can_move = tri(answers_get(answers, "caller.loop_can_move"));
	w->independent = tri(answers_get(answers, "caller.independent"));
	w->vectorisable = tri(answers_get(answers, "function.vectorisable"));
	w->redundant_work = tri(answers_get(answers, "function.redundant_work"));
	w->typed = tri(answers_get(answers, "function.typed"));
	w->library_batch = tri(answers_get(answers, "library_batch"));
	w->library_in_use = value_has(answers_get(answers, "library"),
		questions_find(answers->questions, "library"), "in-use") == 1;
	w->task = word(answers, "function.task");
	w->read = read_of(answers);
	w->threads = value_has(answers_get(answers, "runtime.concurrency"),
		questions_find(answers->questions, "runtime.concurrency"), "threads") == 1;
	w->asyncio = value_has(answers_get(answers, "runtime.concurrency"),
		questions_find(answers->questions, "runtime.concurrency"), "asyncio") == 1;
	w->cores = draw_est(draw, draw_name(0, "runtime.cores"),
		answers_get(answers, "runtime.cores")->range);
	w->cores_known = value_known(answers_get(answers, "runtime.cores"));
	w->workers = quantity(m, answers_get(answers, "runtime.workers"), "runtime.workers");
	w->inputs_known = answers->inputs_known;
	w->main_input = -1;
	for (i = 0; i < answers->n_inputs && i < INPUTS_MAX; i++) {
		make_input(&w->inputs[w->n_inputs++], answers, i, m);
		if (has_length(w->inputs[i].type) && (w->main_input < 0 ||
			w->inputs[i].length.likely > w->inputs[w->main_input].length.likely))
			w->main_input = (int)i;
	}
	make_output(&w->output, answers, m);
	likely_the_items(w, m);
	likely_in_time(w, m);
	make_busy(w, answers, m);
}
