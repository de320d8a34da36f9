#include "session/keep.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"

#define SUFFIX ".yaml"

char *keep_folder(void)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state && *state == '/')
		return xasprintf("%s/ffiadvise", state);
	return home && *home == '/' ? xasprintf("%s/.local/state/ffiadvise", home) : NULL;
}

static int no_folder(struct err *err)
{
	err_set(err, ERR_FAILURE, "answers cannot be kept: there is no folder for them");
	err_hint(err, "set XDG_STATE_HOME or HOME to a folder");
	return -1;
}

int keep_begin(struct keep *keep, int64_t began, long pid, struct err *err)
{
	char *folder = keep_folder(), when[32], *from, *to;

	memset(keep, 0, sizeof *keep);
	if (!folder)
		return no_folder(err);
	/* "20260131T120000Z": the order of the names is that of time. */
	clock_iso(began, when);
	for (from = to = when; *from; from++) {
		if (*from != '-' && *from != ':')
			*to++ = *from;
	}
	*to = '\0';
	keep->path = xasprintf("%s/" KEEP_SESSION "%s-%ld" SUFFIX, folder, when, pid);
	free(folder);
	return 0;
}

static int save(const char *path, int own, const struct answers *const *functions, size_t n,
	struct err *err)
{
	struct str out;
	int result;

	str_init(&out);
	keep_write(&out, functions, n, own);
	result = file_replace(path, str_text(&out), out.len, own ? 0600 : FILE_USUAL_MODE, err);
	str_release(&out);
	return result;
}

int keep_save(struct keep *keep, const struct answers *const *functions, size_t n, struct err *err)
{
	if (!keep->path)
		return no_folder(err);
	if (file_make_folders(keep->path, err) < 0 ||
		save(keep->path, 1, functions, n, err) < 0) {
		err_prefix(err, "the answers are not kept");
		err_hint(err, keep->saved ? "the last of them are in memory only; save them in "
			"another place" : "they are in memory only; save them in another place");
		return -1;
	}
	keep->saved = 1;
	return 0;
}

int keep_save_as(const char *path, const struct answers *const *functions, size_t n,
	struct err *err)
{
	return save(path, 0, functions, n, err);
}

void keep_touch(const struct keep *keep)
{
	if (keep->saved)
		utimensat(AT_FDCWD, keep->path, NULL, AT_SYMLINK_NOFOLLOW);
}

void keep_release(struct keep *keep)
{
	free(keep->path);
	memset(keep, 0, sizeof *keep);
}

/* Session files have names of their own; whatever else lies there is not looked at. */
static int is_session(const char *name)
{
	size_t n = strlen(name), suffix = strlen(SUFFIX);

	return str_starts(name, KEEP_SESSION) && n > suffix && strcmp(name + n - suffix, SUFFIX) == 0;
}

struct kept_file {
	char *path;
	struct timespec when;
};

/* The one that was written last comes first; of the same instant the name, which begins with the
 * time, decides. */
static int latest_first(const void *a, const void *b)
{
	const struct kept_file *x = a, *y = b;

	if (x->when.tv_sec != y->when.tv_sec)
		return x->when.tv_sec < y->when.tv_sec ? 1 : -1;
	if (x->when.tv_nsec != y->when.tv_nsec)
		return x->when.tv_nsec < y->when.tv_nsec ? 1 : -1;
	return strcmp(y->path, x->path);
}

/* The sessions of a folder, in order; the caller frees the paths and the list. */
static size_t list(const char *folder, struct kept_file **files)
{
	size_t n = 0, cap = 0;
	struct dirent *entry;
	struct stat st;
	DIR *dir = opendir(folder);
	char *path;

	*files = NULL;
	while (dir && (entry = readdir(dir)) != NULL) {
		if (!is_session(entry->d_name))
			continue;
		path = xasprintf("%s/%s", folder, entry->d_name);
		if (lstat(path, &st) != 0 || !S_ISREG(st.st_mode)) {
			free(path);
			continue;
		}
		GROW(*files, n, cap);
		(*files)[n++] = (struct kept_file){path, st.st_mtim};
	}
	if (dir)
		closedir(dir);
	if (n)
		qsort(*files, n, sizeof **files, latest_first);
	return n;
}

