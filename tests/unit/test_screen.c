#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "show/screen.h"
#include "unit/world.h"

/* Every example on the stored measurements, and with names that hurt. */
struct shown {
	struct catalog catalog;
	struct measurements measurements;
	struct survey surveys[64];
	struct report reports[64];
	size_t n;
};

static struct shown shown;

static int add_file(const char *path)
{
	struct errs errs = {NULL, 0, 0};
	struct survey *survey = &shown.surveys[shown.n];

	if (survey_read(survey, &shown.catalog.questions, path, NULL, &errs) < 0)
		return -1;
	report_make(&shown.reports[shown.n++], &shown.catalog, survey, &shown.measurements, 0);
	return 0;
}

static int load(void **state)
{
	struct dirent *entry;
	DIR *dir;
	char *path;

	(void)state;
	setlocale(LC_ALL, "C.UTF-8");
	world_catalog(&shown.catalog);
	world_stored(&shown.measurements);
	/* The first is one that much is said of. */
	if (add_file("data/examples/score-pairs.yaml") < 0)
		return -1;
	dir = opendir("data/examples");
	while (dir && (entry = readdir(dir)) != NULL && shown.n < 60) {
		if (!strstr(entry->d_name, ".yaml"))
			continue;
		path = xasprintf("data/examples/%s", entry->d_name);
		if (add_file(path) < 0)
			return -1;
		free(path);
	}
	if (dir)
		closedir(dir);
	return add_file("tests/answers/good/other-scripts.yaml") ||
	       add_file("tests/answers/good/longest-name.yaml") ||
	       add_file("tests/answers/good/all-unknown.yaml");
}

static int unload(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < shown.n; i++) {
		report_release(&shown.reports[i]);
		survey_release(&shown.surveys[i]);
	}
	measurements_release(&shown.measurements);
	catalog_release(&shown.catalog);
	return 0;
}

static char *text_of(struct lines *l)
{
	struct str out;

	str_init(&out);
	lines_write(l, 0, &out);
	return str_detach(&out);
}

static int is_ascii(const char *text)
{
	for (; *text; text++) {
		if ((unsigned char)*text >= 0x80)
			return 0;
	}
	return 1;
}

static void within(struct lines *l, int width, const char *pane)
{
	char *text = text_of(l), *line, *end;

	for (line = text; *line; line = end + 1) {
		end = strchr(line, '\n');
		*end = '\0';
		if (str_width(line) > width)
			fail_msg("%s: %d columns of %d: %s", pane, str_width(line), width, line);
	}
	free(text);
}

static struct options_view opened(const struct report *r, size_t row, enum options_filter filter)
{
	struct options_view view = {SORT_TIME, filter, row, ""};

	screen_options_toggle(r, 0, &view);
	return view;
}

/* Every pane of one report. Those of before are what the last has to do with. */
enum { PANES = 11 };

static const char *draw(size_t pane, struct lines *l, const struct screen *screen,
	const struct report *r)
{
	struct options_view view = opened(r, 0, FILTER_ALL);
	struct measured_view all = {1}, some = {0};
	struct reasons_view reasons = {0, 0}, explained = {1, 1};
	struct screen_rows at;
	struct variant variants[2] = {{r->functions[0].name, &r->functions[0]},
		{"another", &shown.reports[0].functions[0]}};

	switch (pane) {
	case 0:
		screen_overview(l, screen, r, 0);
		return "overview";
	case 1:
		screen_boundary(l, screen, r, 0);
		return "boundary";
	case 2:
		screen_measured(l, screen, r, 0, &all);
		return "measured";
	case 3:
		screen_measured(l, screen, r, 0, &some);
		return "measured here";
	case 4:
		screen_reasons(l, screen, r, 0, &reasons, &at);
		return "reasons";
	case 10:
		screen_reasons(l, screen, r, 0, &explained, &at);
		return "a reason explained";
	case 5:
		screen_flips(l, screen, r, 0);
		return "flips";
	case 6:
		screen_not_measured(l, screen, r, 0);
		return "not measured";
	case 7:
		screen_what_if(l, screen, &shown.reports[0].functions[0], &r->functions[0]);
		return "what if";
	case 8:
		screen_variants(l, screen, variants, 2, 1);
		return "variants";
	default:
		screen_options(l, screen, r, 0, &view, NULL);
		return "options";
	}
}

