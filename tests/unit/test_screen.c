#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <locale.h>
#include <stdlib.h>

#include "base/mem.h"
#include "show/screen.h"

/* Every example on the stored measurements, and with names that hurt. */
struct world {
	struct catalog catalog;
	struct measurements measurements;
	struct survey surveys[64];
	struct report reports[64];
	size_t n;
};

static struct world world;

static int add_file(const char *path)
{
	struct errs errs = {NULL, 0, 0};
	struct survey *survey = &world.surveys[world.n];

	if (survey_read(survey, &world.catalog.questions, path, NULL, &errs) < 0)
		return -1;
	report_make(&world.reports[world.n++], &world.catalog, survey, &world.measurements);
	return 0;
}

static int load(void **state)
{
	struct errs errs = {NULL, 0, 0};
	struct dirent *entry;
	struct err err;
	DIR *dir;
	char *path;

	(void)state;
	setlocale(LC_ALL, "C.UTF-8");
	measurements_init(&world.measurements);
	if (catalog_load(&world.catalog, "data", &errs) < 0 ||
		measurements_load(&world.measurements, "tests/measurements/stored.json", &err) < 0)
		return -1;
	/* The first is one that much is said of. */
	if (add_file("data/examples/score-pairs.yaml") < 0)
		return -1;
	dir = opendir("data/examples");
	while (dir && (entry = readdir(dir)) != NULL && world.n < 60) {
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
	for (i = 0; i < world.n; i++) {
		report_release(&world.reports[i]);
		survey_release(&world.surveys[i]);
	}
	measurements_release(&world.measurements);
	catalog_release(&world.catalog);
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
enum { PANES = 2 };

static const char *draw(size_t pane, struct lines *l, const struct screen *screen,
	const struct report *r)
{
	struct options_view view = opened(r, 0, FILTER_ALL);

	switch (pane) {
	case 0:
		screen_overview(l, screen, r, 0);
		return "overview";
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
	for (i = 0; i < world.n; i++) {
		for (w = 0; w < sizeof widths / sizeof *widths; w++) {
			for (k = 0; k < 2; k++) {
				struct screen screen = {widths[w], 24, sets[k]};

				for (pane = 0; pane < PANES; pane++) {
					lines_init(&l);
					name = draw(pane, &l, &screen, &world.reports[i]);
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
		draw(pane, &l, &screen, &world.reports[0]);
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
	for (i = 0; i < world.n; i++) {
		const struct advice *a = &world.reports[i].functions[0];

		lines_init(&l);
		screen_overview(&l, &screen, &world.reports[i], 0);
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
	const struct report *r = &world.reports[0];
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
	const struct report *r = &world.reports[0];
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_wider_than_the_screen),
		cmocka_unit_test(ascii_is_ascii),
		cmocka_unit_test(the_first_screen_fits),
		cmocka_unit_test(rows_follow_order_and_filter),
		cmocka_unit_test(a_row_opens_and_closes),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