static void list_free(struct kept_file *files, size_t n)
{
	while (n)
		free(files[--n].path);
	free(files);
}

char *keep_newest(struct err *err)
{
	char *folder = keep_folder(), *newest = NULL;
	struct kept_file *files;
	size_t n;

	if (!folder) {
		no_folder(err);
		return NULL;
	}
	n = list(folder, &files);
	if (n) {
		newest = xstrdup(files[0].path);
	} else {
		err_set(err, ERR_FAILURE, "there is no session to resume in '%s'", folder);
		err_hint(err, "begin one with ffiadvise");
	}
	list_free(files, n);
	free(folder);
	return newest;
}

/* Its name ends with the process it belongs to, which may be at it still. */
static int is_running(const char *path)
{
	const char *dash = strrchr(path, '-');
	long pid = dash ? strtol(dash + 1, NULL, 10) : 0;

	return pid > 0 && (kill((pid_t)pid, 0) == 0 || errno == EPERM);
}

void keep_tidy(const struct questions *questions)
{
	char *folder = keep_folder();
	struct kept_file *files;
	struct survey survey;
	struct errs errs;
	char *variants;
	size_t n, i;

	if (!folder)
		return;
	n = list(folder, &files);
	for (i = KEEP_MOST; i < n; i++) {
		if (is_running(files[i].path))
			continue;
		memset(&errs, 0, sizeof errs);
		if (survey_read_given(&survey, questions, files[i].path, NULL, &errs) == 0) {
			survey_release(&survey);
			variants = keep_variants_path(files[i].path);
			unlink(variants);
			free(variants);
			unlink(files[i].path);
		}
		errs_release(&errs);
	}
	list_free(files, n);
	free(folder);
}

/* The lines of a text; the last pointer is its end. */
struct text_lines {
	char *text;
	const char **begins;
	size_t n, cap;
};

static int read_lines(struct text_lines *lines, const char *path)
{
	FILE *file = fopen(path, "re");
	struct str all;
	char part[4096];
	const char *at;
	size_t n;

	if (!file)
		return -1;
	str_init(&all);
	while ((n = fread(part, 1, sizeof part, file)) > 0)
		str_addn(&all, part, n);
	fclose(file);
	memset(lines, 0, sizeof *lines);
	lines->text = str_detach(&all);
	for (at = lines->text; at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL) {
		GROW(lines->begins, lines->n, lines->cap);
		lines->begins[lines->n++] = at;
	}
	return 0;
}

static int ends_with(const struct text_lines *lines, int line, const char *end)
{
	size_t length = strlen(end), n;
	const char *at;

	if (line < 1 || (size_t)line > lines->n)
		return 0;
	at = lines->begins[line - 1];
	n = strcspn(at, "\n");
	return n >= length && strncmp(at + n - length, end, length) == 0;
}

/* A quoted text cannot end so: its line ends with the quote. */
static void set_origin(struct value *value, const struct text_lines *lines)
{
	if (value && value->origin == ORIGIN_FILE)
		value->origin = ends_with(lines, value->line, KEEP_MEASURED) ? ORIGIN_MEASURED :
			ends_with(lines, value->line, KEEP_FROM_FILE) ? ORIGIN_FILE : ORIGIN_ASKED;
}

static void set_origins(struct answers *answers, const struct text_lines *lines)
{
	size_t i, k;

	for (i = 0; i < answers->questions->n_function; i++)
		set_origin(answers->values[i], lines);
	for (k = 0; k < answers->n_inputs; k++) {
		for (i = 0; answers->inputs[k].values && i < answers->questions->n_input; i++)
			set_origin(answers->inputs[k].values[i], lines);
	}
}

int keep_read(struct survey *survey, const struct questions *questions, const char *path,
	struct errs *errs)
{
	struct text_lines lines;
	size_t i;

	if (survey_read_given(survey, questions, path, NULL, errs) < 0)
		return -1;
	/* It was read a moment ago, so its size is within bounds. */
	if (read_lines(&lines, path) < 0)
		return 0;
	for (i = 0; i < survey->n; i++)
		set_origins(&survey->items[i].answers, &lines);
	free(lines.text);
	free(lines.begins);
	return 0;
}
