#include "cli.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "survey/quantity.h"

/* A bit for each command, so that an option says in one number where it belongs. */
enum {
	ADVISE = 1 << COMMAND_ADVISE, MEASURE = 1 << COMMAND_MEASURE, BENCH = 1 << COMMAND_BENCH,
	DOCTOR = 1 << COMMAND_DOCTOR,
	EXPLAIN = 1 << COMMAND_EXPLAIN, CLAIMS = 1 << COMMAND_CLAIMS, EVERYWHERE = (1 << COMMANDS) - 1,
};

static const struct {
	const char *name;
	const char *words;  /* what follows it, as --help shows it; "" for nothing */
	size_t least, most; /* so many words */
	const char *help;
	const char *examples[4];
} commands[COMMANDS] = {
	[COMMAND_ADVISE] = {"", "", 0, 0, "is native code worth it for this Python function, and how?",
		{"ffiadvise                                  ask, measure, advise",
		"ffiadvise --answers score-pairs.yaml       the same from a file",
		"ffiadvise --answers a.yaml --format json   for other programs"}},
	[COMMAND_MEASURE] = {"measure", "", 0, 0,
		"runs your code: time a call, see what goes in and out, advise",
		{"ffiadvise measure --setup 'from scoring import score; xs = [1.5] * 1000' --call 'score(xs)'",
		"ffiadvise measure --setup \"$(cat setup.py)\" --call 'score(xs)'"}},
	[COMMAND_BENCH] = {"bench", "[PATTERN...]", 0, SIZE_MAX,
		"measure what crossing into native code costs here",
		{"ffiadvise bench                      the calls, in every binding",
		"ffiadvise bench list --size 1000     all of a group, at one size",
		"ffiadvise bench 'list_*/pyo3/*'      by measurement id",
		"ffiadvise bench --list               what there is"}},
	[COMMAND_CLAIMS] = {"claims", "[ID...]", 0, SIZE_MAX,
		"what is commonly said of native code, against this machine",
		{"ffiadvise claims                     all of them, in under a minute",
		"ffiadvise claims C9 C46              these two"}},
	[COMMAND_DOCTOR] = {"doctor", "", 0, 0, "what is here, what is missing, what to do about it",
		{"ffiadvise doctor", "ffiadvise doctor --format json"}},
	[COMMAND_EXPLAIN] = {"explain", "ID...", 1, SIZE_MAX,
		"a rule, probe, binding, answer, figure or word of a report",
		{"ffiadvise explain pyo3", "ffiadvise explain list_float.copied/pyo3/n=1000"}},
};

enum option_id {
	OPTION_ANSWERS, OPTION_SETUP, OPTION_CALL, OPTION_SET, OPTION_WHAT_IF, OPTION_ALL,
	OPTION_LIST, OPTION_SIZE, OPTION_SAVE, OPTION_COMPARE, OPTION_FORMAT,
	OPTION_OUTPUT, OPTION_PYTHON, OPTION_BUDGET, OPTION_FRESH, OPTION_MEASUREMENTS, OPTION_CHECK,
	OPTION_PLAIN, OPTION_NO_COLOR, OPTION_ASCII, OPTION_RESUME, OPTION_KEYS, OPTION_DUMP,
	OPTION_QUIET, OPTION_DATA, OPTION_HELP, OPTION_VERSION,
	OPTIONS
};

