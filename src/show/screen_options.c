#include "show/screen.h"

#include <stdlib.h>
#include <string.h>


/* The columns of the table; those on the right go first where there is little room. */
enum { MARKS = 4, TIME = 10, SPEED = 8, PROGRAM = 9, BASIS = 11, ID_LEAST = 22, ID_MOST = 44,
	DETAIL = 6, PART = 10, BAR_MOST = 40 };

struct layout {
	int id, program, basis;
	int strip; /* what most ids have in common is left out, since some would have to be cut */
};

static struct layout layout_of(int width)
{
	struct layout layout = {0};
	int room = width - MARKS - TIME - SPEED;

	layout.program = room - PROGRAM >= ID_LEAST + 2;
	room -= layout.program ? PROGRAM : 0;
	layout.basis = room - BASIS >= ID_LEAST + 6;
	room -= layout.basis ? BASIS : 0;
	layout.id = room > ID_MOST ? ID_MOST : room < 8 ? 8 : room;
	return layout;
}

static const struct option **rows_of(const struct report *r, size_t function,
	const struct options_view *view, size_t *n)
{
	return options_sorted(&r->functions[function].reckoning.options, view->sort, view->filter,
		n);
}

size_t screen_options_rows(const struct report *r, size_t function, const struct options_view *view)
{
	size_t n;

	free(rows_of(r, function, view, &n));
	return n;
}

const struct option *screen_options_row(const struct report *r, size_t function,
	const struct options_view *view)
{
	const struct option **rows, *row;
	size_t n;

	rows = rows_of(r, function, view, &n);
	row = !n ? NULL : rows[view->selected < n ? view->selected : n - 1];
	free(rows);
	return row;
}

void screen_options_toggle(const struct report *r, size_t function, struct options_view *view)
{
	const struct option *row = screen_options_row(r, function, view);

	if (!row)
		return;
	if (strcmp(view->opened, row->id) == 0)
		view->opened[0] = '\0';
	else
		memcpy(view->opened, row->id, sizeof view->opened);
}

/* Adds a figure that ends at the right of its column. */
static void add_right(struct lines *l, enum look look, const char *text, int columns)
{
	int pad = columns - str_width(text);

	lines_add(l, look, "%*s%s", pad > 0 ? pad : 0, "", text);
}

static void add_head(struct lines *l, const struct options_view *view, const struct layout *layout,
	size_t n, size_t all)
{
	static const char *const sorts[SORTS] = {"by time", "by the speed-up at least", "by name"};

	lines_begin(l, 0, 0);
	if (view->filter == FILTER_FITTING)
		lines_add(l, LOOK_HINT, "%zu that fit, of %zu options, %s", n, all, sorts[view->sort]);
	else
		lines_add(l, LOOK_HINT, "all %zu options, %s", n, sorts[view->sort]);
	lines_begin(l, 0, 0);
	lines_tab(l, MARKS + layout->id);
	add_right(l, LOOK_HINT, "a call", TIME);
	add_right(l, LOOK_HINT, "speed", SPEED);
	if (layout->program)
		add_right(l, LOOK_HINT, "program", PROGRAM);
	if (layout->basis)
		lines_add(l, LOOK_HINT, "  rests on");
}

static void add_row(struct lines *l, const struct screen *screen, const struct layout *layout,
	const struct option *o, const struct advice *a, int selected)
{
	const struct glyphs *g = screen->glyphs;
	enum look look = !o->fits ? LOOK_HINT : selected ? LOOK_TITLE :
		o == a->option ? LOOK_GOOD : LOOK_PLAIN;
	struct str s;

	str_init(&s);
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_TITLE, "%s ", selected ? g->selected : " ");
	lines_add(l, look, "%s ", o == a->option ? g->chosen : o->fits ? " " : g->excluded);
	glyphs_cut(g, &s, o->use == USE_FFI && layout->strip ? strchr(o->id, '/') + 1 : o->id,
		layout->id - 1);
	lines_add(l, look, "%s", str_text(&s));
	lines_tab(l, MARKS + layout->id);
	look = o->fits ? LOOK_VALUE : LOOK_HINT;
	str_clear(&s);
	show_duration(&s, o->time_after.likely);
	add_right(l, look, str_text(&s), TIME);
	str_clear(&s);
	show_factor(&s, o->speedup.likely);
	add_right(l, look, str_text(&s), SPEED);
	str_clear(&s);
	show_factor(&s, o->program_speedup.likely);
	if (layout->program)
		add_right(l, look, str_text(&s), PROGRAM);
	if (layout->basis)
		lines_add(l, LOOK_HINT, "  %s", o->use == USE_STAY ? "answers" :
			basis_word(o->basis));
	str_release(&s);
}

