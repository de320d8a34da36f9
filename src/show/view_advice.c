#include "show/view_advice.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "show/view_measured.h"
#include "survey/quantity.h"

static const char *const confidence_notes[] = {
	"the verdict changes within what is not known or not certain",
	"the verdict holds at the likely figures and at one end of their range",
	"the verdict holds over the whole range of the figures",
};

/* "  label        value" with the value in its look. */
void view_row(struct lines *l, const char *label, const char *value)
{
	lines_begin(l, 2, 2 + VIEW_VALUE_COLUMN);
	lines_add(l, LOOK_HINT, "%s", label);
	lines_tab(l, 2 + VIEW_VALUE_COLUMN);
	lines_add(l, LOOK_VALUE, "%s", value);
}

static void duration_row(struct lines *l, const char *label, struct est e, const char *after)
{
	struct str s;

	str_init(&s);
	show_duration_est(&s, e);
	str_add(&s, after);
	view_row(l, label, str_text(&s));
	str_release(&s);
}

static void factor_row(struct lines *l, const char *label, struct est e, const char *after)
{
	struct str s;

	str_init(&s);
	show_factor_est(&s, e);
	str_add(&s, after);
	view_row(l, label, str_text(&s));
	str_release(&s);
}

int advice_goal_write(const struct advice *a, struct str *s)
{
	static const char *const words[] = {
		[REACHES_NO] = "is not reached, even at the best end of the range",
		[REACHES_UNLIKELY] = "is reached only at the best end of the range",
		[REACHES_LIKELY] = "is likely reached",
		[REACHES_YES] = "is reached, even at the worst end of the range",
	};
	const struct fact_entry *goal = facts_get(&a->reckoning.facts, "goal");

	if (!goal || a->reaches_goal == REACHES_UNASKED)
		return 0;
	show_factor(s, goal->v.likely);
	str_addf(s, " %s", words[a->reaches_goal]);
	return 1;
}

char *advice_sentence(const struct advice *a)
{
	char *title = xstrdup(a->title);

	if (title[0] >= 'a' && title[0] <= 'z')
		title[0] = (char)(title[0] - 'a' + 'A');
	return title;
}

const char *advice_confidence_note(const struct advice *a)
{
	return a->reckoning.verdict.stay_rule && a->confidence == CONFIDENCE_HIGH ?
		"it follows from the answers" : confidence_notes[a->confidence];
}

const char *advice_rests_on(const struct advice *a)
{
	const struct option *o = a->option;

	return o->basis == BASIS_MEASURED ? "what was measured here" :
		o->basis == BASIS_ASSUMED ? "partly on assumptions: see the options" :
		o->kernel ? "measured here, and a reference for how far your code is from "
		"the kernel" : "calls measured here, and a reference for what this kind of "
		"work gains";
}

void view_verdict(struct lines *l, const struct advice *a)
{
	const struct option *o = a->option;
	char *title = advice_sentence(a);
	struct str s;

	lines_gap(l);
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_HINT, "%s", a->name);
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_TITLE, "%s.", title);
	lines_gap(l);
	free(title);
	duration_row(l, "now", a->reckoning.workload.time_now, " a call");
	if (o->use != USE_STAY) {
		duration_row(l, "after", o->time_after, " a call");
		factor_row(l, "speed-up", o->speedup, "");
		factor_row(l, "program", o->program_speedup, " as fast");
	}
	str_init(&s);
	if (o->memory.high > 0) {
		quantity_write(&s, o->memory.likely, QUESTION_SIZE);
		str_add(&s, " more while a call runs");
		view_row(l, "memory", str_text(&s));
	}
	str_clear(&s);
	if (advice_goal_write(a, &s))
		view_row(l, "goal", str_text(&s));
	str_clear(&s);
	str_addf(&s, "%s: %s", confidence_word(a->confidence), advice_confidence_note(a));
	view_row(l, "confidence", str_text(&s));
	str_release(&s);
	if (o->use != USE_STAY)
		view_row(l, "rests on", advice_rests_on(a));
}

void evidence_write(struct str *s, const struct measurements *measurements, const char *id)
{
	const struct measurement *m = measurements_find_id(measurements, id);

	str_add(s, id);
	if (!m)
		return;
	str_addc(s, ' ');
	show_duration(s, m->ns.likely);
}