static const struct {
	const char *name;
	const char *argument; /* NULL: takes none */
	unsigned commands;    /* where it belongs */
	const char *help;
} options[OPTIONS] = {
	[OPTION_ANSWERS] = {"answers", "FILE", ADVISE | MEASURE,
		"advise from an answers file (- reads standard input)"},
	[OPTION_SETUP] = {"setup", "CODE", MEASURE, "Python run once before, as python -c does"},
	[OPTION_CALL] = {"call", "EXPR", MEASURE, "the call to measure, an expression as in f(xs)"},
	[OPTION_SET] = {"set", "KEY=VALUE", ADVISE,
		"change an answer of the file first; may be given again"},
	[OPTION_WHAT_IF] = {"what-if", "KEY=VALUE", ADVISE,
		"advise with and without that change; given again: both"},
	[OPTION_ALL] = {"all", NULL, ADVISE,
		"options and flips of every function, even of more than 100"},
	[OPTION_LIST] = {"list", NULL, BENCH, "say what there is to measure, measure nothing"},
	[OPTION_SIZE] = {"size", "N", BENCH, "only at this size"},
	[OPTION_SAVE] = {"save", "FILE", BENCH, "keep what was measured in that file"},
	[OPTION_COMPARE] = {"compare", "FILE", BENCH, "against what was kept in that file"},
	[OPTION_FORMAT] = {"format", "FORMAT", ADVISE | MEASURE | BENCH | CLAIMS | DOCTOR,
		"text (the default), json, and for reports markdown or html"},
	[OPTION_OUTPUT] = {"output", "FILE", EVERYWHERE,
		"write the report there instead of to standard output"},
	[OPTION_PYTHON] = {"python", "PATH", ADVISE | MEASURE | BENCH | CLAIMS | DOCTOR,
		"measure in that interpreter or virtual environment; repeat it to compare"},
	[OPTION_BUDGET] = {"budget", "DURATION", ADVISE | MEASURE | BENCH | CLAIMS,
		"measure for at most so long (default 5s)"},
	[OPTION_FRESH] = {"fresh", NULL, ADVISE | MEASURE | BENCH,
		"measure now, even if today's figures are there"},
	[OPTION_MEASUREMENTS] = {"measurements", "FILE", EVERYWHERE,
		"use the figures of that file, measure nothing"},
	[OPTION_CHECK] = {"check", NULL, ADVISE | MEASURE,
		"exit with 10 if FFI is advised, with 11 if not"},
	[OPTION_PLAIN] = {"plain", NULL, ADVISE | MEASURE | BENCH | CLAIMS,
		"nothing that moves, questions as numbered lines: for screen readers"},
	[OPTION_NO_COLOR] = {"no-color", NULL, EVERYWHERE,
		"no colour (as with NO_COLOR in the environment)"},
	[OPTION_ASCII] = {"ascii", NULL, ADVISE, "no signs on the screen but those of ASCII"},
	[OPTION_RESUME] = {"resume", NULL, ADVISE, "go on with the session that was left last"},
	[OPTION_KEYS] = {"keys", "FILE", ADVISE, "press the keys of that file, on no terminal"},
	[OPTION_DUMP] = {"dump", "FILE", ADVISE, "with --keys: write the screens there"},
	[OPTION_QUIET] = {"quiet", NULL, EVERYWHERE, "no progress and no remarks on standard error"},
	[OPTION_DATA] = {"data", "DIR", EVERYWHERE, "take questions, probes and rules from there"},
	[OPTION_HELP] = {"help", NULL, EVERYWHERE, "print this and exit"},
	[OPTION_VERSION] = {"version", NULL, EVERYWHERE, "print the version and exit"},
};

static void add_options(struct str *out, enum command command, unsigned within)
{
	char left[48];
	size_t i;

	for (i = 0; i < OPTIONS; i++) {
		if (!(options[i].commands & 1u << command) || !(options[i].commands & within))
			continue;
		snprintf(left, sizeof left, "--%s%s%s", options[i].name,
			options[i].argument ? " " : "",
			options[i].argument ? options[i].argument : "");
		str_addf(out, "  %-22s %s\n", left, options[i].help);
	}
}

