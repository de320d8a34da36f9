#include "advise/option.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

static const char *const use_words[USES] = {"stay", "restructure", "library", "vectorise",
	"upgrade", "compile", "parallelise", "async", "ffi"};
static const char *const how_words[] = {"", "by-reference", "copy", "zero-copy", "native-class"};
static const char *const basis_words[] = {"measured", "reference", "assumed"};
static const struct {
	unsigned bit;
	const char *word;
} designs[] = {
	{DESIGN_MOVE_LOOP, "move-loop"},
	{DESIGN_BATCH, "batch"},
	{DESIGN_ZERO_COPY, "zero-copy"},
	{DESIGN_BY_REFERENCE, "by-reference"},
	{DESIGN_NATIVE_CLASS, "native-class"},
	{DESIGN_LAZY_RESULT, "lazy-result"},
	{DESIGN_ARRAY_RESULT, "array-result"},
	{DESIGN_RELEASE_GIL, "release-gil"},
};

const char *use_word(enum use use)
{
	return use_words[use];
}

int use_from_word(const char *word)
{
	int i;

	for (i = 0; i < USES; i++) {
		if (strcmp(use_words[i], word) == 0)
			return i;
	}
	return -1;
}

const char *how_word(enum how how)
{
	return how_words[how];
}

const char *basis_word(enum basis basis)
{
	return basis_words[basis];
}

const char *design_word(size_t i, unsigned *bit)
{
	if (i >= sizeof designs / sizeof *designs)
		return NULL;
	*bit = designs[i].bit;
	return designs[i].word;
}

/* Appends what fits and returns where it ends; printf would cost more than the prices do. */
static char *append(char *to, const char *end, const char *text)
{
	while (*text && to < end)
		*to++ = *text++;
	return to;
}

void option_name(struct option *o)
{
	const char *end = o->id + sizeof o->id - 1, *word;
	char *to = append(append(o->id, end, use_words[o->use]), end, "/");
	unsigned bit;
	size_t i;
	int n = 0;

	to = append(append(to, end, o->tool_id), end, o->design ? "/" : "/as-is");
	for (i = 0; (word = design_word(i, &bit)); i++) {
		if (o->design & bit)
			to = append(append(to, end, n++ ? "+" : ""), end, word);
	}
	*to = 0;
}

void reasons_add(struct reasons *reasons, const struct rule *rule, char *text,
	const struct evidence *evidence)
{
	struct reason *reason;

	GROW(reasons->items, reasons->n, reasons->cap);
	reason = &reasons->items[reasons->n++];
	reason->rule = rule;
	reason->text = text;
	reason->evidence = *evidence;
}

void reasons_release(struct reasons *reasons)
{
	size_t i;

	for (i = 0; i < reasons->n; i++)
		free(reasons->items[i].text);
	free(reasons->items);
	memset(reasons, 0, sizeof *reasons);
}

void options_clear(struct options *options)
{
	size_t i;

	for (i = 0; i < options->n; i++) {
		reasons_release(&options->items[i].why_for);
		reasons_release(&options->items[i].why_against);
	}
	options->n = 0;
}

void options_release(struct options *options)
{
	options_clear(options);
	free(options->items);
	memset(options, 0, sizeof *options);
}

const struct option *options_find(const struct options *options, const char *id)
{
	size_t i;

	for (i = 0; i < options->n; i++) {
		if (strcmp(options->items[i].id, id) == 0)
			return &options->items[i];
	}
	return NULL;
}

const struct option *option_sibling(const struct options *options, const struct option *o,
	unsigned take, unsigned add)
{
	size_t i;

	for (i = 0; i < options->n; i++) {
		const struct option *other = &options->items[i];

		if (other->use == o->use && other->binding == o->binding &&
			other->design == ((o->design & ~take) | add))
			return other;
	}
	return NULL;
}

/*
 * Amdahl: with a share p of the program's time in the function and the
 * function s times faster, the program is 1 / (1 - p + p / s) times faster.
 */
static double amdahl(double share, double speedup)
{
	double rest = 1 - share + (speedup > 0 ? share / speedup : INFINITY);

	return rest > 0 ? 1 / rest : INFINITY;
}

/* The extremes over the share's ends: more speed-up than 1 gains with the
 * share, less loses with it. */
static struct est program_speedup(struct est share, struct est speedup)
{
	double a = amdahl(share.low, speedup.low), b = amdahl(share.high, speedup.low);
	double c = amdahl(share.low, speedup.high), d = amdahl(share.high, speedup.high);

