#include "cli.h"

#include <stdio.h>
#include <string.h>

#include "survey/quantity.h"

enum option_id {
	OPTION_ANSWERS, OPTION_FORMAT, OPTION_OUTPUT, OPTION_BUDGET, OPTION_FRESH,
	OPTION_MEASUREMENTS, OPTION_CHECK, OPTION_PLAIN, OPTION_NO_COLOR, OPTION_QUIET,
	OPTION_DATA, OPTION_HELP, OPTION_VERSION, OPTIONS
};

static const struct {
	const char *name;
	const char *argument; /* NULL: takes none */
	const char *help;
} options[OPTIONS] = {
	[OPTION_ANSWERS] = {"answers", "FILE", "advise from an answers file (- reads standard input)"},
	[OPTION_FORMAT] = {"format", "FORMAT", "text (the default) or json"},
	[OPTION_OUTPUT] = {"output", "FILE", "write the report there instead of to standard output"},
	[OPTION_BUDGET] = {"budget", "DURATION", "measure for at most so long (default 5s)"},
	[OPTION_FRESH] = {"fresh", NULL, "measure now, even if today's figures are there"},
	[OPTION_MEASUREMENTS] = {"measurements", "FILE", "use the figures of that file, measure nothing"},
	[OPTION_CHECK] = {"check", NULL, "exit with 10 if FFI is advised, with 11 if not"},
	[OPTION_PLAIN] = {"plain", NULL, "ask by numbered lines: for screen readers and pipes"},
	[OPTION_NO_COLOR] = {"no-color", NULL, "no colour (as with NO_COLOR in the environment)"},
	[OPTION_QUIET] = {"quiet", NULL, "no progress and no remarks on standard error"},
	[OPTION_DATA] = {"data", "DIR", "take questions, probes and rules from there"},
	[OPTION_HELP] = {"help", NULL, "print this and exit"},
	[OPTION_VERSION] = {"version", NULL, "print the version and exit"},
};

static const char *const examples[] = {
	"ffiadvise                                  ask, measure, advise",
	"ffiadvise --answers score-pairs.yaml       the same from a file",
	"ffiadvise --answers a.yaml --format json   for other programs",
};

void cli_help(struct str *out)
{
	char left[48];
	size_t i;

	str_add(out, "ffiadvise - is native code worth it for this Python function, and how?\n\n");
	for (i = 0; i < sizeof examples / sizeof *examples; i++)
		str_addf(out, "  %s\n", examples[i]);
	str_add(out, "\nOptions\n");
	for (i = 0; i < OPTIONS; i++) {
		snprintf(left, sizeof left, "--%s%s%s", options[i].name,
			options[i].argument ? " " : "",
			options[i].argument ? options[i].argument : "");
		str_addf(out, "  %-22s %s\n", left, options[i].help);
	}
	str_add(out, "\nman ffiadvise says more, the answers file and the exit statuses among it.\n");
}

/* The option that an argument names, exactly; -1 and an err when there is none. */
static int option_of(const char *name, size_t length, struct err *err)
{
	const char *names[OPTIONS], *near;
	char word[64];
	size_t i;

	for (i = 0; i < OPTIONS; i++) {
		names[i] = options[i].name;
		if (strlen(options[i].name) == length && strncmp(options[i].name, name, length) == 0)
			return (int)i;
	}
	snprintf(word, sizeof word, "%.*s", (int)(length < 63 ? length : 63), name);
	near = str_nearest(word, names, OPTIONS);
	err_set(err, ERR_USAGE, "there is no option '--%s'", word);
	err_hint(err, near ? "did you mean --%s?" : "see ffiadvise --help%s", near ? near : "");
	return -1;
}

static int set_format(struct cli *cli, const char *word, struct err *err)
{
	static const char *const words[] = {"text", "json"};
	size_t i;

	for (i = 0; i < 2; i++) {
		if (strcmp(word, words[i]) == 0) {
			cli->format = (enum format)i;
			return 0;
		}
	}
	err_set(err, ERR_USAGE, "there is no format '%s'", word);
	err_hint(err, "text or json");
	return -1;
}

