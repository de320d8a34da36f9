#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/yamlio.h"

static struct node *read_limited(
	const char *text, size_t n, const struct yaml_limits *limits, struct errs *errs)
{
	FILE *in = fmemopen((void *)(uintptr_t)text, n, "r");
	struct node *node;

	memset(errs, 0, sizeof *errs);
	assert_non_null(in);
	node = yaml_read(in, "f.yaml", limits, errs);
	fclose(in);
	return node;
}

static struct node *read_text(const char *text)
{
	struct errs errs;
	struct node *node = read_limited(text, strlen(text), &yaml_limits_default, &errs);

	assert_non_null(node);
	assert_int_equal(errs.n, 0);
	return node;
}

/* The text is refused once, at that place and with those words. */
static void refused(const char *text, size_t n, const struct yaml_limits *limits, int line,
	int column, const char *words)
{
	struct errs errs;
	struct node *node = read_limited(text, n, limits, &errs);

	assert_null(node);
	assert_int_equal(errs.n, 1);
	assert_int_equal(errs.items[0].code, ERR_INVALID);
	assert_string_equal(errs.items[0].file, "f.yaml");
	if (!strstr(errs.items[0].text, words))
		fail_msg("'%s' does not say '%s'", errs.items[0].text, words);
	assert_int_equal(errs.items[0].line, line);
	assert_int_equal(errs.items[0].column, column);
	errs_release(&errs);
}

static void refuse(const char *text, int line, int column, const char *words)
{
	refused(text, strlen(text), &yaml_limits_default, line, column, words);
}

static void a_tree_knows_its_places(void **state)
{
	struct node *root = read_text("a: 1\nb:\n  - x\n  - {c: 'y'}\n");
	const struct node *b = node_get(root, "b");

	(void)state;
	assert_int_equal(root->kind, NODE_MAP);
	assert_int_equal(root->n, 2);
	assert_string_equal(node_get(root, "a")->text, "1");
	assert_int_equal(node_get(root, "a")->column, 4);
	assert_int_equal(b->kind, NODE_LIST);
	assert_false(b->flow);
	assert_int_equal(b->key_line, 2);
	assert_int_equal(b->key_column, 1);
	assert_int_equal(b->line, 3);
	assert_int_equal(b->items[0]->column, 5);
	assert_true(b->items[1]->flow);
	assert_string_equal(node_get(b->items[1], "c")->text, "y");
	assert_true(node_get(b->items[1], "c")->quoted);
	assert_int_equal(node_get(b->items[1], "c")->line, 4);
	assert_null(node_get(root, "c"));
	assert_null(node_get(b, "c"));
	node_free(root);
}

static void scalars_stay_text(void **state)
{
	struct node *root = read_text("- 0x10\n- yes\n- ~\n- ''\n-\n- null\n- 'null'\n");
	static const char *const texts[] = {"0x10", "yes", "~", "", "", "null", "null"};
	static const int nulls[] = {0, 0, 1, 0, 1, 1, 0};
	size_t i;

	(void)state;
	assert_int_equal(root->n, 7);
	for (i = 0; i < 7; i++) {
		assert_string_equal(root->items[i]->text, texts[i]);
		assert_int_equal(node_is_null(root->items[i]), nulls[i]);
	}
	node_free(root);
}

static void nothing_is_an_empty_map(void **state)
{
	static const char *const nothings[] = {
		"\n", "# only a comment\n", "---\n", "~\n", "--- null\n...\n"};
	size_t i;

	(void)state;
	for (i = 0; i < 5; i++) {
		struct node *root = read_text(nothings[i]);

		assert_int_equal(root->kind, NODE_MAP);
		assert_int_equal(root->n, 0);
		node_free(root);
	}
}

static void bytes_leave_out_what_follows(void **state)
{
	struct node *root =
		read_text("a:\n  b: 12345\n# a comment that belongs to nobody\n\nc: [1, 2]\n");

	(void)state;
	assert_int_equal(node_get(root, "a")->bytes, strlen("b: 12345"));
	assert_int_equal(node_get(root, "c")->bytes, strlen("[1, 2]"));
	assert_int_equal(root->bytes,
		strlen("a:\n  b: 12345\n# a comment that belongs to nobody\n\nc: [1, 2]"));
	node_free(root);
}

static void refuses_what_is_more_than_data(void **state)
{
	(void)state;
	refuse("a: &x 1\n", 1, 4, "anchor (&)");
	refuse("a: &x [1]\n", 1, 4, "anchor (&)");
	refuse("a: *x\n", 1, 4, "alias (*)");
	refuse("*x : 1\n", 1, 1, "alias (*)");
	refuse("a: !!str 1\n", 1, 4, "tag (!)");
	refuse("a: !x {}\n", 1, 4, "tag (!)");
	refuse("<<: {a: 1}\n", 1, 1, "merge key (<<)");
	refuse("[a]: 1\n", 1, 1, "a key has to be a plain word");
	refuse("a: 1\n---\nb: 2\n", 2, 1, "second document");
	refuse("a: \"\\0\"\n", 1, 4, "NUL");
	refuse("\"a\\0\": 1\n", 1, 1, "NUL");
}

