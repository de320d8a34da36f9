#include "survey/pytype.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

enum { DEPTH_MAX = 8, ITEMS_MAX = 8, TEXT_MAX = 512 };

/* In the order of enum pytype_kind: its word and how many types it holds. */
static const struct {
	const char *word;
	int least, most; /* in its brackets; most 0: it has none */
	const char *form;
} kinds[] = {
	{"int", 0, 0, "int"},
	{"float", 0, 0, "float"},
	{"bool", 0, 0, "bool"},
	{"none", 0, 0, "none"},
	{"str", 0, 0, "str"},
	{"bytes", 0, 0, "bytes"},
	{"tuple", 1, ITEMS_MAX, "tuple[int, float] or tuple[int, ...]"},
	{"list", 1, 1, "list[float]"},
	{"dict", 2, 2, "dict[str, int]"},
	{"set", 1, 1, "set[str]"},
	{"object", 0, 0, "object"},
	{"native", 0, 0, "native"},
	{"buffer", 1, 1, "buffer[f64]"},
	{"dataframe", 0, 0, "dataframe"},
	{"callable", 0, 0, "callable"},
	{"any", 0, 0, "any"},
};

enum { N_KINDS = sizeof kinds / sizeof *kinds };

static const char *const elements[] = {
	"f64",
	"f32",
	"f16",
	"i64",
	"i32",
	"i16",
	"i8",
	"u64",
	"u32",
	"u16",
	"u8",
	"c128",
	"c64",
	"bool",
};

enum { N_ELEMENTS = sizeof elements / sizeof *elements };

/* What people call a type elsewhere, in lower case. */
struct alias {
	const char *theirs, *ours;
};

static const struct alias other_names[] = {
	{"string", "str"},
	{"text", "str"},
	{"unicode", "str"},
	{"integer", "int"},
	{"double", "float"},
	{"boolean", "bool"},
	{"null", "none"},
	{"array", "buffer[f64]"},
	{"array.array", "buffer[f64]"},
	{"ndarray", "buffer[f64]"},
	{"np.ndarray", "buffer[f64]"},
	{"numpy.ndarray", "buffer[f64]"},
	{"numpy", "buffer[f64]"},
	{"memoryview", "buffer[u8]"},
	{"bytearray", "bytes"},
	{"frozenset", "set"},
	{"mapping", "dict"},
	{"defaultdict", "dict"},
	{"counter", "dict"},
	{"sequence", "list"},
	{"iterable", "list"},
	{"deque", "list"},
	{"function", "callable"},
	{"class", "object"},
	{"pd.dataframe", "dataframe"},
	{"complex", "any"},
};
static const struct alias other_elements[] = {
	{"float64", "f64"},
	{"float32", "f32"},
	{"float16", "f16"},
	{"float", "f64"},
	{"double", "f64"},
	{"int64", "i64"},
	{"int32", "i32"},
	{"int16", "i16"},
	{"int8", "i8"},
	{"int", "i64"},
	{"uint64", "u64"},
	{"uint32", "u32"},
	{"uint16", "u16"},
	{"uint8", "u8"},
	{"byte", "u8"},
	{"bytes", "u8"},
	{"complex128", "c128"},
	{"complex64", "c64"},
	{"complex", "c128"},
};

/* What Python calls a type where its name says the same as ours. */
static const struct alias python_names[] = {
	{"List", "list"},
	{"Sequence", "list"},
	{"Dict", "dict"},
	{"Mapping", "dict"},
	{"Set", "set"},
	{"FrozenSet", "set"},
	{"frozenset", "set"},
	{"Tuple", "tuple"},
	{"None", "none"},
	{"NoneType", "none"},
	{"Any", "any"},
	{"Callable", "callable"},
};

/* The text being read, and where in it. */
struct cursor {
	const char *s;
	const char *whole;
	struct err *err;
};

