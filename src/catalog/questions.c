#include "catalog/questions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "catalog/read.h"
#include "catalog/unit.h"

/* In the order of enum question_kind; family 0: no quantity. */
static const struct {
	const char *word;
	enum unit_family family;
} kinds[] = {
	{"text", 0},
	{"bool", 0},
	{"choice", 0},
	{"choices", 0},
	{"outcomes", 0},
	{"duration", UNIT_DURATION},
	{"count", UNIT_COUNT},
	{"rate", UNIT_RATE},
	{"size", UNIT_SIZE},
	{"share", UNIT_SHARE},
	{"factor", UNIT_FACTOR},
	{"type", 0},
	{"shape", 0},
};

enum { N_KINDS = sizeof kinds / sizeof *kinds };

/* The bits of a value's set of choices, and the places of its outcomes. */
enum { CHOICES_MAX = 63, OUTCOMES_MAX = 24 };

int question_is_quantity(enum question_kind kind)
{
	return kinds[kind].family != 0;
}

static int has_choices(enum question_kind kind)
{
	return kind == QUESTION_CHOICE || kind == QUESTION_CHOICES || kind == QUESTION_OUTCOMES;
}

/* The slot of id in the index: its own, or the empty one where it would go. */
static size_t slot_of(const struct questions *questions, const char *id)
{
	size_t slot = (size_t)str_hash(0, id) & (questions->index_size - 1);

	while (questions->index[slot] &&
		strcmp(questions->items[questions->index[slot] - 1].id, id) != 0)
		slot = (slot + 1) & (questions->index_size - 1);
	return slot;
}

const struct question *questions_find(const struct questions *questions, const char *id)
{
	size_t at;

	if (!questions->index_size)
		return NULL;
	at = questions->index[slot_of(questions, id)];
	return at ? &questions->items[at - 1] : NULL;
}

size_t question_index(const struct questions *questions, const struct question *question)
{
	return (size_t)(question - questions->items);
}

int question_choice(const struct question *question, const char *word)
{
	size_t i, k;

	for (i = 0; i < question->n_choices; i++) {
		const struct choice *choice = &question->choices[i];

		if (strcmp(choice->id, word) == 0)
			return (int)i;
		for (k = 0; choice->also && choice->also[k]; k++) {
			if (strcmp(choice->also[k], word) == 0)
				return (int)i;
		}
	}
	return -1;
}

static void choice_read(
	struct choice *choice, const struct node *node, const char *file, struct errs *errs)
{
	struct reader r;
	size_t n;

	reader_begin(&r, node, file, errs);
	choice->id = reader_need(&r, "id");
	choice->text = reader_need(&r, "text");
	choice->also = reader_texts(&r, "also", &n);
	choice->alone = reader_bool(&r, "alone", 0);
	reader_end(&r);
}

static void choices_read(struct question *q, struct reader *r, const struct node *whole)
{
	const struct node *list = reader_node(r, "choices");
	size_t most = q->kind == QUESTION_OUTCOMES ? OUTCOMES_MAX : CHOICES_MAX, i;

	if (!has_choices(q->kind)) {
		if (list)
			node_complain(
				list, r->file, r->errs, "a question of this kind has no choices");
		return;
	}
	if (!list || list->kind != NODE_LIST || !list->n) {
		node_complain(list ? list : whole, r->file, r->errs,
			"'choices' has to be a list of maps with 'id' and 'text'");
		return;
	}
	if (list->n > most) {
		node_complain(list, r->file, r->errs, "more than %zu choices", most);
		return;
	}
	q->choices = xcalloc(list->n, sizeof *q->choices);
	q->n_choices = list->n;
	for (i = 0; i < list->n; i++)
		choice_read(&q->choices[i], list->items[i], r->file, r->errs);
	for (i = 0; i < list->n; i++) {
		if (q->choices[i].id && (size_t)question_choice(q, q->choices[i].id) != i)
			node_complain(list->items[i], r->file, r->errs,
				"'%s' stands for two choices", q->choices[i].id);
		if (!q->choices[i].id)
			break;
	}
}

