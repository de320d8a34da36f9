#include "measure/json.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "measure/constants.h"

/*
 * The tree lives in chunks: a file of 300,000 numbers is as many small pieces,
 * which come and go faster this way, and a hostile file cannot take more than
 * FILE_MEMORY_MOST. jansson's hooks take no context, hence the one variable.
 */
struct json_chunk {
	struct json_chunk *next;
	size_t size, used;
	_Alignas(16) char bytes[];
};

enum { CHUNK_SIZE = 1 << 20, ALIGNMENT = 16 };

static struct json_chunk *chunks;
static size_t taken;

static void *chunk_alloc(size_t size)
{
	struct json_chunk *chunk = chunks;
	void *p;

	if (size > FILE_MEMORY_MOST)
		return NULL;
	size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	if (!chunk || chunk->size - chunk->used < size) {
		size_t room = size > CHUNK_SIZE ? size : CHUNK_SIZE;

		if (taken + room > FILE_MEMORY_MOST)
			return NULL;
		chunk = malloc(sizeof *chunk + room);
		if (!chunk)
			return NULL;
		taken += room;
		chunk->size = room;
		chunk->used = 0;
		chunk->next = chunks;
		chunks = chunk;
	}
	p = chunk->bytes + chunk->used;
	chunk->used += size;
	return p;
}

/* Everything goes at once in json_file_close(). */
static void chunk_free(void *p)
{
	(void)p;
}

static json_t *parse(struct json_file *file, const char *text, size_t n, json_error_t *error)
{
	json_malloc_t old_malloc;
	json_free_t old_free;

	json_get_alloc_funcs(&old_malloc, &old_free);
	chunks = NULL;
	taken = 0;
	json_set_alloc_funcs(chunk_alloc, chunk_free);
	file->root = json_loadb(text, n, JSON_REJECT_DUPLICATES, error);
	json_set_alloc_funcs(old_malloc, old_free);
	file->chunks = chunks;
	chunks = NULL;
	return file->root;
}

/* The text of a file of at most `most` bytes; NULL with err. */
static char *read_text(const char *path, size_t most, size_t *n, struct err *err)
{
	FILE *f = fopen(path, "rb");
	struct stat st;
	size_t cap, got;
	char *text;

	*n = 0;
	if (!f) {
		err_set(err, ERR_INVALID, "cannot open '%s': %s", path, strerror(errno));
		return NULL;
	}
	if (fstat(fileno(f), &st) == 0 && S_ISDIR(st.st_mode)) {
		err_set(err, ERR_INVALID, "'%s' is a folder, not a file", path);
		fclose(f);
		return NULL;
	}
	cap = st.st_size > 0 && (size_t)st.st_size < most ? (size_t)st.st_size + 1 : 65536;
	text = xmalloc(cap);
	while ((got = fread(text + *n, 1, cap - *n, f)) > 0) {
		*n += got;
		if (*n > most)
			break;
		if (*n == cap) {
			cap *= 2;
			text = xrealloc(text, cap);
		}
	}
	if (ferror(f)) {
		err_set(err, ERR_INVALID, "cannot read '%s': %s", path, strerror(errno));
	} else if (*n > most) {
		err_set(err, ERR_INVALID, "'%s' is larger than %zu MB", path, most >> 20);
	} else {
		fclose(f);
		return text;
	}
	fclose(f);
	free(text);
	return NULL;
}

int json_file_open(struct json_file *file, const char *path, size_t most, struct err *err)
{
	json_error_t error;
	size_t n;
	char *text;

	memset(file, 0, sizeof *file);
	file->path = path;
	text = read_text(path, most, &n, err);
	if (!text)
		return -1;
	if (!parse(file, text, n, &error)) {
		err_set(err, ERR_INVALID, "'%s' is no JSON: %s", path, error.text);
		err_at(err, path, error.line > 0 ? error.line : 1, error.column);
		json_file_close(file);
		free(text);
		return -1;
	}
	free(text);
	return 0;
}

void json_file_close(struct json_file *file)
{
	struct json_chunk *chunk = file->chunks, *next;

	for (; chunk; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	file->chunks = NULL;
	file->root = NULL;
}

int json_date(
	const char *text, const struct json_at *at, char *to, size_t size, struct err *err)
{
	if (!text)
		return 0;
	if (strlen(text) >= size || clock_from_iso(text) == -1)
		return json_complain(at, err, "is no date like 2026-01-31T12:00:00Z");
	strcpy(to, text);
	return 0;
}

struct json_at json_below(const struct json_at *parent, const char *key)
{
	struct json_at at = {parent->file, parent, key, 0};

	return at;
}

struct json_at json_item(const struct json_at *parent, size_t index)
{
	struct json_at at = {parent->file, parent, NULL, index};

	return at;
}

/* The root's own at has neither parent nor key. */
static void put_place(struct str *out, const struct json_at *at)
{
	if (!at->parent)
		return;
	put_place(out, at->parent);
	if (at->key)
		str_addf(out, "%s%s", out->len ? "." : "", at->key);
	else
		str_addf(out, "[%zu]", at->index);
}

int json_complain(const struct json_at *at, struct err *err, const char *fmt, ...)
{
	struct str place;
	char sentence[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(sentence, sizeof sentence, fmt, ap);
	va_end(ap);
	str_init(&place);
	put_place(&place, at);
	if (place.len)
		err_set(err, ERR_INVALID, "'%s': %s %s", at->file->path, str_text(&place),
			sentence);
	else
		err_set(err, ERR_INVALID, "'%s' %s", at->file->path, sentence);
	str_release(&place);
	return -1;
}

static const char *const type_names[] = {
	[JSON_OBJECT] = "an object",
	[JSON_ARRAY] = "a list",
	[JSON_STRING] = "a text",
	[JSON_INTEGER] = "a whole number",
	[JSON_REAL] = "a number",
	[JSON_TRUE] = "true or false",
};

int json_field(const json_t *object, const struct json_at *at, enum json_need need, json_type type,
	json_t **value, struct err *err)
{
	*value = json_object_get(object, at->key);
	if (json_is_null(*value))
		*value = NULL;
	if (!*value && need == JSON_MUST)
		return json_complain(at, err, "is missing");
	if (*value && json_typeof(*value) != type)
		return json_complain(at, err, "is not %s", type_names[type]);
	return 0;
}

int json_text(const json_t *object, const struct json_at *at, enum json_need need, char **text,
	struct err *err)
{
	json_t *value;
	struct str shown;

	*text = NULL;
	if (json_field(object, at, need, JSON_STRING, &value, err))
		return -1;
	if (!value)
		return 0;
	str_init(&shown);
	str_add_shown(&shown, json_string_value(value), json_string_length(value));
	*text = str_detach(&shown);
	return 0;
}

int json_whole(const json_t *object, const struct json_at *at, enum json_need need, int64_t least,
	int64_t most, int64_t *value, struct err *err)
{
	json_t *found;

	*value = 0;
	if (json_field(object, at, need, JSON_INTEGER, &found, err))
		return -1;
	if (!found)
		return 0;
	*value = json_integer_value(found);
	if (*value < least || *value > most)
		return json_complain(
			at, err, "is not from %lld to %lld", (long long)least, (long long)most);
	return 0;
}

int json_truth(const json_t *object, const struct json_at *at, int *value, struct err *err)
{
	json_t *found = json_object_get(object, at->key);

	*value = json_is_true(found);
	if (found && !json_is_boolean(found) && !json_is_null(found))
		return json_complain(at, err, "is not true or false");
	return 0;
}
