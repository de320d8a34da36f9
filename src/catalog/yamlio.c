#include "catalog/yamlio.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yaml.h>

#include "base/arena.h"
#include "base/mem.h"

/* Four million nodes take about half a gigabyte; 10,000 full functions have 600,000. */
const struct yaml_limits yaml_limits_default = {64u * 1024 * 1024, 16, 4000000};

/* Complaints of one file that are kept; the rest would only cost memory. */
enum { COMPLAINTS_MAX = 10000 };

/* What is being read: the parser, the limits, and where complaints go. */
struct reading {
	yaml_parser_t parser;
	const char *name;
	const struct yaml_limits *limits;
	struct errs *errs;
	struct arena *arena; /* of the tree's */
	char *source; /* the whole file: libyaml tells no place for a bad byte */
	size_t length;
	size_t nodes;
	size_t end; /* where the last thing that was read ends */
	int failed;
};

static int complain_at(struct reading *r, int line, int column, const char *text, const char *hint)
{
	struct err *err = errs_add(r->errs);

	r->failed = 1;
	err_set(err, ERR_INVALID, "%s", text);
	err_at(err, r->name, line, column);
	if (hint)
		err_hint(err, "%s", hint);
	return -1;
}

static int complain(struct reading *r, yaml_mark_t mark, const char *text, const char *hint)
{
	return complain_at(r, (int)mark.line + 1, (int)mark.column + 1, text, hint);
}

/* The line and column of a byte of the source, counted as libyaml counts. */
static void place_of(const struct reading *r, size_t offset, int *line, int *column)
{
	size_t i;

	*line = *column = 1;
	for (i = 0; i < offset && i < r->length; i++) {
		if (r->source[i] == '\n') {
			++*line;
			*column = 1;
		} else if (((unsigned char)r->source[i] & 0xc0) != 0x80) {
			++*column;
		}
	}
}

/* The character at a place, or 0 beyond the end. */
static char char_at(const struct reading *r, yaml_mark_t mark)
{
	size_t i, chars = 0;

	for (i = 0; i < r->length; i++) {
		if (((unsigned char)r->source[i] & 0xc0) == 0x80)
			continue;
		if (chars++ == mark.index)
			return r->source[i];
	}
	return 0;
}

/* Reads the whole file into r->source; the limit holds before anything is parsed. */
static int slurp(struct reading *r, FILE *in)
{
	size_t cap = 0, n;
	char text[128];
	int line, column;

	for (;;) {
		if (cap - r->length < 4096) {
			cap = cap ? 2 * cap : 16384;
			r->source = xrealloc(r->source, cap);
		}
		n = fread(r->source + r->length, 1, cap - r->length, in);
		r->length += n;
		if (r->length > r->limits->bytes) {
			place_of(r, r->limits->bytes, &line, &column);
			snprintf(text, sizeof text, "the file is longer than %zu %s",
				r->limits->bytes >> 20 ? r->limits->bytes >> 20 : r->limits->bytes,
				r->limits->bytes >> 20 ? "MiB" : "bytes");
			return complain_at(r, line, column, text, "split it into several files");
		}
		if (n == 0)
			break;
	}
	if (ferror(in)) {
		err_set(errs_add(r->errs), ERR_INVALID, "cannot read '%s': %s", r->name,
			strerror(errno));
		r->failed = 1;
		return -1;
	}
	return 0;
}

static const char quote_types[] =
	"a type with a comma or a bracket has to be quoted inside { } and [ ], as in "
	"\"dict[str, int]\"";

/* The cure for what libyaml says; the first whose words are in it. */
static const struct {
	const char *problem, *hint;
} cures[] = {
	{"expected ',' or '}'", quote_types},
	{"expected ',' or ']'", quote_types},
	{"mapping values are not allowed", "keys of one map begin in the same column, and a text "
					   "with ': ' in it has to be quoted"},
	{"found unexpected ':'", "inside { } a key without a value is written 'key: unknown'"},
	{"could not find expected ':'", "a key is followed by ': ' and its value"},
	{"did not find expected key", "keys of one map begin in the same column, and what "
				      "follows a quoted text on its line has to be a comment"},
	{"did not find expected '-' indicator", "items of one list begin in the same column"},
	{"unexpected end of stream", "a quote that was opened is not closed"},
	{"escape character",
		"in \"double quotes\" a \\ begins an escape; 'single quotes' take it as "
		"it is"},
	{"block sequence entries are not allowed", "a list begins on a line of its own"},
	{"block collections are not allowed", "inside { } and [ ] write lists and maps with "
					      "brackets too"},
};

