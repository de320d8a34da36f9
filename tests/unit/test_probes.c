#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/mem.h"
#include "catalog/probes.h"
#include "unit/scratch.h"

/* Programs of tests/unit are run from the top of the repository. */
#define DATA "data"

static const char good_bindings[] =
	"bindings:\n"
	"  - {id: python, title: Python, folder: python, module: p, language: python,\n"
	"     toolchain: none, cure: none, option: no}\n"
	"  - {id: one, title: One, folder: one, module: p_one, language: c,\n"
	"     toolchain: cc, cure: get cc, option: yes, rank: 1, why_rank: safe}\n"
	"  - {id: calls, title: Calls, folder: one, module: p_calls, language: c,\n"
	"     toolchain: cc, cure: get cc, option: no, limits: calls only, groups: [call]}\n";

static const char good_probes[] =
	"probes:\n"
	"  - {id: call.none, group: call, what: a call, function: noop, call: f(),\n"
	"     role: {kind: call, args: 0}, claims: [C16]}\n"
	"  - {id: list.copied, group: list, what: a list, function: copied, setup: xs = 1,\n"
	"     call: f(xs), sizes: [1, 10], role: {kind: in, type: 'list[int]', how: copy},\n"
	"     absent: {one: it cannot}}\n"
	"  - {id: kernel.plain, group: kernels, what: work, function: work, call: f(),\n"
	"     only: [python], role: {kind: kernel, kernel: k, form: plain}}\n"
	"  - {id: symbols, group: mechanism, what: names, function: noop,\n"
	"     call: ref.symbols(m), reads: names}\n";

/* Loads the two texts as data files. */
static int load_texts(struct probes *probes, const char *bindings, const char *items,
	struct errs *errs)
{
	char *dir = scratch_new(), *folder;
	int rc;

	scratch_write(dir, "bindings.yaml", bindings);
	folder = xasprintf("%s/probes", dir);
	assert_int_equal(mkdir(folder, 0700), 0);
	scratch_write(folder, "some.yaml", items);
	rc = probes_load(probes, dir, errs);
	free(folder);
	scratch_remove(dir);
	return rc;
}

static void loads_the_data(void **state)
{
	struct errs errs = {0};
	struct probes probes;
	const struct binding *pyo3;
	const struct probe *probe;
	size_t i;

	(void)state;
	if (probes_load(&probes, DATA, &errs) < 0)
		fail_msg("%s:%d: %s", errs.items[0].file, errs.items[0].line, errs.items[0].text);
	pyo3 = probes_binding(&probes, "pyo3");
	assert_non_null(pyo3);
	assert_int_equal(pyo3->option, 1);
	assert_int_equal(pyo3->rank, 1);
	assert_string_equal(pyo3->language, "rust");
	assert_int_equal(probes_binding(&probes, "python")->option, 0);
	probe = probes_find(&probes, "list_float.copied");
	assert_non_null(probe);
	assert_int_equal(probe->role.kind, ROLE_IN);
	assert_int_equal(probe->role.how, HOW_COPY);
	assert_string_equal(probe->role.type, "list[float]");
	assert_int_equal(probe->n_sizes, 6);
	assert_int_equal(probe->sizes[5], 100000);
	assert_string_equal(probe->call, "f(xs)");
	for (i = 0; i < probes.n; i++)
		assert_ptr_equal(probes_find(&probes, probes.items[i].id), &probes.items[i]);
	assert_null(probes_find(&probes, "list_float.copie"));
	assert_null(probes_binding(&probes, "pyo"));
	probes_release(&probes);
	errs_release(&errs);
}

