#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "survey/survey.h"
#include "unit/world.h"

static int read_bytes(const char *text, size_t n, struct survey *survey, struct errs *errs)
{
	FILE *in = fmemopen((void *)(uintptr_t)text, n ? n : 1, "r");
	int result;

	if (!n)
		fgetc(in);
	memset(errs, 0, sizeof *errs);
	result = survey_read(survey, &questions, "-", in, errs);
	fclose(in);
	return result;
}

static const struct value *of(const struct survey *survey, size_t i, const char *id)
{
	return answers_get(&survey->items[i].answers, id);
}

static void one_function(void **state)
{
	struct survey survey;
	const struct value *value;

	(void)state;
	world_survey(&questions, "ffiadvise: 1\nname: f\nfunction:\n  share: [30%, 60%]\n  bound: cpu\n"
		  "inputs:\n  - {name: xs, type: 'list[float]', length: 1k}\n  - {type: int}\n",
		&survey);
	assert_int_equal(survey.n, 1);
	assert_int_equal(survey.items[0].n_warnings, 0);
	value = of(&survey, 0, "function.share");
	assert_int_equal(value->origin, ORIGIN_FILE);
	assert_true(value->range.low == 0.3 && value->range.high == 0.6);
	assert_int_equal(value->line, 4);
	assert_int_equal(value->column, 10);
	assert_int_equal(survey.items[0].answers.n_inputs, 2);
	assert_true(
		answers_input(&survey.items[0].answers, 0, "inputs.length")->range.high == 1000);
	assert_int_equal(
		answers_input(&survey.items[0].answers, 1, "inputs.type")->type->kind, PYTYPE_INT);
	assert_false(value_known(answers_input(&survey.items[0].answers, 1, "inputs.length")));
	survey_release(&survey);
}

static void no_inputs_is_not_unknown_inputs(void **state)
{
	struct survey survey;

	(void)state;
	world_survey(&questions, "ffiadvise: 1\ninputs: []\n", &survey);
	assert_true(survey.items[0].answers.inputs_known);
	survey_release(&survey);
	world_survey(&questions, "ffiadvise: 1\ninputs:\n", &survey);
	assert_false(survey.items[0].answers.inputs_known);
	survey_release(&survey);
	world_survey(&questions, "ffiadvise: 1\ninputs: unknown\n", &survey);
	assert_false(survey.items[0].answers.inputs_known);
	survey_release(&survey);
	world_survey(&questions, "ffiadvise: 1\n", &survey);
	assert_false(survey.items[0].answers.inputs_known);
	survey_release(&survey);
}

static void defaults_merge_into_each(void **state)
{
	struct survey survey;
	const struct question *tried = questions_find(&questions, "tried");
	const struct question *languages = questions_find(&questions, "team.languages");
	const struct value *value;

	(void)state;
	world_survey(&questions, "ffiadvise: 1\n"
		  "defaults:\n"
		  "  function: {bound: cpu, share: 10%}\n"
		  "  team: {languages: [rust, c]}\n"
		  "  inputs: [{type: str}, {type: int}]\n"
		  "  tried: {numpy: worse, cache: same}\n"
		  "functions:\n"
		  "  - {name: a}\n"
		  "  - name: b\n"
		  "    function: {share: 40%}\n"
		  "    team: {languages: [cython]}\n"
		  "    inputs: [{type: bytes}]\n"
		  "    tried: {cache: better}\n"
		  "  - {name: c, function: {bound: unknown}, inputs: , tried: [mypyc]}\n",
		&survey);
	assert_int_equal(survey.n, 3);
	assert_string_equal(of(&survey, 0, "name")->text, "a");
	assert_true(of(&survey, 0, "function.share")->range.low == 0.1);
	assert_int_equal(of(&survey, 0, "function.share")->line, 3);
	assert_int_equal(survey.items[0].answers.n_inputs, 2);
	/* Maps merge ... */
	assert_true(value_known(of(&survey, 1, "function.bound")));
	assert_true(of(&survey, 1, "function.share")->range.low == 0.4);
	value = of(&survey, 1, "tried");
	assert_int_equal(value->outcomes[question_choice(tried, "numpy")], OUTCOME_WORSE);
	assert_int_equal(value->outcomes[question_choice(tried, "cache")], OUTCOME_BETTER);
	/* ... lists replace ... */
	assert_int_equal(survey.items[1].answers.n_inputs, 1);
	assert_int_equal(value_has(of(&survey, 1, "team.languages"), languages, "rust"), 0);
	assert_int_equal(value_has(of(&survey, 2, "tried"), tried, "numpy"), 0);
	/* ... and what is said to be unknown is so. */
	assert_false(value_known(of(&survey, 2, "function.bound")));
	assert_false(survey.items[2].answers.inputs_known);
	survey_release(&survey);
}

