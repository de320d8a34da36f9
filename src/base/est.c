#include "base/est.h"

#include <math.h>

struct est est_range(double low, double high)
{
	double t;

	if (low > high) {
		t = low;
		low = high;
		high = t;
	}
	if (isinf(high))
		return est(low, low, high);
	return est(low, low > 0 ? sqrt(low) * sqrt(high) : (low + high) / 2, high);
}

static double over(double a, double b)
{
	if (a == 0)
		return 0;
	return b == 0 ? INFINITY : isinf(b) ? 0 : a / b;
}

struct est est_div(struct est a, struct est b)
{
	return est(over(a.low, b.high), over(a.likely, b.likely), over(a.high, b.low));
}

static double less(double a, double b)
{
	return isinf(b) || a <= b ? 0 : a - b;
}

struct est est_sub(struct est a, struct est b)
{
	return est(less(a.low, b.high), less(a.likely, b.likely), less(a.high, b.low));
}

struct est est_join(struct est a, struct est b)
{
	return est(fmin(a.low, b.low), a.likely, fmax(a.high, b.high));
}

struct est est_max(struct est a, struct est b)
{
	return est(fmax(a.low, b.low), fmax(a.likely, b.likely), fmax(a.high, b.high));
}

struct est est_min(struct est a, struct est b)
{
	return est(fmin(a.low, b.low), fmin(a.likely, b.likely), fmin(a.high, b.high));
}

struct est est_rest(struct est a)
{
	return est(fmax(0, 1 - a.high), fmin(1, fmax(0, 1 - a.likely)), fmin(1, 1 - a.low));
}

int est_is_point(struct est a)
{
	return a.low == a.high;
}