/* Options that one command alone has are told apart from those they share. */
static void add_program(struct str *out)
{
	char left[48];
	size_t i, k;
	int only;

	str_add(out, "\nCommands\n");
	for (i = COMMAND_ADVISE + 1; i < COMMANDS; i++) {
		snprintf(left, sizeof left, "%s %s", commands[i].name, commands[i].words);
		str_addf(out, "  %-22s %s\n", left, commands[i].help);
	}
	str_add(out, "\nOptions\n");
	add_options(out, COMMAND_ADVISE, EVERYWHERE);
	for (i = COMMAND_ADVISE + 1; i < COMMANDS; i++) {
		for (only = 0, k = 0; k < OPTIONS; k++)
			only += options[k].commands == 1u << i;
		if (!only)
			continue;
		str_addf(out, "\nOptions of %s alone\n", commands[i].name);
		for (k = 0; k < OPTIONS; k++) {
			if (options[k].commands != 1u << i)
				continue;
			snprintf(left, sizeof left, "--%s%s%s", options[k].name,
				options[k].argument ? " " : "",
				options[k].argument ? options[k].argument : "");
			str_addf(out, "  %-22s %s\n", left, options[k].help);
		}
	}
	str_add(out, "\nffiadvise COMMAND --help has the options of a command; man ffiadvise says more,\n"
		"the answers file and the exit statuses among it.\n");
}

void cli_help(struct str *out, enum command command)
{
	size_t i;

	str_addf(out, "ffiadvise%s%s - %s\n\n", command ? " " : "", commands[command].name,
		commands[command].help);
	for (i = 0; i < 4 && commands[command].examples[i]; i++)
		str_addf(out, "  %s\n", commands[command].examples[i]);
	if (command == COMMAND_ADVISE) {
		add_program(out);
		return;
	}
	str_addf(out, "\nUsage: ffiadvise %s [options]%s%s\n\nOptions\n", commands[command].name,
		*commands[command].words ? " " : "", commands[command].words);
	add_options(out, command, EVERYWHERE);
	str_add(out, "\nman ffiadvise says more.\n");
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

/* The command a word names; -1 and an err when there is none. */
static int command_of(const char *word, struct err *err)
{
	const char *names[COMMANDS - 1], *near;
	size_t i;

	for (i = COMMAND_ADVISE + 1; i < COMMANDS; i++) {
		names[i - 1] = commands[i].name;
		if (strcmp(word, commands[i].name) == 0)
			return (int)i;
	}
	near = str_nearest(word, names, COMMANDS - 1);
	err_set(err, ERR_USAGE, "there is no command '%s'", word);
	if (near)
		err_hint(err, "did you mean %s?", near);
	else
		err_hint(err, "an answers file is given with --answers FILE; see ffiadvise --help");
	return -1;
}

static int set_format(struct cli *cli, const char *word, struct err *err)
{
	static const char *const words[] = {"text", "json", "markdown", "html"};
	size_t i;

	for (i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcmp(word, words[i]) == 0) {
			cli->format = (enum format)i;
			return 0;
		}
	}
	err_set(err, ERR_USAGE, "there is no format '%s'", word);
	err_hint(err, "text, json, markdown or html");
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
	cli->budget_given = 1;
	return 0;
}

static int set_size(struct cli *cli, const char *word, struct err *err)
{
	double n;

	if (quantity_read(word, QUESTION_COUNT, &n, err) < 0) {
		err->code = ERR_USAGE;
		err_prefix(err, "--size");
		return -1;
	}
	if (n < 1 || n > 1e9 || n != floor(n)) {
		err_set(err, ERR_USAGE, "--size: '%s' is no size", word);
		err_hint(err, "a whole number from 1, as in 1000 or 10k");
		return -1;
	}
	cli->size = (long)n;
	return 0;
}

static void add_change(struct cli *cli, enum option_id id, const char *text)
{
	if (id == OPTION_SET) {
		GROW(cli->sets, cli->n_sets, cli->cap_sets);
		cli->sets[cli->n_sets++] = text;
	} else {
		GROW(cli->what_ifs, cli->n_what_ifs, cli->cap_what_ifs);
		cli->what_ifs[cli->n_what_ifs++] = text;
	}
}

