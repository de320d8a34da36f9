#include "session/keep.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

char *keep_variants_path(const char *session_path)
{
	const char *slash = strrchr(session_path, '/'), *name = slash ? slash + 1 : session_path;

	return xasprintf("%.*s" KEEP_VARIANTS "%s", (int)(name - session_path), session_path,
		name + strlen(KEEP_SESSION));
}

static int is_taken(const struct answers *copies, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (strcmp(answers_get(&copies[i], "name")->text, name) == 0)
			return 1;
	}
	return 0;
}

/* Functions of one file have names of their own: a second one of a name gets a number. */
static void name_it(struct answers *copies, size_t i, const char *name)
{
	const struct question *q = questions_find(copies[i].questions, "name");
	char *unique = NULL;
	size_t number = 1, most;

	do {
		/* Room for the number; a character is not cut in two. */
		most = strlen(name) < (size_t)q->high - 8 ? strlen(name) : (size_t)q->high - 8;
		while (most && ((unsigned char)name[most] & 0xc0) == 0x80)
			most--;
		free(unique);
		unique = number == 1 ? xasprintf("%.*s", (int)most, name) :
			xasprintf("%.*s (%zu)", (int)most, name, number);
		number++;
	} while (is_taken(copies, i, unique));
	if (answers_set(&copies[i], q, 0, unique, ORIGIN_ASKED, NULL) < 0 ||
		!value_known(answers_get(&copies[i], "name"))) {
		free(unique);
		unique = xasprintf("variant %zu", i + 1);
		answers_set(&copies[i], q, 0, unique, ORIGIN_ASKED, NULL);
	}
	free(unique);
}

int keep_save_variants(const struct keep *keep, const struct answers *const *variants,
	const char *const *names, size_t n, struct err *err)
{
	struct answers *copies = xcalloc(n, sizeof *copies);
	const struct answers **all = xcalloc(n, sizeof *all);
	char *path = keep_variants_path(keep->path);
	struct str out;
	size_t i;
	int result;

	for (i = 0; i < n; i++) {
		answers_copy(&copies[i], variants[i]);
		name_it(copies, i, names[i]);
		all[i] = &copies[i];
	}
	str_init(&out);
	keep_write(&out, all, n, 1);
	result = n ? file_replace(path, str_text(&out), out.len, 0600, err) : 0;
	if (!n)
		unlink(path);
	if (result < 0)
		err_prefix(err, "the variants are not kept");
	str_release(&out);
	for (i = 0; i < n; i++)
		answers_release(&copies[i]);
	free(copies);
	free(all);
	free(path);
	return result;
}

int keep_read_variants(struct survey *survey, const struct questions *questions,
	const struct keep *keep, struct errs *errs)
{
	char *path = keep_variants_path(keep->path);
	int result = 0;

	memset(survey, 0, sizeof *survey);
	if (access(path, F_OK) == 0)
		result = keep_read(survey, questions, path, errs);
	free(path);
	return result;
}
