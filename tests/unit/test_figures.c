/* The gain of a kind of work from its kernels, and how kernels.yaml says which they are. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "advise/figures.h"
#include "base/mem.h"
#include "unit/scratch.h"
#include "unit/world.h"

static void measured(struct world *w, const char *probe, const char *binding, long n, double ns)
{
	measurements_add(&w->measured, probe, binding, n)->ns = est_point(ns);
}

static double gain_of(struct world *w, const char *work, enum form form)
{
	struct figure gain = figures_gain(&w->figures, "capi", work, form, est_point(1000));

	assert_true(gain.known);
	assert_true(gain.kernel);
	return gain.v.likely;
}

static void near(double a, double b)
{
	assert_true(fabs(a - b) <= 1e-9 * fabs(b));
}

/* Half the time 2 times faster and half of it 10 times is 1 / (0.25 + 0.05). */
static void parts_are_of_the_time(void **state)
{
	struct world *w = *state;
	const struct work *text = references_work(&w->catalog.references, "text");

	near(work_share(text, "textscan")->part, 0.5);
	near(work_share(text, "tokens")->part, 0.5);
	assert_null(work_share(text, "lines"));
	assert_null(work_share(NULL, "lines"));
	measured(w, "call.one", "capi", 0, 100);
	measured(w, "kernel_textscan.plain", "python", 1000, 20000);
	measured(w, "kernel_textscan.native", "capi", 1000, 10100);
	measured(w, "kernel_tokens.plain", "python", 1000, 40000);
	assert_false(figures_gain(&w->figures, "capi", "text", FORM_NATIVE, est_point(1000)).kernel);
	measured(w, "kernel_tokens.native", "capi", 1000, 4100);
	near(gain_of(w, "text", FORM_NATIVE), text->spread.likely / (0.5 / 2 + 0.5 / 10));
	near(gain_of(w, "bytes", FORM_NATIVE),
		2 * references_work(&w->catalog.references, "bytes")->spread.likely);
}

static void objects_have_a_spread_of_their_own(void **state)
{
	struct world *w = *state;
	const struct work *work = references_work(&w->catalog.references, "collections");

	measured(w, "call.one", "capi", 0, 100);
	measured(w, "kernel_groupby.plain", "python", 1000, 20000);
	measured(w, "kernel_groupby.objects", "capi", 1000, 10100);
	measured(w, "kernel_groupby.native", "capi", 1000, 2100);
	assert_true(work->spread.likely != work->objects_spread.likely);
	near(gain_of(w, "collections", FORM_OBJECTS), 2 * work->objects_spread.likely);
	near(gain_of(w, "collections", FORM_NATIVE), 10 * work->spread.likely);
}

/* Two arguments and two views are taken off where the probe says so. */
static void crossing_is_taken_off(void **state)
{
	struct world *w = *state;
	const struct work *work = references_work(&w->catalog.references, "sorting");

	measured(w, "call.one", "capi", 0, 100);
	measured(w, "call.three", "capi", 0, 200);
	measured(w, "buffer.acquire", "capi", 0, 140);
	measured(w, "kernel_sorting.plain", "python", 1000, 20000);
	measured(w, "kernel_sorting.native", "capi", 1000, 10000 + 150 + 2 * 40);
	near(gain_of(w, "sorting", FORM_NATIVE), 2 * work->spread.likely);
}

static int load_kernels(const char *text)
{
	char *dir = scratch_new(), *kernels;
	struct references references;
	struct errs errs = {0};
	int rc;

	scratch_write(dir, "reference.yaml", "reference: []\n");
	kernels = xasprintf("works:\n  - {work: w, source: s, %s}\n", text);
	scratch_write(dir, "kernels.yaml", kernels);
	rc = references_load(&references, dir, &errs);
	if (rc == 0)
		references_release(&references);
	errs_release(&errs);
	scratch_remove(dir);
	free(kernels);
	return rc;
}

static void shares_have_to_be_a_whole(void **state)
{
	(void)state;
	assert_int_equal(load_kernels("kernel: a"), 0);
	assert_int_equal(load_kernels("kernels: {a: 0.25, b: 0.75}"), 0);
	assert_int_equal(load_kernels("spread: [1, 2, 3]"), 0);
	assert_int_equal(load_kernels("kernels: {a: 0.25, b: 0.5}"), -1);
	assert_int_equal(load_kernels("kernels: {a: 1.5, b: -0.5}"), -1);
	assert_int_equal(load_kernels("kernels: {a: some, b: 1}"), -1);
	assert_int_equal(load_kernels("kernels: {a: [1]}"), -1);
	assert_int_equal(load_kernels("kernels: {}"), -1);
	assert_int_equal(load_kernels("kernels: [a, b]"), -1);
	assert_int_equal(load_kernels("kernel: a, kernels: {b: 1}"), -1);
}

int main(void)
{
#define RUN(test) cmocka_unit_test_setup_teardown(test, world_begin_unmeasured, world_end)
	const struct CMUnitTest tests[] = {
		RUN(parts_are_of_the_time),
		RUN(objects_have_a_spread_of_their_own),
		RUN(crossing_is_taken_off),
		cmocka_unit_test(shares_have_to_be_a_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