static void nothing_is_wider_than_the_screen(void **state)
{
	static const int widths[] = {40, 41, 59, 60, 80, 101, 120, 200};
	const struct glyphs *const sets[] = {&glyphs_utf8, &glyphs_ascii};
	size_t i, k, w, pane;
	const char *name;
	struct lines l;

	(void)state;
	for (i = 0; i < shown.n; i++) {
		for (w = 0; w < sizeof widths / sizeof *widths; w++) {
			for (k = 0; k < 2; k++) {
				struct screen screen = {widths[w], 24, sets[k]};

				for (pane = 0; pane < PANES; pane++) {
					lines_init(&l);
					name = draw(pane, &l, &screen, &shown.reports[i]);
					assert_true(l.n > 0);
					within(&l, widths[w], name);
					lines_release(&l);
				}
			}
		}
	}
}

/* A terminal that has no other signs shows none, as far as the answers have none. */
static void ascii_is_ascii(void **state)
{
	struct screen screen = {80, 24, &glyphs_ascii};
	size_t pane;
	struct lines l;
	char *text;

	(void)state;
	for (pane = 0; pane < PANES; pane++) {
		lines_init(&l);
		draw(pane, &l, &screen, &shown.reports[0]);
		text = text_of(&l);
		assert_true(is_ascii(text));
		free(text);
		lines_release(&l);
	}
}

static void the_first_screen_fits(void **state)
{
	struct screen screen = {80, 20, &glyphs_utf8};
	size_t i;
	char *text, *sentence;
	struct lines l;

	(void)state;
	for (i = 0; i < shown.n; i++) {
		const struct advice *a = &shown.reports[i].functions[0];

		lines_init(&l);
		screen_overview(&l, &screen, &shown.reports[i], 0);
		if (l.n > 20)
			fail_msg("%s takes %zu rows", a->name, l.n);
		text = text_of(&l);
		sentence = xstrdup(a->title + 1);
		sentence[strcspn(sentence, " ")] = '\0';
		assert_non_null(strstr(text, sentence));
		assert_non_null(strstr(text, "a call"));
		assert_non_null(strstr(text, "confidence"));
		assert_true(!a->n_steps || strstr(text, "  1. "));
		free(sentence);
		free(text);
		lines_release(&l);
	}
}

static void rows_follow_order_and_filter(void **state)
{
	struct options_view view = {SORT_TIME, FILTER_ALL, 0, ""};
	const struct report *r = &shown.reports[0];
	const struct option *o, *last;
	size_t all = screen_options_rows(r, 0, &view), fitting, i;

	(void)state;
	view.filter = FILTER_FITTING;
	fitting = screen_options_rows(r, 0, &view);
	assert_true(fitting >= 1 && fitting < all);
	assert_int_equal(all, r->functions[0].reckoning.options.n);
	for (view.sort = 0; view.sort < SORTS; view.sort++) {
		last = NULL;
		for (i = 0; i < fitting; i++) {
			view.selected = i;
			o = screen_options_row(r, 0, &view);
			assert_true(o->fits);
			if (last && view.sort == SORT_TIME)
				assert_true(last->time_after.likely <= o->time_after.likely);
			if (last && view.sort == SORT_SPEEDUP)
				assert_true(last->speedup.low >= o->speedup.low);
			if (last && view.sort == SORT_NAME)
				assert_true(strcmp(last->id, o->id) < 0);
			last = o;
		}
	}
	/* Beyond the last is the last. */
	view.sort = SORT_NAME;
	view.selected = 1000;
	assert_ptr_equal(screen_options_row(r, 0, &view), last);
}

