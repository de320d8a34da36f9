#include "survey/quantity.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "catalog/unit.h"

/* A unit to write in, and the least (rounded) value it is used for. */
struct scale {
	const char *unit;
	double size, from;
	int apart; /* a space goes between number and unit */
};

static const struct scale durations[] = {
	{"ns", 1, 0, 1},
	{"us", 1e3, 1e3, 1},
	{"ms", 1e6, 1e6, 1},
	{"s", 1e9, 1e9, 1},
	{"min", 60e9, 120e9, 1},
	{"h", 3600e9, 7200e9, 1},
};
/* Below ten thousand a number of things is written out. */
static const struct scale counts[] = {
	{"", 1, 0, 0},
	{"k", 1e3, 1e4, 0},
	{"M", 1e6, 1e6, 0},
	{"G", 1e9, 1e9, 0},
};
static const struct scale sizes[] = {
	{"B", 1, 0, 1},
	{"kB", 1e3, 1e3, 1},
	{"MB", 1e6, 1e6, 1},
	{"GB", 1e9, 1e9, 1},
	{"TB", 1e12, 1e12, 1},
};
static const struct scale binary_sizes[] = {
	{"B", 1, 0, 1},
	{"KiB", 1024.0, 1024.0, 1},
	{"MiB", 1048576.0, 1048576.0, 1},
	{"GiB", 1073741824.0, 1073741824.0, 1},
	{"TiB", 1099511627776.0, 1099511627776.0, 1},
};
static const struct scale shares[] = {{"%", 0.01, 0, 1}};
static const struct scale factors[] = {{"x", 1, 0, 0}};

static const struct kind {
	enum question_kind kind;
	enum unit_family family;
	const char *unit; /* of a report */
	const struct scale *scales;
	size_t n_scales;
} kinds[] = {
	{QUESTION_DURATION, UNIT_DURATION, "ns", durations, 6},
	{QUESTION_COUNT, UNIT_COUNT, "count", counts, 4},
	{QUESTION_RATE, UNIT_RATE, "per-second", counts, 4},
	{QUESTION_SIZE, UNIT_SIZE, "bytes", sizes, 5},
	{QUESTION_SHARE, UNIT_SHARE, "share", shares, 1},
	{QUESTION_FACTOR, UNIT_FACTOR, "factor", factors, 1},
};

/* Kinds that are no quantity are treated as plain counts. */
static const struct kind *kind_of(enum question_kind kind)
{
	size_t i;

	for (i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (kinds[i].kind == kind)
			return &kinds[i];
	}
	return &kinds[1];
}

int quantity_read(const char *text, enum question_kind kind, double *value, struct err *err)
{
	return unit_read(text, kind_of(kind)->family, value, err);
}

const char *quantity_unit(enum question_kind kind)
{
	return kind_of(kind)->unit;
}

/* The nearest number of three significant digits. */
static double rounded(double value)
{
	double step;

	if (value == 0 || !isfinite(value))
		return value;
	step = pow(10, floor(log10(fabs(value))) - 2);
	return step >= 1 ? round(value / step) * step : value;
}

static void add_number(struct str *out, double v)
{
	char buf[64];
	size_t n;

	if (v != 0 && fabs(v) < 1) {
		snprintf(buf, sizeof buf, "%.3g", v);
	} else {
		snprintf(buf, sizeof buf, "%.*f", fabs(v) < 9.995 ? 2 : fabs(v) < 99.95 ? 1 : 0, v);
		n = strlen(buf);
		while (strchr(buf, '.') && (buf[n - 1] == '0' || buf[n - 1] == '.')) {
			int point = buf[n - 1] == '.';

			buf[--n] = '\0';
			if (point)
				break;
		}
	}
	str_add(out, buf);
}

/* The scale to write value in: the largest it reaches when rounded. */
static const struct scale *scale_for(double value, enum question_kind kind)
{
	const struct kind *k = kind_of(kind);
	const struct scale *scales = k->scales;
	size_t i, best = 0;

	if (kind == QUESTION_SIZE && value >= 1024 && fmod(value, 1024) == 0) {
		/* Whole KiB, MiB ... are sizes somebody wrote so. */
		for (i = 0; i < 5 && fmod(value, binary_sizes[i].size) == 0; i++)
			best = i;
		if (fmod(value, 1000) != 0 || value / binary_sizes[best].size < 1000)
			return &binary_sizes[best];
		best = 0;
	}
	for (i = 0; i < k->n_scales; i++) {
		if (rounded(value) >= scales[i].from)
			best = i;
	}
	return &scales[best];
}

static void add_scaled(struct str *out, double value, const struct scale *scale, int unit)
{
	add_number(out, scale->from ? rounded(value) / scale->size : value / scale->size);
	if (unit)
		str_addf(out, "%s%s", scale->apart ? " " : "", scale->unit);
}

void quantity_write(struct str *out, double value, enum question_kind kind)
{
	if (isinf(value))
		str_add(out, "unlimited");
	else
		add_scaled(out, value, scale_for(value, kind), 1);
}

void quantity_write_exact(struct str *out, double value, enum question_kind kind)
{
	const struct kind *k = kind_of(kind);
	const struct scale *scale = scale_for(value, kind);
	char buf[64];
	double again;
	int digits, tries;

	for (tries = 0; tries < 2; tries++) {
		for (digits = 1; digits <= 17; digits++) {
			snprintf(buf, sizeof buf, "%.*g", digits, value / scale->size);
			/* 4e+02 reads as well as 400, but not to a person. */
			if (strchr(buf, 'e') && value / scale->size < 1e9 &&
				value / scale->size >= 1)
				continue;
			snprintf(buf + strlen(buf), 8, "%s", scale->unit);
			if (unit_read(buf, k->family, &again, NULL) == 0 && again == value) {
				str_add(out, buf);
				return;
			}
		}
		scale = k->family == UNIT_SHARE ? &counts[0] : &k->scales[0];
	}
	str_addf(out, "%.17g%s", value / scale->size, scale->unit);
}

void quantity_write_range(struct str *out, struct est range, enum question_kind kind)
{
	const struct scale *low, *high;
	struct str a, b;

	if (isinf(range.high) || isnan(range.high)) {
		if (range.low > 0) {
			str_add(out, "at least ");
			quantity_write(out, range.low, kind);
		} else {
			str_add(out, "unknown");
		}
		return;
	}
	str_init(&a);
	str_init(&b);
	quantity_write(&a, range.low, kind);
	quantity_write(&b, range.high, kind);
	low = scale_for(range.low, kind);
	high = scale_for(range.high, kind);
	if (strcmp(str_text(&a), str_text(&b)) == 0) {
		str_add(out, str_text(&b));
	} else if (low == high || range.low == 0) {
		add_scaled(out, range.low, high,
			high->unit[0] && !high->apart && range.low != 0 && kind != QUESTION_FACTOR);
		str_addf(out, "..%s", str_text(&b));
	} else {
		str_addf(out, "%s..%s", str_text(&a), str_text(&b));
	}
	str_release(&a);
	str_release(&b);
}
