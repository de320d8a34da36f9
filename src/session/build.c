#include "session/build.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/proc.h"
#include "measure/cache.h"
#include "measure/manifest.h"
#include "session/build_key.h"
#include "session/command.h"

enum { LOOK_MS = 100, LINE_MOST = 512, END_SECONDS = 3 };

static void tell(const struct build_talk *talk, char *line)
{
	if (talk->tell)
		talk->tell(talk->who, line);
	free(line);
}

/* Waits a moment; -1 when somebody said stop. */
static int pause_a_moment(const struct build_talk *talk, struct err *err)
{
	struct pollfd pfd = {talk->stop_fd, POLLIN, 0};

	if (poll(&pfd, 1, LOOK_MS) > 0 && pfd.revents & POLLIN)
		return err_set(err, ERR_FAILURE, "stopped");
	return 0;
}

static char *folder_of(const struct python *python, struct err *err)
{
	char *cache = cache_folder(), *folder = NULL;

	if (!cache) {
		err_set(err, ERR_FAILURE, "there is no folder to build for '%s' in", python->given);
		err_hint(err, "set HOME or XDG_CACHE_HOME to an absolute path");
		return NULL;
	}
	folder = xasprintf("%s/python/%s", cache, python->tag);
	free(cache);
	return folder;
}

/* --- whether it is there --- */

static int is_complete(const char *folder, const char *key)
{
	char *path = xasprintf("%s/complete", folder), line[64] = "";
	FILE *file = fopen(path, "re");
	int complete = file && fgets(line, sizeof line, file) && strcmp(line, key) == 0;

	if (file)
		fclose(file);
	free(path);
	return complete;
}

static int write_file(const char *path, const char *text, struct err *err)
{
	FILE *file = fopen(path, "we");
	int bad = !file || fwrite(text, 1, strlen(text), file) != strlen(text);

	bad |= file && fclose(file) != 0;
	return bad ? err_set(err, ERR_FAILURE, "cannot write '%s': %s", path, strerror(errno)) : 0;
}

/* In one step, after all else is there; what is interrupted before it does not count. */
static int write_complete(const char *folder, const char *key, struct err *err)
{
	char *path = xasprintf("%s/complete", folder), *partial = xasprintf("%s.partial", path);
	int bad = write_file(partial, key, err);

	if (!bad && rename(partial, path) != 0)
		bad = err_set(err, ERR_FAILURE, "cannot write '%s': %s", path, strerror(errno));
	free(partial);
	free(path);
	return bad;
}

static int write_assignments(const struct python *python, const char *folder, struct err *err)
{
	char *path = xasprintf("%s/interpreter.mk", folder);
	int bad = write_file(path, python->make, err);

	free(path);
	return bad;
}

/* --- locks --- */

/* LOCK_SH or LOCK_EX; waits for who holds it, and says so once. */
static int take_lock(int fd, int how, const struct python *python, const struct build_talk *talk,
	struct err *err)
{
	int told = 0;