static int parser_failed(struct reading *r)
{
	const yaml_parser_t *p = &r->parser;
	const char *hint = NULL;
	char text[384], since[48] = "";
	int line, column;
	size_t i;

	if (p->error == YAML_MEMORY_ERROR)
		return complain(r, p->mark, "out of memory while reading it", NULL);
	if (p->error == YAML_READER_ERROR) {
		place_of(r, p->problem_offset, &line, &column);
		snprintf(text, sizeof text, "not readable as text: %s",
			p->problem ? p->problem : "unknown error");
		if (p->problem_value >= 0)
			snprintf(text + strlen(text), sizeof text - strlen(text), " (0x%02x)",
				(unsigned)p->problem_value);
		return complain_at(r, line, column, text, "write the file as plain UTF-8 text");
	}
	if (p->context && p->context_mark.line != p->problem_mark.line)
		snprintf(since, sizeof since, " that begins on line %zu", p->context_mark.line + 1);
	snprintf(text, sizeof text, "not valid YAML: %s%s%s%s", p->problem ? p->problem : "unknown",
		p->context ? ", " : "", p->context ? p->context : "", p->context ? since : "");
	for (i = 0; i < sizeof cures / sizeof *cures && !hint; i++) {
		if (strstr(text, cures[i].problem))
			hint = cures[i].hint;
	}
	if (char_at(r, p->problem_mark) == '\t')
		hint = "indent with spaces, not with tabs";
	else if (!hint && strstr(text, "cannot start any token"))
		hint = "a text that begins with this character has to be quoted";
	return complain(r, p->problem_mark, text, hint);
}

/* Takes the next event; -1 after a complaint. */
static int next(struct reading *r, yaml_event_t *event)
{
	if (!yaml_parser_parse(&r->parser, event))
		return parser_failed(r);
	return 0;
}

static struct node *node_new(struct reading *r, enum node_kind kind, yaml_mark_t mark)
{
	struct node *node = arena_take(r->arena, sizeof *node);

	r->nodes++;
	node->kind = kind;
	node->line = (int)mark.line + 1;
	node->column = (int)mark.column + 1;
	return node;
}

/* Only what plain YAML can say: no anchor, no tag. */
static int refuse_decoration(struct reading *r, const yaml_event_t *event)
{
	const char *anchor = NULL, *tag = NULL;

	switch (event->type) {
	case YAML_SCALAR_EVENT:
		anchor = (const char *)event->data.scalar.anchor;
		tag = (const char *)event->data.scalar.tag;
		break;
	case YAML_SEQUENCE_START_EVENT:
		anchor = (const char *)event->data.sequence_start.anchor;
		tag = (const char *)event->data.sequence_start.tag;
		break;
	case YAML_MAPPING_START_EVENT:
		anchor = (const char *)event->data.mapping_start.anchor;
		tag = (const char *)event->data.mapping_start.tag;
		break;
	default:
		break;
	}
	if (anchor)
		return complain(r, event->start_mark, "an anchor (&) is not allowed here",
			"write the value out; to share values between functions use 'defaults'");
	if (tag)
		return complain(r, event->start_mark, "a tag (!) is not allowed here",
			"write the plain value");
	return 0;
}

static struct node *parse_node(struct reading *r, yaml_event_t *event, int depth);

static struct node *parse_scalar(struct reading *r, const yaml_event_t *event)
{
	const char *value = (const char *)event->data.scalar.value;
	struct node *node;

	if (memchr(value, '\0', event->data.scalar.length)) {
		complain(r, event->start_mark, "a text with a NUL character in it",
			"take the \\0 out");
		return NULL;
	}
	node = node_new(r, NODE_SCALAR, event->start_mark);
	node->text = arena_text(r->arena, value, event->data.scalar.length);
	node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	node->bytes = event->end_mark.index - event->start_mark.index;
	r->end = event->end_mark.index;
	return node;
}

