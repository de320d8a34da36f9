#include "front/tui.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "front/output.h"
#include "front/signals.h"

enum { SETUP_MOST = 16000 /* bytes */, TAB_BLANKS = 4 };

void tui_say(struct tui *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(t->notice, sizeof t->notice, fmt, ap);
	va_end(ap);
}

static void new_sheet(struct tui *t, struct sheet *sheet)
{
	if (!sheet)
		return;
	sheet_free(t->sheet);
	t->sheet = sheet;
}

/* Makes the advice anew. */
static void advise(struct tui *t)
{
	if (!t->figures)
		return;
	new_sheet(t, sheet_make(t->front->catalog, &t->session, &t->session.answers,
		t->figures));
}

/* What follows from answers that were changed. */
static void take_changes(struct tui *t)
{
	struct survey survey;

	if (t->changes == t->session.changes)
		return;
	t->changes = t->session.changes;
	session_survey(&t->session.answers, &survey);
	background_want(t->background, &survey);
	advise(t);
	if (t->session.at.step == STEP_ADVICE)
		tui_show_change(t);
}

/* The file that was named is no file of figures: nothing can come of it. */
static int is_unusable(const struct tui *t)
{
	return t->measuring.phase == BACKGROUND_FAILED && t->measuring.from_file;
}

/* What is new in the background. */
static void take_news(struct tui *t)
{
	struct measurements *ms;
	struct own *own;
	size_t n;

	background_state(t->background, &t->measuring);
	t->done |= is_unusable(t);
	ms = background_take(t->background, &n);
	if (ms) {
		figures_drop(t->figures);
		t->figures = figures_share(ms, n);
		advise(t);
	}
	own = background_call_take(t->background);
	if (own)
		tui_take_call(t, own);
	take_changes(t);
}

void tui_open(struct tui *t, enum over over)
{
	t->help_for = tui_face(t)->context(t);
	t->over = over;
	t->menu_cursor = 0;
	t->help_top = 0;
	t->typing_path = t->replacing = t->searching = 0;
}

/* Keys that mean the same wherever they work; 1: it was one. */
static int act_everywhere(struct tui *t, enum action action)
{
	switch (action) {
	case ACTION_REPAINT:
		term_repaint();
		return 1;
	case ACTION_HELP:
		tui_open(t, OVER_HELP);
		return 1;
	case ACTION_LIST:
		tui_open(t, OVER_LIST);
		return 1;
	case ACTION_SAVE:
		tui_open(t, OVER_SAVE);
		return 1;
	case ACTION_QUIT:
		tui_open(t, OVER_LEAVE);
		return 1;
	case ACTION_STOP:
		if (t->measuring.phase == BACKGROUND_STOPPED) {
			background_go_on(t->background);
			tui_say(t, "measuring goes on");
		} else {
			background_stop(t->background);
			tui_say(t, "measuring stopped; what there is is kept. x goes on");
		}
		return 1;
	case ACTION_CALL:
		tui_open_call(t);
		return 1;
	case ACTION_ADVICE:
		t->over = OVER_NONE;
		t->session.refining = 0;
		session_go(&t->session, (struct session_at){STEP_ADVICE, NULL, 0});
		return 1;
	case ACTION_TABLE:
		t->over = OVER_NONE;
		session_go(&t->session, (struct session_at){STEP_INPUTS, NULL, 0});
		return 1;
	default:
		return 0;
	}
}

/* Where text is typed now; NULL where keys are no text. */
static struct field *field_of(struct tui *t, enum context context)
{
	switch (context) {
	case IN_FIELD:
		t->ask.complains = 0;
		return &t->ask.field;
	case IN_PATH:
		return &t->path;
	case IN_SEARCH:
		return &t->search;
	case IN_SETUP:
	case IN_CALL:
		return &t->call.fields[t->call.at];
	default:
		return NULL;
	}
}

/* What is pasted is text and no keys: it cannot answer anything, and the ends of its lines are
 * blanks where there is one line only. */
static void paste(struct tui *t, enum context context, int key)
{
	struct field *field = tui_is_small() ? NULL : field_of(t, context);
	int i;

	if (!field)
		return;
	if (key == PRESS_PASTED_LINE && context == IN_SETUP)
		field_break(field);
	else if (key == PRESS_TAB && context == IN_SETUP)
		for (i = 0; i < TAB_BLANKS; i++)
			field_press(field, ' ');
	else
		field_press(field, key == PRESS_PASTED_LINE || key == PRESS_TAB ? ' ' : key);
}