	while (flock(fd, how | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return err_set(err, ERR_FAILURE, "cannot lock what is built for '%s': %s",
				python->given, strerror(errno));
		if (!told++)
			tell(talk, xasprintf("waiting for another ffiadvise that %s Python %s",
					   how == LOCK_EX ? "uses what is built for" :
					   "builds for", python->version));
		if (pause_a_moment(talk, err) < 0)
			return -1;
	}
	return 0;
}

/* --- building --- */

/* Tells the lines of the log from *at on that say what is being built; keeps complaints. */
static void follow(int log, off_t *at, const struct build_talk *talk)
{
	static const char *const telling[] = {"building ", "pip install "};
	char buf[4096], *line, *end, *target;
	ssize_t n;
	size_t i;

	while ((n = pread(log, buf, sizeof buf - 1, *at)) > 0) {
		buf[n] = '\0';
		line = buf;
		for (; (end = strchr(line, '\n')); line = end + 1) {
			*end = '\0';
			for (i = 0; i < 2; i++) {
				if (strncmp(line, telling[i], strlen(telling[i])) != 0)
					continue;
				target = strstr(line, "--target ");
				tell(talk, i && target ?
					xasprintf("  pip install%s", strrchr(line, ' ')) :
					xasprintf("  %s", line));
			}
		}
		/* A line longer than the buffer is of no interest. */
		n = line == buf && n == (ssize_t)sizeof buf - 1 ? n : line - buf;
		if (!n)
			break;
		*at += n;
	}
}

/* The first line of the log that complains, else its last. */
static char *complaint(const char *path)
{
	char line[LINE_MOST], last[LINE_MOST] = "it said nothing";
	FILE *file = fopen(path, "re");
	int found = 0;

	while (file && !found && fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = '\0';
		if (*line)
			memcpy(last, line, sizeof last);
		found = strstr(line, "rror: ") != NULL;
	}
	if (file)
		fclose(file);
	return xstrdup(last);
}

/* Runs make, which inherits the lock: until it has ended, nobody else builds there. */
static pid_t start_make(const struct places *places, const char *folder, int lock, int log,
	struct err *err)
{
	static const char *const without[] = {"PYTHON", "MAKE", "MFLAGS", NULL}, *const more[] = {NULL};
	const char **env = proc_environ(without, more);
	char *pydir = xasprintf("PYDIR=%s", folder), jobs[16], **make = command_find("make");
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	const struct proc_fd fds[] = {{null, 0}, {log, 1}, {log, 2}, {lock, 3}};
	const char *const argv[] = {"make", "-C", places->sources, "-f", "src/packaging/python.mk", jobs,
		pydir, NULL};
	struct proc_spawn how = {make[0], argv, env, fds, 4, SIGTERM};
	struct proc_cpus cpus;
	pid_t pid = -1;
	size_t i;

