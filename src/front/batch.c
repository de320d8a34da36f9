#include <stdio.h>

#include "front/front.h"

int batch_run(const struct front *front)
{
	struct survey survey;
	struct errs errs = {0};
	struct str text;
	int status;

	if (survey_read(&survey, &front->catalog->questions, front->cli->answers, stdin, &errs) < 0) {
		str_init(&text);
		errs_format(&errs, &text);
		fputs(str_text(&text), stderr);
		str_release(&text);
		errs_release(&errs);
		return ERR_INVALID;
	}
	status = front_advise(front, &survey);
	survey_release(&survey);
	return status;
}
