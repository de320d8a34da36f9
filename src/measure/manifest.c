#include "measure/manifest.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/json.h"

/* The usual one has 4 KB. */
enum { MANIFEST_MOST = 1 << 20 };

char *manifest_path(const char *worker)
{
	const char *slash = strrchr(worker, '/');

	return slash ? xasprintf("%.*s/manifest.json", (int)(slash - worker), worker)
		     : xstrdup("manifest.json");
}

static int take(const json_t *object, const struct json_at *at, const char *key,
	enum json_need need, char **text, struct err *err)
{
	struct json_at field = json_below(at, key);

	return json_text(object, &field, need, text, err);
}

static void or_empty(char **text)
{
	if (!*text)
		*text = xstrdup("");
}

static int read_binding(
	const json_t *row, const struct json_at *at, struct binding_state *b, struct err *err)
{
	struct json_at available = json_below(at, "available");

	if (!json_is_object(row))
		return json_complain(at, err, "is not an object");
	if (take(row, at, "id", JSON_MUST, &b->id, err) ||
		take(row, at, "version", JSON_MAY, &b->version, err) ||
		take(row, at, "toolchain", JSON_MAY, &b->toolchain, err) ||
		take(row, at, "build", JSON_MAY, &b->build, err) ||
		take(row, at, "why_not", JSON_MAY, &b->why_not, err) ||
		take(row, at, "cure", JSON_MAY, &b->cure, err) ||
		json_truth(row, &available, &b->available, err))
		return -1;
	or_empty(&b->version);
	or_empty(&b->toolchain);
	or_empty(&b->build);
	if (!b->available && !b->why_not)
		b->why_not = xstrdup("it was not built");
	return 0;
}

static int read_all(struct environment *env, const struct json_file *file, struct err *err)
{
	struct json_at root = {file, NULL, NULL, 0}, list_at = json_below(&root, "bindings");
	struct json_at shared = json_below(&root, "shared");
	struct json_at free_threaded = json_below(&root, "free_threaded");
	struct json_at untested = json_below(&root, "untested");
	const json_t *top = file->root;
	json_t *list;
	size_t i;

	if (!json_is_object(top))
		return json_complain(&root, err, "is not an object at its top");
	if (take(top, &root, "tag", JSON_MUST, &env->interpreter_key, err) ||
		take(top, &root, "python", JSON_MUST, &env->python, err) ||
		take(top, &root, "implementation", JSON_MUST, &env->implementation, err) ||
		take(top, &root, "executable", JSON_MUST, &env->executable, err) ||
		take(top, &root, "cflags", JSON_MAY, &env->cflags, err) ||
		take(top, &root, "config_args", JSON_MAY, &env->config_args, err) ||
		json_truth(top, &shared, &env->shared, err) ||
		json_truth(top, &free_threaded, &env->free_threaded, err) ||
		json_truth(top, &untested, &env->untested, err) ||
		json_field(top, &list_at, JSON_MUST, JSON_ARRAY, &list, err))
		return -1;
	or_empty(&env->cflags);
	env->bindings = xcalloc(json_array_size(list) + 1, sizeof *env->bindings);
	for (i = 0; i < json_array_size(list); i++) {
		struct json_at row = json_item(&list_at, i);

		env->n_bindings++;
		if (read_binding(json_array_get(list, i), &row, &env->bindings[i], err))
			return -1;
	}
	return 0;
}

int manifest_read(struct environment *env, const char *path, struct err *err)
{
	struct json_file file;
	int failed;

	memset(env, 0, sizeof *env);
	if (json_file_open(&file, path, MANIFEST_MOST, err)) {
		err_hint(err, "build the worker and its probes with 'make'");
		return -1;
	}
	failed = read_all(env, &file, err);
	json_file_close(&file);
	if (failed) {
		environment_release(env);
		err_hint(err, "build it again with 'make'");
		return -1;
	}
	return 0;
}

double manifest_build_seconds(const char *path)
{
	struct json_file file;
	struct err ignored;
	double seconds = 0;
	size_t i;
	json_t *row;

	if (json_file_open(&file, path, MANIFEST_MOST, &ignored))
		return 0;
	json_array_foreach(json_object_get(file.root, "bindings"), i, row)
		seconds += json_number_value(json_object_get(row, "clean_build_seconds"));
	json_file_close(&file);
	return seconds;
}
