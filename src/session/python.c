#include "session/python.h"

#include <dirent.h>
#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "session/command.h"

enum { NAMED_MOST = 8 };

/* An interpreter starts in 10 to 50 ms; a shim in front of it takes 50 to 500. */
static const double answer_seconds = 10, look_seconds = 2;

void python_init(struct python *python)
{
	memset(python, 0, sizeof *python);
	python->lock = -1;
}

void python_release(struct python *python)
{
	free(python->given);
	free(python->executable);
	free(python->version);
	free(python->tag);
	free(python->host_path);
	free(python->make);
	free(python->worker);
	free(python->host);
	free(python->probes);
	free(python->site);
	if (python->lock >= 0)
		close(python->lock);
	python_init(python);
}

static char *one_match(const char *folder, const char *pattern)
{
	char *all = xasprintf("%s/%s", folder, pattern), *found = NULL;
	glob_t matches;

	if (glob(all, 0, NULL, &matches) == 0) {
		found = xstrdup(matches.gl_pathv[0]);
		globfree(&matches);
	}
	free(all);
	return found;
}

int python_take(struct python *python, const char *folder)
{
	char *link = xasprintf("%s/interpreter", folder), real[PATH_MAX];
	char *program = xasprintf("%s/ffiadvise-worker", folder), *module;
	int wants_module = python->make && (python->is_virtual || !python->is_embedded);

	module = one_match(folder, "ffiadvise_worker.*.so");
	if (!wants_module && (access(program, X_OK) == 0 || !module)) {
		python->worker = program;
		free(module);
	} else {
		python->worker = module ? module : xasprintf("%s/ffiadvise_worker.so", folder);
		free(program);
		if (python->host_path)
			python->host = xstrdup(python->host_path);
		else if (realpath(link, real))
			python->host = xstrdup(real);
	}
	free(link);
	python->probes = xasprintf("%s/probes", folder);
	return access(python->worker, X_OK);
}

/* --- asking an interpreter --- */