static void press(struct tui *t, int key)
{
	const struct face *face = tui_face(t);
	enum action action = keys_action(tui_is_small() ? IN_SMALL : face->context(t), key);

	if (key == PRESS_GONE) {
		t->done = 1;
		return;
	}
	if (key == PRESS_RESIZE)
		return;
	*t->notice = '\0';
	if (term_is_pasted()) {
		paste(t, face->context(t), key);
		return;
	}
	if (tui_is_small())
		t->done = action == ACTION_QUIT;
	else if (!act_everywhere(t, action))
		face->act(t, action, key);
}

/* Waits until something happens: a key, a signal, figures; 0 at a signal to end. */
static int wait_for_it(struct tui *t, int timeout_ms)
{
	struct pollfd fds[3] = {
		{.fd = term_fd(), .events = POLLIN},
		{.fd = t->front->stop_fd, .events = POLLIN},
		{.fd = background_fd(t->background), .events = POLLIN},
	};
	struct timespec timeout = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
	sigset_t with_resize;

	/* A new size is told by a signal, which is let in only here. */
	pthread_sigmask(SIG_SETMASK, NULL, &with_resize);
	sigdelset(&with_resize, SIGWINCH);
	if (ppoll(fds, 3, timeout_ms < 0 ? NULL : &timeout, &with_resize) < 0 && errno != EINTR)
		return 0;
	if (signals_caught())
		return 0;
	if (signals_suspended() && term_fd() >= 0)
		term_suspend();
	take_news(t);
	return 1;
}

/* After the screen shows what a key did: bringing it to the disk takes a moment. */
static void save_answers(struct tui *t)
{
	struct err err;

	if (kept_save(&t->kept, &t->session, &err) < 0)
		tui_say(t, "the answers are not kept: %s", err.text);
}

/* What is quick is shown first, and then with what takes longer. */
static void show(struct tui *t)
{
	tui_draw(t);
	if (!sheet_finish(t->sheet))
		return;
	t->advice.changed = 1;
	tui_draw(t);
}

static void loop_terminal(struct tui *t)
{
	int key;

	while (!t->done) {
		show(t);
		save_answers(t);
		if (!wait_for_it(t, -1))
			break;
		while (!t->done && (key = term_key()) != PRESS_NONE) {
			press(t, key);
			take_changes(t);
		}
	}
}

static int is_pending(const struct tui *t)
{
	return t->measuring.busy || t->changes != t->session.changes;
}

static void loop_script(struct tui *t)
{
	struct script_step step;

	while (!t->done) {
		tui_draw(t);
		save_answers(t);
		background_state(t->background, &t->measuring);
		while (is_pending(t)) {
			if (!wait_for_it(t, 1000))
				return;
		}
		show(t);
		step = script_next(t->script);
		if (step.what == SCRIPT_END)
			break;
		if (step.what == SCRIPT_DUMP && t->script->dump) {
			fprintf(t->script->dump, "--- %s\n", step.name);
			term_dump(t->script->dump);
		}
		if (step.what == SCRIPT_SIZE)
			term_resize(step.rows, step.columns);
		if (step.what == SCRIPT_KEY) {
			press(t, step.press);
			take_changes(t);
		}
	}
}

static int begin(struct tui *t, struct err *err)
{
	const struct cli *cli = t->front->cli;
	struct run_options options = {.budget = cli->budget, .fresh = cli->fresh,
		.file = cli->measurements, .stop_fd = -1};
	struct survey survey;

	t->background = background_start(t->front->catalog, t->front->places,
		t->front->pythons, t->front->n_pythons, &options, err);
	if (!t->background)
		return -1;
	session_survey(&t->session.answers, &survey);
	background_want(t->background, &survey);
	return 0;
}

static void end(struct tui *t)
{
	size_t i;

	background_free(t->background);
	sheet_free(t->sheet);
	sheet_free(t->before);
	figures_drop(t->figures);
	lines_release(&t->advice.lines);
	field_release(&t->ask.field);
	field_release(&t->path);
	field_release(&t->search);
	for (i = 0; i < CALL_FIELDS; i++)
		field_release(&t->call.fields[i]);
	own_free(t->call.own);
	session_release(&t->session);
	kept_end(&t->kept);
	while (t->n_saved)
		free(t->saved[--t->n_saved]);
	free(t->saved);
}

