#include "show/view_advice.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "show/view_measured.h"
#include "survey/quantity.h"

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

int brief_goal_write(const struct brief *b, struct str *s)
{
	static const char *const words[] = {
		[REACHES_NO] = "is not reached, even at the best end of the range",
		[REACHES_UNLIKELY] = "is reached only at the best end of the range",
		[REACHES_LIKELY] = "is likely reached",
		[REACHES_YES] = "is reached, even at the worst end of the range",
	};

	if (b->reaches_goal == REACHES_UNASKED)
		return 0;
	show_factor(s, b->goal);
	str_addf(s, " %s", words[b->reaches_goal]);
	return 1;
}

char *brief_sentence(const struct brief *b)
{
	char *title = brief_title(b);

	if (title[0] >= 'a' && title[0] <= 'z')
		title[0] = (char)(title[0] - 'a' + 'A');
	return title;
}

/* The use that more scenarios come to than to the verdict's, by more than chance; or USES. */
static int leading_use(const struct advice *a)
{
	const struct certainty *c = &a->certainty;
	int use, leading = (int)a->option->use;

	for (use = 0; use < USES; use++) {
		if (c->uses[use] > c->uses[leading])
			leading = use;
	}
	return c->uses[leading] - c->uses[a->option->use] > CERTAINTY_SHARE_SD ? leading : USES;
}

char *advice_sentence(const struct advice *a)
{
	int leading = leading_use(a);
	char *title, *sentence;

	if (leading == USES)
		return brief_sentence(&a->brief);
	title = brief_title(&a->brief);
	sentence = xasprintf("Not decided (of %d scenarios %.0f say %s, %.0f %s); with the likeliest "
			     "figures: %s", DRAW_SCENARIOS, a->certainty.uses[leading] * DRAW_SCENARIOS,
		use_word((enum use)leading), a->certainty.use * DRAW_SCENARIOS,
		use_word(a->option->use), title);
	free(title);
	return sentence;
}

void advice_agreement_write(const struct advice *a, struct str *s)
{
	const struct certainty *c = &a->certainty;
	int use;

	str_addf(s, "%.0f of %d scenarios of what is uncertain agree", c->use * DRAW_SCENARIOS,
		DRAW_SCENARIOS);
	for (use = 0; use < USES; use++) {
		if (c->uses[use] > 0 && use != (int)a->option->use)
			str_addf(s, ", %.0f say %s", c->uses[use] * DRAW_SCENARIOS,
				use_word((enum use)use));
	}
	if (a->option->use == USE_FFI && c->option < c->use)
		str_addf(s, "; %.0f with this design and tool", c->option * DRAW_SCENARIOS);
	if (c->measured_use)
		str_add(s, "; the measurements' own doubt could turn it");
	else if (c->measured_option)
		str_add(s, "; the measurements' own doubt could turn the design or the tool");
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
	if (brief_goal_write(&a->brief, &s))
		view_row(l, "goal", str_text(&s));
	str_clear(&s);
	str_addf(&s, "%s: ", confidence_word(a->confidence));
	advice_agreement_write(a, &s);
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

void view_reason(struct lines *l, const struct report *r, const struct reason *reason,
	const char *mark)
{
	lines_begin(l, 2, 4);
	lines_add(l, LOOK_PLAIN, "%s ", mark);
	lines_add(l, LOOK_PLAIN, "%s", reason->text);
	lines_begin(l, 4, 4);
	lines_add(l, LOOK_HINT, "[%s] %s", reason->rule->id, reason->rule->source);
	if (reason->evidence.n) {
		lines_begin(l, 4, 6);
		lines_add(l, LOOK_HINT, "from ");
		add_evidence(l, r, &reason->evidence);
	}
}

void view_reasons(struct lines *l, const struct report *r, const struct advice *a)
{
	size_t i;

	if (!a->reasons.n)
		return;
	view_head(l, "Why");
	for (i = 0; i < a->reasons.n; i++)
		view_reason(l, r, &a->reasons.items[i], "-");
}

void view_step(struct lines *l, const struct advice *a, size_t i, const char *mark)
{
	lines_begin(l, mark ? 0 : 2, 5);
	if (mark)
		lines_add(l, LOOK_PLAIN, "%s ", mark);
	lines_add(l, LOOK_PLAIN, "%zu. %s", i + 1, a->steps[i]);
}

void view_steps(struct lines *l, const struct advice *a)
{
	size_t i;

	if (!a->n_steps)
		return;
	view_head(l, "Next");
	for (i = 0; i < a->n_steps; i++)
		view_step(l, a, i, NULL);
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
		lines_add(l, LOOK_HINT, "%s%s", n > 1 ? ", " : "or ",
			result && way->how == HOW_COPY ? "turned into objects" : how_word(way->how));
		/* Of C's functions that fill an array the objects are made in Python. */
		if (!result || strcmp(way->native, c->native))
			lines_add(l, LOOK_HINT, " as %.*s", type_length(way->native), way->native);
		lines_add(l, LOOK_HINT, " %s", str_text(&s));
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
		/* A line may break where a span begins: the comma stays with what it follows. */
		lines_add(l, LOOK_VALUE, "%s%s%.*s%s", i + 1 < b->n ? how_word(c->how) : "returned",
			c->how || i + 1 == b->n ? " as " : "as ", type_length(c->native), c->native,
			c->beside ? "" : ",");
		if (c->beside)
			lines_add(l, LOOK_VALUE, " with %s,", c->beside);
		lines_add(l, LOOK_PLAIN, " %s a call", str_text(&s));
		add_turns(l, c);
		add_ways(l, c, i + 1 == b->n);
		str_release(&s);
	}
	if (b->signature) {
		lines_begin(l, 2, 6);
		lines_add(l, LOOK_VALUE, "%s", b->signature);
	}
}