static int fail(struct cursor *c, const char *what)
{
	err_set(c->err, ERR_INVALID, "'%s' is no type: %s", c->whole, what);
	return -1;
}

static void skip_spaces(struct cursor *c)
{
	while (*c->s == ' ')
		c->s++;
}

/* Takes the word at the cursor: letters, digits, dots, underscores. */
static void take_word(struct cursor *c, char *word, size_t size)
{
	size_t n = 0;

	skip_spaces(c);
	while (isalnum((unsigned char)*c->s) || *c->s == '_' || (n && *c->s == '.')) {
		if (n + 1 < size)
			word[n++] = *c->s;
		c->s++;
	}
	word[n] = '\0';
}

static void lower(char *word)
{
	for (; *word; word++)
		*word = (char)tolower((unsigned char)*word);
}

/* What we call the word, by one of the tables; NULL when it is not there. */
static const char *ours_of(const struct alias *aliases, size_t n, const char *folded)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (strcmp(aliases[i].theirs, folded) == 0)
			return aliases[i].ours;
	}
	return NULL;
}

/* Tells that word names no type, with the nearest that does. */
static int no_kind(struct cursor *c, const char *word)
{
	const char *words[N_KINDS], *near;
	char folded[64];
	size_t i;

	strcpy(folded, word);
	lower(folded);
	near = ours_of(other_names, sizeof other_names / sizeof *other_names, folded);
	for (i = 0; i < N_KINDS; i++)
		words[i] = kinds[i].word;
	if (!near)
		near = str_nearest(folded, words, N_KINDS);
	for (i = 0; i < N_ELEMENTS && !near; i++) {
		if (strcmp(elements[i], folded) == 0)
			near = "int' or 'float";
	}
	err_set(c->err, ERR_INVALID,
		"'%s' is no type%s%s%s; allowed are int float bool none str bytes tuple[..] "
		"list[T] "
		"dict[K, V] set[T] object native buffer[f64] dataframe callable any",
		c->whole, strcmp(word, c->whole) ? ": '" : "", strcmp(word, c->whole) ? word : "",
		strcmp(word, c->whole) ? "' is none" : "");
	if (near)
		err_hint(c->err, "did you mean '%s'?", near);
	return -1;
}

static int no_element(struct cursor *c, const char *word)
{
	const char *near;
	char folded[64];

	strcpy(folded, word);
	lower(folded);
	near = ours_of(other_elements, sizeof other_elements / sizeof *other_elements, folded);
	if (!near)
		near = str_nearest(folded, elements, N_ELEMENTS);
	err_set(c->err, ERR_INVALID,
		"'%s' is no type: the items of a buffer are f64 f32 f16 i64 i32 i16 i8 u64 u32 u16 "
		"u8 c128 c64 or bool, not '%s'",
		c->whole, word);
	if (near)
		err_hint(c->err, "did you mean '%s'?", near);
	return -1;
}

static int read_element(struct cursor *c, struct pytype *type)
{
	char word[64];
	size_t i;

	take_word(c, word, sizeof word);
	for (i = 0; i < N_ELEMENTS; i++) {
		if (strcmp(elements[i], word) == 0) {
			strcpy(type->element, word);
			return 0;
		}
	}
	return no_element(c, word);
}

static struct pytype *read_type(struct cursor *c, int depth);

/* The types in brackets; the cursor stands after the opening one. */
static int read_items(struct cursor *c, struct pytype *type, int depth)
{
	for (;;) {
		skip_spaces(c);
		if (type->kind == PYTYPE_TUPLE && type->n && str_starts(c->s, "...")) {
			if (type->n != 1)
				return fail(
					c, "'...' follows a single type, as in tuple[int, ...]");
			c->s += 3;
			type->ellipsis = 1;
		} else if (type->kind == PYTYPE_BUFFER && type->element[0]) {
			return fail(c, "a buffer holds items of one kind");
		} else if (type->kind == PYTYPE_BUFFER) {
			if (read_element(c, type) < 0)
				return -1;
		} else if (type->n == ITEMS_MAX) {
			return fail(c, "a tuple of more than 8 types; write tuple[T, ...]");
		} else {
			type->items[type->n] = read_type(c, depth + 1);
			if (!type->items[type->n])
				return -1;
			type->n++;
		}
		skip_spaces(c);
		if (*c->s == ']')
			break;
		if (*c->s != ',')
			return fail(c, *c->s ? "',' or ']' is expected after a type in brackets"
					     : "']' is missing");
		if (type->ellipsis)
			return fail(c, "nothing follows '...'");
		c->s++;
	}
	c->s++;
	return 0;
}

