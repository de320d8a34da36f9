/*
 * est: an estimate as the program calculates with it: a low and a high end
 * and a likely value between them. Known values are points, unknown answers
 * are wide. An open upper end is INFINITY. Arithmetic is by ends (interval
 * arithmetic on low and high, the plain operation on likely), which is the
 * widest honest answer when nothing is known of how the parts go together.
 */
#ifndef FFIADVISE_BASE_EST_H
#define FFIADVISE_BASE_EST_H

struct est {
	double low, likely, high;
};

/* The plain steps stand here, where they are inlined: the model takes thousands a function. */
static inline struct est est(double low, double likely, double high)
{
	struct est e = {low, likely, high};

	return e;
}

static inline struct est est_point(double v)
{
	return est(v, v, v);
}

/* low <= high in whatever order they are given; likely is the geometric middle
 * where both are positive, else the arithmetic one. */
struct est est_range(double low, double high);
static inline struct est est_add(struct est a, struct est b)
{
	return est(a.low + b.low, a.likely + b.likely, a.high + b.high);
}

/* 0 times an open end is 0: there is nothing to multiply. */
static inline double est_times(double a, double b)
{
	return a == 0 || b == 0 ? 0 : a * b;
}

/* For quantities of 0 or more only: times, counts, shares. */
static inline struct est est_mul(struct est a, struct est b)
{
	return est(est_times(a.low, b.low), est_times(a.likely, b.likely),
		est_times(a.high, b.high));
}

static inline struct est est_scale(struct est a, double factor)
{
	return est_mul(a, est_point(factor));
}

/* a, b >= 0; a 0 in b's low end opens the upper end of the result. */
struct est est_div(struct est a, struct est b);
/* max(0, a - b), end by end against the other's opposite end. */
struct est est_sub(struct est a, struct est b);
/* The smallest range that holds both; likely is a's. */
struct est est_join(struct est a, struct est b);
/* The larger / smaller, end by end. */
struct est est_max(struct est a, struct est b);
struct est est_min(struct est a, struct est b);
/* 1 - a for a share; kept within 0..1. */
struct est est_rest(struct est a);
int est_is_point(struct est a);

#endif