static void add_text(struct lines *l, enum look look, const char *mark, const char *text)
{
	lines_begin(l, DETAIL, DETAIL + 2);
	lines_add(l, look, "%s ", mark);
	lines_add(l, LOOK_HINT, "%s", text);
}

/* "compute   2.87 us   99 %  ########" */
static void add_part(struct lines *l, const struct screen *screen, const struct cost_part *part,
	double whole)
{
	double share = whole > 0 ? part->cost.likely / whole : 0;
	int room = screen->width - DETAIL - PART - TIME - 8;
	struct str s;

	str_init(&s);
	lines_begin(l, DETAIL, DETAIL);
	lines_add(l, LOOK_HINT, "%s", part->name);
	lines_tab(l, DETAIL + PART);
	show_duration(&s, part->cost.likely);
	add_right(l, LOOK_VALUE, str_text(&s), TIME);
	lines_add(l, LOOK_HINT, "%5.0f %%", 100 * share);
	if (room >= 4) {
		str_clear(&s);
		glyphs_bar(screen->glyphs, &s, share, room < BAR_MOST ? room : BAR_MOST);
		lines_add(l, LOOK_VALUE, " %s", str_text(&s));
	}
	str_release(&s);
}

/* What is told of the row that is open: what a call costs, in parts; why, why not. */
static void add_detail(struct lines *l, const struct screen *screen, const struct option *o)
{
	struct cost_part parts[COST_PARTS];
	size_t n = option_parts(o, parts), i;
	double whole = 0;
	struct str s;

	for (i = 0; i < n; i++)
		whole += parts[i].cost.likely;
	for (i = 0; i < n; i++)
		add_part(l, screen, &parts[i], whole);
	str_init(&s);
	show_duration_est(&s, o->time_after);
	lines_begin(l, DETAIL, DETAIL + PART);
	lines_add(l, LOOK_HINT, "a call");
	lines_tab(l, DETAIL + PART);
	lines_add(l, LOOK_VALUE, "%s", str_text(&s));
	str_clear(&s);
	show_factor_est(&s, o->speedup);
	lines_begin(l, DETAIL, DETAIL + PART);
	lines_add(l, LOOK_HINT, "speed-up");
	lines_tab(l, DETAIL + PART);
	lines_add(l, LOOK_VALUE, "%s", str_text(&s));
	str_release(&s);
	for (i = 0; i < o->why_for.n; i++)
		add_text(l, LOOK_GOOD, "+", o->why_for.items[i].text);
	for (i = 0; i < o->why_against.n; i++)
		add_text(l, o->why_against.items[i].rule->kind == RULE_VETO ? LOOK_WARNING :
			LOOK_PLAIN, "-", o->why_against.items[i].text);
}

void screen_options(struct lines *l, const struct screen *screen, const struct report *r,
	size_t function, const struct options_view *view, size_t *at)
{
	const struct advice *a = &r->functions[function];
	struct layout layout = layout_of(screen->width);
	const struct option **rows;
	struct lines filled;
	size_t n, selected, line = 0, i;

	rows = rows_of(r, function, view, &n);
	selected = view->selected < n ? view->selected : n - 1;
	for (i = 0; i < n; i++)
		layout.strip |= rows[i]->use == USE_FFI && str_width(rows[i]->id) >= layout.id;
	lines_init(&filled);
	add_head(&filled, view, &layout, n, a->reckoning.options.n);
	lines_wrap(&filled, screen->width);
	for (i = 0; i < n; i++) {
		if (i == selected)
			line = filled.n;
		add_row(&filled, screen, &layout, rows[i], a, i == selected);
		if (strcmp(rows[i]->id, view->opened) != 0)
			continue;
		add_detail(&filled, screen, rows[i]);
		lines_wrap(&filled, screen->width);
	}
	free(rows);
	if (at)
		*at = line;
	for (i = 0; i < filled.n; i++)
		lines_move(l, &filled.items[i]);
	lines_release(&filled);
}
