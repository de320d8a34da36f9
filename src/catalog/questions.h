/*
 * questions: data/questions.yaml as structs: the one place that knows the keys
 * of an answers file, what they may hold, how they are asked and why. The
 * answers reader, the plain prompts, the form and ffiadvise-answers(5) follow
 * from this table. Owned by the catalog for the life of the process.
 */
#ifndef FFIADVISE_CATALOG_QUESTIONS_H
#define FFIADVISE_CATALOG_QUESTIONS_H

#include <stddef.h>

#include "base/err.h"
#include "catalog/cond.h"

enum question_kind {
	QUESTION_TEXT,	   /* free text of one line */
	QUESTION_BOOL,	   /* yes | no */
	QUESTION_CHOICE,   /* one of the choices */
	QUESTION_CHOICES,  /* a set of them; one word or a list */
	QUESTION_OUTCOMES, /* a list of choices, or a map choice: worse|same|better */
	QUESTION_DURATION, /* ns */
	QUESTION_COUNT,	   /* a number of things; may be a fraction where a mean makes sense */
	QUESTION_RATE,	   /* per second */
	QUESTION_SIZE,	   /* bytes */
	QUESTION_SHARE,	   /* 0..1 */
	QUESTION_FACTOR,   /* a plain number */
	QUESTION_TYPE,	   /* a Python type as answers-format.md writes it */
	QUESTION_SHAPE,	   /* a list of counts */
};

/* Where a question belongs in the answers file. */
enum question_scope {
	SCOPE_FUNCTION, /* the key stands once: function.bound, name, tried */
	SCOPE_INPUT,	/* one for each entry of inputs: inputs.type */
};

struct choice {
	char *id;
	char *text;  /* what a person reads */
	char **also; /* other spellings the file may use; NULL-terminated or NULL */
	int alone;   /* of CHOICES: it cannot stand beside another ("none") */
};

struct question {
	char *id;      /* "function.bound", "inputs.type", "name" */
	char *text;    /* the question as it is asked */
	char *why;     /* why it is asked, one sentence a person understands */
	char *label;   /* what it is called in a list; NULL: the last part of its id says it */
	char *how;     /* how to find it out: a command or a place to look; may be NULL */
	char *example; /* an answer as it may be typed; may be NULL */
	enum question_kind kind;
	enum question_scope scope;
	struct choice *choices;
	size_t n_choices;
	size_t place;	   /* among the questions of its scope, from 0 */
	char *open_prefix; /* CHOICES: also any word that begins so ("": any word); may be NULL */
	double low, high;  /* allowed range in base units; TEXT: most characters (high) */
	char *low_text, *high_text; /* the same as the file wrote them, for messages */
	char *default_text;	    /* the value when nothing is said, as typed; NULL: unknown */
	int core;		    /* 0, or its place among the core questions from 1; questions of
				       one number go together, in the order of the file */
	char *lever;		    /* an answer that changed code could bring about; NULL: none */
	struct cond *lever_when;    /* of such functions only; NULL: of all */
	struct cond *core_when;	    /* core only then; NULL: always */
	struct cond *when;	    /* asked only then; NULL: always */
};

struct questions {
	struct question *items;
	size_t n;
	size_t n_function, n_input; /* of each scope */
	size_t *index;		    /* open-addressed hash over ids: place + 1, 0 for none */
	size_t index_size;
};

/* True for a kind whose answer is a range of numbers. */
int question_is_quantity(enum question_kind kind);

/* Reads dir/questions.yaml. 0, or -1 with every mistake of the file in errs. */
int questions_load(struct questions *questions, const char *dir, struct errs *errs);
void questions_release(struct questions *questions);
/* By id; NULL when there is none. Constant time. */
const struct question *questions_find(const struct questions *questions, const char *id);
/* Its place in items. */
size_t question_index(const struct questions *questions, const struct question *question);
/* The choice a word means (its id or another spelling); -1 for none. */
int question_choice(const struct question *question, const char *word);

#endif
