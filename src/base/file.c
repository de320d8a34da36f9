#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

static int write_all(int fd, const char *s, size_t n)
{
	while (n) {
		ssize_t done = write(fd, s, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return -1;
		s += done;
		n -= (size_t)done;
	}
	return 0;
}

static mode_t usual_mode(void)
{
	mode_t mask = umask(077);

	umask(mask);
	return 0666 & ~mask;
}

static int fail(const char *path, struct err *err)
{
	return err_set(err, ERR_FAILURE, "cannot write '%s': %s", path, strerror(errno));
}

int file_replace(const char *path, const char *text, size_t n, mode_t mode, struct err *err)
{
	char *temporary = xasprintf("%s.XXXXXX", path);
	int fd = mkostemp(temporary, 02000000 /* O_CLOEXEC */), failed;

	if (fd < 0) {
		fail(path, err);
		free(temporary);
		return -1;
	}
	failed = fchmod(fd, mode == FILE_USUAL_MODE ? usual_mode() : mode) ||
		write_all(fd, text, n) || fsync(fd);
	if (failed)
		fail(path, err);
	if (close(fd) && !failed)
		failed = fail(path, err);
	if (!failed && rename(temporary, path))
		failed = fail(path, err);
	if (failed)
		unlink(temporary);
	free(temporary);
	return failed ? -1 : 0;
}

int file_make_folders(const char *path, struct err *err)
{
	char *folder = xstrdup(path), *slash;
	int result = 0;

	for (slash = strchr(folder + 1, '/'); slash && !result; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(folder, 0700) && errno != EEXIST)
			result = err_set(err, ERR_FAILURE, "cannot make the folder '%s': %s", folder,
				strerror(errno));
		*slash = '/';
	}
	free(folder);
	return result;
}
