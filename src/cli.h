/*
 * cli: the command line as two tables, of commands and of options: parsing,
 * --help, which option belongs to which command, and the manual's check follow
 * from them. Borrowed texts point into argv; cli_release() frees the rest.
 */
#ifndef FFIADVISE_CLI_H
#define FFIADVISE_CLI_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_MARKDOWN, FORMAT_HTML };

enum command {
	COMMAND_ADVISE, /* none was named */
	COMMAND_MEASURE, COMMAND_BENCH, COMMAND_CLAIMS, COMMAND_DOCTOR, COMMAND_EXPLAIN, COMMANDS
};

struct cli {
	enum command command;
	const char **words;       /* what follows the command: patterns, ids */
	size_t n_words, cap_words;
	const char *answers;      /* --answers FILE; "-" is standard input */
	const char *setup;        /* --setup CODE; NULL: none */
	const char *call;         /* --call EXPR */
	const char *output;       /* --output FILE; NULL: standard output */
	const char *measurements; /* --measurements FILE */
	const char **pythons;     /* --python PATH, each */
	size_t n_pythons, cap_pythons;
	const char *data;         /* --data DIR */
	const char *save;         /* --save FILE */
	const char *compare;      /* --compare FILE */
	const char *keys;         /* --keys FILE */
	const char *dump;         /* --dump FILE */
	const char **sets;        /* --set KEY=VALUE, in their order */
	size_t n_sets, cap_sets;
	const char **what_ifs;    /* --what-if KEY=VALUE */
	size_t n_what_ifs, cap_what_ifs;
	enum format format;
	double budget;            /* seconds */
	int budget_given;         /* by --budget */
	long size;                /* --size N; 0: all */
	int fresh, all, check, plain, no_color, ascii, resume, quiet, list, help, version;
};

/* -1 and a usage error that names what was found and what is near it. */
int cli_parse(struct cli *cli, int argc, char **argv, struct err *err);
void cli_release(struct cli *cli);
/* --help of the command that was named, or of the program. */
void cli_help(struct str *out, enum command command);

#endif
