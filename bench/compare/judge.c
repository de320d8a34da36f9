/*
 * judge: how the program judges ratios. Reads a measurement file, and from
 * standard input lines of two measurement ids; prints for each line
 *
 *     low likely high told-apart upper-bound
 *
 * the ratio of the first to the second with its interval, 1 where they are told
 * apart, and 1 where one of them is an upper bound; or "missing" where one is
 * not there. With a second file the second id is looked up in that one: a run
 * against an earlier one, as `bench --compare` does it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/str.h"
#include "measure/compare.h"
#include "measure/stats.h"
#include "measure/store.h"

static void judge(const struct measurements *now, const struct measurements *before,
	const char *a_id, const char *b_id)
{
	const struct measurement *a = measurements_find_id(now, a_id);
	const struct measurement *b = measurements_find_id(before, b_id);
	struct est ratio;
	int tie, apart;

	if (!a || !b) {
		puts("missing");
		return;
	}
	if (now != before) {
		ratio = compare_ratio(b, a, &apart);
	} else {
		ratio = stats_ratio(a, b, &tie);
		apart = !tie;
	}
	printf("%.6g %.6g %.6g %d %d\n", ratio.low, ratio.likely, ratio.high, apart,
		a->upper_bound || b->upper_bound);
}

static int complain(const struct err *err)
{
	struct str text;

	str_init(&text);
	err_format(err, &text);
	fprintf(stderr, "judge: %s\n", str_text(&text));
	str_release(&text);
	return 1;
}

int main(int argc, char **argv)
{
	struct measurements now, before;
	char a[512], b[512];
	struct err err;

	if (argc != 2 && argc != 3) {
		fputs("usage: judge MEASUREMENTS [EARLIER] <PAIRS\n", stderr);
		return 2;
	}
	err_init(&err);
	measurements_init(&now);
	measurements_init(&before);
	if (measurements_load(&now, argv[1], &err) < 0 ||
		(argc == 3 && measurements_load(&before, argv[2], &err) < 0))
		return complain(&err);
	while (scanf("%511s %511s", a, b) == 2)
		judge(&now, argc == 3 ? &before : &now, a, b);
	measurements_release(&now);
	measurements_release(&before);
	return 0;
}
