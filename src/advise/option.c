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

void design_write(struct str *out, unsigned design)
{
	const char *word, *separator = "";
	unsigned bit;
	size_t i;

	if (!design)
		str_add(out, "as-is");
	for (i = 0; (word = design_word(i, &bit)); i++) {
		if (!(design & bit))
			continue;
		str_addf(out, "%s%s", separator, word);
		separator = "+";
	}
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

void options_release(struct options *options)
{
	size_t i;

	for (i = 0; i < options->n; i++) {
		reasons_release(&options->items[i].why_for);
		reasons_release(&options->items[i].why_against);
	}
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
	double after = (now > 0 ? fixed / now : fixed) + rest;

	return after > 0 ? 1 / after : INFINITY;
}

void option_finish(struct option *option, const struct workload *w)
{
	struct cost *c = &option->cost;
	struct est fixed = est_add(est_add(c->call, c->inputs), est_add(c->callbacks, c->output));
	struct est rest = est_add(option->compute_rest, option->wait_rest);

	c->compute = est_mul(w->time_now, option->compute_rest);
	c->wait = est_mul(w->time_now, option->wait_rest);
	option->time_after = est_add(est_add(fixed, c->compute), c->wait);
	if (option->use == USE_STAY)
		option->speedup = est_point(1);
	else
		option->speedup = est(faster(fixed.high, rest.high, w->time_now.low),
			faster(fixed.likely, rest.likely, w->time_now.likely),
			faster(fixed.low, rest.low, w->time_now.high));
	option->program_speedup = program_speedup(w->share, option->speedup);
}
