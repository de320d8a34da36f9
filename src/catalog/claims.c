#include "catalog/claims.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "catalog/read.h"

static const char *const kind_words[] = {"timing", "allocation", "symbols", "calls", "reference",
	"person"};
static const char *const verdict_words[] = {"holds", "holds-in-part", "does-not-hold",
	"not-told-apart", "ask-a-person", "not-measured"};

const char *claim_kind_word(enum claim_kind kind)
{
	return kind_words[kind];
}

const char *claim_verdict_word(enum claim_verdict v)
{
	return verdict_words[v];
}

/* Bounds are numbers in base units, ns for times: the file says so in its head. */
static void read_test(struct claim_test *t, const struct node *node, const char *file,
	struct errs *errs)
{
	struct reader r;
	char *has, *lacks;

	reader_begin(&r, node, file, errs);
	t->a = reader_need(&r, "a");
	t->b = reader_text(&r, "b");
	t->a_less = reader_text(&r, "a_less");
	t->b_less = reader_text(&r, "b_less");
	t->per = reader_number(&r, "per", 1);
	t->low = reader_number(&r, "at_least", 0);
	t->high = reader_number(&r, "at_most", INFINITY);
	has = reader_text(&r, "has");
	lacks = reader_text(&r, "lacks");
	t->where = reader_text(&r, "where");
	t->name = has ? has : lacks;
	t->absent = !has && lacks;
	if (has && lacks) {
		free(lacks);
		node_complain(node, file, errs, "'has' and 'lacks' are two tests");
	}
	t->kind = t->name ? TEST_NAMES : t->b ? TEST_RATIO : TEST_VALUE;
	if (r.map && t->kind != TEST_NAMES && t->low == 0 && isinf(t->high))
		node_complain(node, file, errs, "a test needs 'at_least', 'at_most', 'has' or 'lacks'");
	if (r.map && !(t->per > 0))
		node_complain(node, file, errs, "'per' has to be above 0");
	reader_end(&r);
}

static void read_claim(struct claim *c, const struct node *node, const char *file,
	struct errs *errs)
{
	const struct node *tests;
	struct reader r;
	size_t i;

	reader_begin(&r, node, file, errs);
	c->id = reader_need(&r, "id");
	c->seed = reader_need(&r, "seed");
	c->claim = reader_need(&r, "claim");
	c->kind = (enum claim_kind)reader_word(&r, "kind", kind_words, 6, CLAIM_REFERENCE);
	c->nuance = reader_text(&r, "nuance");
	c->source = reader_need(&r, "source");
	c->question = reader_text(&r, "question");
	c->verdict = reader_word(&r, "verdict", verdict_words, 3, -1);
	tests = reader_node(&r, "tests");
	if (tests && tests->kind != NODE_LIST) {
		node_complain(tests, file, errs, "'tests' has to be a list");
		tests = NULL;
	}
	if (tests)
		c->tests = xcalloc(tests->n + 1, sizeof *c->tests);
	for (i = 0; tests && i < tests->n; i++)
		read_test(&c->tests[c->n_tests++], tests->items[i], file, errs);
	if (r.map && c->kind < CLAIM_REFERENCE && !c->n_tests)
		node_complain(node, file, errs, "a claim of this kind needs 'tests'");
	if (r.map && c->kind == CLAIM_REFERENCE && c->verdict < 0)
		node_complain(node, file, errs, "a claim judged by reference needs its 'verdict'");
	if (r.map && c->kind == CLAIM_PERSON && !c->question)
		node_complain(node, file, errs, "a claim for a person needs its 'question'");
	reader_end(&r);
}

int claims_load(struct claims *claims, const char *dir, struct errs *errs)
{
	size_t before = errs->n, i;
	const struct node *list;
	struct node *root;
	char *path;

	memset(claims, 0, sizeof *claims);
	root = data_read(dir, "claims.yaml", &path, errs);
	list = data_list(root, "claims", path, errs);
	if (list)
		claims->items = xcalloc(list->n + 1, sizeof *claims->items);
	for (i = 0; list && i < list->n; i++)
		read_claim(&claims->items[claims->n++], list->items[i], path, errs);
	node_free(root);
	free(path);
	if (errs->n == before)
		return 0;
	claims_release(claims);
	return -1;
}

void claims_release(struct claims *claims)
{
	size_t i, k;

	for (i = 0; i < claims->n; i++) {
		struct claim *c = &claims->items[i];

		for (k = 0; k < c->n_tests; k++) {
			free(c->tests[k].a);
			free(c->tests[k].b);
			free(c->tests[k].a_less);
			free(c->tests[k].b_less);
			free(c->tests[k].name);
			free(c->tests[k].where);
		}
		free(c->tests);
		free(c->id);
		free(c->seed);
		free(c->claim);
		free(c->nuance);
		free(c->source);
		free(c->question);
	}
	free(claims->items);
	memset(claims, 0, sizeof *claims);
}

const struct claim *claims_find(const struct claims *claims, const char *id)
{
	size_t i;

	for (i = 0; i < claims->n; i++) {
		if (strcmp(claims->items[i].id, id) == 0)
			return &claims->items[i];
	}
	return NULL;
}
