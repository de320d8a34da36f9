/*
 * tui: the session on the screen: what its parts share. tui.c has the loop
 * over keys, signals, the measuring; each screen is a row of a
 * table with what it draws and what its keys do, in a file of its own. Owned
 * by tui_run(); nothing outside front/tui*.c includes it.
 */
#ifndef FFIADVISE_FRONT_TUI_H
#define FFIADVISE_FRONT_TUI_H

#include <stdint.h>

#include "front/sheet.h"
#include "front/field.h"
#include "front/front.h"
#include "front/kept.h"
#include "front/paint.h"
#include "front/script.h"
#include "session/background.h"
#include "session/session.h"
#include "show/screen.h"

/* What lies over the session's own screen, if anything. */
enum over { OVER_NONE, OVER_LIST, OVER_HELP, OVER_SAVE, OVER_LEAVE, OVER_CALL, OVERS };

/* tui_ask.c: the question that is on the screen. */
struct ask {
	struct session_at at;
	int begun;                 /* the rest is for `at` */
	struct field field;
	size_t cursor;             /* of the choices; the last is not knowing */
	uint64_t picked;           /* of several choices, or of outcomes */
	unsigned char outcomes[VALUE_CHOICES_MAX];
	enum { WHY_CLOSED, WHY_OPENED, WHY_OPEN } why; /* OPENED: by the key before */
	int complains;             /* err is about the last reply */
	struct err err;
	size_t top;
};

/* tui_advice.c: the pages, made anew when something they show has changed. */
struct advice_screen {
	size_t page, top;
	struct options_view options;
	struct reasons_view reasons;
	struct measured_view measured;
	int by_turns;              /* the curve, instead of by length */
	size_t variant;            /* the one that is selected; n_variants: none */
	struct lines lines;
	struct screen_rows selected; /* lines; from lines.n on for none */
	const struct sheet *of;    /* what lines show, and for which size */
	int width, height;
	int changed;               /* lines have to be made anew */
	int more_above, more_below;
};

/* tui_call.c: the person's own call: its text, then what came of it. */
enum { CALL_SETUP, CALL_EXPRESSION, CALL_PYTHON, CALL_FIELDS };

struct call_screen {
	struct field fields[CALL_FIELDS];
	size_t at;       /* the field that is typed in */
	int running;     /* it was begun and has not come to its end */
	struct own *own; /* the last one that did; NULL for none. Owned */
	int shows_own;   /* instead of the fields */
	size_t top;
};

struct tui {
	const struct front *front;
	struct session session;
	struct background *background;
	struct background_state measuring;
	struct figures_shared *figures; /* NULL until there are some */
	struct sheet *sheet;            /* NULL until there are figures */
	struct sheet *before;           /* of what-if: as it was; NULL when there is none */
	unsigned long changes;          /* of the session that were acted on */
	enum over over;
	int done;                       /* leave the loop */
	char notice[256];               /* one line, until the next key */
	struct ask ask;
	struct advice_screen advice;
	struct call_screen call;
	size_t list_cursor, list_top;
	struct field search;            /* a word to look for in the list */
	int searching;
	size_t table_row, table_column, table_top;
	size_t menu_cursor;
	struct field path;              /* where to save */
	int typing_path, replacing;
	char **saved;                   /* paths, told about at the end; owned */
	size_t n_saved, cap_saved;
	struct kept kept;
	size_t help_top;
	enum context help_for;          /* whose keys the help shows */
	struct script *script;
};

/* A face of the screen: which keys it has, what it draws, what a key does there. */
struct face {
	enum context (*context)(const struct tui *tui);
	void (*draw)(struct tui *tui, struct area area);
	/* press is the key itself, for text and digits. */
	void (*act)(struct tui *tui, enum action action, int press);
	void (*title)(const struct tui *tui, struct str *left, struct str *right);
};

extern const struct face face_ask, face_list, face_table, face_advice, face_help,
	face_save, face_leave, face_call;

/* The advice there is for the answers as they are, or a little before; NULL for none. */
const struct advice *tui_advice(const struct tui *tui);
/* What a question is called in lists: "time per call", "argument 2 type". */
void tui_label(const struct tui *tui, struct session_at at, struct str *out);
/* Its answer in a few words, "" for none. */
void tui_answer(const struct session *session, struct session_at at, struct str *out);
/* True when a question is answered by choosing. */
int tui_has_choices(const struct question *question);
/* tui_why.c, what is said of the question that is asked: below the field what was
 * understood, what is wrong, or an example ... */
void tui_add_check(const struct tui *tui, struct lines *lines);
/* ... why it is asked, and what not knowing costs ... */
void tui_add_why(const struct tui *tui, struct lines *lines);
/* ... why it is offered out of turn ... */
void tui_add_offer(const struct tui *tui, struct lines *lines);
/* ... and at the very first, what comes. */
void tui_add_welcome(const struct tui *tui, struct lines *lines, int rows);
/* tui_frame.c: all of the screen. */
void tui_draw(struct tui *tui);
/* Too small for anything but a notice. */
int tui_is_small(void);
/* The face that is on the screen. */
const struct face *tui_face(const struct tui *tui);
/* tui_list.c: the list beside a question. */
void tui_side(struct tui *tui, struct area area);
/* Opens the help, or another screen over the one there is. */
void tui_open(struct tui *tui, enum over over);
/* tui_call.c: opens it. */
void tui_open_call(struct tui *tui);
/* A call that came to its end (taken over): what was seen of it is filled in. */
void tui_take_call(struct tui *tui, struct own *own);
/* Below the first question: that it can be measured. */
void tui_add_call_offer(const struct tui *tui, struct lines *lines, int columns);
/* tui_advice.c: the pages by their digits. */
void tui_add_pages(struct str *out);
/* tui_advice.c: the question that would narrow the advice most. */
void tui_refine(struct tui *tui);
/* The page of before and after, when something is compared. */
void tui_show_change(struct tui *tui);
/* tui_variants.c: the table of those that are kept, with what is now. */
void tui_add_variants(const struct tui *tui, struct lines *lines, const struct screen *screen);
/* Keeps the answers there are, under the change that made them. */
void tui_keep_variant(struct tui *tui);
/* Selects one, goes on with it, or drops it. */
void tui_act_variant(struct tui *tui, enum action action);
/* How many answers somebody gave. */
size_t tui_answered(const struct session *session);
/* Says something until the next key. */
void tui_say(struct tui *tui, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
