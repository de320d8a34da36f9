#include "show/scale.h"

#include <math.h>

#include "survey/quantity.h"

struct scale scale_make(double low, double high, int cells)
{
	struct scale scale = {1, 10, cells};

	if (!(low > 0) || !(high >= low) || isinf(high))
		return scale;
	/* A hair below a power of ten is that power: measured values are no such thing, ends
	 * of an axis are. */
	scale.low = pow(10, floor(log10(low) + 1e-9));
	scale.high = pow(10, ceil(log10(high) - 1e-9));
	if (scale.high <= scale.low)
		scale.high = scale.low * 10;
	return scale;
}

double scale_place(const struct scale *scale, double v)
{
	double share;

	if (!(v > scale->low))
		return 0;
	share = log(v / scale->low) / log(scale->high / scale->low);
	return fmin(share, 1) * (scale->cells - 1);
}

int scale_step(const struct scale *scale, int label_width)
{
	int decades = (int)lround(log10(scale->high / scale->low)), step = 1;

	while (step < decades && (double)step * (scale->cells - 1) / decades < label_width + 2)
		step++;
	return step;
}

void scale_labels(const struct scale *scale, enum question_kind kind, struct str *out)
{
	int decades = (int)lround(log10(scale->high / scale->low)), i, column, at = 0, step;
	struct str label;

	str_init(&label);
	step = scale_step(scale, kind == QUESTION_DURATION ? 6 : 4);
	for (i = 0; i <= decades; i += step) {
		str_clear(&label);
		quantity_write(&label, scale->low * pow(10, i), kind);
		column = (int)lround(scale_place(scale, scale->low * pow(10, i)));
		/* The last one ends at the end. */
		if (column + str_width(str_text(&label)) > scale->cells)
			column = scale->cells - str_width(str_text(&label));
		if (column < at + 2 * (at > 0))
			continue;
		str_addf(out, "%*s%s", column - at, "", str_text(&label));
		at = column + str_width(str_text(&label));
	}
	str_release(&label);
}