	return est(a < b ? a : b, amdahl(share.likely, speedup.likely), c > d ? c : d);
}

/* Time now over time after, where a fixed part and a fraction of now remain. */
static double faster(double fixed, double rest, double now)
{
	double after = (now > 0 ? fixed / now : fixed > 0 ? INFINITY : 0) + rest;

	return after > 0 ? 1 / after : INFINITY;
}

/* The computing that is left, as a fraction of the time now less the boundary of today. */
static double computing(double wait, double native, double gain, double native_gain, double at_once)
{
	return (1 - wait) * (native / native_gain + (gain > 0 ? (1 - native) / gain : INFINITY)) /
		at_once;
}

/* The least, likely and most that is left: computing alone, or with the waiting. */
static struct est left(const struct option *o, const struct workload *w, int with_wait)
{
	const struct est together = est_max(o->waits_at_once, est_point(1));
	const double waits[] = {w->wait_share.low, w->wait_share.high};
	const double natives[] = {w->native_share.low, w->native_share.high};
	const struct est gone = o->gone;
	struct est e;
	const size_t n_waits = est_is_point(w->wait_share) ? 1 : 2;
	const size_t n_natives = est_is_point(w->native_share) ? 1 : 2;
	double best, worst;
	size_t i, k;

	e.likely = computing(w->wait_share.likely, w->native_share.likely, o->gain.likely,
			   o->native_gain.likely, o->at_once.likely) * (1 - gone.likely) +
		(with_wait ? w->wait_share.likely / together.likely : 0);
	e.low = e.high = e.likely;
	for (i = 0; i < n_waits; i++) {
		for (k = 0; k < n_natives; k++) {
			double waiting = with_wait ? waits[i] : 0;

			best = computing(waits[i], natives[k], o->gain.high, o->native_gain.high,
				o->at_once.high) *
				(1 - gone.high) + waiting / together.high;
			worst = computing(waits[i], natives[k], o->gain.low, o->native_gain.low,
				o->at_once.low) *
				(1 - gone.low) + waiting / together.low;
			e.low = fmin(e.low, best);
			e.high = fmax(e.high, worst);
		}
	}
	return e;
}

/* What starting up adds to a call, as a fraction of the time now: a process makes
 * busy / now calls. */
static struct est starting(const struct option *o, const struct workload *w)
{
	return w->start_counts ? est_div(o->startup, w->busy) : est_point(0);
}

/*
 * What a cautious option is weighed by: the least of its gain, with all else at its likely
 * value, since an answer that nobody gave is unknown to the others as well.
 */
static struct est careful(const struct option *o, const struct workload *w, double fixed,
	double once)
{
	double rest = computing(w->wait_share.likely, w->native_share.likely, o->gain.low,
		o->native_gain.low, o->at_once.low) * (1 - o->gone.likely) +
		w->wait_share.likely / fmax(o->waits_at_once.low, 1);
	double speedup = faster(fixed, rest + once, w->time_now.likely);

	return est(fmin(o->speedup.low, speedup), speedup, speedup);
}

void option_finish(struct option *option, const struct workload *w)
{
	const struct est share = option->whole_modules ? w->module_share : w->share;
	const struct est once = starting(option, w);
	struct cost *c = &option->cost;
	struct est fixed = est_add(est_add(c->call, c->inputs), est_add(c->callbacks, c->output));
	struct est rest = left(option, w, 1);

	c->compute = est_mul(w->time_now, left(option, w, 0));
	c->wait = est_mul(w->time_now, est_div(w->wait_share, est_max(option->waits_at_once,
		est_point(1))));
	rest = est_add(rest, once);
	c->call = est_add(c->call, est_mul(w->time_now, once));
	option->time_after = est_add(fixed, est_mul(w->time_now, rest));
	if (option->use == USE_STAY)
		option->speedup = est_point(1);
	else
		option->speedup = est(faster(fixed.high, rest.high, w->time_now.low),
			faster(fixed.likely, rest.likely, w->time_now.likely),
			faster(fixed.low, rest.low, w->time_now.high));
	option->program_speedup = program_speedup(share, option->speedup);
	if (option->cautious) {
		option->careful = careful(option, w, fixed.likely, once.likely);
		option->program_careful = program_speedup(share, option->careful);
	}
}