static void a_mistake_in_the_defaults_is_told_once(void **state)
{
	static const char text[] = "ffiadvise: 1\ndefaults: {goal: {speedup: 0}}\nfunctions:\n"
				   "  - {name: a}\n  - {name: b}\n";
	struct survey survey;
	struct errs errs;

	(void)state;
	assert_int_equal(read_bytes(text, strlen(text), &survey, &errs), -1);
	assert_int_equal(errs.n, 1);
	assert_string_equal(errs.items[0].file, "-");
	assert_int_equal(errs.items[0].line, 2);
	assert_non_null(strstr(errs.items[0].text, "'defaults.goal.speedup'"));
	assert_int_equal(survey.n, 0);
	assert_null(survey.items);
	errs_release(&errs);
}

static void every_mistake_is_told_in_order(void **state)
{
	static const char text[] = "nme: f\nfunction: {share: 2, boundd: cpu}\n"
				   "inputs:\n  - {type: flaot}\n  - 7\ngoal: [1]\n";
	static const int lines[] = {1, 1, 2, 2, 4, 5, 6};
	struct survey survey;
	struct errs errs;
	size_t i;

	(void)state;
	assert_int_equal(read_bytes(text, strlen(text), &survey, &errs), -1);
	assert_int_equal(errs.n, 7);
	for (i = 0; i < 7; i++) {
		assert_int_equal(errs.items[i].code, ERR_INVALID);
		assert_int_equal(errs.items[i].line, lines[i]);
		assert_true(errs.items[i].column > 0);
	}
	errs_release(&errs);
}

static void twenty_are_told_in_full(void **state)
{
	struct survey survey;
	struct errs errs;
	struct str text, out;
	const char *at;
	int i, lines = 0;

	(void)state;
	str_init(&text);
	str_init(&out);
	str_add(&text, "ffiadvise: 1\ngoal:\n");
	for (i = 0; i < 50; i++)
		str_addf(&text, "  k%d: 1\n", i);
	assert_int_equal(read_bytes(str_text(&text), text.len, &survey, &errs), -1);
	assert_int_equal(errs.n, 50);
	errs_format(&errs, &out);
	for (at = str_text(&out); *at; at++)
		lines += *at == '\n';
	assert_int_equal(lines, 21);
	assert_true(str_starts(str_text(&out), "-:3:3: 'k0' is no key of 'goal'"));
	assert_non_null(strstr(str_text(&out), "-: and 30 more mistakes, on lines 23, 24, "));
	assert_non_null(strstr(str_text(&out), ", 51, 52\n"));
	errs.n = 20;
	str_clear(&out);
	errs_format(&errs, &out);
	assert_null(strstr(str_text(&out), "more"));
	errs_release(&errs);
	str_release(&text);
	str_release(&out);
}

static void endless_mistakes_end(void **state)
{
	struct survey survey;
	struct errs errs;
	struct str text;
	int i;

	(void)state;
	str_init(&text);
	str_add(&text, "ffiadvise: 1\nfunctions:\n");
	for (i = 0; i < 20000; i++)
		str_add(&text, "- {}\n");
	assert_int_equal(read_bytes(str_text(&text), text.len, &survey, &errs), -1);
	assert_true(errs.n < 10100);
	assert_non_null(strstr(errs.items[0].text, "too many mistakes"));
	errs_release(&errs);
	str_release(&text);
}