/* "call.one/pyo3 31 ns, ..." of what a reason rests on. */
static void add_evidence(struct lines *l, const struct report *r, const struct evidence *e)
{
	struct str s;
	size_t i;

	str_init(&s);
	for (i = 0; i < e->n; i++) {
		str_add(&s, i ? ", " : "");
		evidence_write(&s, r->measurements, e->ids[i]);
	}
	lines_add(l, LOOK_HINT, "%s", str_text(&s));
	str_release(&s);
}

void view_reasons(struct lines *l, const struct report *r, const struct advice *a)
{
	size_t i;

	if (!a->reasons.n)
		return;
	view_head(l, "Why");
	for (i = 0; i < a->reasons.n; i++) {
		const struct reason *reason = &a->reasons.items[i];

		lines_begin(l, 2, 4);
		lines_add(l, LOOK_PLAIN, "- %s", reason->text);
		lines_begin(l, 4, 4);
		lines_add(l, LOOK_HINT, "[%s] %s", reason->rule->id, reason->rule->source);
		if (reason->evidence.n) {
			lines_begin(l, 4, 6);
			lines_add(l, LOOK_HINT, "from ");
			add_evidence(l, r, &reason->evidence);
		}
	}
}

void view_steps(struct lines *l, const struct advice *a)
{
	size_t i;

	if (!a->n_steps)
		return;
	view_head(l, "Next");
	for (i = 0; i < a->n_steps; i++) {
		lines_begin(l, 2, 5);
		lines_add(l, LOOK_PLAIN, "%zu. %s", i + 1, a->steps[i]);
	}
}

/* A native type without the space that parts it from a name in C. */
static int type_length(const char *native)
{
	size_t n = strlen(native);

	return (int)(n && native[n - 1] == ' ' ? n - 1 : n);
}

/* "; copy below 12 items, by-reference from there": which way is cheapest where. */
static void add_turns(struct lines *l, const struct crossing *c)
{
	enum how before = c->shortest;
	struct str s;
	size_t k;

	for (k = 0; k < c->n_turns; k++) {
		str_init(&s);
		quantity_write(&s, c->turns[k].length, QUESTION_COUNT);
		lines_add(l, LOOK_HINT, "%s %s below %s items", k ? "," : "; cheapest is",
			how_word(before), str_text(&s));
		str_release(&s);
		before = c->turns[k].how;
	}
	if (c->n_turns)
		lines_add(l, LOOK_HINT, ", %s from there", how_word(before));
}

/* What the other ways cost at this length. */
static void add_ways(struct lines *l, const struct crossing *c, int result)
{
	struct str s;
	size_t k, n = 0;

	for (k = 0; k < c->n_ways; k++) {
		const struct way *way = &c->ways[k];

		if (way->how == c->how)
			continue;
		if (!n++)
			lines_begin(l, 2 + VIEW_VALUE_COLUMN, 4 + VIEW_VALUE_COLUMN);
		str_init(&s);
		show_duration(&s, way->cost.likely);
		if (way->memory.likely >= 1e6) {
			str_add(&s, " and ");
			quantity_write(&s, way->memory.likely, QUESTION_SIZE);
		}
		lines_add(l, LOOK_HINT, "%s%s as %.*s %s", n > 1 ? ", " : "or ",
			result && way->how == HOW_COPY ? "turned into objects" : how_word(way->how),
			type_length(way->native), way->native, str_text(&s));
		str_release(&s);
	}
}

void view_boundary(struct lines *l, const struct advice *a)
{
	const struct boundary *b = &a->boundary;
	struct str s;
	size_t i;

	if (!b->n)
		return;
	view_head(l, "Boundary");
	for (i = 0; i < b->n; i++) {
		const struct crossing *c = &b->items[i];

		lines_begin(l, 2, 2 + VIEW_VALUE_COLUMN);
		lines_add(l, LOOK_PLAIN, "%s", c->argument);
		lines_tab(l, 2 + VIEW_VALUE_COLUMN);
		str_init(&s);
		show_duration(&s, c->cost.likely);
		lines_add(l, LOOK_VALUE, "%s%s%.*s", i + 1 < b->n ? how_word(c->how) : "returned",
			c->how || i + 1 == b->n ? " as " : "as ", type_length(c->native), c->native);
		lines_add(l, LOOK_PLAIN, ", %s a call", str_text(&s));
		add_turns(l, c);
		add_ways(l, c, i + 1 == b->n);
		str_release(&s);
	}
	if (b->signature) {
		lines_begin(l, 2, 6);
		lines_add(l, LOOK_VALUE, "%s", b->signature);
	}
}