static void the_model_finds_what_it_asks_for(void **state)
{
	static const enum role_kind kinds[] = {ROLE_CALL, ROLE_IN, ROLE_OUT, ROLE_ACQUIRE,
		ROLE_KERNEL, ROLE_RELEASE, ROLE_LOOP, ROLE_THREADS, ROLE_CALLBACK, ROLE_ARRAY_CALL,
		ROLE_ARRAY_ITEM, ROLE_ARRAY_FROM_LIST, ROLE_ARRAY_TO_LIST, ROLE_CONTENDED,
		ROLE_IMPORT};
	struct errs errs = {0};
	struct probes probes;
	size_t i, k, n;

	(void)state;
	assert_int_equal(probes_load(&probes, DATA, &errs), 0);
	for (k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		for (i = 0, n = 0; i < probes.n; i++)
			n += probes.items[i].role.kind == kinds[k];
		assert_true(n > 0);
	}
	probes_release(&probes);
	errs_release(&errs);
}

static void tells_why_a_binding_does_not_do_a_probe(void **state)
{
	struct errs errs = {0};
	struct probes probes;
	const struct binding *python, *one, *calls;
	const struct probe *call, *list, *plain;

	(void)state;
	assert_int_equal(load_texts(&probes, good_bindings, good_probes, &errs), 0);
	python = probes_binding(&probes, "python");
	one = probes_binding(&probes, "one");
	calls = probes_binding(&probes, "calls");
	call = probes_find(&probes, "call.none");
	list = probes_find(&probes, "list.copied");
	plain = probes_find(&probes, "kernel.plain");
	assert_null(probe_absent(call, python));
	assert_null(probe_absent(call, calls));
	assert_null(probe_absent(list, python));
	assert_string_equal(probe_absent(list, one), "it cannot");
	assert_string_equal(probe_absent(list, calls), "calls only");
	assert_null(probe_absent(plain, python));
	assert_non_null(probe_absent(plain, one));
	assert_string_equal(call->setup, "");
	assert_int_equal(call->n_sizes, 0);
	assert_int_equal(call->reads, READS_NOTHING);
	assert_int_equal(probes_find(&probes, "symbols")->reads, READS_NAMES);
	probes_release(&probes);
	errs_release(&errs);
}

/* A mistake: text is put where mark stands, and the message has to hold says. */
struct mistake {
	int in_bindings;
	const char *mark, *text, *says;
};

