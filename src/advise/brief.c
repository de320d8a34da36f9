#include "advise/brief.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"

static const char *const reaches_words[] = {"no", "unlikely", "likely", "yes"};

const char *reaches_word(enum reaches reaches)
{
	return reaches == REACHES_UNASKED ? NULL : reaches_words[reaches];
}

static enum reaches reaches(const struct reckoning *r)
{
	const struct fact_entry *goal = facts_get(&r->facts, "goal");
	struct est s = r->verdict.option->speedup;

	if (!goal)
		return REACHES_UNASKED;
	return s.low >= goal->v.high ? REACHES_YES : s.likely >= goal->v.likely ? REACHES_LIKELY :
		s.high >= goal->v.low ? REACHES_UNLIKELY : REACHES_NO;
}

/* The verdict as a person would say it. */
char *brief_title(const struct brief *b)
{
	static const struct {
		unsigned design;
		const char *words;
	} parts[] = {
		{DESIGN_MOVE_LOOP, "move the loop inside"},
		{DESIGN_ZERO_COPY, "pass the data without a copy"},
		{DESIGN_BY_REFERENCE, "read the Python objects by reference"},
		{DESIGN_NATIVE_CLASS, "make the class a native one"},
		{DESIGN_RELEASE_GIL, "release the GIL"},
	};
	struct str out;
	size_t i, n = 0;

	if (b->use == USE_STAY)
		return xstrdup("leave it in Python");
	if (b->use == USE_RESTRUCTURE)
		return xstrdup("stay in Python, but write it better first");
	if (b->use == USE_LIBRARY)
		return xstrdup("use the native library that does this already");
	if (b->use == USE_VECTORISE)
		return xstrdup("vectorise it with NumPy");
	str_init(&out);
	str_addf(&out, "write it natively with %s", b->binding->title);
	for (i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (b->design & parts[i].design)
			str_addf(&out, "%s%s", n++ ? ", " : ": ", parts[i].words);
	}
	return str_detach(&out);
}

void brief_make(struct brief *b, const struct reckoning *r)
{
	const struct value *name = answers_get(r->workload.answers, "name");
	const struct option *o = r->verdict.option;

	b->name = name->text ? name->text : "the function";
	strcpy(b->option, o->id);
	b->use = o->use;
	b->binding = o->binding;
	b->tool_kind = o->tool_kind;
	b->tool_id = o->tool_id;
	b->design = o->design;
	b->cost = o->cost;
	b->time_now = r->workload.time_now;
	b->time_after = o->time_after;
	b->speedup = o->speedup;
	b->program_speedup = o->program_speedup;
	b->memory = o->memory;
	b->basis = o->basis;
	b->share = r->workload.share;
	b->share_known = r->workload.share_known;
	b->confidence = r->verdict.confidence;
	b->reaches_goal = reaches(r);
}

void brief_reckon(struct brief *brief, struct reckoning *room, const struct figures *figures,
	const struct answers *answers)
{
	reckon_trial(room, figures, answers, NULL);
	verdict_make(&room->verdict, &room->options, &figures->catalog->rules, &room->facts);
	brief_make(brief, room);
}