static int set_budget(struct cli *cli, const char *word, struct err *err)
{
	double ns;

	if (quantity_read(word, QUESTION_DURATION, &ns, err) < 0) {
		err->code = ERR_USAGE;
		err_prefix(err, "--budget");
		return -1;
	}
	if (ns < 0.1e9 || ns > 3600e9) {
		err_set(err, ERR_USAGE, "--budget: '%s' is out of range", word);
		err_hint(err, "100ms to 1h");
		return -1;
	}
	cli->budget = ns / 1e9;
	return 0;
}

static int set(struct cli *cli, enum option_id id, const char *value, struct err *err)
{
	switch (id) {
	case OPTION_ANSWERS:
		cli->answers = value;
		return 0;
	case OPTION_FORMAT:
		return set_format(cli, value, err);
	case OPTION_OUTPUT:
		cli->output = value;
		return 0;
	case OPTION_BUDGET:
		return set_budget(cli, value, err);
	case OPTION_MEASUREMENTS:
		cli->measurements = value;
		return 0;
	case OPTION_DATA:
		cli->data = value;
		return 0;
	case OPTION_FRESH:
		cli->fresh = 1;
		return 0;
	case OPTION_CHECK:
		cli->check = 1;
		return 0;
	case OPTION_PLAIN:
		cli->plain = 1;
		return 0;
	case OPTION_NO_COLOR:
		cli->no_color = 1;
		return 0;
	case OPTION_QUIET:
		cli->quiet = 1;
		return 0;
	case OPTION_HELP:
		cli->help = 1;
		return 0;
	case OPTION_VERSION:
		cli->version = 1;
		return 0;
	case OPTIONS:
		break;
	}
	return 0;
}

/* What goes with what. */
static int check(const struct cli *cli, struct err *err)
{
	if (cli->fresh && cli->measurements) {
		err_set(err, ERR_USAGE, "--fresh and --measurements contradict each other");
		err_hint(err, "leave one of them out");
		return -1;
	}
	if (cli->plain && cli->answers) {
		err_set(err, ERR_USAGE, "--plain asks, --answers reads a file");
		err_hint(err, "leave one of them out");
		return -1;
	}
	return 0;
}

int cli_parse(struct cli *cli, int argc, char **argv, struct err *err)
{
	const char *value, *equals;
	int i, id, only_words = 0;

	memset(cli, 0, sizeof *cli);
	cli->budget = 5;
	for (i = 1; i < argc; i++) {
		const char *arg = argv[i];

		if (!only_words && strcmp(arg, "--") == 0) {
			only_words = 1;
			continue;
		}
		if (!only_words && strcmp(arg, "-h") == 0) {
			cli->help = 1;
			continue;
		}
		if (only_words || strncmp(arg, "--", 2) != 0) {
			err_set(err, ERR_USAGE, "'%s' is not expected here", arg);
			err_hint(err, "an answers file is given with --answers FILE; see ffiadvise --help");
			return -1;
		}
		equals = strchr(arg, '=');
		id = option_of(arg + 2, equals ? (size_t)(equals - arg - 2) : strlen(arg + 2), err);
		if (id < 0)
			return -1;
		value = equals ? equals + 1 : NULL;
		if (options[id].argument && !value) {
			if (i + 1 == argc) {
				err_set(err, ERR_USAGE, "--%s needs its %s", options[id].name,
					options[id].argument);
				return -1;
			}
			value = argv[++i];
		} else if (!options[id].argument && value) {
			return err_set(err, ERR_USAGE, "--%s takes no value", options[id].name);
		}
		if (set(cli, (enum option_id)id, value, err) < 0)
			return -1;
	}
	return cli->help || cli->version ? 0 : check(cli, err);
}
