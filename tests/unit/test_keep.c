/* keep: the files sessions leave, one for each, and which of them resumes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
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
#include "unit/scratch.h"
#include "unit/world.h"

static char *home;

static int load(void **state)
{
	home = scratch_new();
	return questions_begin(state);
}

static int unload(void **state)
{
	scratch_remove(home);
	return questions_end(state);
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

/* Variants come back with their names, and go with the last of them. */
static void variants_are_kept_beside_the_session(void **state)
{
	static const char *const names[] = {"share 5%", "share 5%", "as it is"};
	char *path;
	const struct answers *all[3];
	struct answers answers[3];
	struct survey survey;
	struct errs errs = {0};
	struct keep keep;
	struct err err;
	size_t i;

	(void)state;
	begin(&keep, 1790000000, 7);
	save_share(&keep, "60%");
	for (i = 0; i < 3; i++) {
		answers_init(&answers[i], &questions);
		answers_set(&answers[i], questions_find(&questions, "function.share"), 0,
			i ? "7%" : "5%", ORIGIN_ASKED, &err);
		all[i] = &answers[i];
	}
	path = keep_variants_path(keep.path);
	for (i = 0; i <= 3; i++) {
		assert_int_equal(keep_save_variants(&keep, all, names, 3 - i, &err), 0);
		assert_int_equal(access(path, F_OK) == 0, i < 3);
		assert_int_equal(keep_read_variants(&survey, &questions, &keep, &errs), 0);
		assert_int_equal(survey.n, 3 - i);
		if (survey.n)
			assert_string_equal(answers_get(&survey.items[0].answers, "name")->text,
				"share 5%");
		if (survey.n > 1)
			assert_string_equal(answers_get(&survey.items[1].answers, "name")->text,
				"share 5% (2)");
		if (survey.n > 2)
			assert_true(answers_get(&survey.items[2].answers,
				"function.share")->range.low == 0.07);
		survey_release(&survey);
	}
	resumes(keep.path, 0.6);
	for (i = 0; i < 3; i++)
		answers_release(&answers[i]);
	free(path);
	keep_release(&keep);
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
		cmocka_unit_test_setup(sessions_keep_apart_and_the_last_resumes, fresh_home),
		cmocka_unit_test_setup(variants_are_kept_beside_the_session, fresh_home),
		cmocka_unit_test_setup(old_sessions_are_deleted, fresh_home),
		cmocka_unit_test_setup(a_full_disk_is_a_sentence, fresh_home),
		cmocka_unit_test_setup(only_files_of_sessions_resume, fresh_home),
		cmocka_unit_test_setup(a_spoiled_file_says_where, fresh_home),
		cmocka_unit_test(a_file_somebody_names),
		cmocka_unit_test(a_folder_that_cannot_be_is_a_sentence),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
