#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "session/keep.h"

static struct questions questions;
static char home[] = "/tmp/ffiadvise-keep-XXXXXX";

static int load(void **state)
{
	struct errs errs = {NULL, 0, 0};

	(void)state;
	return questions_load(&questions, "data", &errs) || !mkdtemp(home);
}

static int unload(void **state)
{
	char *command = xasprintf("rm -r %s", home);
	int result = system(command);

	(void)state;
	free(command);
	questions_release(&questions);
	return result;
}

/* Every test has a state folder of its own. */
static int fresh_home(void **state)
{
	static int n;
	char *folder = xasprintf("%s/%d", home, n++);

	(void)state;
	setenv("XDG_STATE_HOME", folder, 1);
	free(folder);
	return 0;
}

static int near(double a, double b)
{
	return a == b || fabs(a - b) <= 1e-12 * fabs(b);
}

static void same_value(const struct value *a, const struct value *b, const struct question *q)
{
	size_t i;

	if (value_known(a) != value_known(b) ||
		(a->origin == ORIGIN_DEFAULT) != (b->origin == ORIGIN_DEFAULT))
		fail_msg("%s is %d, was %d", q->id, b->origin, a->origin);
	if (!near(a->range.low, b->range.low) || !near(a->range.high, b->range.high) ||
		!near(a->range.likely, b->range.likely))
		fail_msg("%s is %.17g..%.17g, was %.17g..%.17g", q->id, b->range.low, b->range.high,
			a->range.low, a->range.high);
	if (a->choices != b->choices || memcmp(a->outcomes, b->outcomes, sizeof a->outcomes) != 0)
		fail_msg("%s: other choices", q->id);
	if (!a->type != !b->type || (a->type && !pytype_same(a->type, b->type)))
		fail_msg("%s: another type", q->id);
	if (strcmp(a->text ? a->text : "", b->text ? b->text : "") != 0)
		fail_msg("%s is '%s', was '%s'", q->id, b->text, a->text);
	assert_int_equal(a->n_shape, b->n_shape);
	for (i = 0; i < a->n_shape; i++)
		assert_true(near(a->shape[i], b->shape[i]));
}

static void same_answers(const struct answers *a, const struct answers *b)
{
	size_t i, k;

	assert_int_equal(a->inputs_known, b->inputs_known);
	assert_int_equal(a->n_inputs, b->n_inputs);
	for (i = 0; i < questions.n; i++) {
		const struct question *q = &questions.items[i];

		if (q->scope == SCOPE_FUNCTION)
			same_value(answers_value(a, q, 0), answers_value(b, q, 0), q);
		for (k = 0; q->scope == SCOPE_INPUT && k < a->n_inputs; k++)
			same_value(answers_value(a, q, k), answers_value(b, q, k), q);
	}
}

static void read_text(struct survey *survey, const struct str *text)
{
	FILE *in = fmemopen(text->s, text->len, "r");
	struct errs errs = {NULL, 0, 0};

	if (survey_read_given(survey, &questions, "-", in, &errs) < 0)
		fail_msg("%d:%d: %s in\n%s", errs.items[0].line, errs.items[0].column,
			errs.items[0].text, str_text(text));
	fclose(in);
}

static void write_answers(struct str *out, const struct survey *survey)
{
	const struct answers **functions = xcalloc(survey->n, sizeof *functions);
	size_t i;

	for (i = 0; i < survey->n; i++)
		functions[i] = &survey->items[i].answers;
	keep_write(out, functions, survey->n, 1);
	free(functions);
}

static void comes_back(const struct survey *survey)
{
	struct survey again;
	struct str out;
	size_t i;

	str_init(&out);
	write_answers(&out, survey);
	read_text(&again, &out);
	assert_int_equal(survey->n, again.n);
	for (i = 0; i < survey->n; i++)
		same_answers(&survey->items[i].answers, &again.items[i].answers);
	survey_release(&again);
	str_release(&out);
}

