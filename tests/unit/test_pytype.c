#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "survey/pytype.h"

static struct pytype *read_type(const char *text)
{
	struct err err;
	struct pytype *type = pytype_read(text, &err);

	if (!type)
		fail_msg("'%s': %s", text, err.text);
	return type;
}

static void every_type_comes_back_as_written(void **state)
{
	static const struct {
		const char *text, *written;
	} cases[] = {
		{"int", "int"},
		{"float", "float"},
		{"bool", "bool"},
		{"none", "none"},
		{"str", "str"},
		{"bytes", "bytes"},
		{"object", "object"},
		{"native", "native"},
		{"dataframe", "dataframe"},
		{"callable", "callable"},
		{"any", "any"},
		{"list[float]", "list[float]"},
		{"set[str]", "set[str]"},
		{"dict[str,int]", "dict[str, int]"},
		{" dict [ str , list[int] ] ", "dict[str, list[int]]"},
		{"tuple[int, float]", "tuple[int, float]"},
		{"tuple[int,...]", "tuple[int, ...]"},
		{"tuple[int]", "tuple[int]"},
		{"buffer[f64]", "buffer[f64]"},
		{"buffer[bool]", "buffer[bool]"},
		{"buffer[c128]", "buffer[c128]"},
		{"list[buffer[u8]]", "list[buffer[u8]]"},
		{"List[int]", "list[int]"},
		{"Dict[str, Any]", "dict[str, any]"},
		{"typing.Sequence[float]", "list[float]"},
		{"Tuple[int, ...]", "tuple[int, ...]"},
		{"Mapping", "dict[any, any]"},
		{"FrozenSet[str]", "set[str]"},
		{"None", "none"},
		{"Callable[[int, str], bool]", "callable"},
		{"Optional[str]", "str"},
		{"Optional[List[float]]", "list[float]"},
		{"Union[int, None]", "int"},
		{"Union[None, int, float]", "float"},
		{"Union[str, bytes, str]", "any"},
		{"int | None", "int"},
		{"None | None", "none"},
		{"float | int", "float"},
		{"int|str", "any"},
		{"list[dict[str, str | float]]", "list[dict[str, any]]"},
		{"dict[str, list[int] | None]", "dict[str, list[int]]"},
		{"list", "list[any]"},
		{"dict", "dict[any, any]"},
		{"set", "set[any]"},
		{"tuple", "tuple[any, ...]"},
	};
	struct str out;
	size_t i;

	(void)state;
	str_init(&out);
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct pytype *type = read_type(cases[i].text), *again;

		str_clear(&out);
		pytype_write(type, &out);
		assert_string_equal(str_text(&out), cases[i].written);
		again = read_type(str_text(&out));
		assert_true(pytype_same(type, again));
		pytype_free(type);
		pytype_free(again);
	}
	str_release(&out);
}

static void the_tree_is_as_it_should(void **state)
{
	struct pytype *type = read_type("dict[str, list[buffer[f32]]]");

	(void)state;
	assert_int_equal(type->kind, PYTYPE_DICT);
	assert_int_equal(type->n, 2);
	assert_int_equal(type->items[0]->kind, PYTYPE_STR);
	assert_int_equal(type->items[1]->kind, PYTYPE_LIST);
	assert_int_equal(type->items[1]->items[0]->kind, PYTYPE_BUFFER);
	assert_string_equal(type->items[1]->items[0]->element, "f32");
	pytype_free(type);
}

static void copies_are_their_own(void **state)
{
	struct pytype *type = read_type("tuple[list[str], ...]"), *copy;

	(void)state;
	copy = pytype_copy(type);
	assert_true(pytype_same(type, copy));
	pytype_free(type);
	assert_int_equal(copy->items[0]->kind, PYTYPE_LIST);
	pytype_free(copy);
	assert_null(pytype_copy(NULL));
	pytype_free(NULL);
}

