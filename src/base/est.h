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

struct est est(double low, double likely, double high);
struct est est_point(double v);
/* low <= high in whatever order they are given; likely is the geometric middle
 * where both are positive, else the arithmetic one. */
struct est est_range(double low, double high);
struct est est_add(struct est a, struct est b);
/* For quantities of 0 or more only: times, counts, shares. */
struct est est_mul(struct est a, struct est b);
struct est est_scale(struct est a, double factor);
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