static void ten_thousand_functions(void **state)
{
	struct survey survey;
	struct errs errs;
	struct str text;
	int i;

	(void)state;
	str_init(&text);
	str_add(&text, "ffiadvise: 1\ndefaults: {function: {bound: cpu}}\nfunctions:\n");
	for (i = 0; i < 10000; i++)
		str_addf(&text, "- {name: f%d, function: {share: 0.%04d}}\n", i, i);
	world_survey(&questions, str_text(&text), &survey);
	assert_int_equal(survey.n, 10000);
	assert_string_equal(of(&survey, 9999, "name")->text, "f9999");
	assert_true(of(&survey, 1234, "function.share")->range.low == 0.1234);
	survey_release(&survey);
	/* The last one takes the first one's name. */
	str_add(&text, "- {name: f0}\n");
	assert_int_equal(read_bytes(str_text(&text), text.len, &survey, &errs), -1);
	assert_int_equal(errs.n, 1);
	assert_int_equal(errs.items[0].line, 10004);
	assert_non_null(strstr(errs.items[0].text, "'f0', the first on line 4"));
	errs_release(&errs);
	str_release(&text);
}

struct text {
	char *name;
	char *bytes;
	size_t n;
};

/* The files of a folder, in the order of their names. */
static size_t read_folder(const char *folder, struct text **texts)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, NULL, alphasort), i;
	size_t kept = 0;

	assert_true(n > 0);
	*texts = xcalloc((size_t)n, sizeof **texts);
	for (i = 0; i < n; i++) {
		const char *dot = strrchr(entries[i]->d_name, '.');
		struct text *text = &(*texts)[kept];
		FILE *in;

		if (dot && strcmp(dot, ".yaml") == 0) {
			text->name = xasprintf("%s/%s", folder, entries[i]->d_name);
			in = fopen(text->name, "r");
			assert_non_null(in);
			text->bytes = xmalloc(1 << 20);
			text->n = fread(text->bytes, 1, 1 << 20, in);
			fclose(in);
			kept++;
		}
		free(entries[i]);
	}
	free(entries);
	return kept;
}

static void free_texts(struct text *texts, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		free(texts[i].name);
		free(texts[i].bytes);
	}
	free(texts);
}

static void good_files_are_read(void **state)
{
	struct text *texts;
	size_t n = read_folder("tests/answers/good", &texts), i, k, warnings;
	struct survey survey;
	struct errs errs;

	(void)state;
	assert_true(n >= 20);
	for (i = 0; i < n; i++) {
		memset(&errs, 0, sizeof errs);
		if (survey_read(&survey, &questions, texts[i].name, NULL, &errs) < 0)
			fail_msg(
				"%s:%d: %s", texts[i].name, errs.items[0].line, errs.items[0].text);
		for (warnings = k = 0; k < survey.n; k++)
			warnings += survey.items[k].n_warnings;
		/* Words that only an open list takes are told too. */
		if ((strstr(texts[i].name, "contradictions") || strstr(texts[i].name, "words-and")) !=
			(warnings > 0))
			fail_msg("%s: %zu warnings", texts[i].name, warnings);
		survey_release(&survey);
	}
	free_texts(texts, n);
}

/* What every value is written as can be typed again and is the same value. */
static void values_of_good_files_come_back(void **state)
{
	struct text *texts;
	size_t n = read_folder("tests/answers/good", &texts), i, k, q, input;
	struct str once, twice;
	struct survey survey;
	struct answers again;
	struct errs errs;
	struct err err;

	(void)state;
	str_init(&once);
	str_init(&twice);
	for (i = 0; i < n; i++) {
		assert_int_equal(read_bytes(texts[i].bytes, texts[i].n, &survey, &errs), 0);
		for (k = 0; k < survey.n; k++) {
			struct answers *answers = &survey.items[k].answers;

			answers_init(&again, &questions);
			for (input = 0; input < answers->n_inputs; input++)
				answers_add_input(&again);
			for (q = 0; q < questions.n; q++) {
				const struct question *question = &questions.items[q];
				size_t times =
					question->scope == SCOPE_INPUT ? answers->n_inputs : 1;

				for (input = 0; input < times; input++) {
					str_clear(&once);
					str_clear(&twice);
					value_write(&once, answers_value(answers, question, input),
						question);
					if (answers_set(&again, question, input, str_text(&once),
						    ORIGIN_ASKED, &err) < 0)
						fail_msg("%s: '%s': %s", question->id,
							str_text(&once), err.text);
					value_write(&twice, answers_value(&again, question, input),
						question);
					assert_string_equal(str_text(&once), str_text(&twice));
				}
			}
			answers_release(&again);
		}
		survey_release(&survey);
	}
	str_release(&once);
	str_release(&twice);
	free_texts(texts, n);
}

