#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/store_json.h"
#include "measure/store_texts.h"

enum { BINDINGS_MOST = 1000 }; /* more than any run has; a list that is longer only costs time */

static int read_texts(const json_t *object, const struct json_at *at,
	const struct store_text *fields, size_t n, void *into, struct err *err)
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct json_at field = json_below(at, fields[i].key);

		if (json_text(object, &field, JSON_MAY, (char **)((char *)into + fields[i].offset),
			    err))
			return -1;
	}
	return 0;
}

static int read_binding(
	const json_t *object, const struct json_at *at, struct binding_state *b, struct err *err)
{
	struct json_at available = json_below(at, "available"), id = json_below(at, "id");

	if (!json_is_object(object))
		return json_complain(at, err, "is not an object");
	if (read_texts(object, at, store_binding_texts, STORE_BINDING_TEXTS, b, err) ||
		json_truth(object, &available, &b->available, err))
		return -1;
	if (!b->id || !*b->id)
		return json_complain(&id, err, "is missing");
	b->version = b->version ? b->version : xstrdup("");
	b->toolchain = b->toolchain ? b->toolchain : xstrdup("");
	b->build = b->build ? b->build : xstrdup("");
	return 0;
}

static int read_bindings(
	const json_t *object, const struct json_at *at, struct environment *env, struct err *err)
{
	struct json_at list_at = json_below(at, "bindings");
	json_t *list;
	size_t n, i, k;

	if (json_field(object, &list_at, JSON_MUST, JSON_ARRAY, &list, err))
		return -1;
	n = json_array_size(list);
	if (n > BINDINGS_MOST)
		return json_complain(&list_at, err, "has more than %d items", BINDINGS_MOST);
	env->bindings = xcalloc(n + 1, sizeof *env->bindings);
	for (i = 0; i < n; i++) {
		struct json_at item = json_item(&list_at, i);

		env->n_bindings++;
		if (read_binding(json_array_get(list, i), &item, &env->bindings[i], err))
			return -1;
		for (k = 0; k < i; k++) {
			if (strcmp(env->bindings[k].id, env->bindings[i].id) == 0)
				return json_complain(&item, err, "has the same id as [%zu]", k);
		}
	}
	return 0;
}

int store_json_environment(
	const json_t *own, const struct json_at *own_at, struct environment *env, struct err *err)
{
	struct json_at at = json_below(own_at, "environment"),
		       program = json_below(own_at, "program");
	struct json_at cores = json_below(&at, "cores"), shared = json_below(&at, "shared");
	struct json_at free_threaded = json_below(&at, "free_threaded");
	struct json_at started_at = json_below(&at, "started");
	struct json_at untested = json_below(&at, "untested");
	json_t *object;
	struct json_at others_at = json_below(&at, "others"); /* in per cent */
	int64_t n_cores, others;
	char *started = NULL;
	int failed;

	if (json_text(own, &program, JSON_MAY, &env->program, err) ||
		json_field(own, &at, JSON_MUST, JSON_OBJECT, &object, err) ||
		read_texts(object, &at, store_environment_texts, STORE_ENVIRONMENT_TEXTS, env, err) ||
		json_whole(object, &cores, JSON_MAY, 0, 1 << 20, &n_cores, err) ||
		json_whole(object, &others_at, JSON_MAY, 0, 100, &others, err) ||
		json_truth(object, &shared, &env->shared, err) ||
		json_truth(object, &free_threaded, &env->free_threaded, err) ||
		json_truth(object, &untested, &env->untested, err) ||
		read_bindings(object, &at, env, err) ||
		json_text(object, &started_at, JSON_MAY, &started, err))
		return -1;
	env->cores = (int)n_cores;
	env->others = (double)others / 100;
	failed = json_date(started, &started_at, env->started, sizeof env->started, err);
	free(started);
	return failed;
}
