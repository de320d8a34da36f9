#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "front/front.h"
#include "front/kept.h"
#include "front/signals.h"
#include "session/session.h"
#include "show/lines.h"

enum { WIDTH = 80 };

/* Talk goes to standard error, so that `ffiadvise --plain > advice.txt` works. */
static void say(const char *before, const char *text, int hanging)
{
	struct lines lines;
	struct str out;

	lines_init(&lines);
	lines_begin(&lines, 0, hanging);
	lines_add(&lines, LOOK_PLAIN, "%s%s", before, text);
	lines_wrap(&lines, WIDTH - 1);
	str_init(&out);
	lines_write(&lines, 0, &out);
	fputs(str_text(&out), stderr);
	str_release(&out);
	lines_release(&lines);
}

/* "7 of 9. Argument 1, xs. What is its type?" */
static void say_question(const struct session *s)
{
	const struct question *q = session_question(s);
	const struct value *name;
	size_t number, of;
	struct str before;

	session_count(s, &number, &of);
	str_init(&before);
	str_addf(&before, "%zu of %zu. ", number, of);
	if (q->scope == SCOPE_INPUT) {
		name = answers_input(&s->answers, s->at.input, "inputs.name");
		str_addf(&before, "Argument %zu", s->at.input + 1);
		if (name->text) {
			str_add(&before, ", ");
			str_add_shown(&before, name->text, strlen(name->text));
		}
		str_add(&before, ". ");
	}
	fputc('\n', stderr);
	say(str_text(&before), q->text, 0);
	str_release(&before);
}

static void ask_choices(const struct question *q)
{
	char before[64];
	size_t i;

	if (q->kind == QUESTION_BOOL)
		fputs("  1) yes\n  2) no\n", stderr);
	for (i = 0; i < q->n_choices; i++) {
		snprintf(before, sizeof before, "  %zu) %s: ", i + 1, q->choices[i].id);
		say(before, q->choices[i].text, 5);
	}
}

/* The choices are read out once; again only when they are asked for. */
static void ask(const struct session *s, int again)
{
	const struct question *q = session_question(s);
	struct str now;

	say_question(s);
	if (!again)
		ask_choices(q);
	else if (q->n_choices)
		fputs("  (list: the choices again)\n", stderr);
	str_init(&now);
	if (value_known(session_value(s)))
		value_write(&now, session_value(s), q);
	if (now.len)
		fprintf(stderr, "  (Enter keeps %s)\n", str_text(&now));
	else if (q->example)
		fprintf(stderr, "  (for example %s)\n", q->example);
	fputs("> ", stderr);
	fflush(stderr);
	str_release(&now);
}

/* One line without its end; 0 at the end of input or when a signal came. */
static int read_reply(char **line, size_t *size)
{
	ssize_t n = getline(line, size, stdin);

	/* Of a pipe the reply, and the end of its line, is not to be seen. */
	if (!isatty(STDIN_FILENO))
		fputc('\n', stderr);
	if (n < 0 || signals_caught())
		return 0;
	while (n > 0 && ((*line)[n - 1] == '\n' || (*line)[n - 1] == '\r' || (*line)[n - 1] == ' '))
		(*line)[--n] = '\0';
	return 1;
}

/* What a reply may be beside an answer. 1: it was one of these. */
static int command(struct session *s, const char *reply, int *quit)
{
	const struct question *q = session_question(s);

	if (strcmp(reply, "?") == 0) {
		say("  ", q->why, 2);
		return 1;
	}
	if (strcmp(reply, "list") == 0 && q->n_choices) {
		ask_choices(q);
		return 1;
	}
	if (strcmp(reply, "b") == 0 || strcmp(reply, "back") == 0) {
		if (!session_back(s))
			fputs("  this is the first question\n", stderr);
		return 1;
	}
	if (strcmp(reply, "q") == 0 || strcmp(reply, "quit") == 0) {
		*quit = 1;
		return 1;
	}
	return 0;
}

/* That it ended early is no secret: the advice rests on less. */
static void say_end(const struct session *s, int quit)
{
	size_t number, of;

	if (isatty(STDIN_FILENO))
		fputc('\n', stderr);
	if (quit)
		return;
	session_count(s, &number, &of);
	fprintf(stderr, "  the input ended at question %zu of %zu; what was not answered counts as not "
		"known\n", number, of);
}

/* Asks until all is asked, the input ends, or the person leaves (-1). kept may be NULL. */
static int ask_all(struct session *s, struct kept *kept)
{
	char *line = NULL;
	size_t size = 0, answered = 0;
	const struct question *asked = NULL;
	int quit = 0;
	struct err err;
	struct str text;

	while (session_question(s) && !quit) {
		ask(s, asked == session_question(s));
		asked = session_question(s);
		if (!read_reply(&line, &size)) {
			quit = signals_caught() || answered == 0;
			say_end(s, quit);
			break;
		}
		if (command(s, line, &quit))
			continue;
		/* Nothing keeps what is there, and that may be not knowing. */
		if (!*line && value_known(session_value(s))) {
			str_init(&text);
			value_write(&text, session_value(s), session_question(s));
			free(line);
			line = str_detach(&text);
			size = 0;
		}
		if (session_reply(s, line, &err) < 0) {
			str_init(&text);
			err_format(&err, &text);
			fprintf(stderr, "  %s\n", str_text(&text));
			str_release(&text);
			continue;
		}
		answered++;
		if (kept && kept_save(kept, s, &err) < 0)
			fprintf(stderr, "  the answers are not kept: %s\n", err.text);
	}
	free(line);
	return quit ? -1 : 0;
}

int plain_ask(struct session *session)
{
	return ask_all(session, NULL);
}

/* From the answers to the advice, or out. */
static int ask_and_advise(const struct front *front, struct session *session, struct kept *kept)
{
	struct survey survey;
	int status, left;

	fputs("Is native code worth it for a Python function, and how? A few questions, then it\n"
	      "measures on this machine and advises. Enter: don't know. ?: why it is asked.\n"
	      "b: back. q: leave. To have a call measured first, which answers several of them:\n"
	      "ffiadvise measure --help\n",
		stderr);
	left = ask_all(session, kept) < 0;
	if (!front->cli->quiet)
		kept_tell(kept);
	if (left) {
		if (signals_caught())
			return STATUS_SIGNAL + signals_caught();
		fputs("ffiadvise: left without advice\n", stderr);
		return 0;
	}
	fputc('\n', stderr);
	session_survey(&session->answers, &survey);
	status = front_advise(front, &survey, NULL, NULL);
	survey_release(&survey);
	return status;
}

int plain_run(const struct front *front)
{
	struct session session;
	struct kept kept;
	struct err err;
	int status;

	session_init(&session, &front->catalog->questions);
	if (kept_begin(&kept, front, &session, &err) < 0)
		status = front_fail(&err);
	else
		status = ask_and_advise(front, &session, &kept);
	kept_end(&kept);
	session_release(&session);
	return status;
}
