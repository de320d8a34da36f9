/*
 * scale: a logarithmic axis of whole decades: where a value lies on so many cells,
 * and the decades that have room for a label. Plain data, nothing to free.
 */
#ifndef FFIADVISE_SHOW_SCALE_H
#define FFIADVISE_SHOW_SCALE_H

#include "catalog/questions.h"
#include "base/str.h"

struct scale {
	double low, high; /* powers of ten, low < high */
	int cells;
};

/* The least axis that holds low and high, both above 0; another way round or not finite
 * they are taken for 1 and 10. */
struct scale scale_make(double low, double high, int cells);
/* The place of v, 0 to cells - 1, as a fraction of cells; what is beyond lies at the end. */
double scale_place(const struct scale *scale, double v);
/* Adds a line of labels, each beginning at its place; those without room are left out. */
void scale_labels(const struct scale *scale, enum question_kind kind, struct str *out);
/* Decades between two that are labelled, so that labels of that width fit side by side. */
int scale_step(const struct scale *scale, int label_width);

#endif
