/*
 * value: what is known of one question: a range, a set of choices, a type, a
 * text; and where that came from. Plain data with one owner: value_release().
 */
#ifndef FFIADVISE_SURVEY_VALUE_H
#define FFIADVISE_SURVEY_VALUE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/est.h"
#include "base/str.h"
#include "catalog/questions.h"
#include "survey/pytype.h"

enum origin { ORIGIN_UNKNOWN, ORIGIN_DEFAULT, ORIGIN_FILE, ORIGIN_ASKED, ORIGIN_MEASURED,
	ORIGIN_DRAWN /* what one scenario supposes: nobody said it, and no report has it */ };

/* What came of something that was tried. */
enum outcome { OUTCOME_UNKNOWN, OUTCOME_WORSE, OUTCOME_SAME, OUTCOME_BETTER, N_OUTCOMES };

enum {
	VALUE_CHOICES_MAX = 24, /* choices a question of kind OUTCOMES may have */
	VALUE_SHAPE_MAX = 64,	/* dimensions; NumPy's own limit since 2.0 */
};

/*
 * origin ORIGIN_UNKNOWN: nothing is known; range is what is possible.
 * Which of the other fields counts follows from the question's kind.
 */
struct value {
	enum origin origin;
	struct est range; /* quantities, in base units */
	uint64_t choices; /* BOOL (bit 0 no, bit 1 yes), CHOICE (one bit), CHOICES, OUTCOMES */
	unsigned char outcomes[VALUE_CHOICES_MAX]; /* OUTCOMES: enum outcome of each choice */
	struct pytype *type;			   /* TYPE */
	char *text;    /* TEXT; and CHOICES: words, with a space between, that
			  only open_prefix allows; may be NULL */
	double *shape; /* SHAPE */
	size_t n_shape;
	int line, column; /* where the file gives it; 0 when it does not */
};

/* Unknown: everything that question allows is possible. */
void value_init(struct value *value, const struct question *question);
void value_release(struct value *value);
/* to is plain memory to be filled, not a value to be replaced. */
void value_copy(struct value *to, const struct value *from);

/* True when it is known (its origin is not unknown). */
int value_known(const struct value *value);
/* BOOL: 1 yes, 0 no, -1 unknown. */
int value_bool(const struct value *value);
/* CHOICE: the id of the choice, or NULL while unknown. */
const char *value_word(const struct value *value, const struct question *question);
/* CHOICES, OUTCOMES: is this choice in it? 1, 0, -1 unknown. */
int value_has(const struct value *value, const struct question *question, const char *choice);

/* The choice somebody may have meant by a word that is none, or NULL. */
const char *value_near_choice(const struct question *question, const char *word);
/* True when word is among those that only open_prefix allows. */
int value_lists(const struct value *value, const char *word);
/* OUTCOMES: adds what under has and value does not. */
void value_merge_outcomes(struct value *value, const struct value *under);
/* "worse" ... */
const char *outcome_word(enum outcome outcome);

/* True for text that says nothing: empty, "unknown". */
int text_is_unknown(const char *text);

/*
 * Reads one text as a person types it ("45us", "[1k, 2k]", "rust, c", "numpy:
 * worse, cache") into value, which is released first. Text that says nothing
 * leaves value unknown. -1, an err (without a place) and value as it was when
 * it is not allowed.
 */
int value_read(struct value *value, const struct question *question, const char *text,
	enum origin origin, struct err *err);

/*
 * The same from the n items of a list ("low", "high" of a range; choices; a
 * shape). On -1 *bad (when not NULL) is the item that is wrong, or n for the
 * list as a whole.
 */
int value_read_list(struct value *value, const struct question *question, const char *const *items,
	size_t n, enum origin origin, size_t *bad, struct err *err);

/* The value as text a person can read, and that value_read() reads as the same value. */
void value_write(struct str *out, const struct value *value, const struct question *question);

#endif
