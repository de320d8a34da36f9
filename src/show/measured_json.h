/*
 * measured_json: the parts of report-format.md that every report has in
 * common: the program, environments, measurements, what was not measured; and
 * how texts and figures are written. What is returned belongs to the caller.
 */
#ifndef FFIADVISE_SHOW_MEASURED_JSON_H
#define FFIADVISE_SHOW_MEASURED_JSON_H

#include <jansson.h>

#include "base/est.h"
#include "base/str.h"
#include "measure/store.h"

/* NULL is null; what is no UTF-8 is shown as \xNN. */
json_t *json_shown(const char *s);
/* Null for a figure that is unbounded or not known. */
json_t *json_figure(double v);
json_t *json_estimate(struct est e);
/* index: of the interpreter among those of the report; it is "e0", "e1" there. */
json_t *json_environment(const struct environment *env, size_t index);
json_t *json_measurement(const struct measurement *m, size_t index);
/* {"version":, "format":} */
json_t *json_program(void);
/* The report with these parts alone, of n interpreters. */
json_t *json_measured(const struct measurements *ms, size_t n);
/* "e0" */
json_t *json_environment_id(size_t index);
/* Adds root to out as a line-broken document, and gives root back. */
void json_write(json_t *root, struct str *out);

#endif
