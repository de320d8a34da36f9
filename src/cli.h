/*
 * cli: the command line as a table: parsing, --help and the manual's check
 * follow from it. Borrowed texts point into argv.
 */
#ifndef FFIADVISE_CLI_H
#define FFIADVISE_CLI_H

#include "base/err.h"
#include "base/str.h"

enum format { FORMAT_TEXT, FORMAT_JSON };

struct cli {
	const char *answers;      /* --answers FILE; "-" is standard input */
	const char *output;       /* --output FILE; NULL: standard output */
	const char *measurements; /* --measurements FILE */
	const char *data;         /* --data DIR */
	enum format format;
	double budget;            /* seconds */
	int fresh, check, plain, no_color, quiet, help, version;
};

/* -1 and a usage error that names what was found and what is near it. */
int cli_parse(struct cli *cli, int argc, char **argv, struct err *err);
void cli_help(struct str *out);

#endif