static uint32_t random_state = 20260101;

/* xorshift32 (Marsaglia 2003): the same mutations on every machine. */
static uint32_t random_next(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return random_state;
}

/* Changes, takes out, doubles or puts in a few bytes. */
static size_t mutate(char *bytes, size_t n, size_t room)
{
	static const char *const pieces[] = {"[", "]", "{", "}", ": ", "- ", "\n", "  ", "&a ",
		"*a", "!!x ", "<<: ", "\"", "'", "#", "\xff", "\033[", "\\0", "%", "unknown",
		"[1, 2]", "1e9", "-1", "---\n", "? ", "|\n", "functions:\n", "tuple[int, ...]",
		"\t", ","};
	size_t at, len, changes = 1 + random_next() % 4;
	const char *piece;

	while (changes--) {
		at = n ? random_next() % n : 0;
		len = n - at < 20 ? n - at : random_next() % 20;
		switch (random_next() % 4) {
		case 0:
			if (n)
				bytes[at] = (char)random_next();
			break;
		case 1:
			memmove(bytes + at, bytes + at + len, n - at - len);
			n -= len;
			break;
		case 2:
			if (n + len > room)
				break;
			memmove(bytes + at + len, bytes + at, n - at);
			n += len;
			break;
		default:
			piece = pieces[random_next() % (sizeof pieces / sizeof *pieces)];
			len = strlen(piece);
			if (n + len > room)
				break;
			memmove(bytes + at + len, bytes + at, n - at);
			memcpy(bytes + at, piece, len);
			n += len;
		}
	}
	return n;
}

/*
 * Whatever the bytes are, the file is read or its mistakes are told with their
 * places, and nothing that is told could act on a terminal.
 */
static void no_bytes_do_harm(void **state)
{
	struct text *texts;
	size_t n = read_folder("tests/answers/good", &texts), i, k, length, read = 0, refused = 0;
	char *bytes = xmalloc(1 << 20);
	struct survey survey;
	struct errs errs;
	struct str out;
	const char *at;

	(void)state;
	str_init(&out);
	for (i = 0; i < 2000; i++) {
		const struct text *text = &texts[random_next() % n];

		memcpy(bytes, text->bytes, text->n);
		length = mutate(bytes, text->n, 1 << 20);
		if (read_bytes(bytes, length, &survey, &errs) == 0) {
			assert_int_equal(errs.n, 0);
			assert_true(survey.n > 0);
			survey_release(&survey);
			read++;
			continue;
		}
		refused++;
		assert_true(errs.n > 0);
		for (k = 0; k < errs.n; k++) {
			assert_int_equal(errs.items[k].code, ERR_INVALID);
			assert_true(errs.items[k].line > 0 && errs.items[k].column > 0);
		}
		str_clear(&out);
		errs_format(&errs, &out);
		for (at = str_text(&out); *at; at++)
			assert_true((unsigned char)*at >= 0x20 || *at == '\n');
		errs_release(&errs);
	}
	/* Both happen often, or the mutations are too mild or too wild. */
	assert_true(read > 100);
	assert_true(refused > 500);
	str_release(&out);
	free(bytes);
	free_texts(texts, n);
}

static void a_file_that_is_not_there(void **state)
{
	struct errs errs = {NULL, 0, 0};
	struct survey survey;

	(void)state;
	assert_int_equal(survey_read(&survey, &questions, "/nowhere.yaml", NULL, &errs), -1);
	assert_int_equal(errs.n, 1);
	assert_int_equal(errs.items[0].code, ERR_INVALID);
	errs_release(&errs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_function),
		cmocka_unit_test(no_inputs_is_not_unknown_inputs),
		cmocka_unit_test(defaults_merge_into_each),
		cmocka_unit_test(a_mistake_in_the_defaults_is_told_once),
		cmocka_unit_test(every_mistake_is_told_in_order),
		cmocka_unit_test(twenty_are_told_in_full),
		cmocka_unit_test(endless_mistakes_end),
		cmocka_unit_test(ten_thousand_functions),
		cmocka_unit_test(good_files_are_read),
		cmocka_unit_test(values_of_good_files_come_back),
		cmocka_unit_test(no_bytes_do_harm),
		cmocka_unit_test(a_file_that_is_not_there),
	};

	return cmocka_run_group_tests(tests, questions_begin, questions_end);
}