static const struct mistake mistakes[] = {
	{1, "id: one,", "id: python,", "a binding 'python' already"},
	{1, "rank: 1, ", "", "needs 'rank' and 'why_rank'"},
	{1, "rank: 1,", "rank: 1.5,", "whole number"},
	{1, "limits: calls only, ", "", "'limits' has to say"},
	{1, "module: p_one,", "module: p-one,", "no name of a module"},
	{1, "title: One,", "titel: One,", "'title' is missing"},
	{1, "title: One,", "title: One, color: red,", "'color' is no field"},
	{1, "groups: [call]", "groups: [cal]", "'cal', which has no probe"},
	{1, "bindings:", "binding:", "'bindings' has to be a list"},
	{0, "id: list.copied,", "id: call.none,", "a probe 'call.none' already"},
	{0, "claims: [C16]", "claims: [C57]", "'C57' is no claim"},
	{0, "claims: [C16]", "claims: [C016]", "'C016' is no claim"},
	{0, "claims: [C16]", "claims: [16]", "'16' is no claim"},
	{0, "claims: [C16]", "reads: byte", "did you mean 'bytes'"},
	{0, "claims: [C16]", "reads: count", "a probe with 'reads' is not timed"},
	{0, "function: noop,", "function: no-op,", "no name of a function"},
	{0, "function: noop,", "", "'function' is missing"},
	{0, "call: f(),\n     role", "role", "'call' is missing"},
	{0, "sizes: [1, 10]", "sizes: [10, 1]", "numbers that grow"},
	{0, "sizes: [1, 10]", "sizes: [1, ten]", "not 'ten'"},
	{0, "only: [python]", "only: [pyton]", "'only' names 'pyton'"},
	{0, "absent: {one:", "absent: {two:", "'absent' names 'two'"},
	{0, "absent: {one: it cannot}", "absent: {one: }", "has to be a text"},
	{0, "absent: {one: it cannot}", "absent: [one]", "has to be a map"},
	{0, "{kind: call, args: 0}", "{kind: call}", "needs 'args'"},
	{0, "{kind: call, args: 0}", "{kind: cal, args: 0}", "did you mean 'call'"},
	{0, "{kind: call, args: 0}", "{args: 0}", "'kind' is missing"},
	{0, "type: 'list[int]', ", "", "needs 'type'"},
	{0, ", how: copy", "", "needs 'how'"},
	{0, "{kind: call, args: 0}", "{kind: array-from-list}", "needs 'type'"},
	{0, ", how: copy", ", how: copy, access: all", "'access' is 'few'"},
	{0, ", form: plain", "", "needs 'kernel' and 'form'"},
	{0, "{kind: kernel, kernel: k, form: plain}", "{kind: call, args: 0}",
		"has the role of 'call.none'"},
	{0, "{kind: call, args: 0}", "{kind: contended}", "from 1 to 1000000"},
	{0, "{kind: call, args: 0}", "{kind: contended, calls: 0}", "from 1 to 1000000"},
	{0, "{kind: call, args: 0}", "{kind: contended, calls: 1000001}", "from 1 to 1000000"},
	{0, "{kind: call, args: 0}", "{kind: contended, calls: 2.5}", "from 1 to 1000000"},
	{0, "args: 0}", "args: 0, calls: 200}", "and no other"},
	{0, "args: 0}", "args: 0, calls: 1e9}", "and no other"},
	{0, "args: 0}", "args: 0, calls: -5}", "and no other"},
	{0, "args: 0}", "args: 0, calls: 0.5}", "and no other"},
	{0, "args: 0}", "args: 0, calls: nan}", "'calls' has to be a number"},
	{0, "args: 0}", "args: 0, calls: inf}", "'calls' has to be a number"},
};

static char *replaced(const char *text, const char *mark, const char *by)
{
	const char *at = strstr(text, mark);

	assert_non_null(at);
	return xasprintf("%.*s%s%s", (int)(at - text), text, by, at + strlen(mark));
}

static void refuses_mistakes(void **state)
{
	const struct mistake *mistake;
	struct errs errs;
	struct probes probes;
	char *bindings, *items;
	size_t i, k;
	int found;

	(void)state;
	for (i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
		mistake = &mistakes[i];
		bindings = mistake->in_bindings ?
			replaced(good_bindings, mistake->mark, mistake->text) :
			xstrdup(good_bindings);
		items = mistake->in_bindings ? xstrdup(good_probes) :
			replaced(good_probes, mistake->mark, mistake->text);
		memset(&errs, 0, sizeof errs);
		assert_int_equal(load_texts(&probes, bindings, items, &errs), -1);
		for (k = 0, found = 0; k < errs.n; k++) {
			found |= strstr(errs.items[k].text, mistake->says) != NULL;
			assert_true(errs.items[k].line > 0);
		}
		if (!found)
			fail_msg("'%s' is not in '%s'", mistake->says,
				errs.n ? errs.items[0].text : "");
		assert_null(probes_find(&probes, "call.none"));
		free(bindings);
		free(items);
		errs_release(&errs);
	}
}

static void tells_a_missing_file(void **state)
{
	struct errs errs = {0};
	struct probes probes;

	(void)state;
	assert_int_equal(probes_load(&probes, "/nonexistent", &errs), -1);
	assert_true(errs.n > 0);
	errs_release(&errs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(loads_the_data),
		cmocka_unit_test(the_model_finds_what_it_asks_for),
		cmocka_unit_test(tells_why_a_binding_does_not_do_a_probe),
		cmocka_unit_test(refuses_mistakes),
		cmocka_unit_test(tells_a_missing_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