static int set(struct cli *cli, enum option_id id, const char *value, struct err *err)
{
	const char **texts[OPTIONS] = {
		[OPTION_ANSWERS] = &cli->answers, [OPTION_SETUP] = &cli->setup,
		[OPTION_CALL] = &cli->call, [OPTION_OUTPUT] = &cli->output,
		[OPTION_MEASUREMENTS] = &cli->measurements, [OPTION_DATA] = &cli->data,
		[OPTION_SAVE] = &cli->save, [OPTION_COMPARE] = &cli->compare,
		[OPTION_KEYS] = &cli->keys, [OPTION_DUMP] = &cli->dump,
	};
	int *flags[OPTIONS] = {
		[OPTION_FRESH] = &cli->fresh, [OPTION_CHECK] = &cli->check,
		[OPTION_PLAIN] = &cli->plain, [OPTION_NO_COLOR] = &cli->no_color,
		[OPTION_ASCII] = &cli->ascii, [OPTION_RESUME] = &cli->resume,
		[OPTION_QUIET] = &cli->quiet, [OPTION_LIST] = &cli->list,
		[OPTION_ALL] = &cli->all, [OPTION_HELP] = &cli->help, [OPTION_VERSION] = &cli->version,
	};

	if (id == OPTION_FORMAT)
		return set_format(cli, value, err);
	if (id == OPTION_BUDGET)
		return set_budget(cli, value, err);
	if (id == OPTION_SIZE)
		return set_size(cli, value, err);
	if (id == OPTION_PYTHON) {
		GROW(cli->pythons, cli->n_pythons, cli->cap_pythons);
		cli->pythons[cli->n_pythons++] = value;
		return 0;
	}
	if (id == OPTION_SET || id == OPTION_WHAT_IF)
		add_change(cli, id, value);
	else if (texts[id])
		*texts[id] = value;
	else
		*flags[id] = 1;
	return 0;
}

/* What cannot stand together. */
static int check_pairs(const struct cli *cli, struct err *err)
{
	const struct {
		int both;
		const char *text;
	} pairs[] = {
		{cli->fresh && cli->measurements, "--fresh and --measurements contradict each other"},
		{cli->plain && cli->keys, "--plain reads lines, --keys presses keys"},
		{cli->answers && cli->keys, "--answers asks nothing that --keys could answer"},
		{cli->resume && cli->answers, "--resume goes on asking, --answers reads a file"},
		{cli->plain && cli->answers && cli->command == COMMAND_ADVISE,
			"--plain asks, --answers reads a file"},
		{cli->n_pythons > 1 && cli->command == COMMAND_MEASURE,
			"measure runs your code in one interpreter, and --python names several"},
		{cli->n_pythons > 1 && cli->measurements,
			"--measurements has the figures of one interpreter, and --python names several"},
		{cli->n_pythons > 1 && cli->save,
			"--save keeps the figures of one interpreter, and --python names several"},
		{cli->n_pythons > 1 && cli->compare,
			"--compare is with the figures of one interpreter, and --python names several"},
		{cli->list && cli->save, "--list measures nothing that --save could keep"},
		{cli->list && cli->compare, "--list measures nothing to compare"},
	};
	size_t i;

	for (i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		if (!pairs[i].both)
			continue;
		err_set(err, ERR_USAGE, "%s", pairs[i].text);
		err_hint(err, "leave one of them out");
		return -1;
	}
	return 0;
}

