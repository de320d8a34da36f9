#include "front/tui.h"

#include <stdlib.h>

#include "base/mem.h"

/* The variants and what is now; each is reckoned anew, with the same figures. */
void tui_add_variants(const struct tui *t, struct lines *l, const struct screen *screen)
{
	const struct session *s = &t->session;
	struct variant *rows = xcalloc(s->n_variants + 2, sizeof *rows);
	struct sheet **sheets = xcalloc(s->n_variants, sizeof *sheets);
	size_t n = s->n_variants, n_rows = n, i;
	struct lines hint;

	for (i = 0; i < n; i++) {
		sheets[i] = sheet_make(t->front->catalog, s, &s->variants[i].answers,
			t->figures);
		sheet_finish(sheets[i]);
		rows[i] = (struct variant){s->variants[i].name, sheet_advice(sheets[i])};
	}
	rows[n_rows++] = (struct variant){"now", tui_advice(t)};
	if (t->before)
		rows[n_rows++] = (struct variant){"before", sheet_advice(t->before)};
	lines_gap(l);
	screen_variants(l, screen, rows, n_rows,
		t->advice.variant < n ? t->advice.variant : n_rows);
	lines_init(&hint);
	lines_begin(&hint, 0, 0);
	lines_begin(&hint, 0, 0);
	lines_add(&hint, LOOK_HINT, "%s: the most gain of the program. n selects a variant, "
		"e takes it, d drops it.", screen->glyphs->chosen);
	lines_wrap(&hint, screen->width);
	lines_take(l, &hint);
	for (i = 0; i < n; i++)
		sheet_free(sheets[i]);
	free(sheets);
	free(rows);
}

/* A variant is called after the change that made it. */
void tui_keep_variant(struct tui *t)
{
	const struct session *s = &t->session;
	struct session_at at = s->n_past && t->before ? s->past[s->n_past - 1].at :
		(struct session_at){STEP_ADVICE, NULL, 0};
	struct str name;

	str_init(&name);
	if (at.step == STEP_QUESTION && (at.question->scope != SCOPE_INPUT ||
		at.input < s->answers.n_inputs)) {
		tui_label(t, at, &name);
		str_add(&name, " ");
		tui_answer(s, at, &name);
	}
	session_keep(&t->session, name.len ? str_text(&name) : NULL, NULL);
	tui_say(t, "kept as '%s'", t->session.variants[t->session.n_variants - 1].name);
	str_release(&name);
	t->advice.variant = (size_t)-1;
}

void tui_act_variant(struct tui *t, enum action action)
{
	struct session *s = &t->session;
	size_t *at = &t->advice.variant;

	if (action == ACTION_NEXT_FOUND && s->n_variants) {
		*at = *at + 1 < s->n_variants ? *at + 1 : 0;
		t->advice.top = (size_t)-1 / 2;
	} else if (*at >= s->n_variants) {
		tui_say(t, s->n_variants ? "n selects a variant first" : "v keeps a variant first");
	} else if (action == ACTION_TOGGLE) {
		session_take(s, *at);
		tui_say(t, "the answers are those of '%s'; u takes it back", s->variants[*at].name);
	} else {
		session_drop(s, *at);
		*at = (size_t)-1;
	}
	t->advice.changed = 1;
}
