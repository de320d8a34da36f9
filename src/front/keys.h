/*
 * keys: what a person presses and what that does: one table from which the
 * keys work, the footer and the help screen show them, and the manual is
 * checked. A key is a Unicode character, a control character (^L is 12), or
 * one of enum press.
 */
#ifndef FFIADVISE_FRONT_KEYS_H
#define FFIADVISE_FRONT_KEYS_H

#include <stddef.h>

enum press {
	PRESS_NONE = 0,
	PRESS_TAB = 9,
	PRESS_ENTER = 13,
	PRESS_ESC = 27,
	PRESS_FIRST = 0x110000, /* above all characters */
	PRESS_UP,
	PRESS_DOWN,
	PRESS_LEFT,
	PRESS_RIGHT,
	PRESS_HOME,
	PRESS_END,
	PRESS_PAGE_UP,
	PRESS_PAGE_DOWN,
	PRESS_DELETE,
	PRESS_BACKSPACE,
	PRESS_BACK_TAB,
	PRESS_F1,
	PRESS_PASTED_LINE, /* the end of a line, in what is pasted */
	PRESS_RESIZE, /* the screen has another size */
	PRESS_GONE,   /* the terminal is gone, or the script is at its end */
};

#define CTRL_KEY(letter) ((letter) & 0x1f)

/* Where a key works, as bits. */
enum context {
	IN_CHOICE = 1,  /* a question with choices */
	IN_FIELD = 2,   /* one that is typed; letters are text there */
	IN_LIST = 4,    /* the list of questions */
	IN_TABLE = 8,   /* the arguments */
	IN_ADVICE = 16,
	IN_MENU = 32,
	IN_HELP = 64,
	IN_SMALL = 128, /* the screen is too small for anything else */
	IN_OPTIONS = 256, IN_FIGURES = 512, IN_WHAT_IF = 1024, /* pages of the advice */
	IN_PATH = 2048,   /* a file's name is typed */
	IN_SEARCH = 4096, /* a word to look for */
	IN_CURVE = 8192,  /* one more page of the advice */
	IN_SETUP = 16384, IN_CALL = 32768, /* of the person's own call: several lines, one */
	IN_RUNNING = 65536, /* while it is measured */
	IN_SEEN = 131072, IN_UNSEEN = 262144, /* what came of it; nothing did */
	IN_REASONS = 524288, /* one more page of the advice */
	IN_PAGES = IN_ADVICE | IN_REASONS | IN_OPTIONS | IN_CURVE | IN_FIGURES | IN_WHAT_IF,
	IN_ANY = 1048575,
};

enum action {
	ACTION_NONE, ACTION_UP, ACTION_DOWN, ACTION_PAGE_UP, ACTION_PAGE_DOWN, ACTION_FIRST,
	ACTION_LAST, ACTION_ACCEPT, ACTION_TOGGLE, ACTION_UNKNOWN, ACTION_BACK, ACTION_FORWARD,
	ACTION_LEAVE_LEVEL, ACTION_WHY, ACTION_LIST, ACTION_ADVICE, ACTION_TABLE, ACTION_ADD,
	ACTION_COPY, ACTION_DELETE, ACTION_MOVE_UP, ACTION_MOVE_DOWN, ACTION_LEFT, ACTION_RIGHT,
	ACTION_REFINE, ACTION_WHAT_IF, ACTION_UNDO, ACTION_KEEP, ACTION_NEXT_PANE,
	ACTION_PREVIOUS_PANE, ACTION_SORT, ACTION_FILTER, ACTION_SEARCH, ACTION_NEXT_FOUND,
	ACTION_SAVE, ACTION_STOP, ACTION_CALL, ACTION_CALL_STOP, ACTION_HELP, ACTION_REPAINT,
	ACTION_QUIT, ACTIONS
};

struct binding_key {
	unsigned contexts;
	enum action action;
	int presses[4];    /* 0 ends them */
	const char *keys;  /* as they are shown: "Enter" */
	const char *label; /* in the footer; NULL: it is not there */
	const char *help;  /* in the help screen and the manual */
};

extern const struct binding_key key_table[];
extern const size_t key_table_n;

/* What a key does in a context; ACTION_NONE for nothing. */
enum action keys_action(enum context context, int press);
/* The key a name of a script means ("enter", "^l", "x"); PRESS_NONE for none. */
int keys_named(const char *name);

#endif
