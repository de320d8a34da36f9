#include "unit/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

#define DATA "data"
#define STORED "tests/measurements/stored.json"

struct questions questions;

static void fail_with(const struct errs *errs)
{
	fail_msg("%s:%d:%d: %s", errs->items[0].file, errs->items[0].line, errs->items[0].column,
		errs->items[0].text);
}

void world_catalog(struct catalog *catalog)
{
	struct errs errs = {NULL, 0, 0};

	if (catalog_load(catalog, DATA, &errs) < 0)
		fail_with(&errs);
}

void world_stored(struct measurements *measured)
{
	struct err err;

	if (measurements_load(measured, STORED, &err) < 0)
		fail_msg("%s", err.text);
}

void world_survey(const struct questions *all, const char *text, struct survey *survey)
{
	FILE *in = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
	struct errs errs = {NULL, 0, 0};

	assert_non_null(in);
	if (survey_read(survey, all, "-", in, &errs) < 0)
		fail_with(&errs);
	fclose(in);
	assert_int_equal(errs.n, 0);
}

int world_begin_unmeasured(void **state)
{
	struct world *w = xcalloc(1, sizeof *w);

	world_catalog(&w->catalog);
	measurements_init(&w->measured);
	w->figures.catalog = &w->catalog;
	w->figures.measurements = &w->measured;
	*state = w;
	return 0;
}

int world_begin(void **state)
{
	world_begin_unmeasured(state);
	world_stored(&((struct world *)*state)->measured);
	return 0;
}

int world_end(void **state)
{
	struct world *w = *state;

	survey_release(&w->survey);
	measurements_release(&w->measured);
	catalog_release(&w->catalog);
	free(w);
	return 0;
}

int questions_begin(void **state)
{
	struct errs errs = {NULL, 0, 0};

	(void)state;
	if (questions_load(&questions, DATA, &errs) < 0)
		fail_with(&errs);
	return 0;
}

int questions_end(void **state)
{
	(void)state;
	questions_release(&questions);
	return 0;
}