static size_t each_file_comes_back(const char *folder)
{
	struct errs errs = {NULL, 0, 0};
	struct dirent *entry;
	struct survey survey;
	DIR *dir = opendir(folder);
	size_t n = 0;
	char *path;

	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		if (!strstr(entry->d_name, ".yaml"))
			continue;
		path = xasprintf("%s/%s", folder, entry->d_name);
		assert_int_equal(survey_read_given(&survey, &questions, path, NULL, &errs), 0);
		comes_back(&survey);
		survey_release(&survey);
		free(path);
		n++;
	}
	closedir(dir);
	return n;
}

static void examples_come_back(void **state)
{
	(void)state;
	assert_true(each_file_comes_back("data/examples") >= 16);
}

static void good_files_come_back(void **state)
{
	(void)state;
	assert_true(each_file_comes_back("tests/answers/good") >= 20);
}

/* A generator of our own, so that a failure can be seen again (Numerical Recipes' LCG). */
static uint32_t seed;

static uint32_t next(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)seed * below >> 32);
}

static const char *const texts[] = {"f", "score pairs", "null", "~", "yes", "a: b # c", "- x", "[x]",
	"\"quoted\" \\ it's", "{a}", "été 文字 \xf0\x9f\xa6\x80", "\xef\xbf\xbe", "1e3", "x  y", "%d", "&a",
	"*a", "!!python/object", "? x", "| y", "a, b", "@x", "`x`", "measured  # measured", "<<", "---"};
static const char *const types[] = {"int", "float", "none", "str", "list[float]", "dict[str, int]",
	"tuple[int, ...]", "tuple[int, float, str]", "set[bytes]", "buffer[c128]", "dataframe", "any",
	"dict[str, list[tuple[int, buffer[u8]]]]", "native", "callable", "object", "bool"};
static const char *const words[] = {"freebsd-x86_64", "null", "unknown-os", "-", "+x", ".hidden", "1e3"};
#define ANY(list) list[next(sizeof list / sizeof *list)]

static double number(const struct question *q)
{
	double low = fmax(q->low, 1e-3), high = fmin(q->high, 1e15);
	double v = exp(log(low) + (log(high) - log(low)) * next(1000000) / 1e6);

	v = fmin(fmax(v, low), high);
	return next(8) == 0 ? q->low : next(8) == 0 ? q->high : next(2) && v > 2 ? floor(v) : v;
}

static void random_words(struct str *out, const struct question *q)
{
	size_t i = next((uint32_t)q->n_choices);

	str_add(out, q->choices[i].id);
	if (q->kind == QUESTION_OUTCOMES && next(2))
		str_addf(out, ": %s", outcome_word((enum outcome)(1 + next(3))));
	for (i++; i < q->n_choices && !q->choices[0].alone; i++) {
		if (next(3) || q->choices[i].alone)
			continue;
		str_addf(out, ", %s", q->choices[i].id);
		if (q->kind == QUESTION_OUTCOMES && next(2))
			str_addf(out, ": %s", outcome_word((enum outcome)(1 + next(3))));
	}
	while (q->open_prefix && next(2))
		str_addf(out, ", %s", ANY(words));
}

static void random_text(struct str *out, const struct question *q)
{
	struct question sized = *q;
	size_t n, i;
	double low;

	switch (q->kind) {
	case QUESTION_TEXT:
		str_add(out, ANY(texts));
		break;
	case QUESTION_BOOL:
		str_add(out, next(2) ? "yes" : "no");
		break;
	case QUESTION_CHOICE:
		str_add(out, q->choices[next((uint32_t)q->n_choices)].id);
		break;
	case QUESTION_CHOICES:
	case QUESTION_OUTCOMES:
		random_words(out, q);
		break;
	case QUESTION_TYPE:
		str_add(out, ANY(types));
		break;
	case QUESTION_SHAPE:
		n = 1 + next(5);
		for (i = 0; i < n; i++)
			str_addf(out, "%s%.17g", i ? ", " : "[", number(q));
		str_addc(out, ']');
		break;
	default:
		low = number(q);
		sized.low = low;
		if (next(3))
			str_addf(out, "%.17g", low);
		else
			str_addf(out, "[%.17g, %.17g]", low, fmax(low, number(&sized)));
	}
}

