#include "session/places.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/proc.h"

/* Beside the program in the build folder, or as `make install` lays it. */
static const char *const data_folders[] = {"../data", "../share/ffiadvise/data"};
static const char *const source_folders[] = {"..", "../share/ffiadvise", "../.."};
static const char *const python_folders[] = {"python", "../lib/ffiadvise/python"};

static char *first_there(const char *base, const char *const *folders, size_t n, const char *file)
{
	size_t i;
	char *path;

	for (i = 0; i < n; i++) {
		path = xasprintf("%s/%s/%s", base, folders[i], file);
		if (access(path, R_OK) == 0) {
			free(path);
			return xasprintf("%s/%s", base, folders[i]);
		}
		free(path);
	}
	return NULL;
}

int places_find(struct places *places, const char *data_option, struct err *err)
{
	char own[PATH_MAX], *slash, *python;

	memset(places, 0, sizeof *places);
	python_init(&places->python);
	if (proc_own_path(own, sizeof own) < 0)
		return err_set(err, ERR_FAILURE, "cannot find the program's own file");
	slash = strrchr(own, '/');
	if (slash)
		*slash = '\0';
	places->data = data_option ? xstrdup(data_option) :
		first_there(own, data_folders, 2, "questions.yaml");
	if (!places->data) {
		err_set(err, ERR_FAILURE, "cannot find the data folder beside '%s'", own);
		err_hint(err, "name it with --data, or install the program again");
		return -1;
	}
	places->sources = first_there(own, source_folders, 3, "src/packaging/python.mk");
	if (!places->sources)
		places->sources = xasprintf("%s/%s", own, source_folders[1]);
	places->built = first_there(own, python_folders, 2, "default/manifest.json");
	if (!places->built)
		places->built = xasprintf("%s/%s", own, python_folders[0]);
	python = xasprintf("%s/default", places->built);
	python_take(&places->python, python);
	free(python);
	return 0;
}

void places_release(struct places *places)
{
	free(places->data);
	free(places->sources);
	free(places->built);
	python_release(&places->python);
	memset(places, 0, sizeof *places);
}