static void a_row_opens_and_closes(void **state)
{
	struct options_view view = {SORT_TIME, FILTER_ALL, 3, ""};
	struct screen screen = {80, 24, &glyphs_utf8};
	const struct report *r = &shown.reports[0];
	struct lines closed, open;
	size_t at_closed, at_open;
	char *text;

	(void)state;
	lines_init(&closed);
	lines_init(&open);
	screen_options(&closed, &screen, r, 0, &view, &at_closed);
	screen_options_toggle(r, 0, &view);
	screen_options(&open, &screen, r, 0, &view, &at_open);
	assert_int_equal(at_closed, at_open);
	assert_true(open.n > closed.n);
	text = text_of(&open);
	assert_non_null(strstr(text, "█"));
	assert_non_null(strstr(text, "▸"));
	free(text);
	screen_options_toggle(r, 0, &view);
	assert_string_equal(view.opened, "");
	lines_release(&closed);
	lines_release(&open);
}

static void looks_like(struct lines *l, const char *expected)
{
	char *text = text_of(l);

	assert_string_equal(text, expected);
	free(text);
	lines_release(l);
	lines_init(l);
}

/* Options whose figures do not hang on the model. */
static void made_option(struct option *o, enum use use, const char *id, double ns, int fits)
{
	memset(o, 0, sizeof *o);
	o->use = use;
	strcpy(o->id, id);
	o->tool_id = "";
	o->fits = fits;
	o->cost.call = est_point(use == USE_FFI ? 100 : 0);
	o->cost.compute = est_point(ns - o->cost.call.likely);
	o->time_after = est(ns, ns, 2 * ns);
	o->speedup = est_div(est_point(10000), o->time_after);
	o->program_speedup = o->speedup;
	o->basis = BASIS_MEASURED;
}

static void the_table_of_options(void **state)
{
	struct options_view view = {SORT_TIME, FILTER_ALL, 0, ""};
	struct screen screen = {66, 20, &glyphs_utf8};
	struct option options[3];
	struct advice a;
	struct report r;
	struct lines l;
	size_t at;

	(void)state;
	made_option(&options[0], USE_STAY, "stay", 10000, 1);
	made_option(&options[1], USE_FFI, "ffi/pyo3/as-is", 400, 1);
	made_option(&options[2], USE_FFI, "ffi/ctypes/as-is", 2000, 0);
	memset(&a, 0, sizeof a);
	memset(&r, 0, sizeof r);
	a.reckoning.options.items = options;
	a.reckoning.options.n = 3;
	a.option = &options[1];
	r.functions = &a;
	r.n = 1;
	lines_init(&l);
	screen_options_toggle(&r, 0, &view);
	screen_options(&l, &screen, &r, 0, &view, &at);
	assert_int_equal(at, 2);
	looks_like(&l,
		"all 3 options, by time\n"
		"                                           a call   speed  program\n"
		"▸ ★ ffi/pyo3/as-is                         400 ns     25x      25x\n"
		"      call          100 ns   25 % ████████\n"
		"      compute       300 ns   75 % ████████████████████████\n"
		"      a call    400 ns (400 ns .. 800 ns)\n"
		"      speed-up  25x (12x .. 25x)\n"
		"    stay                                    10 us      1x       1x\n"
		"  ✗ ffi/ctypes/as-is                         2 us      5x       5x\n");
	view.opened[0] = '\0';
	view.filter = FILTER_FITTING;
	view.sort = SORT_NAME;
	view.selected = 1;
	screen.glyphs = &glyphs_ascii;
	screen.width = 40;
	screen_options(&l, &screen, &r, 0, &view, &at);
	assert_int_equal(at, 3);
	looks_like(&l,
		"2 that fit, of 3 options, by name\n"
		"                          a call   speed\n"
		"  * ffi/pyo3/as-is        400 ns     25x\n"
		">   stay                   10 us      1x\n");
	lines_release(&l);
}

