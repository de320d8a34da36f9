#include "unit/scratch.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/mem.h"

char *scratch;

char *scratch_new(void)
{
	char name[] = "/tmp/ffiadvise-test-XXXXXX";

	assert_non_null(mkdtemp(name));
	return xstrdup(name);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st;
	(void)kind;
	(void)where;
	return remove(path);
}

void scratch_remove(char *folder)
{
	assert_int_equal(nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
	free(folder);
}

void scratch_write(const char *folder, const char *name, const char *text)
{
	char *path = xasprintf("%s/%s", folder, name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	free(path);
}

int scratch_begin(void **state)
{
	(void)state;
	scratch = scratch_new();
	return 0;
}

int scratch_end(void **state)
{
	(void)state;
	scratch_remove(scratch);
	return 0;
}

char *scratch_path(const char *name)
{
	return xasprintf("%s/%s", scratch, name);
}