	snprintf(jobs, sizeof jobs, "-j%d", proc_cpus_get(&cpus) == 0 ? proc_cpus_count(&cpus) : 1);
	if (!make[0]) {
		err_set(err, ERR_FAILURE, "there is no 'make' on PATH to build with");
		err_hint(err, "install make and a C compiler (Debian: apt-get install make gcc)");
	} else if (null < 0) {
		err_set(err, ERR_FAILURE, "cannot open /dev/null: %s", strerror(errno));
	} else {
		pid = proc_spawn(&how, err);
	}
	if (null >= 0)
		close(null);
	for (i = 0; make[i]; i++)
		free(make[i]);
	free(make);
	free(pydir);
	free(env);
	return pid;
}

/*
 * Waits for it and tells what it does. -1: it failed or was stopped; it has ended
 * in any case, and *whole says whether by itself, so that no file is half written.
 */
static int watch_make(pid_t pid, int log, const char *path, const struct python *python,
	const struct build_talk *talk, int *whole, struct err *err)
{
	char *why;
	off_t at = 0;
	int status;

	*whole = 1;
	while (proc_wait(pid, 0, &status) == 0) {
		follow(log, &at, talk);
		if (pause_a_moment(talk, err) < 0) {
			/* make and compilers take away what they had begun. */
			kill(-pid, SIGTERM);
			*whole = proc_wait(pid, END_SECONDS, &status) == 1 && WIFEXITED(status);
			proc_kill_group(pid);
			proc_wait(pid, 1, &status);
			return -1;
		}
	}
	follow(log, &at, talk);
	*whole = WIFEXITED(status);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	why = complaint(path);
	err_set(err, ERR_FAILURE, "building worker and probes for Python %s (%s) failed: %s",
		python->version, python->executable, why);
	err_hint(err, "all it said is in %s", path);
	free(why);
	return -1;
}

/* How long it will take, by what the builds of the interpreter beside the program took. */
static char *say_time(const struct places *places)
{
	char *path = manifest_path(places->python.worker);
	double seconds = manifest_build_seconds(path);

	free(path);
	if (getenv("FFIADVISE_BINDINGS"))
		return xstrdup("of the bindings that FFIADVISE_BINDINGS names");
	if (!(seconds > 0))
		return xstrdup("which takes some minutes");
	return xasprintf("which may take %.0f minute%s, by what it took for the one that is here",
		seconds / 60 < 1 ? 1 : seconds / 60, seconds < 90 ? "" : "s");
}

/* Of nftw(): all but the folder itself and the lock that is held. */
static int remove_below(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	if (at->level > 0 && !(at->level == 1 && strcmp(path + at->base, "lock") == 0))
		remove(path);
	return 0;
}

static int make_it(const struct python *python, const struct places *places, const char *folder,
	int lock, const struct build_talk *talk, struct err *err)
{
	char *path = xasprintf("%s/build.log", folder), *time = say_time(places);
	char *begun = xasprintf("%s/begun", folder);
	int log = -1, result = -1, whole = 0;
	pid_t pid;

	/* Left by a build that was cut off: any file may be half of one. */
	if (access(begun, F_OK) == 0)
		nftw(folder, remove_below, 16, FTW_DEPTH | FTW_PHYS);

	tell(talk, xasprintf("building worker and probes for Python %s (%s), once, %s; into %s",
			   python->version, python->executable, time, folder));
	if (write_file(begun, "", err) < 0 || write_assignments(python, folder, err) < 0)
		goto out;
	log = open(path, O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
	if (log < 0) {
		err_set(err, ERR_FAILURE, "cannot write '%s': %s", path, strerror(errno));
		goto out;
	}
	pid = start_make(places, folder, lock, log, err);
	if (pid > 0)
		result = watch_make(pid, log, path, python, talk, &whole, err);
	close(log);
	if (whole)
		unlink(begun);
out:
	free(begun);
	free(time);
	free(path);
	return result;
}

/* With the lock held for building: makes it unless another has just done so. */
static int build_locked(const struct python *python, const struct places *places,
	const char *folder, const char *key, int lock, const struct build_talk *talk,
	struct err *err)
{
	char *complete;

	if (is_complete(folder, key))
		return 0;
	complete = xasprintf("%s/complete", folder);
	unlink(complete);
	free(complete);
	if (make_it(python, places, folder, lock, talk, err) < 0)
		return -1;
	return write_complete(folder, key, err);
}

static int lock_and_build(struct python *python, const struct places *places, const char *folder,
	const struct build_talk *talk, struct err *err)
{
	char *path = xasprintf("%s/lock", folder), *key = build_key(python, places->sources);
	int result = -1, turns;

	if (strpbrk(folder, " \t#$%:'\"\\")) {
		err_set(err, ERR_FAILURE, "nothing can be built in '%s': make takes no such path", folder);
		err_hint(err, "set XDG_CACHE_HOME to a path without spaces and signs");
		goto out;
	}
	if (cache_make_folders(path, err) < 0)
		goto out;
	python->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (python->lock < 0) {
		err_set(err, ERR_FAILURE, "cannot open '%s': %s", path, strerror(errno));
		goto out;
	}
	/* Changing one lock into the other lets go of it for a moment, in which another may build
	 * with other sources; two programs that would do that to each other end here. */
	for (turns = 0; result && turns < 3; turns++) {
		if (take_lock(python->lock, LOCK_SH, python, talk, err) < 0)
			goto out;
		if (is_complete(folder, key))
			result = 0;
		else if (take_lock(python->lock, LOCK_EX, python, talk, err) < 0 ||
			build_locked(python, places, folder, key, python->lock, talk, err) < 0)
			goto out;
	}
	if (result)
		err_set(err, ERR_FAILURE, "another ffiadvise builds other sources in '%s'", folder);
out:
	free(key);
	free(path);
	return result;
}

/* 1 when `make` has built for it beside the program; it is taken then. */
static int is_beside(struct python *python, const struct places *places)
{
	char *folder = xasprintf("%s/%s", places->built, python->tag);
	char *manifest = xasprintf("%s/manifest.json", folder);
	int there = access(manifest, R_OK) == 0 && python_take(python, folder) == 0;

	free(manifest);
	free(folder);
	return there;
}

static void forget(struct python *python)
{
	free(python->worker);
	free(python->host);
	free(python->probes);
	python->worker = python->host = python->probes = NULL;
}

int build_ready(struct python *python, const struct places *places, const struct build_talk *talk,
	struct err *err)
{
	char *folder;
	int result;

	if (is_beside(python, places))
		return 0;
	forget(python);
	folder = folder_of(python, err);
	if (!folder)
		return -1;
	result = lock_and_build(python, places, folder, talk, err);
	if (result == 0 && python_take(python, folder) != 0)
		result = err_set(err, ERR_FAILURE, "no worker was built in '%s'", folder);
	free(folder);
	return result;
}

int build_look(struct python *python, const struct places *places)
{
	struct err ignored;
	char *folder;
	int there;

	if (is_beside(python, places))
		return 0;
	forget(python);
	folder = folder_of(python, &ignored);
	there = python_take(python, folder ? folder : places->built) == 0;
	free(folder);
	return there ? 0 : -1;
}
