/*
 * quantity: numbers with units, read and written. Durations 850ns 4.2us 3ms
 * 1.5s 2min; counts and rates 20000 2e4 20k 1M; sizes 64KiB 1MB; shares 0.6
 * or 60%; ranges "[low, high]" are the reader's business, not this module's. The
 * words are catalog/unit's; here they meet the kinds of questions.
 */
#ifndef FFIADVISE_SURVEY_QUANTITY_H
#define FFIADVISE_SURVEY_QUANTITY_H

#include "base/err.h"
#include "base/est.h"
#include "base/str.h"
#include "catalog/questions.h"

/*
 * Reads text as a quantity of kind (DURATION .. FACTOR) in base units: ns,
 * bytes, 0..1, plain numbers. -1 with what was found and what is allowed.
 * A duration or a size without a unit is an error: 45 what?
 */
int quantity_read(const char *text, enum question_kind kind, double *value, struct err *err);
/* Adds value as a person writes it, three significant digits: "45 us", "60 %", "13k". */
void quantity_write(struct str *out, double value, enum question_kind kind);
/* "45us", "60%", "64KiB": as a file has it, with as many digits as quantity_read()
 * needs to read the same double again. */
void quantity_write_exact(struct str *out, double value, enum question_kind kind);
/* "45 us", "30..60 us", "at least 3 ms", "unknown" for an open range from 0. */
void quantity_write_range(struct str *out, struct est range, enum question_kind kind);
/* The name of the base unit in a report: "ns", "bytes", "per-second", "share", "count", "factor".
 */
const char *quantity_unit(enum question_kind kind);

#endif