/* What belongs to the command, and what goes with what. */
static int check(const struct cli *cli, const int *given, struct err *err)
{
	const char *name = commands[cli->command].name;
	size_t i;

	for (i = 0; i < OPTIONS; i++) {
		if (!given[i] || options[i].commands & 1u << cli->command)
			continue;
		if (cli->command == COMMAND_ADVISE) {
			err_set(err, ERR_USAGE, "--%s goes with a command only", options[i].name);
			err_hint(err, "see ffiadvise --help");
		} else {
			err_set(err, ERR_USAGE, "--%s does not go with %s", options[i].name, name);
			err_hint(err, "see ffiadvise %s --help", name);
		}
		return -1;
	}
	if (cli->n_words < commands[cli->command].least) {
		err_set(err, ERR_USAGE, "%s needs its %s", name, commands[cli->command].words);
		err_hint(err, "see ffiadvise %s --help", name);
		return -1;
	}
	if (cli->n_words > commands[cli->command].most) {
		err_set(err, ERR_USAGE, "'%s' is not expected here", cli->words[0]);
		err_hint(err, "%s takes options only; see ffiadvise %s --help", name, name);
		return -1;
	}
	if (cli->command == COMMAND_MEASURE && !given[OPTION_CALL]) {
		err_set(err, ERR_USAGE, "measure needs its --call EXPR");
		err_hint(err, "see ffiadvise measure --help");
		return -1;
	}
	if (cli->dump && !cli->keys)
		return err_set(err, ERR_USAGE, "--dump needs the keys of --keys");
	if (cli->command == COMMAND_DOCTOR && cli->format > FORMAT_JSON) {
		err_set(err, ERR_USAGE, "doctor writes no report");
		err_hint(err, "--format text or json");
		return -1;
	}
	if ((cli->n_sets || cli->n_what_ifs) && !cli->answers) {
		err_set(err, ERR_USAGE, "--%s changes an answers file, and none is given",
			cli->n_sets ? "set" : "what-if");
		err_hint(err, "name it with --answers FILE");
		return -1;
	}
	return check_pairs(cli, err);
}

/* The first word is the command, the others are its words. */
static int add_word(struct cli *cli, const char *word, struct err *err)
{
	int command;

	if (cli->command == COMMAND_ADVISE) {
		command = command_of(word, err);
		if (command < 0)
			return -1;
		cli->command = (enum command)command;
		return 0;
	}
	GROW(cli->words, cli->n_words, cli->cap_words);
	cli->words[cli->n_words++] = word;
	return 0;
}

/* The option at argv[*i], which is moved on when its value is the next argument. */
static int add_option(struct cli *cli, int argc, char **argv, int *i, int *given, struct err *err)
{
	const char *arg = argv[*i] + 2, *equals = strchr(arg, '=');
	const char *value = equals ? equals + 1 : NULL;
	int id = option_of(arg, equals ? (size_t)(equals - arg) : strlen(arg), err);

	if (id < 0)
		return -1;
	if (options[id].argument && !value) {
		if (*i + 1 == argc)
			return err_set(err, ERR_USAGE, "--%s needs its %s", options[id].name,
				options[id].argument);
		value = argv[++*i];
	} else if (!options[id].argument && value) {
		return err_set(err, ERR_USAGE, "--%s takes no value", options[id].name);
	}
	given[id] = 1;
	return set(cli, (enum option_id)id, value, err);
}

int cli_parse(struct cli *cli, int argc, char **argv, struct err *err)
{
	int given[OPTIONS] = {0}, i, only_words = 0, result;

	memset(cli, 0, sizeof *cli);
	cli->budget = 5;
	for (i = 1; i < argc; i++) {
		if (!only_words && strcmp(argv[i], "--") == 0) {
			only_words = 1;
			continue;
		}
		if (!only_words && strcmp(argv[i], "-h") == 0) {
			cli->help = 1;
			continue;
		}
		if (!only_words && strncmp(argv[i], "--", 2) == 0)
			result = add_option(cli, argc, argv, &i, given, err);
		else
			result = add_word(cli, argv[i], err);
		if (result < 0)
			return -1;
	}
	return cli->help || cli->version ? 0 : check(cli, given, err);
}

void cli_release(struct cli *cli)
{
	free(cli->words);
	free(cli->pythons);
	free(cli->sets);
	free(cli->what_ifs);
	cli->words = cli->pythons = cli->sets = cli->what_ifs = NULL;
	cli->n_words = cli->cap_words = cli->n_pythons = cli->cap_pythons = 0;
	cli->n_sets = cli->n_what_ifs = 0;
}
