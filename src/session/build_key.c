#include "session/build_key.h"

#include <fts.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "session/command.h"

/* FNV-1a with 64 bits (Fowler, Noll, Vo): it tells changes apart, no more is asked of it. */
#define FNV_START 14695981039346656037u
#define FNV_PRIME 1099511628211u

static void mix(uint64_t *key, const void *bytes, size_t n)
{
	const unsigned char *b = bytes;
	size_t i;

	for (i = 0; i < n; i++)
		*key = (*key ^ b[i]) * FNV_PRIME;
}

static void mix_text(uint64_t *key, const char *text)
{
	mix(key, text ? text : "", text ? strlen(text) + 1 : 1);
}

static void mix_file(uint64_t *key, const char *name, const struct stat *st)
{
	int64_t facts[] = {(int64_t)st->st_size, (int64_t)st->st_mtim.tv_sec,
		(int64_t)st->st_mtim.tv_nsec};

	mix_text(key, name);
	mix(key, facts, sizeof facts);
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static void mix_tree(uint64_t *key, const char *sources, const char *folder)
{
	char *path = xasprintf("%s/%s", sources, folder), *const roots[] = {path, NULL};
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	FTSENT *entry;

	while (tree && (entry = fts_read(tree))) {
		if (entry->fts_info == FTS_D && strcmp(entry->fts_name, "__pycache__") == 0)
			fts_set(tree, entry, FTS_SKIP);
		else if (entry->fts_info == FTS_F)
			mix_file(key, entry->fts_path + strlen(sources), entry->fts_statp);
	}
	if (tree)
		fts_close(tree);
	free(path);
}

/* The first of that name on PATH; another one, or none, is another build. */
static void mix_tool(uint64_t *key, const char *name)
{
	char **list = command_find(name);
	struct stat st;
	size_t i;

	mix_text(key, list[0]);
	if (list[0] && stat(list[0], &st) == 0)
		mix_file(key, name, &st);
	for (i = 0; list[i]; i++)
		free(list[i]);
	free(list);
}

char *build_key(const struct python *python, const char *sources)
{
	static const char *const folders[] = {"src/base", "src/worker", "src/packaging",
		"bench/probes", "bench/build.py", "bench/build_package.py", "data/bindings.yaml"};
	static const char *const tools[] = {"gcc", "g++", "cargo", "rustc"};
	static const char *const variables[] = {"FFIADVISE_BINDINGS", "CC", "CXX", "CARGO", "RUSTC"};
	uint64_t key = FNV_START;
	size_t i;

	for (i = 0; i < sizeof folders / sizeof *folders; i++)
		mix_tree(&key, sources, folders[i]);
	for (i = 0; i < sizeof tools / sizeof *tools; i++)
		mix_tool(&key, tools[i]);
	for (i = 0; i < sizeof variables / sizeof *variables; i++)
		mix_text(&key, getenv(variables[i]));
	mix_text(&key, python->make);
	return xasprintf("%016" PRIx64, key);
}