/* The value make would see of NAME; NULL for none or an empty one. */
static char *value_of(const char *assignments, const char *name)
{
	const char *line = assignments, *end;
	size_t n = strlen(name);
	struct str value;

	while (line && !(strncmp(line, name, n) == 0 && strncmp(line + n, " := ", 4) == 0)) {
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	if (!line)
		return NULL;
	line += n + 4;
	end = line + strcspn(line, "\n");
	str_init(&value);
	for (; line < end; line++) {
		if ((line[0] == '$' && line[1] == '$') || (line[0] == '\\' && line[1] == '#'))
			line++;
		str_addc(&value, *line);
	}
	if (value.len)
		return str_detach(&value);
	str_release(&value);
	return NULL;
}

static int is_said(const char *assignments, const char *name)
{
	char *value = value_of(assignments, name);
	int said = value && strcmp(value, "1") == 0;

	free(value);
	return said;
}

/* 0: it answered, and python holds it. -1: it is none, or cannot be measured in; err says why. */
static int ask(struct python *python, const char *program, const char *sources, struct err *err)
{
	char *script = xasprintf("%s/src/packaging/interpreter.py", sources), *why, *shell;
	/* Not isolated: what is asked for is its environment. It has to work in 2.7 too. */
	const char *const argv[] = {program, "-E", "-s", "-B", script, "--own", NULL};
	struct str out, said;
	struct err end;
	int failed;

	str_init(&out);
	str_init(&said);
	failed = command_run(argv, answer_seconds, &out, &said, &end) < 0;
	why = value_of(str_text(&out), "PY_ERROR");
	if (failed) {
		err_set(err, ERR_USAGE, "'%s' does not answer as Python would: %s%s%s", program,
			str_text(&said), said.len ? "; " : "", end.text);
	} else if (why) {
		failed = 1;
		err_set(err, ERR_USAGE, "'%s' cannot be measured in: %s", program, why);
	} else {
		python->make = str_detach(&out);
		python->executable = value_of(python->make, "PY_EXE");
		python->version = value_of(python->make, "PY_VERSION");
		python->tag = value_of(python->make, "PY_TAG");
		python->host_path = value_of(python->make, "PY_HOST");
		python->site = value_of(python->make, "PY_OWN");
		python->is_virtual = is_said(python->make, "PY_VIRTUAL");
		shell = value_of(python->make, "PY_SHELL");
		python->is_embedded = shell && strcmp(shell, "embedded") == 0;
		free(shell);
		failed = !python->executable || !python->version || !python->tag ||
			 !python->host_path || strchr(python->tag, '/');
		if (failed)
			err_set(err, ERR_USAGE, "'%s' is no Python interpreter", program);
	}
	free(why);
	free(script);
	str_release(&out);
	str_release(&said);
	return failed ? -1 : 0;
}

/* --- which there are --- */

/* Adds to the matches those of PYENV_ROOT's interpreters that have the name. */
static void add_pyenv(glob_t *matches, const char *name, int more)
{
	const char *root = getenv("PYENV_ROOT"), *home = getenv("HOME");
	char *folder = root && *root == '/' ? xstrdup(root) :
		home && *home == '/' ? xasprintf("%s/.pyenv", home) : NULL;
	char *pattern = folder ? xasprintf("%s/versions/*/bin/%s", folder, name) : NULL;

	if (pattern)
		glob(pattern, more ? GLOB_APPEND : 0, NULL, matches);
	free(pattern);
	free(folder);
}

static void add_path(glob_t *matches, const char *name, int more)
{
	const char *path = getenv("PATH");
	size_t length;
	char *pattern;

	for (; path && *path; path += length + (path[length] == ':')) {
		length = strcspn(path, ":");
		pattern = xasprintf("%.*s/%s", (int)length, path, name);
		if (length)
			glob(pattern, more++ ? GLOB_APPEND : 0, NULL, matches);
		free(pattern);
	}
}

/* Says in the hint which interpreters answer here, each once. */
static void hint_found(struct err *err)
{
	static const char tell[] = "import os, sys; sys.version_info >= (3, 9) and print('%d.%d.%d "
				   "%s' % (sys.version_info[:3] + (os.path.realpath("
				   "sys.executable),)))";
	struct str found, one, said;
	struct err ignored;
	glob_t matches = {0};
	size_t i, n = 0;

	str_init(&found);
	str_init(&one);
	str_init(&said);
	add_path(&matches, "python3", 0);
	add_path(&matches, "python3.[0-9]", 1);
	add_path(&matches, "python3.[0-9][0-9]", 1);
	add_pyenv(&matches, "python3", 1);
	for (i = 0; i < matches.gl_pathc && n < NAMED_MOST; i++) {
		const char *const argv[] = {matches.gl_pathv[i], "-E", "-s", "-S", "-c", tell, NULL};

		str_clear(&one);
		if (command_run(argv, look_seconds, &one, &said, &ignored) < 0 || !one.len)
			continue;
		one.s[strcspn(one.s, "\n")] = '\0';
		if (strstr(str_text(&found), one.s))
			continue;
		str_addf(&found, "%s%s", n++ ? ", " : "", one.s);
	}
	globfree(&matches);
	if (n)
		err_hint(err, "found here: %s", str_text(&found));
	else
		err_hint(err, "no Python 3 was found on PATH");
	str_release(&found);
	str_release(&one);
	str_release(&said);
}

/* --- what was named --- */

/* Of a folder the interpreter in it; the path itself otherwise. NULL: no such folder's. */
static char *program_of(const char *given)
{
	static const char *const names[] = {"bin/python", "bin/python3"};
	struct stat st;
	char *path;
	size_t i;

	if (stat(given, &st) != 0 || !S_ISDIR(st.st_mode))
		return xstrdup(given);
	for (i = 0; i < 2; i++) {
		path = xasprintf("%s/%s", given, names[i]);
		if (access(path, X_OK) == 0)
			return path;
		free(path);
	}
	return NULL;
}

/* The newest of pyenv's that has the name, where what stands on PATH does not answer. */
static int ask_pyenv(struct python *python, const char *name, const char *sources, struct err *err)
{
	glob_t matches = {0};
	size_t i, k, best;
	int done = -1;

	if (strchr(name, '/') || strpbrk(name, "*?[\\"))
		return -1;
	add_pyenv(&matches, name, 0);
	for (i = 0; done && i < matches.gl_pathc; i++) {
		for (best = 0, k = 1; k < matches.gl_pathc; k++) {
			if (strverscmp(matches.gl_pathv[k], matches.gl_pathv[best]) > 0)
				best = k;
		}
		done = ask(python, matches.gl_pathv[best], sources, err);
		matches.gl_pathv[best][0] = '\0';
	}
	globfree(&matches);
	return done;
}

int python_resolve(struct python *python, const char *given, const char *sources, struct err *err)
{
	int is_path = strchr(given, '/') != NULL;
	char *program = is_path || strcmp(given, ".") == 0 ? program_of(given) : xstrdup(given);
	char **list = program ? command_find(program) : NULL;
	int done = -1;
	struct err other;
	size_t i;

	python_init(python);
	python->given = xstrdup(given);
	if (!program)
		err_set(err, ERR_USAGE, "the folder '%s' has no bin/python", given);
	else if (!list[0])
		err_set(err, ERR_USAGE, is_path ? "'%s' is no program" :
			"there is no '%s' on PATH", given);
	else
		done = ask(python, list[0], sources, err);
	if (done && program && !is_path)
		done = ask_pyenv(python, program, sources, &other);
	for (i = 0; list && list[i]; i++)
		free(list[i]);
	free(list);
	free(program);
	if (done == 0)
		return 0;
	err_prefix(err, "--python");
	if (!err->hint[0])
		hint_found(err);
	python_release(python);
	return -1;
}