static struct node *parse_list(struct reading *r, const yaml_event_t *start, int depth)
{
	struct node *list = node_new(r, NODE_LIST, start->start_mark), *item;
	size_t from = start->start_mark.index;
	yaml_event_t event;

	list->flow = start->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
	for (;;) {
		if (next(r, &event) < 0)
			break;
		if (event.type == YAML_SEQUENCE_END_EVENT) {
			if (list->flow)
				r->end = event.end_mark.index;
			list->bytes = r->end > from ? r->end - from : 0;
			yaml_event_delete(&event);
			return list;
		}
		item = parse_node(r, &event, depth + 1);
		if (!item)
			break;
		node_add(r->arena, list, item);
	}
	return NULL;
}

/* The key of a map's entry, which must be a plain text. NULL after a complaint. */
static char *parse_key(struct reading *r, const yaml_event_t *event)
{
	if (event->type == YAML_ALIAS_EVENT) {
		complain(r, event->start_mark, "an alias (*) is not allowed here",
			"write the key out");
		return NULL;
	}
	if (event->type != YAML_SCALAR_EVENT) {
		complain(r, event->start_mark, "a key has to be a plain word",
			"a list or a map cannot be a key; quote a type such as \"list[int]\"");
		return NULL;
	}
	if (refuse_decoration(r, event) < 0)
		return NULL;
	if (strcmp((const char *)event->data.scalar.value, "<<") == 0 &&
		event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE) {
		complain(r, event->start_mark, "a merge key (<<) is not allowed here",
			"write the values out, or use 'defaults'");
		return NULL;
	}
	if (memchr(event->data.scalar.value, '\0', event->data.scalar.length)) {
		complain(r, event->start_mark, "a key with a NUL character in it", NULL);
		return NULL;
	}
	return arena_text(r->arena, (const char *)event->data.scalar.value,
		event->data.scalar.length);
}

static int by_key(const void *a, const void *b)
{
	const struct node *const *x = a, *const *y = b;
	int order = strcmp((*x)->key, (*y)->key);

	if (order)
		return order;
	if ((*x)->key_line != (*y)->key_line)
		return (*x)->key_line < (*y)->key_line ? -1 : 1;
	return (*x)->key_column - (*y)->key_column;
}

/* libyaml lets a key stand twice; here each later one is told, with the first. */
static void find_duplicates(struct reading *r, const struct node *map)
{
	struct node **sorted;
	size_t i, first = 0;
	struct err *err;

	if (map->n < 2)
		return;
	sorted = xreallocarray(NULL, map->n, sizeof *sorted);
	memcpy(sorted, map->items, map->n * sizeof *sorted);
	qsort(sorted, map->n, sizeof *sorted, by_key);
	for (i = 1; i < map->n && r->errs->n < COMPLAINTS_MAX; i++) {
		if (strcmp(sorted[i]->key, sorted[first]->key) != 0) {
			first = i;
			continue;
		}
		r->failed = 1;
		err = errs_add(r->errs);
		err_set(err, ERR_INVALID, "'%s' is given twice, first on line %d", sorted[i]->key,
			sorted[first]->key_line);
		err_at(err, r->name, sorted[i]->key_line, sorted[i]->key_column);
		err_hint(err, "keep one of them");
	}
	free(sorted);
}

static struct node *parse_map(struct reading *r, const yaml_event_t *start, int depth)
{
	struct node *map = node_new(r, NODE_MAP, start->start_mark), *value;
	size_t from = start->start_mark.index;
	yaml_event_t event;
	yaml_mark_t mark;
	char *key;

	map->flow = start->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
	for (;;) {
		if (next(r, &event) < 0)
			break;
		if (event.type == YAML_MAPPING_END_EVENT) {
			if (map->flow)
				r->end = event.end_mark.index;
			map->bytes = r->end > from ? r->end - from : 0;
			yaml_event_delete(&event);
			find_duplicates(r, map);
			return map;
		}
		mark = event.start_mark;
		key = parse_key(r, &event);
		yaml_event_delete(&event);
		if (!key || next(r, &event) < 0)
			break;
		value = parse_node(r, &event, depth + 1);
		if (!value)
			break;
		value->key = key;
		value->key_line = (int)mark.line + 1;
		value->key_column = (int)mark.column + 1;
		node_add(r->arena, map, value);
	}
	return NULL;
}

