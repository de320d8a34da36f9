#include "front/keys.h"

#include <string.h>
#include <strings.h>

enum {
	IN_FORM = IN_SETUP | IN_CALL,
	IN_TYPED = IN_FIELD | IN_PATH | IN_SEARCH | IN_FORM,
	IN_SCROLLED = IN_HELP | IN_SEEN | IN_UNSEEN,
};

/* What stands first is what the footer shows first; it drops what has no room. */
const struct binding_key key_table[] = {
	{IN_SMALL, ACTION_QUIT, {'q'}, "q", "leave", "leave"},
	{IN_CHOICE | IN_FIELD, ACTION_ACCEPT, {PRESS_ENTER}, "Enter", "ok",
		"take the answer and go on"},
	{IN_CHOICE, ACTION_TOGGLE, {' '}, "Space", NULL,
		"take or leave a choice, where several may be taken"},
	{IN_CHOICE | IN_FIELD, ACTION_WHY, {'?', PRESS_F1}, "?", "why",
		"why it is asked, an example, what not knowing costs; the keys"},
	{IN_CHOICE | IN_FIELD, ACTION_UNKNOWN, {'-'}, "-", "don't know",
		"don't know (while typing: as the first key)"},
	{IN_CHOICE, ACTION_BACK, {PRESS_LEFT, 'h', 'b', PRESS_BACK_TAB}, "h", "back",
		"the question before"},
	{IN_FIELD, ACTION_CALL, {CTRL_KEY('t')}, "^T", NULL,
		"measure a call of your own, and fill in what is seen of it"},
	{IN_CHOICE, ACTION_CALL, {'m', CTRL_KEY('t')}, "m", "my call",
		"measure a call of your own, and fill in what is seen of it"},
	{IN_FIELD, ACTION_BACK, {PRESS_UP, CTRL_KEY('p'), PRESS_BACK_TAB}, "Up", "back",
		"the question before (^P too)"},
	{IN_CHOICE, ACTION_FORWARD, {PRESS_RIGHT, 'l', CTRL_KEY('n')}, "l", NULL,
		"the next question, this one as it is"},
	{IN_FIELD, ACTION_FORWARD, {PRESS_DOWN, CTRL_KEY('n')}, "Down", NULL,
		"the next question, this one as it is (^N too)"},
	{IN_CHOICE | IN_FIELD, ACTION_LIST, {PRESS_TAB}, "Tab", "list",
		"the list of questions, to jump"},
	{IN_LIST, ACTION_ACCEPT, {PRESS_ENTER, PRESS_RIGHT, 'l'}, "Enter", "go there", "go there"},
	{IN_MENU, ACTION_ACCEPT, {PRESS_ENTER}, "Enter", "ok", "choose this"},
	{IN_LIST, ACTION_LEAVE_LEVEL, {PRESS_ESC, PRESS_TAB, PRESS_LEFT, 'h'}, "Esc", "back",
		"back to the question"},
	{IN_LIST, ACTION_SEARCH, {'/'}, "/", "look for", "look for a word in the list"},
	{IN_LIST, ACTION_NEXT_FOUND, {'n'}, "n", NULL, "the next that has it"},
	{IN_SEARCH, ACTION_ACCEPT, {PRESS_ENTER}, "Enter", "ok", "stay where it was found"},
	{IN_SEARCH, ACTION_LEAVE_LEVEL, {PRESS_ESC}, "Esc", "back", "back to the list"},
	{IN_CHOICE | IN_LIST, ACTION_ADVICE, {'a'}, "a", "advice",
		"the advice with the answers there are"},
	{IN_CHOICE | IN_LIST, ACTION_TABLE, {'t'}, "t", "arguments",
		"the arguments as a table"},

	{IN_TABLE, ACTION_ACCEPT, {PRESS_ENTER}, "Enter", "go on", "go on with the questions"},
	{IN_TABLE, ACTION_TOGGLE, {'e', ' '}, "e", "edit", "change the answer under the cursor"},
	{IN_TABLE, ACTION_ADD, {'a'}, "a", "add", "one more argument"},
	{IN_TABLE, ACTION_COPY, {'c'}, "c", "copy", "one more like this"},
	{IN_TABLE, ACTION_DELETE, {'d', PRESS_DELETE}, "d", "delete",
		"take this argument away"},
	{IN_TABLE, ACTION_MOVE_UP, {'K'}, "K", NULL, "this argument one place up"},
	{IN_TABLE, ACTION_MOVE_DOWN, {'J'}, "J", "move", "this argument one place down"},
	{IN_TABLE, ACTION_LEFT, {PRESS_LEFT, 'h'}, "h", NULL, "the column before"},
	{IN_TABLE, ACTION_RIGHT, {PRESS_RIGHT, 'l', PRESS_TAB}, "l", NULL, "the next column"},
	{IN_TABLE, ACTION_UNDO, {'u'}, "u", NULL, "take the last change back"},
	{IN_TABLE, ACTION_BACK, {PRESS_ESC, 'b', PRESS_BACK_TAB}, "Esc", "back",
		"the question before"},

	{IN_SETUP, ACTION_ACCEPT, {PRESS_ENTER}, "Enter", "new line", "a new line of the set-up"},
	{IN_CALL, ACTION_ACCEPT, {PRESS_ENTER}, "Enter", "measure it",
		"run the code and measure the call"},
	{IN_FORM, ACTION_FORWARD, {PRESS_TAB, CTRL_KEY('n')}, "Tab", "next field",
		"the next field (^N too)"},
	{IN_FORM, ACTION_BACK, {PRESS_BACK_TAB, CTRL_KEY('p')}, "^P", NULL,
		"the field before (Shift-Tab too)"},
	{IN_FORM, ACTION_UP, {PRESS_UP}, "Up", NULL, "the line or the field above"},
	{IN_FORM, ACTION_DOWN, {PRESS_DOWN}, "Down", NULL, "the line or the field below"},
	{IN_FORM, ACTION_LEAVE_LEVEL, {PRESS_ESC}, "Esc", "back",
		"back to the questions; what was typed stays"},
	{IN_FORM, ACTION_HELP, {PRESS_F1}, "F1", NULL, "what the keys do"},
	{IN_RUNNING, ACTION_LEAVE_LEVEL, {PRESS_ESC, PRESS_ENTER}, "Esc", "answer meanwhile",
		"back to the questions, while it is measured"},
	{IN_RUNNING, ACTION_CALL_STOP, {'x', CTRL_KEY('x')}, "x", "stop it",
		"stop measuring the call"},
	{IN_SEEN, ACTION_ACCEPT, {PRESS_ENTER}, "Enter", "go on", "go on with what could not be seen"},
	{IN_UNSEEN, ACTION_ACCEPT, {PRESS_ENTER}, "Enter", "change it", "change set-up or call"},
	{IN_SEEN, ACTION_CALL, {'m'}, "m", "another call", "measure another call"},
	{IN_SEEN | IN_UNSEEN, ACTION_LEAVE_LEVEL, {PRESS_ESC, 'q'}, "Esc", "back",
		"back to the questions"},

	{IN_REASONS, ACTION_ACCEPT, {PRESS_ENTER, ' '}, "Enter", "explain it",
		"what the reason under the cursor means and rests on, and back"},
	{IN_OPTIONS, ACTION_ACCEPT, {PRESS_ENTER, ' '}, "Enter", "its cost",
		"open the way under the cursor: what it costs in parts, and close it"},
	{IN_OPTIONS, ACTION_SORT, {'o'}, "o", "order",
		"order the ways by time, by speed-up, by name"},
	{IN_OPTIONS, ACTION_FILTER, {'f'}, "f", "fitting or all",
		"show the ways that fit, or all"},
	{IN_CURVE, ACTION_SORT, {'o'}, "o", "other axis",
		"the curve over length, or over the turns of the loop"},
	{IN_FIGURES, ACTION_FILTER, {'f'}, "f", "all",
		"show the figures the advice rests on, or all"},
	{IN_WHAT_IF, ACTION_ACCEPT, {PRESS_ENTER}, "Enter", "take it",
		"take the changes for good: the next one is compared with them"},
	{IN_PAGES, ACTION_NEXT_PANE, {PRESS_TAB, PRESS_RIGHT, 'l'}, "Tab", "next page",
		"the next page of the advice; a digit opens one"},
	{IN_PAGES, ACTION_PREVIOUS_PANE, {PRESS_BACK_TAB, PRESS_LEFT, 'h'}, "h", NULL,
		"the page before"},
	{IN_PAGES, ACTION_WHAT_IF, {'w'}, "w", "what if",
		"change an answer and see before and after side by side"},
	{IN_WHAT_IF, ACTION_UNDO, {'u'}, "u", "undo", "take the last change back"},
	{IN_PAGES & ~IN_WHAT_IF, ACTION_UNDO, {'u'}, "u", NULL, "take the last change back"},
	{IN_PAGES, ACTION_REFINE, {'r'}, "r", "refine",
		"the question that would narrow the advice most"},
	{IN_WHAT_IF, ACTION_KEEP, {'v'}, "v", "keep as variant",
		"keep the answers as a variant, to compare"},
	{IN_WHAT_IF, ACTION_NEXT_FOUND, {'n'}, "n", NULL, "select a variant, then the next"},
	{IN_WHAT_IF, ACTION_TOGGLE, {'e'}, "e", NULL, "go on with the answers of that variant"},
	{IN_WHAT_IF, ACTION_DELETE, {'d', PRESS_DELETE}, "d", NULL, "take that variant away"},
	{IN_PAGES & ~IN_WHAT_IF, ACTION_KEEP, {'v'}, "v", NULL,
		"keep the answers as a variant, to compare"},
	{IN_PAGES, ACTION_LEAVE_LEVEL, {PRESS_ESC, 'b'}, "Esc", "back",
		"back to the first page, from there to the questions"},
	{IN_PAGES | IN_CHOICE | IN_LIST | IN_TABLE, ACTION_SAVE, {'s'}, "s", "save",
		"save answers, measurements or the report"},

	{IN_PATH, ACTION_ACCEPT, {PRESS_ENTER}, "Enter", "save", "write the file"},
	{IN_PATH, ACTION_LEAVE_LEVEL, {PRESS_ESC}, "Esc", "back", "back to the choice"},
	{IN_MENU | IN_HELP, ACTION_LEAVE_LEVEL, {PRESS_ESC, PRESS_LEFT, 'h', 'q'}, "Esc", "back",
		"back"},

	{IN_CHOICE | IN_LIST | IN_TABLE | IN_PAGES | IN_MENU | IN_SCROLLED, ACTION_UP,
		{PRESS_UP, 'k'}, "k", NULL, "up (the arrow too)"},
	{IN_CHOICE | IN_LIST | IN_TABLE | IN_PAGES | IN_MENU | IN_SCROLLED, ACTION_DOWN,
		{PRESS_DOWN, 'j'}, "j", NULL, "down (the arrow too)"},
	{IN_ANY & ~(IN_SMALL | IN_TYPED), ACTION_PAGE_UP,
		{PRESS_PAGE_UP, CTRL_KEY('u')}, "^U", NULL, "a page up (PgUp too)"},
	{IN_ANY & ~(IN_SMALL | IN_TYPED), ACTION_PAGE_DOWN,
		{PRESS_PAGE_DOWN, CTRL_KEY('d')}, "^D", NULL, "a page down (PgDn too)"},
	{IN_FIELD, ACTION_PAGE_UP, {PRESS_PAGE_UP}, "PgUp", NULL, "a page up"},
	{IN_FIELD, ACTION_PAGE_DOWN, {PRESS_PAGE_DOWN}, "PgDn", NULL, "a page down"},
	{IN_ANY & ~(IN_SMALL | IN_TYPED), ACTION_FIRST, {PRESS_HOME, 'g'}, "g", NULL,
		"to the first line"},
	{IN_ANY & ~(IN_SMALL | IN_TYPED), ACTION_LAST, {PRESS_END, 'G'}, "G", NULL,
		"to the last line"},
	{IN_CHOICE | IN_LIST | IN_TABLE | IN_PAGES, ACTION_STOP, {'x', CTRL_KEY('x')}, "x", NULL,
		"stop measuring and keep what there is; again: go on"},
	{IN_LIST | IN_TABLE | IN_PAGES, ACTION_CALL, {'m', CTRL_KEY('t')}, "m", NULL,
		"measure a call of your own, and fill in what is seen of it"},
	{IN_FIELD, ACTION_STOP, {CTRL_KEY('x')}, "^X", NULL,
		"stop measuring and keep what there is; again: go on"},
	{IN_FIELD, ACTION_LEAVE_LEVEL, {PRESS_ESC}, "Esc", NULL,
		"what was typed is dropped; again: one level back"},
	{IN_CHOICE, ACTION_LEAVE_LEVEL, {PRESS_ESC}, "Esc", NULL, "one level back"},
	{IN_LIST | IN_TABLE | IN_PAGES | IN_MENU, ACTION_HELP, {'?', PRESS_F1}, "?", "keys",
		"what the keys do"},
	{IN_ANY & ~IN_SMALL, ACTION_REPAINT, {CTRL_KEY('l')}, "^L", NULL, "paint the screen anew"},
	{IN_CHOICE | IN_LIST | IN_TABLE | IN_PAGES, ACTION_QUIT, {'q'}, "q", "leave",
		"leave; the answers are kept (^C leaves at once)"},
};
const size_t key_table_n = sizeof key_table / sizeof *key_table;

