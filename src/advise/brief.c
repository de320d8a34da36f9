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
		{DESIGN_BATCH, "gather the calls into batches"},
		{DESIGN_ZERO_COPY, "pass the data without a copy"},
		{DESIGN_BY_REFERENCE, "read the Python objects by reference"},
		{DESIGN_NATIVE_CLASS, "make the class a native one"},
		{DESIGN_LAZY_RESULT, "leave the result native and read it on demand"},
		{DESIGN_ARRAY_RESULT, "hand the result out as an array"},
		{DESIGN_RELEASE_GIL, "release the GIL"},
	};
	static const struct {
		enum use use;
		const char *tool; /* "": any */
		const char *title;
	} plain[] = {
		{USE_STAY, "", "leave it in Python"},
		{USE_RESTRUCTURE, "", "stay in Python, but write it better first"},
		{USE_VECTORISE, "", "vectorise it with NumPy"},
		{USE_COMPILE, "mypyc", "compile it as it is with mypyc"},
		{USE_COMPILE, "cython-pure", "compile it as it is with Cython"},
		{USE_COMPILE, "numba", "compile its loop with Numba"},
		{USE_PARALLELISE, "processes", "spread its calls over several processes"},
		{USE_PARALLELISE, "sub-interpreters", "spread its calls over several interpreters"},
		{USE_PARALLELISE, "free-threading", "spread its calls over threads without a GIL"},
		{USE_ASYNC, "", "let its calls wait at once, in an event loop"},
	};
	struct str out;
	size_t i, n = 0;

	for (i = 0; i < sizeof plain / sizeof *plain; i++) {
		if (b->use == USE_STAY && b->native_now)
			return xstrdup("leave it as it is");
		if (plain[i].use == b->use &&
			(!plain[i].tool[0] || strcmp(plain[i].tool, b->tool_id) == 0))
			return xstrdup(plain[i].title);
	}
	if (b->use == USE_LIBRARY && b->library)
		return xasprintf("use %s, which does this already", b->library->id);
	if (b->use == USE_LIBRARY)
		return xstrdup("use the native library that does this already");
	if (b->use == USE_UPGRADE)
		return xasprintf("run it on Python %s", b->tool_id);
	str_init(&out);
	str_addf(&out, !b->rework ? "write it natively with %s" :
		b->present ? "keep it native with %s, and change its boundary" :
		"keep it native, and reach it by %s", b->binding->title);
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
	b->library = o->library;
	b->rework = o->rework;
	b->present = o->present;
	b->native_now = r->workload.native_now;
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
	b->goal = b->reaches_goal == REACHES_UNASKED ? 0 : facts_get(&r->facts, "goal")->v.likely;
}

void brief_reckon(struct brief *brief, struct reckoning *room, const struct figures *figures,
	const struct answers *answers)
{
	reckon_trial(room, figures, answers, NULL);
	verdict_make(&room->verdict, &room->options, &figures->catalog->rules, &room->facts);
	brief_make(brief, room);
}
