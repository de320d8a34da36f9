#include "front/tui.h"

#include <string.h>

/* The help screen: the keys of the screen it was opened from, from their table. */

static enum context help_context(const struct tui *t)
{
	(void)t;
	return IN_HELP;
}

/* The names of the pages, for where the tabs have no room for them. */
static void add_pages(struct lines *l)
{
	struct str pages;

	str_init(&pages);
	tui_add_pages(&pages);
	lines_begin(l, 1, 9);
	lines_add(l, LOOK_VALUE, "1-9");
	lines_tab(l, 9);
	lines_add(l, LOOK_PLAIN, "a page: %s", str_text(&pages));
	str_release(&pages);
}

static void draw_help(struct tui *t, struct area area)
{
	struct lines l;
	size_t i;

	lines_init(&l);
	if (t->help_for & IN_PAGES)
		add_pages(&l);
	for (i = 0; i < key_table_n; i++) {
		if (!(key_table[i].contexts & t->help_for))
			continue;
		lines_begin(&l, 1, 9);
		lines_add(&l, LOOK_VALUE, "%s", key_table[i].keys);
		lines_tab(&l, 9);
		lines_add(&l, LOOK_PLAIN, "%s", key_table[i].help);
	}
	lines_begin(&l, 1, 9);
	lines_add(&l, LOOK_VALUE, "^Z");
	lines_tab(&l, 9);
	lines_add(&l, LOOK_PLAIN, "to the shell; fg comes back");
	lines_begin(&l, 1, 9);
	lines_add(&l, LOOK_VALUE, "^C");
	lines_tab(&l, 9);
	lines_add(&l, LOOK_PLAIN, "leave at once; the answers are kept");
	lines_wrap(&l, area.columns - 2);
	t->help_top = paint_follow(t->help_top, (size_t)area.rows, l.n, t->help_top,
		t->help_top + 1);
	paint_scrolled(area, &l, t->help_top, 0, 0);
	lines_release(&l);
}

static void act_help(struct tui *t, enum action action, int press)
{
	(void)press;
	if (action == ACTION_LEAVE_LEVEL)
		t->over = OVER_NONE;
	else if (action == ACTION_UP && t->help_top)
		t->help_top--;
	else if (action == ACTION_DOWN)
		t->help_top++;
	else if (action == ACTION_PAGE_UP)
		t->help_top = t->help_top > 8 ? t->help_top - 8 : 0;
	else if (action == ACTION_PAGE_DOWN)
		t->help_top += 8;
}

static void title_help(const struct tui *t, struct str *left, struct str *right)
{
	(void)t;
	(void)right;
	str_add(left, "ffiadvise: what the keys do here");
}

const struct face face_help = {help_context, draw_help, act_help, title_help};

/* Leaving: one question, since a key can be hit by mistake; nothing is lost either way. */

static const char *const leave_items[] = {"leave", "stay", "save first"};

enum { LEAVE, STAY, SAVE, LEAVE_ITEMS };

static enum context leave_context(const struct tui *t)
{
	(void)t;
	return IN_MENU;
}

static void draw_leave(struct tui *t, struct area area)
{
	struct lines l;
	size_t i, at = 0;

	lines_init(&l);
	lines_begin(&l, 0, 0);
	lines_add(&l, LOOK_TITLE, "Leave?");
	lines_gap(&l);
	for (i = 0; i < LEAVE_ITEMS; i++) {
		if (i == t->menu_cursor)
			at = l.n;
		lines_begin(&l, 1, 5);
		lines_add(&l, LOOK_VALUE, "%s ", i == t->menu_cursor ?
			term_glyphs()->selected : " ");
		lines_add(&l, LOOK_PLAIN, "%s", leave_items[i]);
	}
	if (t->kept.keep.path) {
		lines_gap(&l);
		lines_begin(&l, 1, 1);
		lines_add(&l, LOOK_HINT, "The answers are kept: ffiadvise --resume goes on.%s",
			t->session.n_variants ? " The variants are not." : "");
	}
	lines_wrap(&l, area.columns - 2);
	paint_scrolled(area, &l, 0, at, at + 1);
	lines_release(&l);
}

static void act_leave(struct tui *t, enum action action, int press)
{
	(void)press;
	if (action == ACTION_UP && t->menu_cursor)
		t->menu_cursor--;
	else if (action == ACTION_DOWN && t->menu_cursor + 1 < LEAVE_ITEMS)
		t->menu_cursor++;
	else if (action == ACTION_LEAVE_LEVEL)
		t->over = OVER_NONE;
	else if (action == ACTION_ACCEPT && t->menu_cursor == LEAVE)
		t->done = 1;
	else if (action == ACTION_ACCEPT)
		tui_open(t, t->menu_cursor == SAVE ? OVER_SAVE : OVER_NONE);
}

static void title_leave(const struct tui *t, struct str *left, struct str *right)
{
	(void)t;
	(void)right;
	str_add(left, "ffiadvise");
}

const struct face face_leave = {leave_context, draw_leave, act_leave, title_leave};
