#include <stdio.h>

#include "front/front.h"

int batch_run(const struct front *front)
{
	struct survey survey;
	struct errs errs = {0};
	int status;

	if (survey_read(&survey, &front->catalog->questions, front->cli->answers, stdin, &errs) < 0)
		return front_invalid(&errs);
	status = front_advise(front, &survey, NULL);
	survey_release(&survey);
	return status;
}
