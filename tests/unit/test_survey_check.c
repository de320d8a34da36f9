/* survey_check: answers that contradict each other are told and widened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "survey/survey.h"
#include "unit/world.h"

static const struct value *of(const struct survey *survey, size_t i, const char *id)
{
	return answers_get(&survey->items[i].answers, id);
}

/* The warnings of one function, read from the inside of its map. */
static void warned(const char *inside, const char *const *words, size_t n, struct survey *survey)
{
	char *text = xasprintf("ffiadvise: 1\n%s", inside);
	size_t i;

	world_survey(&questions, text, survey);
	free(text);
	if (survey->items[0].n_warnings != n)
		fail_msg("%zu warnings, the first '%s': %s", survey->items[0].n_warnings,
			survey->items[0].n_warnings ? survey->items[0].warnings[0] : "", inside);
	for (i = 0; i < n; i++) {
		if (!strstr(survey->items[0].warnings[i], words[i]))
			fail_msg("'%s' lacks '%s'", survey->items[0].warnings[i], words[i]);
	}
}

/* A platform that is not known is taken, and told; the usual names of known ones are those. */
static void words_of_ones_own_are_told(void **state)
{
	static const char *const words[] = {
		"team.platforms: 'klingon' is not known here, and nothing follows from it; known are linux",
		"'linux-x86_46' is not known here, and nothing follows from it; did you mean "
		"'linux-x86_64'?"};
	const struct question *platforms = questions_find(&questions, "team.platforms");
	struct survey survey;

	(void)state;
	warned("team: {platforms: [klingon, windows, linux-x86_46]}\n", words, 2, &survey);
	assert_int_equal(value_has(of(&survey, 0, "team.platforms"), platforms, "klingon"), 1);
	survey_release(&survey);
	warned("team: {platforms: [win, mac, linux]}\n", NULL, 0, &survey);
	assert_int_equal(value_has(of(&survey, 0, "team.platforms"), platforms, "windows-x86_64"), 1);
	assert_int_equal(value_has(of(&survey, 0, "team.platforms"), platforms, "macos-arm64"), 1);
	assert_int_equal(value_has(of(&survey, 0, "team.platforms"), platforms, "linux-x86_64"), 1);
	survey_release(&survey);
}

static void share_against_time_and_rate(void **state)
{
	static const char *const words[] = {
		"function.share is given as 60 %, but function.time_per_call of 45 us times "
		"function.calls_per_second of 200k makes 900 %; the advice works with 60..100 %"};
	static const char *const low[] = {"makes 1 %; the advice works with 1..60 %"};
	struct survey survey;

	(void)state;
	warned("function: {share: 60%, time_per_call: 45us, calls_per_second: 200k}\n", words, 1,
		&survey);
	assert_true(of(&survey, 0, "function.share")->range.low == 0.6);
	assert_true(of(&survey, 0, "function.share")->range.high == 1);
	assert_true(of(&survey, 0, "function.share")->range.likely == 0.6);
	/* What was widened is not what was said, so nothing is checked twice. */
	survey_check(&survey.items[0]);
	assert_int_equal(survey.items[0].n_warnings, 1);
	survey_release(&survey);
	warned("function: {share: 60%, time_per_call: 1us, calls_per_second: 10k}\n", low, 1,
		&survey);
	assert_true(of(&survey, 0, "function.share")->range.low == 0.01);
	survey_release(&survey);
	warned("function: {share: 60%, time_per_call: 45us, calls_per_second: 13k}\n", NULL, 0,
		&survey);
	survey_release(&survey);
	/* Four threads at 90 % of the wall time each. */
	warned("function: {share: 90%, time_per_call: 1ms, calls_per_second: 3600}\n"
	       "runtime: {concurrency: threads, workers: 4}\n",
		NULL, 0, &survey);
	survey_release(&survey);
	warned("function: {share: 60%, time_per_call: 45us}\n", NULL, 0, &survey);
	survey_release(&survey);
}

static void time_against_length(void **state)
{
	static const char *const words[] = {"function.time_per_call is given as 1 us, but to look "
					    "at all 1M items of inputs[0] takes "
					    "Python at least 300 us (0.3 ns each)"};
	static const char *const packed[] = {"at least 10 us (0.01 ns each)"};
	struct survey survey;

	(void)state;
	warned("function: {time_per_call: 1us}\n"
	       "inputs: [{type: 'list[float]', length: 1M, access: all}]\n",
		words, 1, &survey);
	assert_true(of(&survey, 0, "function.time_per_call")->range.low == 1000);
	assert_true(of(&survey, 0, "function.time_per_call")->range.high == 300000);
	assert_true(answers_input(&survey.items[0].answers, 0, "inputs.length")->range.low < 3334);
	assert_true(answers_input(&survey.items[0].answers, 0, "inputs.length")->range.high == 1e6);
	survey_release(&survey);
	warned("function: {time_per_call: 1us}\n"
	       "inputs: [{type: bytes, length: 1M, access: all}]\n",
		packed, 1, &survey);
	survey_release(&survey);
	warned("function: {time_per_call: 1us}\n"
	       "inputs: [{type: 'list[float]', length: 1M, access: few}]\n",
		NULL, 0, &survey);
	survey_release(&survey);
	warned("function: {time_per_call: 1us, now: native}\n"
	       "inputs: [{type: 'list[float]', length: 1M, access: all}]\n",
		NULL, 0, &survey);
	survey_release(&survey);
	warned("function: {time_per_call: 1us}\n"
	       "inputs: [{type: 'list[float]', length: [10, 1M], access: all}]\n",
		NULL, 0, &survey);
	survey_release(&survey);
}

static void bound_against_shares(void **state)
{
	static const char *const cpu[] = {"function.wait_share is given as 80 %"};
	static const char *const io[] = {
		"function.wait_share is given as 0 %", "function.native_share is given as 90 %"};
	static const char *const parts[] = {
		"function.wait_share of 70 % and function.native_share of "
		"60 % are more than the whole time"};
	struct survey survey;

	(void)state;
	warned("function: {bound: cpu, wait_share: 80%}\n", cpu, 1, &survey);
	assert_false(value_known(of(&survey, 0, "function.bound")));
	assert_true(of(&survey, 0, "function.wait_share")->range.low == 0);
	assert_true(of(&survey, 0, "function.wait_share")->range.high == 0.8);
	survey_release(&survey);
	warned("function: {bound: io, wait_share: 0, native_share: 90%}\n", io, 2, &survey);
	assert_true(of(&survey, 0, "function.wait_share")->range.high == 1);
	assert_true(of(&survey, 0, "function.native_share")->range.low == 0);
	survey_release(&survey);
	warned("function: {wait_share: 70%, native_share: 60%}\n", parts, 1, &survey);
	assert_true(of(&survey, 0, "function.wait_share")->range.low == 0.4);
	assert_true(of(&survey, 0, "function.native_share")->range.low == 0.3);
	survey_release(&survey);
	warned("function: {bound: cpu, wait_share: 20%, native_share: 80%}\n", NULL, 0, &survey);
	assert_true(value_known(of(&survey, 0, "function.bound")));
	survey_release(&survey);
	warned("function: {bound: io, wait_share: 90%}\n", NULL, 0, &survey);
	survey_release(&survey);
	warned("function: {bound: mixed, wait_share: 90%}\n", NULL, 0, &survey);
	survey_release(&survey);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_ones_own_are_told),
		cmocka_unit_test(share_against_time_and_rate),
		cmocka_unit_test(time_against_length),
		cmocka_unit_test(bound_against_shares),
	};

	return cmocka_run_group_tests(tests, questions_begin, questions_end);
}