static void different_types_differ(void **state)
{
	static const char *const texts[] = {"int", "list[int]", "list[float]", "set[int]",
		"tuple[int]", "tuple[int, ...]", "tuple[int, int]", "buffer[f64]", "buffer[f32]",
		"dict[str, int]", "dict[int, str]"};
	struct pytype *types[11];
	size_t i, k;

	(void)state;
	for (i = 0; i < 11; i++)
		types[i] = read_type(texts[i]);
	for (i = 0; i < 11; i++) {
		for (k = 0; k < 11; k++)
			assert_int_equal(pytype_same(types[i], types[k]), i == k);
	}
	for (i = 0; i < 11; i++)
		pytype_free(types[i]);
}

static void what_is_no_type_is_told(void **state)
{
	static const struct {
		const char *text, *words, *hint;
	} cases[] = {
		{"matrix", "'matrix' is no type; allowed are int float", ""},
		{"flaot", "is no type", "did you mean 'float'?"},
		{"Float", "is no type", "did you mean 'float'?"},
		{"string", "is no type", "did you mean 'str'?"},
		{"np.ndarray", "is no type", "did you mean 'buffer[f64]'?"},
		{"f64", "is no type", "did you mean 'int' or 'float'?"},
		{"list[flaot]", "'flaot' is none", "did you mean 'float'?"},
		{"", "it ends too early", ""},
		{"list[", "it ends too early", ""},
		{"list[]", "a name such as int or list is expected", ""},
		{"list[int", "']' is missing", ""},
		{"list[int]]", "one ']' too many", ""},
		{"list[int] x", "nothing can follow", ""},
		{"int |", "it ends too early", ""},
		{"int | flaot", "'flaot' is none", "did you mean 'float'?"},
		{"Optional", "it has to say of what", ""},
		{"Union[int", "']' is missing", ""},
		{"Union[int str]", "',' or ']' is expected", ""},
		{"Union[]", "a name such as int", ""},
		{"Callable[[int], str", "']' is missing", ""},
		{"Optional[Optional[Optional[Optional[Optional[Optional[Optional[Optional[int]]]]]]]]",
			"more than 8 types within", ""},
		{"list[int, str]", "list holds one type", ""},
		{"dict[str]", "dict holds two types", ""},
		{"int[3]", "int takes no brackets", ""},
		{"buffer", "it has to say of what", ""},
		{"buffer[float64]", "not 'float64'", "did you mean 'f64'?"},
		{"buffer[f65]", "not 'f65'", "did you mean 'f64'?"},
		{"buffer[f64, f32]", "items of one kind", ""},
		{"tuple[...]", "a name such as int", ""},
		{"tuple[int, str, ...]", "follows a single type", ""},
		{"tuple[int, ..., str]", "nothing follows '...'", ""},
		{"tuple[int,int,int,int,int,int,int,int,int]", "more than 8 types", ""},
		{"list[list[list[list[list[list[list[list[int]]]]]]]]", "more than 8 types within",
			""},
		{"list(int)", "nothing can follow", ""},
		{"list[int str]", "',' or ']' is expected", ""},
	};
	struct err err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct pytype *type = pytype_read(cases[i].text, &err);

		if (type)
			fail_msg("'%s' is read", cases[i].text);
		assert_int_equal(err.code, ERR_INVALID);
		if (!strstr(err.text, cases[i].words) || !strstr(err.hint, cases[i].hint))
			fail_msg("'%s': %s (%s)", cases[i].text, err.text, err.hint);
	}
}

static void eight_levels_are_allowed(void **state)
{
	(void)state;
	pytype_free(read_type("list[list[list[list[list[list[list[int]]]]]]]"));
}

static void an_endless_text_is_refused(void **state)
{
	char *text = malloc(100001);
	struct err err;

	(void)state;
	memset(text, '[', 100000);
	text[100000] = '\0';
	assert_null(pytype_read(text, &err));
	assert_non_null(strstr(err.text, "more than 512 characters"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_comes_back_as_written),
		cmocka_unit_test(the_tree_is_as_it_should),
		cmocka_unit_test(copies_are_their_own),
		cmocka_unit_test(different_types_differ),
		cmocka_unit_test(what_is_no_type_is_told),
		cmocka_unit_test(eight_levels_are_allowed),
		cmocka_unit_test(an_endless_text_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