enum action keys_action(enum context context, int press)
{
	size_t i, k;

	for (i = 0; i < key_table_n; i++) {
		if (!(key_table[i].contexts & context))
			continue;
		for (k = 0; k < 4 && key_table[i].presses[k]; k++) {
			if (key_table[i].presses[k] == press)
				return key_table[i].action;
		}
	}
	return ACTION_NONE;
}

int keys_named(const char *name)
{
	static const struct {
		const char *name;
		int press;
	} names[] = {
		{"enter", PRESS_ENTER}, {"esc", PRESS_ESC}, {"tab", PRESS_TAB},
		{"backtab", PRESS_BACK_TAB}, {"space", ' '}, {"up", PRESS_UP}, {"down", PRESS_DOWN},
		{"left", PRESS_LEFT}, {"right", PRESS_RIGHT}, {"home", PRESS_HOME},
		{"end", PRESS_END}, {"pageup", PRESS_PAGE_UP}, {"pagedown", PRESS_PAGE_DOWN},
		{"delete", PRESS_DELETE}, {"backspace", PRESS_BACKSPACE}, {"f1", PRESS_F1},
	};
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcasecmp(names[i].name, name) == 0)
			return names[i].press;
	}
	if (name[0] == '^' && name[1] && !name[2])
		return CTRL_KEY(name[1]);
	return name[0] > ' ' && name[0] < 0x7f && !name[1] ? name[0] : PRESS_NONE;
}
