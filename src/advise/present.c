#include "advise/present.h"

#include <math.h>
#include <string.h>

#include "advise/price.h"

/* No boundary is all of the time: something is done behind it. */
#define MOST_OF_IT 0.99

/* The tool it is reached by; where that is not told, or is no binding, the one
 * that costs least, so that nothing is promised from a change of tool. */
static const struct binding *tool_of(const struct workload *w, const struct probes *probes)
{
	const struct binding *least = NULL;
	size_t i;

	for (i = 0; i < probes->n_bindings; i++) {
		if (w->through && strcmp(probes->bindings[i].id, w->through) == 0)
			return &probes->bindings[i];
		if (strcmp(probes->bindings[i].id, "capi") == 0)
			least = &probes->bindings[i];
	}
	return least;
}

/* Tools whose plain signature converts: a vector, a string of its own. With the
 * others one gets the object or a pointer, and reads it where it is. */
static int converts(const struct binding *b)
{
	return strcmp(b->id, "pyo3") == 0 || strcmp(b->id, "pybind11") == 0 ||
	       strcmp(b->id, "nanobind") == 0;
}

static struct figure crossing_of(const struct figures *f, const struct binding *b,
	const struct argument *a)
{
	int buffer = a->type && a->type->kind == PYTYPE_BUFFER;
	struct figure copied, read;
	struct est likely;

	switch (a->crosses) {
	case CROSSES_COPY:
		return price_pass(f, b->id, a, HOW_COPY);
	case CROSSES_ITEMS:
		/* Not as a view: each item becomes an object on its way. */
		if (buffer)
			return figure_scale(figures_reference(f, "buffer-item"), a->length);
		return price_pass(f, b->id, a, HOW_BY_REFERENCE);
	case CROSSES_VIEW:
		return price_pass(f, b->id, a, buffer ? HOW_ZERO_COPY : HOW_BY_REFERENCE);
	case CROSSES_HANDLE:
		return figure_zero();
	case CROSSES_UNKNOWN:
		break;
	}
	if (buffer)
		return price_pass(f, b->id, a, HOW_ZERO_COPY);
	if (!price_is_container(a))
		return price_pass(f, b->id, a, HOW_NONE);
	copied = price_pass(f, b->id, a, HOW_COPY);
	read = price_pass(f, b->id, a, HOW_BY_REFERENCE);
	if (!copied.known || !read.known)
		return copied.known ? copied : read;
	likely = converts(b) ? copied.v : read.v;
	copied.v = figures_assumed(f, "crosses now", likely, est(fmin(copied.v.low, read.v.low),
		likely.likely, fmax(copied.v.high, read.v.high)));
	return copied;
}

/*
 * Nobody said what work the time is, or how many items cross one by one: then counting
 * what is known of the boundary says nothing of the rest of the time.
 */
static int is_uncounted(const struct workload *w)
{
	size_t i;

	for (i = 0; i < w->n_inputs; i++) {
		if (w->inputs[i].crosses == CROSSES_ITEMS && !w->inputs[i].length_known)
			return 1;
	}
	return !w->work_told;
}

/* The boundary of today, ns; unknown where a part of it has no figure. */
static struct figure boundary(const struct workload *w, const struct figures *f,
	const struct binding *b)
{
	struct figure sum = figures_call(f, b->id, w->n_inputs);
	size_t i;

	for (i = 0; i < w->n_inputs; i++)
		sum = figure_add(sum, crossing_of(f, b, &w->inputs[i]));
	sum = figure_add(sum, price_result_now(f, b->id, w));
	if (w->callbacks.high > 0)
		sum = figure_add(sum, price_called_back(f, b->id, w));
	return sum;
}

void present_reckon(struct workload *w, const struct figures *f)
{
	const struct binding *b = tool_of(w, &f->catalog->probes);
	struct figure share = figures_reference(f, "crossing-share"), now;
	struct figure small = figures_reference(f, "small-native-call");

	w->crossing_share = w->crossing_counted = est_point(0);
	if (!w->native_now || !b)
		return;
	now = boundary(w, f, b);
	if (!now.known)
		return;
	/*
	 * The probes' boundary is bare: glue that parses keywords and checks types takes more,
	 * which shows in calls that are short, and callbacks are as many as there are items.
	 */
	w->uncounted = w->time_known && share.known && is_uncounted(w);
	if (w->uncounted) {
		w->crossing_share = share.v;
		return;
	}
	if (w->time_known && share.known && workload_moves_callbacks(w)) {
		w->crossing_share = w->crossing_counted = share.v;
		return;
	}
	/* Threads that wait for each other are a trouble of its own, and no sign of a dear boundary. */
	if (!w->time_known && share.known && !(w->threads && w->holds_gil != TRI_NO)) {
		w->crossing_share = w->crossing_counted = share.v;
		w->time_now = est(now.v.low / share.v.high, now.v.likely / share.v.likely,
			now.v.high / share.v.low);
		return;
	}
	w->crossing_share = est(fmin(MOST_OF_IT, now.v.low / w->time_now.high),
		fmin(MOST_OF_IT, now.v.likely / w->time_now.likely),
		fmin(MOST_OF_IT, now.v.high / w->time_now.low));
	w->crossing_counted = w->crossing_share;
	if (share.known && w->time_now.likely < small.v.likely)
		w->crossing_share = est(fmin(w->crossing_share.low, share.v.low),
			fmax(w->crossing_share.likely, sqrt(w->crossing_share.likely * share.v.likely)),
			fmax(w->crossing_share.high, share.v.high));
}
