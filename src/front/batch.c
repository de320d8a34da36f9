#include <stdio.h>

#include "front/front.h"
#include "survey/change.h"

/* What the command line changes, one after another; a mistake names the option. */
static int change(struct survey *survey, const struct front *front, const char *option,
	const char **texts, size_t n, struct err *err)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (survey_change(survey, &front->catalog->questions, texts[i], err) < 0) {
			err_prefix(err, "--%s %s", option, texts[i]);
			return -1;
		}
	}
	return 0;
}

static int advise(const struct front *front, struct survey *survey)
{
	const struct cli *cli = front->cli;
	struct survey then;
	struct err err;
	int status;

	if (change(survey, front, "set", cli->sets, cli->n_sets, &err) < 0)
		return front_fail(&err);
	if (!cli->n_what_ifs) {
		survey_check_all(survey);
		return front_advise(front, survey, NULL, NULL);
	}
	survey_copy(&then, survey);
	if (change(&then, front, "what-if", cli->what_ifs, cli->n_what_ifs, &err) < 0) {
		status = front_fail(&err);
	} else {
		survey_check_all(survey);
		survey_check_all(&then);
		status = front_advise(front, survey, &then, NULL);
	}
	survey_release(&then);
	return status;
}

int batch_run(const struct front *front)
{
	struct survey survey;
	struct errs errs = {0};
	int status;

	if (survey_read_given(&survey, &front->catalog->questions, front->cli->answers, stdin,
		&errs) < 0)
		return front_invalid(&errs);
	status = advise(front, &survey);
	survey_release(&survey);
	return status;
}
