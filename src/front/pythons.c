#include "front/pythons.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "session/build.h"

static void tell(void *who, const char *line)
{
	const struct cli *cli = who;
	struct str shown;

	if (cli->quiet)
		return;
	str_init(&shown);
	str_add_shown(&shown, line, strlen(line));
	fprintf(stderr, "ffiadvise: %s\n", str_text(&shown));
	str_release(&shown);
}

/* What is only looked at is not built for. */
static int ready_one(struct python *python, const struct cli *cli, const char *given,
	const struct places *places, int stop_fd, struct err *err)
{
	const struct build_talk talk = {tell, (void *)cli, stop_fd};

	if (python_resolve(python, given, places->sources, err) < 0)
		return -1;
	if ((cli->measurements && cli->command != COMMAND_MEASURE) || cli->list) {
		build_look(python, places);
		return 0;
	}
	return build_ready(python, places, &talk, err);
}

struct python *pythons_ready(const struct cli *cli, struct places *places, int stop_fd,
	size_t *n, struct err *err)
{
	struct python *pythons = xcalloc(cli->n_pythons + 1, sizeof *pythons);

	*n = 0;
	if (!cli->n_pythons) {
		pythons[0] = places->python;
		python_init(&places->python);
		*n = 1;
		return pythons;
	}
	for (; *n < cli->n_pythons; ++*n) {
		python_init(&pythons[*n]);
		if (ready_one(&pythons[*n], cli, cli->pythons[*n], places, stop_fd, err) < 0) {
			pythons_release(pythons, *n + 1);
			return NULL;
		}
	}
	return pythons;
}

void pythons_release(struct python *pythons, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		python_release(&pythons[i]);
	free(pythons);
}
