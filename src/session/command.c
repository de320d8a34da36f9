#include "session/command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/proc.h"

enum { PRINTED_MOST = 1 << 16 };

/* What was written into a memory file: its size is fixed, the offset shared. */
static void read_back(int fd, struct str *out)
{
	char buf[4096];
	off_t end = lseek(fd, 0, SEEK_CUR), at = 0;
	ssize_t n;

	for (; at < end; at += n) {
		n = pread(fd, buf, end - at < (off_t)sizeof buf ? (size_t)(end - at) : sizeof buf, at);
		if (n <= 0)
			break;
		str_addn(out, buf, (size_t)n);
	}
}

/* The last line that is not empty. */
static void keep_last_line(struct str *text)
{
	const char *all, *line;
	char *last;

	while (text->len && strchr("\r\n ", text->s[text->len - 1]))
		text->s[--text->len] = '\0';
	all = str_text(text);
	line = strrchr(all, '\n');
	last = xstrdup(line ? line + 1 : all);
	str_clear(text);
	str_add(text, last);
	free(last);
}

static int say_end(int ended, int status, double seconds, struct err *err)
{
	char name[16];

	if (!ended)
		return err_set(err, ERR_FAILURE, "it was still running after %g s", seconds);
	if (WIFSIGNALED(status))
		return err_set(err, ERR_FAILURE, "it was ended by %s",
			proc_signal_name(WTERMSIG(status), name));
	if (WEXITSTATUS(status))
		return err_set(err, ERR_FAILURE, "it ended with status %d", WEXITSTATUS(status));
	return 0;
}

int command_run(const char *const *argv, double seconds, struct str *out, struct str *said,
	struct err *err)
{
	static const char *const without[] = {"PYTHON", NULL}, *const more[] = {NULL};
	const char **env = proc_environ(without, more);
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC), status = 0, ended;
	int printed = proc_memfile("ffiadvise-out", PRINTED_MOST);
	int told = proc_memfile("ffiadvise-err", PRINTED_MOST);
	const struct proc_fd fds[] = {{null, 0}, {printed, 1}, {told, 2}};
	const struct proc_spawn how = {argv[0], argv, env, fds, 3, SIGKILL};
	pid_t pid = -1;

	if (null < 0 || printed < 0 || told < 0)
		err_set(err, ERR_FAILURE, "it cannot be run: %s", strerror(errno));
	else
		pid = proc_spawn(&how, err);
	if (pid > 0) {
		ended = proc_wait(pid, seconds, &status) == 1;
		proc_kill_group(pid);
		if (!ended)
			proc_wait(pid, 1, &status);
		read_back(printed, out);
		read_back(told, said);
		keep_last_line(said);
		pid = say_end(ended, ended ? status : 0, seconds, err) < 0 ? -1 : pid;
	}
	if (null >= 0)
		close(null);
	if (printed >= 0)
		close(printed);
	if (told >= 0)
		close(told);
	free(env);
	return pid < 0 ? -1 : 0;
}

static int is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

char **command_find(const char *word)
{
	const char *path = getenv("PATH");
	char **list = xcalloc(1, sizeof *list), *one;
	size_t n = 0, length;

	if (strchr(word, '/')) {
		list = xreallocarray(list, 2, sizeof *list);
		list[0] = is_program(word) ? xstrdup(word) : NULL;
		list[1] = NULL;
		return list;
	}
	for (; path && *path; path += length + (path[length] == ':')) {
		length = strcspn(path, ":");
		/* An empty entry is the present folder, whose files nobody meant. */
		if (!length)
			continue;
		one = xasprintf("%.*s/%s", (int)length, path, word);
		if (!is_program(one)) {
			free(one);
			continue;
		}
		list = xreallocarray(list, n + 2, sizeof *list);
		list[n++] = one;
		list[n] = NULL;
	}
	return list;
}