/* A number in its base unit. */
static char *with_unit(const char *text, enum question_kind kind)
{
	const char *unit = kind == QUESTION_DURATION ? "ns" : kind == QUESTION_SIZE ? "B" : "";
	const char *comma = strchr(text, ',');

	if (*text != '[' || kind == QUESTION_SHAPE || !question_is_quantity(kind))
		return xasprintf("%s%s", text, question_is_quantity(kind) ? unit : "");
	return xasprintf("%.*s%s%.*s%s]", (int)(comma - text), text, unit,
		(int)strlen(comma) - 1, comma, unit);
}

static void set_random(struct answers *answers, const struct question *q, size_t input)
{
	struct str text;
	struct err err;
	char *typed;

	str_init(&text);
	random_text(&text, q);
	typed = with_unit(str_text(&text), q->kind);
	if (answers_set(answers, q, input, typed, next(2) ? ORIGIN_ASKED : ORIGIN_MEASURED, &err) < 0)
		fail_msg("%s: %s", q->id, err.text);
	free(typed);
	str_release(&text);
}

static void make_random(struct answers *answers)
{
	uint32_t often = next(5);
	size_t inputs = next(5), i, k;

	answers_init(answers, &questions);
	for (i = 0; i < inputs; i++)
		answers_add_input(answers);
	answers->inputs_known = inputs || next(2);
	for (i = 0; i < questions.n; i++) {
		const struct question *q = &questions.items[i];

		for (k = 0; k < (q->scope == SCOPE_INPUT ? inputs : 1); k++) {
			if (next(4) < often)
				set_random(answers, q, k);
		}
	}
}

static void whatever_is_answered_comes_back(void **state)
{
	struct survey survey;
	uint32_t round;
	size_t i;

	(void)state;
	for (round = 0; round < 400; round++) {
		seed = round;
		survey.n = 1 + (next(3) == 0) * next(4);
		survey.items = xcalloc(survey.n, sizeof *survey.items);
		for (i = 0; i < survey.n; i++) {
			char *name = xasprintf("f %zu", i);

			make_random(&survey.items[i].answers);
			if (survey.n > 1)
				answers_set(&survey.items[i].answers, questions_find(&questions,
					"name"), 0, name, ORIGIN_ASKED, NULL);
			free(name);
		}
		comes_back(&survey);
		survey_release(&survey);
	}
}

static void the_most_there_can_be_still_reads(void **state)
{
	struct survey survey;
	size_t i, k;

	(void)state;
	seed = 1;
	survey.n = 1;
	survey.items = xcalloc(1, sizeof *survey.items);
	answers_init(&survey.items[0].answers, &questions);
	for (i = 0; i < ANSWERS_INPUTS_MAX; i++)
		answers_add_input(&survey.items[0].answers);
	for (i = 0; i < questions.n; i++) {
		const struct question *q = &questions.items[i];

		for (k = 0; k < (q->scope == SCOPE_INPUT ? ANSWERS_INPUTS_MAX : 1); k++)
			set_random(&survey.items[0].answers, q, k);
	}
	comes_back(&survey);
	survey_release(&survey);
}