static int check_count(struct cursor *c, const struct pytype *type)
{
	int n = (int)type->n;
	char text[128];

	if (type->kind == PYTYPE_BUFFER ||
		(n >= kinds[type->kind].least && n <= kinds[type->kind].most))
		return 0;
	snprintf(text, sizeof text, "%s holds %s, as in %s", kinds[type->kind].word,
		kinds[type->kind].most == 2 ? "two types" : "one type", kinds[type->kind].form);
	return fail(c, text);
}

/* A bare list, dict, set or tuple says nothing of its items: any. */
static int fill_any(struct cursor *c, struct pytype *type)
{
	if (type->kind == PYTYPE_BUFFER)
		return fail(c, "it has to say of what, as in buffer[f64]");
	for (type->n = 0; (int)type->n < kinds[type->kind].least; type->n++) {
		type->items[type->n] = xcalloc(1, sizeof *type);
		type->items[type->n]->kind = PYTYPE_ANY;
	}
	type->ellipsis = type->kind == PYTYPE_TUPLE;
	return 0;
}

/* "[[int], str]" after Callable: what it takes and returns says nothing here. */
static int skip_brackets(struct cursor *c)
{
	int depth = 0;

	do {
		if (!*c->s)
			return fail(c, "']' is missing");
		depth += (*c->s == '[') - (*c->s == ']');
		c->s++;
	} while (depth);
	return 0;
}

/* Of the two that it may be the one that stands for both: none goes without saying, a float takes
 * ints; else any. Both are used up. */
static struct pytype *either(struct pytype *a, struct pytype *b)
{
	struct pytype *kept = a, *gone = b;

	if (!a)
		return b;
	if (a->kind == PYTYPE_NONE || (a->kind == PYTYPE_INT && b->kind == PYTYPE_FLOAT)) {
		kept = b;
		gone = a;
	} else if (!pytype_same(a, b) && b->kind != PYTYPE_NONE &&
		!(a->kind == PYTYPE_FLOAT && b->kind == PYTYPE_INT)) {
		pytype_free(a);
		kept = xcalloc(1, sizeof *kept);
		kept->kind = PYTYPE_ANY;
	}
	pytype_free(gone);
	return kept;
}

/* Optional[X] and Union[X, Y ...]: the cursor stands after the word. */
static struct pytype *read_union(struct cursor *c, int depth)
{
	struct pytype *type = NULL, *next;

	skip_spaces(c);
	if (*c->s != '[') {
		fail(c, "it has to say of what, as in Optional[str]");
		return NULL;
	}
	do {
		c->s++;
		next = read_type(c, depth + 1);
		if (!next)
			break;
		type = either(type, next);
		skip_spaces(c);
	} while (*c->s == ',');
	if (next && *c->s == ']') {
		c->s++;
		return type;
	}
	if (next)
		fail(c, *c->s ? "',' or ']' is expected after a type in brackets" :
			"']' is missing");
	pytype_free(type);
	return NULL;
}

static struct pytype *read_single(struct cursor *c, int depth)
{
	struct pytype *type;
	char taken[64], text[96];
	const char *word = taken, *ours;
	size_t i;
	int bad;