static void variants_in_a_table(void **state)
{
	struct screen screen = {66, 20, &glyphs_ascii};
	struct option options[2];
	struct advice a, b;
	const struct variant variants[2] = {{"as it is", &a}, {"文字 with a longer name", &b}};
	struct lines l;

	(void)state;
	made_option(&options[0], USE_STAY, "stay", 10000, 1);
	made_option(&options[1], USE_FFI, "ffi/pyo3/move-loop+zero-copy", 400, 1);
	memset(&a, 0, sizeof a);
	memset(&b, 0, sizeof b);
	a.option = &options[0];
	a.confidence = CONFIDENCE_HIGH;
	b.option = &options[1];
	lines_init(&l);
	screen_variants(&l, &screen, variants, 2, 0);
	looks_like(&l,
		"    variant                  a call   speed  program    sure\n"
		">   as it is                  10 us      1x       1x    high\n"
		"  * 文字 with a longer n~    400 ns     25x      25x     low\n");
	screen.width = 80;
	screen_variants(&l, &screen, variants, 2, 1);
	looks_like(&l,
		"    variant                 advice              a call   speed  program    sure\n"
		"    as it is                stay                 10 us      1x       1x    high\n"
		"> * 文字 with a longer name ffi/pyo3/move-l~    400 ns     25x      25x     low\n");
	screen_variants(&l, &screen, NULL, 0, 0);
	looks_like(&l, "No variant is kept yet.\n");
	lines_release(&l);
}

static void what_changed_stands_in_front(void **state)
{
	struct screen screen = {80, 20, &glyphs_ascii};
	const struct questions *all = &shown.catalog.questions;
	struct answers changed;
	struct advice after;
	struct lines l;
	char *text;

	(void)state;
	answers_copy(&changed, shown.reports[0].functions[0].answers);
	answers_set(&changed, questions_find(all, "function.share"), 0, "1%", ORIGIN_ASKED,
		NULL);
	answers_set(&changed, questions_find(all, "inputs.length"), 0, "7", ORIGIN_ASKED, NULL);
	advice_make(&after, &changed, &shown.catalog, &shown.measurements);
	lines_init(&l);
	screen_what_if(&l, &screen, &shown.reports[0].functions[0], &after);
	text = text_of(&l);
	assert_non_null(strstr(text, "  function.share 60% -> 1%\n"));
	assert_non_null(strstr(text, "  inputs[0].length 1000 -> 7\n"));
	assert_non_null(strstr(text, "\n* a call "));
	free(text);
	lines_release(&l);
	screen_what_if(&l, &screen, &after, &after);
	text = text_of(&l);
	assert_non_null(strstr(text, "nothing yet"));
	assert_null(strstr(text, "\n* "));
	free(text);
	lines_release(&l);
	advice_release(&after);
	answers_release(&changed);
}

static void made_measurement(struct measurements *m, const char *probe, struct est ns)
{
	struct measurement *item = measurements_add(m, probe, "pyo3", 0);

	item->ns = ns;
	item->basis = BASIS_MEASURED;
}

static void intervals_on_a_scale(void **state)
{
	struct screen screen = {70, 20, &glyphs_ascii};
	struct measured_view view = {1};
	struct measurements m;
	struct advice a;
	struct report r;
	struct lines l;
	char *text;

	(void)state;
	measurements_init(&m);
	made_measurement(&m, "a.short", est(10, 20, 40));
	made_measurement(&m, "a.long", est(1e3, 1e4, 1e5));
	made_measurement(&m, "a.none", est(0, 0, INFINITY));
	m.items[2].reads = READS_BYTES;
	m.items[2].value = est(24, 24, 24);
	memset(&a, 0, sizeof a);
	memset(&r, 0, sizeof r);
	r.functions = &a;
	r.measurements = &m;
	lines_init(&l);
	screen_measured(&l, &screen, &r, 0, &view);
	text = text_of(&l);
	strstr(text, "\nMeasured")[0] = '\0';
	assert_string_equal(text,
		"3 of 3 figures; the likely value and the interval it lies in\n"
		"                           10 ns      100 ns    1 us      10 us\n"
		"  a.short/pyo3      20 ns  |--o--|\n"
		"  a.long/pyo3       10 us  .....................|---------o----------|\n"
		"  a.none/pyo3          24\n");
	free(text);
	lines_release(&l);
	measurements_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_wider_than_the_screen),
		cmocka_unit_test(ascii_is_ascii),
		cmocka_unit_test(the_first_screen_fits),
		cmocka_unit_test(rows_follow_order_and_filter),
		cmocka_unit_test(a_row_opens_and_closes),
		cmocka_unit_test(the_table_of_options),
		cmocka_unit_test(variants_in_a_table),
		cmocka_unit_test(what_changed_stands_in_front),
		cmocka_unit_test(intervals_on_a_scale),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