static void refuses_bytes_that_are_no_text(void **state)
{
	(void)state;
	refuse("a: 1\nb: x\xff\n", 2, 5, "not readable as text");
	refuse("a: 1\nb: \033[1m\n", 2, 4, "control characters");
	refused("a: 1\nb: \0\n", 10, &yaml_limits_default, 2, 4, "control characters");
	/* Columns count characters, not bytes. */
	refuse("a: \xc3\xa9\xc3\xa9\x01\n", 1, 6, "control characters");
}

static void explains_what_is_no_yaml(void **state)
{
	struct errs errs;
	static const struct {
		const char *text, *hint;
	} cases[] = {
		{"a:\n\tb: 1\n", "tabs"},
		{"a: [1, 2\n", "quoted"},
		{"a: {t: list[int]}\n", "\"dict[str, int]\""},
		{"a: 'b\n", "not closed"},
		{"a: @b\n", "quoted"},
		{"a: b: c\n", "quoted"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_null(read_limited(
			cases[i].text, strlen(cases[i].text), &yaml_limits_default, &errs));
		assert_int_equal(errs.n, 1);
		if (!strstr(errs.items[0].hint, cases[i].hint))
			fail_msg("'%s': '%s'", cases[i].text, errs.items[0].hint);
		assert_true(errs.items[0].line > 0);
		errs_release(&errs);
	}
}

static void tells_every_duplicate_key(void **state)
{
	static const char text[] = "a: 1\nb: 2\na: 3\nc: {d: 1, d: 2}\na: 4\n";
	struct errs errs;

	(void)state;
	assert_null(read_limited(text, strlen(text), &yaml_limits_default, &errs));
	assert_int_equal(errs.n, 3);
	assert_non_null(strstr(errs.items[0].text, "'d' is given twice, first on line 4"));
	assert_non_null(strstr(errs.items[1].text, "'a' is given twice, first on line 1"));
	assert_int_equal(errs.items[1].line, 3);
	assert_int_equal(errs.items[2].line, 5);
	errs_release(&errs);
}

static void keeps_to_its_limits(void **state)
{
	static const struct yaml_limits few_bytes = {10, 16, 100}, flat = {1000, 2, 100},
					few_nodes = {1000, 16, 4};
	struct errs errs;
	struct node *root;

	(void)state;
	refused("a: 1\nb: 22\n", 11, &few_bytes, 2, 6, "longer than 10 bytes");
	root = read_limited("a: 1\nb: 2\n", 10, &few_bytes, &errs);
	assert_non_null(root);
	node_free(root);
	refused("a: [1]\n", 7, &flat, 1, 5, "nested deeper than 2 levels");
	root = read_limited("a: 1\n", 5, &flat, &errs);
	assert_non_null(root);
	node_free(root);
	refused("[1, 2, 3, 4]\n", 13, &few_nodes, 1, 11, "more than 4 values");
}

static void brackets_without_end_are_no_trouble(void **state)
{
	enum { N = 200000 };
	char *text = malloc(N);

	(void)state;
	memset(text, '[', N);
	refused(text, N, &yaml_limits_default, 1, 17, "nested deeper than 16 levels");
	free(text);
}

static void a_file_that_is_none(void **state)
{
	struct errs errs = {NULL, 0, 0};

	(void)state;
	assert_null(yaml_read_file("/nowhere/at/all.yaml", &yaml_limits_default, &errs));
	assert_null(yaml_read_file("/", &yaml_limits_default, &errs));
	assert_int_equal(errs.n, 2);
	assert_non_null(strstr(errs.items[0].text, "cannot open '/nowhere/at/all.yaml'"));
	assert_non_null(strstr(errs.items[1].text, "folder"));
	errs_release(&errs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tree_knows_its_places),
		cmocka_unit_test(scalars_stay_text),
		cmocka_unit_test(nothing_is_an_empty_map),
		cmocka_unit_test(bytes_leave_out_what_follows),
		cmocka_unit_test(refuses_what_is_more_than_data),
		cmocka_unit_test(refuses_bytes_that_are_no_text),
		cmocka_unit_test(explains_what_is_no_yaml),
		cmocka_unit_test(tells_every_duplicate_key),
		cmocka_unit_test(keeps_to_its_limits),
		cmocka_unit_test(brackets_without_end_are_no_trouble),
		cmocka_unit_test(a_file_that_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