/* One end of the allowed range; text is what the file says, or NULL. */
static double limit_read(const struct question *q, const char *text, double fallback,
	const struct node *whole, struct reader *r)
{
	enum unit_family family = kinds[q->kind].family;
	double value = fallback;
	struct err err;

	if (q->kind == QUESTION_TEXT || q->kind == QUESTION_SHAPE)
		family = UNIT_COUNT;
	if (!text)
		return fallback;
	if (!family)
		node_complain(whole, r->file, r->errs, "a question of this kind has no range");
	else if (unit_read(text, family, &value, &err) < 0)
		node_complain(whole, r->file, r->errs, "%s", err.text);
	return value;
}

static void range_read(struct question *q, struct reader *r, const struct node *whole)
{
	q->low_text = reader_text(r, "low");
	q->high_text = reader_text(r, "high");
	if (question_is_quantity(q->kind) && (!q->low_text || !q->high_text))
		node_complain(whole, r->file, r->errs, "a quantity needs 'low' and 'high'");
	q->low = limit_read(q, q->low_text, 0, whole, r);
	q->high = limit_read(q, q->high_text, INFINITY, whole, r);
	if (q->low > q->high)
		node_complain(whole, r->file, r->errs, "'low' is above 'high'");
}

static void question_read(
	struct question *q, const struct node *node, const char *file, struct errs *errs)
{
	const char *words[N_KINDS];
	const struct node *when, *core_when, *lever_when;
	struct reader r;
	size_t i;

	for (i = 0; i < N_KINDS; i++)
		words[i] = kinds[i].word;
	reader_begin(&r, node, file, errs);
	q->id = reader_need(&r, "id");
	q->text = reader_need(&r, "text");
	q->why = reader_need(&r, "why");
	q->label = reader_text(&r, "label");
	q->how = reader_text(&r, "how");
	q->example = reader_text(&r, "example");
	if (!reader_node(&r, "kind") && r.map)
		node_complain(node, file, errs, "'kind' is missing here");
	q->kind = (enum question_kind)reader_word(&r, "kind", words, N_KINDS, QUESTION_TEXT);
	q->scope = q->id && str_starts(q->id, "inputs.") ? SCOPE_INPUT : SCOPE_FUNCTION;
	choices_read(q, &r, node);
	q->open_prefix = reader_text(&r, "open_prefix");
	if (q->open_prefix && q->kind != QUESTION_CHOICES)
		node_complain(node, file, errs, "'open_prefix' is for the kind 'choices'");
	range_read(q, &r, node);
	q->default_text = reader_text(&r, "default");
	q->core = (int)reader_number(&r, "core", 0);
	when = reader_node(&r, "when");
	if (when)
		q->when = cond_read(when, file, errs);
	q->lever = reader_text(&r, "lever");
	lever_when = reader_node(&r, "lever_when");
	if (lever_when)
		q->lever_when = cond_read(lever_when, file, errs);
	if (lever_when && !q->lever)
		node_complain(lever_when, file, errs, "'lever_when' is for a question with 'lever'");
	core_when = reader_node(&r, "core_when");
	if (core_when)
		q->core_when = cond_read(core_when, file, errs);
	if (core_when && !q->core)
		node_complain(core_when, file, errs, "'core_when' is for a question with 'core'");
	reader_end(&r);
}

/* What a condition's leaf may name: a question, or what answers_lookup() adds. */
static void when_check(const struct questions *questions, const struct cond *cond, const char *file,
	struct errs *errs)
{
	const struct question *q;
	const char *ids[256];
	struct node at;
	size_t i;
	char *key;

