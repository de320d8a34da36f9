#include "show/view_claims.h"

#include "show/view_measured.h"

enum { VERDICT_COLUMN = 6, VERDICTS = VERDICT_NOT_MEASURED + 1 };

static const enum look looks[VERDICTS] = {
	[VERDICT_HOLDS] = LOOK_GOOD,
	[VERDICT_IN_PART] = LOOK_VALUE,
	[VERDICT_FAILS] = LOOK_WARNING,
	[VERDICT_NOT_TOLD_APART] = LOOK_HINT,
	[VERDICT_ASK] = LOOK_HINT,
	[VERDICT_NOT_MEASURED] = LOOK_WARNING,
};

static const char *const words[VERDICTS] = {"holds", "holds in part", "does not hold here",
	"not told apart", "asks a person", "not measured"};

static const char *const outcomes[] = {"yes", "no", "?", "-"};

static void view_claim(struct lines *l, const struct judgement *j)
{
	const struct claim *c = j->claim;
	struct str text;
	size_t i;

	lines_begin(l, 0, VERDICT_COLUMN);
	lines_add(l, LOOK_HEAD, "%s", c->id);
	lines_tab(l, VERDICT_COLUMN);
	lines_add(l, looks[j->verdict], "%s", words[j->verdict]);
	lines_add(l, LOOK_PLAIN, ": %s", c->claim);
	for (i = 0; i < j->n; i++) {
		str_init(&text);
		test_result_write(&j->results[i], &text);
		lines_begin(l, VERDICT_COLUMN, VERDICT_COLUMN + 4);
		lines_add(l, LOOK_VALUE, "%-4s", outcomes[j->results[i].outcome]);
		lines_add(l, LOOK_PLAIN, "%s", str_text(&text));
		str_release(&text);
	}
	if (c->kind == CLAIM_PERSON) {
		lines_begin(l, VERDICT_COLUMN, VERDICT_COLUMN);
		lines_add(l, LOOK_PLAIN, "the answer to %s decides", c->question);
	}
	if (c->nuance) {
		lines_begin(l, VERDICT_COLUMN, VERDICT_COLUMN);
		lines_add(l, LOOK_HINT, "%s", c->nuance);
	}
}

void view_claims(struct lines *l, const struct judgement *judgements, size_t n,
	const struct measurements *m)
{
	size_t counts[VERDICTS] = {0}, i;
	const char *separator = "";

	for (i = 0; i < n; i++) {
		view_claim(l, &judgements[i]);
		counts[judgements[i].verdict]++;
	}
	lines_gap(l);
	lines_begin(l, 0, 2);
	for (i = 0; i < VERDICTS; i++) {
		if (!counts[i])
			continue;
		lines_add(l, LOOK_PLAIN, "%s%zu %s", separator, counts[i], words[i]);
		separator = ", ";
	}
	view_not_measured(l, m);
	view_environment(l, m);
}