/* A quantity at which the verdict turns; one that prints as the other is told by its side. */
static void add_turn(struct str *s, const struct flip *f)
{
	struct str from, to;

	str_init(&from);
	str_init(&to);
	quantity_write(&from, f->from, f->question->kind);
	quantity_write(&to, f->to, f->question->kind);
	str_addf(s, "%s -> %s%s", str_text(&from),
		strcmp(str_text(&from), str_text(&to)) != 0 ? "" : f->to > f->from ? "above " :
		"below ", str_text(&to));
	str_release(&from);
	str_release(&to);
}

char *flip_sentence(const struct flip *f, int known)
{
	char *answer = flip_answer(f), *sentence;
	struct str s;

	str_init(&s);
	if (!known) {
		if (f->quantity)
			quantity_write(&s, f->to, f->question->kind);
		else
			str_add(&s, f->to_word);
		sentence = xasprintf("%s is not known; with %s it would be %s", answer, str_text(&s),
			f->option);
	} else {
		if (f->quantity)
			add_turn(&s, f);
		else
			str_addf(&s, "%s -> %s", f->from_word ? f->from_word : "", f->to_word);
		sentence = xasprintf("%s %s: %s", answer, str_text(&s), f->option);
	}
	str_release(&s);
	free(answer);
	return sentence;
}

char *break_even_sentence(const struct break_even *b)
{
	return xasprintf("%s %.0f is the break-even: %s", b->what, b->at.high, b->means);
}

static void add_sentence(struct lines *l, enum look look, const char *mark, char *sentence)
{
	lines_begin(l, 2, 4);
	lines_add(l, look, "%s", mark);
	lines_add(l, LOOK_PLAIN, " %s", sentence);
	free(sentence);
}

/* A measurement that is not certain enough. */
static void add_doubt(struct lines *l, const struct doubt *d)
{
	struct str s;

	str_init(&s);
	show_duration_est(&s, d->ns);
	lines_begin(l, 2, 4);
	lines_add(l, LOOK_WARNING, "~ %s is not certain enough: %s", d->id, str_text(&s));
	str_clear(&s);
	show_duration(&s, d->at);
	lines_add(l, LOOK_PLAIN, "; at %s it would be %s", str_text(&s), d->option);
	str_release(&s);
}

enum { DOUBTS_SHOWN = 3 };

/* Which measurements could still turn it: those that turn the verdict one by one, the others
 * together. */
static void add_doubts(struct lines *l, const struct doubts *doubts)
{
	size_t i, order = 0, shown = 0;
	struct str s;

	str_init(&s);
	for (i = 0; i < doubts->n; i++) {
		const struct doubt *d = &doubts->items[i];

		if (d->turns == TURNS_ORDER) {
			str_addf(&s, order ? ", %s" : "%s", d->id);
			order++;
			continue;
		}
		if (shown++ == DOUBTS_SHOWN) {
			lines_begin(l, 2, 4);
			lines_add(l, LOOK_HINT, "and more; --format json has them");
		}
		if (shown > DOUBTS_SHOWN)
			continue;
		add_doubt(l, d);
	}
	if (order) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_HINT, "~ the order of the first three options could still turn "
			"with %s", str_text(&s));
	}
	str_release(&s);
}

void view_flips(struct lines *l, const struct advice *a)
{
	const struct flips *flips = &a->flips;
	size_t i;

	if (!flips->n && !flips->n_unknown && !flips->n_break_even && !a->doubts.n)
		return;
	view_head(l, "What would change it");
	add_doubts(l, &a->doubts);
	for (i = 0; i < flips->n_unknown; i++)
		add_sentence(l, LOOK_WARNING, "?", flip_sentence(&flips->unknown[i], 0));
	for (i = 0; i < flips->n; i++)
		add_sentence(l, LOOK_PLAIN, "-", flip_sentence(&flips->items[i], 1));
	for (i = 0; i < flips->n_break_even; i++)
		add_sentence(l, LOOK_PLAIN, "-", break_even_sentence(&flips->break_even[i]));
}