static void a_kept_file_reads_like_a_questionnaire(void **state)
{
	static const char begin[] =
		"# Answers for ffiadvise: ffiadvise --answers FILE reads them;\n"
		"# man 5 ffiadvise-answers explains them.\n"
		"ffiadvise: 1\n"
		"# What shall the function be called in the report?\n"
		"#   name: unknown\n";
	const struct answers *one;
	struct answers answers;
	struct str out;

	(void)state;
	one = &answers;
	answers_init(&answers, &questions);
	answers_set(&answers, questions_find(&questions, "function.share"), 0, "[30%, 60%]",
		ORIGIN_ASKED, NULL);
	answers_set(&answers, questions_find(&questions, "function.time_per_call"), 0, "45us",
		ORIGIN_MEASURED, NULL);
	answers_set(&answers, questions_find(&questions, "tried"), 0, "numpy: worse, cache",
		ORIGIN_ASKED, NULL);
	str_init(&out);
	keep_write(&out, &one, 1, 1);
	assert_true(str_starts(str_text(&out), begin));
	assert_non_null(strstr(str_text(&out), "function:\n"));
	assert_non_null(strstr(str_text(&out), "  # How long does one call take?\n"
		"  time_per_call: 45us  # measured\n"));
	assert_non_null(strstr(str_text(&out), "  share: [30%, 60%]\n"));
	assert_non_null(strstr(str_text(&out), "#   callbacks_per_call: 0   (the default)\n"));
	assert_non_null(strstr(str_text(&out), "tried: {cache: unknown, numpy: worse}\n"));
	/* It is written in Python, so how Python reaches it is not asked. */
	assert_null(strstr(str_text(&out), "through:"));
	assert_null(strstr(str_text(&out), "inputs:"));
	str_release(&out);
	answers_release(&answers);
}

static void begin(struct keep *keep, int64_t when, long pid)
{
	struct err err;

	assert_int_equal(keep_begin(keep, when, pid, &err), 0);
}

static void save_share(struct keep *keep, const char *share)
{
	struct answers answers;
	const struct answers *one = &answers;
	struct err err;

	answers_init(&answers, &questions);
	answers_set(&answers, questions_find(&questions, "function.share"), 0, share, ORIGIN_ASKED,
		NULL);
	answers_set(&answers, questions_find(&questions, "function.time_per_call"), 0, "1ms",
		ORIGIN_MEASURED, NULL);
	answers_set(&answers, questions_find(&questions, "name"), 0, "f  # measured", ORIGIN_FILE,
		NULL);
	if (keep_save(keep, &one, 1, &err) < 0)
		fail_msg("%s", err.text);
	answers_release(&answers);
}

static void resumes(const char *path, double share)
{
	struct errs errs = {NULL, 0, 0};
	struct survey survey;
	struct err err;
	char *newest = keep_newest(&err);

	assert_non_null(newest);
	assert_string_equal(newest, path);
	assert_int_equal(keep_read(&survey, &questions, newest, &errs), 0);
	assert_true(answers_get(&survey.items[0].answers, "function.share")->range.high == share);
	assert_int_equal(answers_get(&survey.items[0].answers, "function.share")->origin,
		ORIGIN_ASKED);
	assert_int_equal(answers_get(&survey.items[0].answers, "function.time_per_call")->origin,
		ORIGIN_MEASURED);
	assert_int_equal(answers_get(&survey.items[0].answers, "name")->origin, ORIGIN_FILE);
	survey_release(&survey);
	free(newest);
}