/* What stays of it, on the screen that was there before: where the answers are. */
static void tell_paths(const struct tui *t)
{
	size_t i;

	if (t->front->cli->quiet)
		return;
	for (i = 0; i < t->n_saved; i++)
		fprintf(stderr, "saved in %s\n", t->saved[i]);
	kept_tell(&t->kept);
}

/* The first lines are enough where the rest was on the screen a moment ago. */
static int hand_over_short(struct tui *t, struct err *err)
{
	struct screen screen = {output_width(t->front->cli), 0,
		term_glyphs()};
	struct lines lines;
	int result;

	lines_init(&lines);
	screen_overview(&lines, &screen, &t->sheet->report, 0);
	result = output_lines(t->front->cli, &lines, err);
	lines_release(&lines);
	return result;
}

static int hand_over(struct tui *t, struct err *err)
{
	const struct cli *cli = t->front->cli;

	sheet_finish(t->sheet);
	if (isatty(STDOUT_FILENO) && !cli->output && cli->format == FORMAT_TEXT)
		return hand_over_short(t, err);
	return front_render(t->front, &t->sheet->report, err);
}

static int status_of(struct tui *t)
{
	struct err err;
	int status = 0;

	if (signals_caught())
		status = STATUS_SIGNAL + signals_caught();
	else if (is_unusable(t) || (t->measuring.phase == BACKGROUND_FAILED &&
		t->session.advised && !t->sheet))
		status = front_fail(&t->measuring.why);
	else if (t->sheet && t->session.advised)
		status = hand_over(t, &err) < 0 ? front_fail(&err) :
			front_status(t->front, &t->sheet->report);
	tell_paths(t);
	return status;
}

/* SIGWINCH comes only where it is waited for, so that no new size is missed. */
static int run(struct tui *t)
{
	sigset_t resize, before;
	struct err err;
	int status;

	sigemptyset(&resize);
	sigaddset(&resize, SIGWINCH);
	pthread_sigmask(SIG_BLOCK, &resize, &before);
	tui_draw(t);
	if (begin(t, &err) == 0) {
		if (t->script)
			loop_script(t);
		else
			loop_terminal(t);
		kept_save(&t->kept, &t->session, &err);
		term_close();
		status = status_of(t);
	} else {
		term_close();
		status = front_fail(&err);
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return status;
}

static void init(struct tui *t, const struct front *front)
{
	size_t i;

	memset(t, 0, sizeof *t);
	t->front = front;
	session_init(&t->session, &front->catalog->questions);
	t->session.tables = 1;
	field_init(&t->ask.field);
	field_init(&t->path);
	field_init(&t->search);
	for (i = 0; i < CALL_FIELDS; i++)
		field_init(&t->call.fields[i]);
	t->call.fields[CALL_SETUP].most = SETUP_MOST;
	lines_init(&t->advice.lines);
	t->advice.variant = (size_t)-1;
}

/* With the session ready: the screen, or lines where there is none. */
static int open_and_run(struct tui *t)
{
	const struct cli *cli = t->front->cli;
	struct term_options options = {.no_color = cli->no_color, .ascii = cli->ascii,
		.headless = t->script != NULL};
	struct err err;

	if (kept_begin(&t->kept, t->front, &t->session, &err) < 0)
		return front_fail(&err);
	/* Before ncurses looks: a SIGTSTP of somebody's own it leaves alone, the default one it
	 * ignores while it draws, and a key that comes then is lost. */
	if (!t->script)
		signals_catch_suspend(1);
	if (term_open(&options, &err) == 0)
		return run(t);
	signals_catch_suspend(0);
	if (t->script)
		return front_fail(&err);
	fprintf(stderr, "ffiadvise: %s; asking in lines, as with --plain\n", err.text);
	return plain_run(t->front);
}

int tui_run(const struct front *front)
{
	struct script script;
	struct tui t;
	struct err err;
	int status;

	if (front->cli->keys && script_read(&script, front->cli->keys, front->cli->dump, &err) < 0)
		return front_fail(&err);
	init(&t, front);
	if (front->cli->keys)
		t.script = &script;
	status = open_and_run(&t);
	end(&t);
	if (t.script)
		script_release(&script);
	return status;
}
