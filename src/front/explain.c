#include <stdlib.h>
#include <unistd.h>

#include "front/front.h"
#include "front/output.h"
#include "measure/cache.h"
#include "session/run.h"
#include "show/view_explain.h"

/*
 * The figures to look ids up in: the file that was named, else what the cache
 * has, else none, with what the build says of the bindings.
 */
static int find_figures(struct measurements *m, const struct front *front, struct err *err)
{
	struct err ignored;
	char *path;

	measurements_init(m);
	if (front->cli->measurements)
		return measurements_load(m, front->cli->measurements, err);
	if (run_look(&m->env, front->catalog, front->pythons, &ignored) < 0)
		return 0;
	path = cache_path(m->env.interpreter_key);
	if (path && access(path, R_OK) == 0) {
		struct measurements cached;

		measurements_init(&cached);
		if (measurements_load(&cached, path, &ignored) == 0) {
			measurements_release(m);
			*m = cached;
		}
	}
	free(path);
	return 0;
}

int explain_run(const struct front *front)
{
	const struct cli *cli = front->cli;
	struct explain explain = {.catalog = front->catalog};
	struct measurements m;
	struct lines lines;
	int result = 0;
	struct err err;
	size_t i;

	if (find_figures(&m, front, &err) < 0)
		return front_fail(&err);
	explain.m = &m;
	lines_init(&lines);
	for (i = 0; i < cli->n_words && result == 0; i++)
		result = view_explain(&lines, &explain, cli->words[i], &err);
	if (result == 0)
		result = output_lines(cli, &lines, &err);
	lines_release(&lines);
	measurements_release(&m);
	return result < 0 ? front_fail(&err) : 0;
}