/* Makes a node of event, which it deletes, and what follows it. */
static struct node *parse_node(struct reading *r, yaml_event_t *event, int depth)
{
	struct node *node = NULL;
	char text[128];

	if (event->type == YAML_ALIAS_EVENT) {
		complain(r, event->start_mark, "an alias (*) is not allowed here",
			"write the value out; a text that begins with * has to be quoted");
	} else if (refuse_decoration(r, event) < 0) {
		/* told already */
	} else if (depth > r->limits->depth) {
		snprintf(text, sizeof text, "nested deeper than %d levels", r->limits->depth);
		complain(r, event->start_mark, text, "an answers file needs five at most");
	} else if (r->nodes >= r->limits->nodes) {
		snprintf(text, sizeof text, "more than %zu values in one file", r->limits->nodes);
		complain(r, event->start_mark, text, "split it into several files");
	} else if (event->type == YAML_SCALAR_EVENT) {
		node = parse_scalar(r, event);
	} else if (event->type == YAML_SEQUENCE_START_EVENT) {
		node = parse_list(r, event, depth);
	} else {
		node = parse_map(r, event, depth);
	}
	yaml_event_delete(event);
	return node;
}

/* Skips to the first node of the document, or an empty map when there is none. */
static struct node *parse_document(struct reading *r)
{
	struct node *root = NULL;
	yaml_mark_t mark = {0, 0, 0};
	yaml_event_t event;
	int documents = 0, done = 0;

	while (!done) {
		if (next(r, &event) < 0)
			return NULL;
		switch (event.type) {
		case YAML_STREAM_START_EVENT:
		case YAML_DOCUMENT_END_EVENT:
			yaml_event_delete(&event);
			break;
		case YAML_STREAM_END_EVENT:
			yaml_event_delete(&event);
			done = 1;
			break;
		case YAML_DOCUMENT_START_EVENT:
			if (++documents > 1) {
				complain(r, event.start_mark, "a second document begins here",
					"one file holds one document; several functions go "
					"under 'functions'");
				yaml_event_delete(&event);
				return NULL;
			}
			yaml_event_delete(&event);
			break;
		default:
			root = parse_node(r, &event, 1);
			if (!root)
				return NULL;
		}
	}
	if (root && root->kind == NODE_SCALAR && node_is_null(root))
		root = NULL;
	return root ? root : node_new(r, NODE_MAP, mark);
}

struct node *yaml_read(
	FILE *in, const char *name, const struct yaml_limits *limits, struct errs *errs)
{
	struct reading r;
	struct node *root;

	memset(&r, 0, sizeof r);
	r.name = name;
	r.limits = limits;
	r.errs = errs;
	if (slurp(&r, in) < 0) {
		free(r.source);
		return NULL;
	}
	if (!yaml_parser_initialize(&r.parser)) {
		err_set(errs_add(errs), ERR_FAILURE, "out of memory while reading '%s'", name);
		free(r.source);
		return NULL;
	}
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)r.source, r.length);
	r.arena = arena_new();
	root = parse_document(&r);
	yaml_parser_delete(&r.parser);
	free(r.source);
	if (r.failed || !root) {
		arena_free(r.arena);
		return NULL;
	}
	root->arena = r.arena;
	return root;
}

struct node *yaml_read_file(const char *path, const struct yaml_limits *limits, struct errs *errs)
{
	FILE *in = fopen(path, "re");
	struct node *root;
	struct stat st;

	if (!in) {
		err_set(errs_add(errs), ERR_INVALID, "cannot open '%s': %s", path, strerror(errno));
		return NULL;
	}
	if (fstat(fileno(in), &st) == 0 && S_ISDIR(st.st_mode)) {
		err_set(errs_add(errs), ERR_INVALID, "'%s' is a folder, not a file", path);
		fclose(in);
		return NULL;
	}
	root = yaml_read(in, path, limits, errs);
	fclose(in);
	return root;
}