	if (depth > DEPTH_MAX) {
		fail(c, "more than 8 types within each other");
		return NULL;
	}
	take_word(c, taken, sizeof taken);
	if (str_starts(word, "typing."))
		word += strlen("typing.");
	if (strcmp(word, "Optional") == 0 || strcmp(word, "Union") == 0)
		return read_union(c, depth);
	ours = ours_of(python_names, sizeof python_names / sizeof *python_names, word);
	word = ours ? ours : word;
	for (i = 0; i < N_KINDS && strcmp(kinds[i].word, word) != 0;)
		i++;
	if (!word[0]) {
		fail(c, *c->s ? "a name such as int or list is expected here"
			      : "it ends too early");
		return NULL;
	}
	if (i == N_KINDS) {
		no_kind(c, word);
		return NULL;
	}
	type = xcalloc(1, sizeof *type);
	type->kind = (enum pytype_kind)i;
	skip_spaces(c);
	if (*c->s == '[' && i == PYTYPE_CALLABLE) {
		bad = skip_brackets(c);
	} else if (*c->s == '[' && !kinds[i].most) {
		snprintf(text, sizeof text, "%s takes no brackets", kinds[i].word);
		bad = fail(c, text);
	} else if (*c->s == '[') {
		c->s++;
		bad = read_items(c, type, depth) < 0 || check_count(c, type) < 0;
	} else {
		bad = kinds[i].most && fill_any(c, type) < 0;
	}
	if (!bad)
		return type;
	pytype_free(type);
	return NULL;
}

/* "int | None": one of them, or what stands for both. */
static struct pytype *read_type(struct cursor *c, int depth)
{
	struct pytype *type = read_single(c, depth), *next;

	skip_spaces(c);
	while (type && *c->s == '|') {
		c->s++;
		next = read_single(c, depth);
		if (!next)
			pytype_free(type);
		type = next ? either(type, next) : NULL;
		skip_spaces(c);
	}
	return type;
}

struct pytype *pytype_read(const char *text, struct err *err)
{
	struct cursor c = {text, text, err};
	struct pytype *type;

	if (strlen(text) > TEXT_MAX) {
		err_set(err, ERR_INVALID, "a type of more than 512 characters");
		err_hint(err, "write 'any' for what does not matter");
		return NULL;
	}
	type = read_type(&c, 1);
	skip_spaces(&c);
	if (type && *c.s) {
		pytype_free(type);
		fail(&c, *c.s == ']' ? "one ']' too many" : "nothing can follow a type");
		return NULL;
	}
	return type;
}

void pytype_free(struct pytype *type)
{
	size_t i;

	if (!type)
		return;
	for (i = 0; i < type->n; i++)
		pytype_free(type->items[i]);
	free(type);
}

struct pytype *pytype_copy(const struct pytype *type)
{
	struct pytype *copy;
	size_t i;

	if (!type)
		return NULL;
	copy = xmalloc(sizeof *copy);
	*copy = *type;
	for (i = 0; i < type->n; i++)
		copy->items[i] = pytype_copy(type->items[i]);
	return copy;
}

const char *pytype_word(enum pytype_kind kind)
{
	return kinds[kind].word;
}

void pytype_write(const struct pytype *type, struct str *out)
{
	size_t i;

	str_add(out, kinds[type->kind].word);
	if (!kinds[type->kind].most)
		return;
	str_addc(out, '[');
	str_add(out, type->element);
	for (i = 0; i < type->n; i++) {
		if (i)
			str_add(out, ", ");
		pytype_write(type->items[i], out);
	}
	str_add(out, type->ellipsis ? ", ...]" : "]");
}

int pytype_same(const struct pytype *a, const struct pytype *b)
{
	size_t i;

	if (!a || !b)
		return a == b;
	if (a->kind != b->kind || a->n != b->n || a->ellipsis != b->ellipsis ||
		strcmp(a->element, b->element) != 0)
		return 0;
	for (i = 0; i < a->n; i++) {
		if (!pytype_same(a->items[i], b->items[i]))
			return 0;
	}
	return 1;
}