static void sessions_keep_apart_and_the_last_resumes(void **state)
{
	struct timespec times[2] = {{0, UTIME_OMIT}, {2000000000, 0}};
	struct keep a, b;
	struct stat st;

	(void)state;
	begin(&a, 1790000000, 41);
	begin(&b, 1790000000, 42);
	assert_string_not_equal(a.path, b.path);
	save_share(&a, "10%");
	save_share(&b, "20%");
	assert_int_equal(stat(a.path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(utimensat(AT_FDCWD, a.path, times, 0), 0);
	resumes(a.path, 0.1);
	times[1].tv_sec++;
	assert_int_equal(utimensat(AT_FDCWD, b.path, times, 0), 0);
	resumes(b.path, 0.2);
	/* Of two of the same instant the one that began later. */
	assert_int_equal(utimensat(AT_FDCWD, a.path, times, 0), 0);
	resumes(b.path, 0.2);
	keep_release(&a);
	keep_release(&b);
}

static size_t files_in(const char *folder)
{
	struct dirent *entry;
	DIR *dir = opendir(folder);
	size_t n = 0;

	while (dir && (entry = readdir(dir)) != NULL)
		n += entry->d_name[0] != '.';
	if (dir)
		closedir(dir);
	return n;
}

/* A full disk, by the limit on the size of a file: what was there stays, nothing is left over. */
/* A session of the i-th second, by a process that may be there. */
static char *old_session(int i, long pid)
{
	struct timespec times[2] = {{0, UTIME_OMIT}, {1000000000 + i, 0}};
	struct keep keep;
	char *path;

	begin(&keep, 1790000000 + i, pid);
	save_share(&keep, "10%");
	assert_int_equal(utimensat(AT_FDCWD, keep.path, times, 0), 0);
	path = strdup(keep.path);
	keep_release(&keep);
	return path;
}

/* Beyond the most there may be the oldest go, but not what is running nor what cannot be read. */
static void old_sessions_are_deleted(void **state)
{
	enum { MORE = 5, NOBODY = 2147483646 };
	char *paths[KEEP_MOST + MORE];
	struct timespec times[2] = {{0, UTIME_OMIT}, {999999999, 0}};
	struct err err;
	int i, there;

	(void)state;
	for (i = 0; i < KEEP_MOST + MORE; i++)
		paths[i] = old_session(i, i == 1 ? (long)getpid() : NOBODY);
	assert_int_equal(file_replace(paths[2], "what: [", 7, 0600, &err), 0);
	assert_int_equal(utimensat(AT_FDCWD, paths[2], times, 0), 0);
	keep_tidy(&questions);
	for (i = 0; i < KEEP_MOST + MORE; i++) {
		there = access(paths[i], F_OK) == 0;
		assert_int_equal(there, i >= MORE || i == 1 || i == 2);
		free(paths[i]);
	}
}

static void a_full_disk_is_a_sentence(void **state)
{
	struct rlimit usual, none;
	struct answers answers;
	const struct answers *one = &answers;
	struct keep keep;
	struct err err;
	char *folder;

	(void)state;
	begin(&keep, 1790000000, 7);
	save_share(&keep, "10%");
	answers_init(&answers, &questions);
	getrlimit(RLIMIT_FSIZE, &usual);
	none = usual;
	none.rlim_cur = 10;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &none);
	assert_int_equal(keep_save(&keep, &one, 1, &err), -1);
	setrlimit(RLIMIT_FSIZE, &usual);
	assert_true(str_starts(err.text, "the answers are not kept: cannot write '"));
	assert_true(err.hint[0]);
	resumes(keep.path, 0.1);
	folder = keep_folder();
	assert_int_equal(files_in(folder), 1);
	free(folder);
	answers_release(&answers);
	keep_release(&keep);
}

static void a_folder_that_cannot_be_is_a_sentence(void **state)
{
	struct answers answers;
	const struct answers *one = &answers;
	struct keep keep;
	struct err err;

	(void)state;
	answers_init(&answers, &questions);
	setenv("XDG_STATE_HOME", "/dev/null/state", 1);
	begin(&keep, 1790000000, 7);
	assert_int_equal(keep_save(&keep, &one, 1, &err), -1);
	assert_non_null(strstr(err.text, "cannot make the folder '/dev/null/state'"));
	assert_null(keep_newest(&err));
	assert_non_null(strstr(err.text, "no session to resume"));
	keep_release(&keep);
	/* Nowhere at all: a relative folder counts for nothing. */
	setenv("XDG_STATE_HOME", "state", 1);
	unsetenv("HOME");
	assert_int_equal(keep_begin(&keep, 1790000000, 7, &err), -1);
	assert_int_equal(keep_save(&keep, &one, 1, &err), -1);
	assert_non_null(strstr(err.text, "no folder"));
	assert_null(keep_newest(&err));
	keep_release(&keep);
	answers_release(&answers);
}

/* Links, pipes and files of others are not resumed, and a pipe is not waited for. */
static void only_files_of_sessions_resume(void **state)
{
	char *folder = keep_folder(), *path;
	struct err err;

	(void)state;
	path = xasprintf("%s/session-20990101T000000Z-1.yaml", folder);
	assert_int_equal(file_make_folders(path, &err), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	free(path);
	path = xasprintf("%s/session-20990101T000000Z-2.yaml", folder);
	assert_int_equal(symlink("/dev/zero", path), 0);
	free(path);
	path = xasprintf("%s/notes.yaml", folder);
	assert_int_equal(file_replace(path, "x", 1, 0600, &err), 0);
	assert_null(keep_newest(&err));
	assert_non_null(strstr(err.hint, "ffiadvise"));
	free(path);
	free(folder);
}

static void a_spoiled_file_says_where(void **state)
{
	struct errs errs = {NULL, 0, 0};
	struct survey survey;
	struct keep keep;
	struct err err;
	char *newest;

	(void)state;
	begin(&keep, 1790000000, 7);
	save_share(&keep, "10%");
	assert_int_equal(file_replace(keep.path, "ffiadvise: 1\nfunction: {share: 2}\n", 34, 0600,
		&err), 0);
	newest = keep_newest(&err);
	assert_int_equal(keep_read(&survey, &questions, newest, &errs), -1);
	assert_int_equal(errs.items[0].line, 2);
	errs_release(&errs);
	free(newest);
	keep_release(&keep);
}

/* What is saved by name is for people: a file of the usual mode, without where it came from. */
static void a_file_somebody_names(void **state)
{
	char *path = xasprintf("%s/answers.yaml", home), text[16384];
	struct answers answers;
	const struct answers *one = &answers;
	struct err err;
	struct stat st;
	mode_t mask;
	FILE *file;
	size_t n;

	(void)state;
	answers_init(&answers, &questions);
	answers_set(&answers, questions_find(&questions, "function.share"), 0, "5%", ORIGIN_FILE, NULL);
	answers_set(&answers, questions_find(&questions, "function.time_per_call"), 0, "1ms",
		ORIGIN_MEASURED, NULL);
	mask = umask(022);
	assert_int_equal(keep_save_as(path, &one, 1, &err), 0);
	umask(mask);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	file = fopen(path, "r");
	n = fread(text, 1, sizeof text - 1, file);
	text[n] = '\0';
	fclose(file);
	assert_non_null(strstr(text, "  share: 5%\n"));
	assert_non_null(strstr(text, "  time_per_call: 1ms  # measured\n"));
	free(path);
	path = xasprintf("%s/not/there.yaml", home);
	assert_int_equal(keep_save_as(path, &one, 1, &err), -1);
	assert_non_null(strstr(err.text, "cannot write '"));
	free(path);
	answers_release(&answers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples_come_back),
		cmocka_unit_test(good_files_come_back),
		cmocka_unit_test(whatever_is_answered_comes_back),
		cmocka_unit_test(the_most_there_can_be_still_reads),
		cmocka_unit_test(a_kept_file_reads_like_a_questionnaire),
		cmocka_unit_test_setup(sessions_keep_apart_and_the_last_resumes, fresh_home),
		cmocka_unit_test_setup(old_sessions_are_deleted, fresh_home),
		cmocka_unit_test_setup(a_full_disk_is_a_sentence, fresh_home),
		cmocka_unit_test_setup(only_files_of_sessions_resume, fresh_home),
		cmocka_unit_test_setup(a_spoiled_file_says_where, fresh_home),
		cmocka_unit_test(a_file_somebody_names),
		cmocka_unit_test(a_folder_that_cannot_be_is_a_sentence),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