	if (!cond)
		return;
	for (i = 0; i < cond->n; i++)
		when_check(questions, cond->items[i], file, errs);
	if (cond->kind != COND_LEAF || strcmp(cond->key, "inputs.count") == 0)
		return;
	memset(&at, 0, sizeof at);
	at.line = cond->line;
	at.column = cond->column;
	key = str_starts(cond->key, "inputs.main.") ? xasprintf("inputs.%s", cond->key + 12)
						    : xstrdup(cond->key);
	q = questions_find(questions, key);
	free(key);
	if (!q) {
		for (i = 0; i < questions->n && i < 256; i++)
			ids[i] = questions->items[i].id;
		node_complain(&at, file, errs, "'%s' is no question%s%s%s", cond->key,
			str_nearest(cond->key, ids, i) ? "; did you mean '" : "",
			str_nearest(cond->key, ids, i) ? str_nearest(cond->key, ids, i) : "",
			str_nearest(cond->key, ids, i) ? "'?" : "");
		return;
	}
	for (i = 0; has_choices(q->kind) && !q->open_prefix && i < cond->n_values; i++) {
		size_t word = strcspn(cond->values[i], ":");
		char *choice = xstrndup(cond->values[i], word);
		int place = question_choice(q, choice);

		if (place < 0 || strcmp(q->choices[place].id, choice) != 0)
			node_complain(&at, file, errs, "'%s' is no choice of '%s'", cond->values[i],
				cond->key);
		free(choice);
	}
}

static void index_make(
	struct questions *questions, const struct node *root, const char *file, struct errs *errs)
{
	size_t i, slot;

	for (questions->index_size = 16; questions->index_size < 2 * questions->n;)
		questions->index_size *= 2;
	questions->index = xcalloc(questions->index_size, sizeof *questions->index);
	for (i = 0; i < questions->n; i++) {
		struct question *q = &questions->items[i];

		q->place = q->scope == SCOPE_INPUT ? questions->n_input++ : questions->n_function++;
		slot = slot_of(questions, q->id);
		if (questions->index[slot])
			node_complain(root->items[i], file, errs, "'%s' is asked twice", q->id);
		else
			questions->index[slot] = i + 1;
	}
}

int questions_load(struct questions *questions, const char *dir, struct errs *errs)
{
	size_t before = errs->n, i;
	struct node *root;
	char *path;

	memset(questions, 0, sizeof *questions);
	root = data_read(dir, "questions.yaml", &path, errs);
	if (root && root->kind != NODE_LIST) {
		node_complain(root, path, errs, "a list of questions is expected here");
	} else if (root) {
		questions->n = root->n;
		questions->items = xcalloc(root->n, sizeof *questions->items);
		for (i = 0; i < root->n; i++)
			question_read(&questions->items[i], root->items[i], path, errs);
	}
	/* Only where every question has an id can they be told apart. */
	if (errs->n == before) {
		index_make(questions, root, path, errs);
		for (i = 0; i < questions->n; i++) {
			when_check(questions, questions->items[i].when, path, errs);
			when_check(questions, questions->items[i].core_when, path, errs);
			when_check(questions, questions->items[i].lever_when, path, errs);
		}
	}
	node_free(root);
	free(path);
	if (errs->n == before)
		return 0;
	questions_release(questions);
	return -1;
}

static void choice_release(struct choice *choice)
{
	size_t n = 0;

	while (choice->also && choice->also[n])
		n++;
	texts_free(choice->also, n);
	free(choice->id);
	free(choice->text);
}

void questions_release(struct questions *questions)
{
	size_t i, k;

	for (i = 0; i < questions->n; i++) {
		struct question *q = &questions->items[i];

		for (k = 0; k < q->n_choices; k++)
			choice_release(&q->choices[k]);
		free(q->choices);
		cond_free(q->when);
		cond_free(q->core_when);
		cond_free(q->lever_when);
		free(q->id);
		free(q->text);
		free(q->why);
		free(q->label);
		free(q->how);
		free(q->example);
		free(q->open_prefix);
		free(q->low_text);
		free(q->high_text);
		free(q->default_text);
		free(q->lever);
	}
	free(questions->items);
	free(questions->index);
	memset(questions, 0, sizeof *questions);
}
