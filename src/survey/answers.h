/*
 * answers: what is known of one function: a value for each question of the
 * catalog, with where it came from, and the list of its inputs. Plain data
 * with one owner; values are set by copy and lent until the next change.
 *
 * Only what was said takes memory: a value nobody set is the question's
 * initial one, which all copies share. So read by answers_get() and
 * answers_input(), and write by answers_set() and answers_edit().
 */
#ifndef FFIADVISE_SURVEY_ANSWERS_H
#define FFIADVISE_SURVEY_ANSWERS_H

#include <stddef.h>

#include "base/err.h"
#include "catalog/cond.h"
#include "catalog/questions.h"
#include "survey/value.h"

enum { ANSWERS_INPUTS_MAX = 64 };

/* The value of every question when nothing is said: its default, or unknown. */
struct initial;

/* One entry of inputs. */
struct input {
	struct value **values; /* by the question's place in its scope; NULL: the initial one */
};

struct answers {
	const struct questions *questions; /* lent by the catalog */
	struct initial *initial;
	struct value **values; /* by the question's place in its scope; NULL: the initial one */
	struct input *inputs;
	size_t n_inputs;
	int inputs_known; /* the file says what they are, be it none at all */
	const char **facts; /* words lent by answers_lookup() until the next one */
	size_t n_facts, cap_facts;
	char **made;	    /* those of them that nothing else owns */
	size_t n_made, cap_made;
	unsigned char *seen; /* by question_index(): 1 where it was read; NULL: not recorded.
				Owned by who set it; no copy has it */
};

/* After questions_load(): 0, or -1 with each default, example and lever that its own question does
 * not allow in errs (no place). A file of the person's own may have such. */
int answers_check_defaults(const struct questions *questions, struct errs *errs);

/* Every question at its default or unknown. */
void answers_init(struct answers *answers, const struct questions *questions);
void answers_release(struct answers *answers);
/* to is plain memory to be filled, not answers to be replaced. */
void answers_copy(struct answers *to, const struct answers *from);

/* The value of a key; never NULL for a key of the catalog (bug otherwise). */
const struct value *answers_get(const struct answers *answers, const char *id);
/* The value of a key of one input, "inputs.type". */
const struct value *answers_input(const struct answers *answers, size_t i, const char *id);
/* The same by question; input counts for SCOPE_INPUT only. Constant time. */
const struct value *answers_value(
	const struct answers *answers, const struct question *question, size_t input);
/* The value to change in place; lent until the next change of the answers. */
struct value *answers_edit(struct answers *answers, const struct question *question, size_t input);
/* Puts the question back to its default or unknown. */
void answers_forget(struct answers *answers, const struct question *question, size_t input);
/* Adds an input with every value unknown and returns its index. */
size_t answers_add_input(struct answers *answers);
/* Takes all inputs away; inputs_known stays. */
void answers_clear_inputs(struct answers *answers);
/* The input with most items, as far as that is known; -1 when there is none. */
long answers_main_input(const struct answers *answers);

/*
 * Sets one value from text as a person types it ("45us", "[1k, 2k]", "rust, c",
 * "unknown"): the one road for prompts and flags. input is the index of an input
 * for SCOPE_INPUT. -1 and an err (no place) when it is not allowed; the value
 * is then as it was.
 */
int answers_set(struct answers *answers, const struct question *question, size_t input,
	const char *text, enum origin origin, struct err *err);

/*
 * Looks answer keys up for a condition (who is a struct answers): cond_lookup.
 * "inputs.x" stands for all inputs: its words are those of every input, and its
 * range spans theirs. The keys "inputs.count" (a quantity) and "inputs.main.x"
 * (of the longest) exist too.
 *
 * Words: yes and no; the ids of choices; the text of a TEXT; of a type its kind,
 * itself as written and "of:KIND" for each kind inside it, as in "list",
 * "list[str]", "of:str"; of OUTCOMES each choice and "choice:outcome".
 */
int answers_lookup(void *who, const char *key, struct fact *fact);

/* The same with "inputs.x" standing for one input (when a question of it is asked). */
struct answers_at {
	struct answers *answers;
	size_t input;
};
int answers_lookup_at(void *who, const char *key, struct fact *fact);

#endif
