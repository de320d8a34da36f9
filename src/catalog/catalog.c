#include "catalog/catalog.h"

#include <string.h>

#include "catalog/read.h"

/* Every rule, claim of a binding, and spelling names things that exist. */
static void check_tools(const struct catalog *c, const char *dir, struct errs *errs)
{
	size_t i, k;

	for (i = 0; i < c->rules.n; i++) {
		const struct selector *s = &c->rules.items[i].options;

		for (k = 0; k < s->n_tools; k++) {
			if (probes_binding(&c->probes, s->tools[k]) ||
				words_find(&c->words, WORD_TOOL, s->tools[k]) ||
				libraries_find(&c->libraries, s->tools[k]))
				continue;
			err_set(errs_add(errs), ERR_INVALID,
				"%s/rules.yaml: rule '%s' is about '%s', which is no binding, library "
				"or tool", dir, c->rules.items[i].id, s->tools[k]);
		}
	}
	for (i = 0; i < c->spellings.n; i++) {
		if (!probes_binding(&c->probes, c->spellings.items[i].binding))
			err_set(errs_add(errs), ERR_INVALID,
				"%s/spellings.yaml: '%s' is no binding", dir,
				c->spellings.items[i].binding);
	}
	for (i = 0; i < c->references.n; i++) {
		const struct reference *ref = &c->references.items[i];

		if (ref->binding && !probes_binding(&c->probes, ref->binding))
			err_set(errs_add(errs), ERR_INVALID,
				"%s/reference.yaml: '%s' names '%s', which is no binding", dir, ref->id,
				ref->binding);
	}
}

static int kernel_exists(const struct probes *probes, const char *kernel)
{
	size_t i;

	for (i = 0; i < probes->n; i++) {
		if (probes->items[i].role.kernel && strcmp(probes->items[i].role.kernel, kernel) == 0)
			return 1;
	}
	return 0;
}

/* The kernels that kernels.yaml names are among the probes. */
static void check_kernels(const struct catalog *c, const char *dir, struct errs *errs)
{
	size_t i, k;

	for (i = 0; i < c->references.n_works; i++) {
		const struct work *work = &c->references.works[i];

		for (k = 0; k < work->n_kernels; k++) {
			if (!kernel_exists(&c->probes, work->kernels[k].kernel))
				err_set(errs_add(errs), ERR_INVALID,
					"%s/kernels.yaml: work '%s' names '%s', which no probe measures",
					dir, work->id, work->kernels[k].kernel);
		}
	}
}

/* A kind of work that can be answered has its kernel or its reference gains. */
static void check_works(const struct catalog *c, const char *dir, struct errs *errs)
{
	const struct question *work = questions_find(&c->questions, "function.work");
	size_t i;

	for (i = 0; work && i < work->n_choices; i++) {
		const char *id = work->choices[i].id;

		if (!references_work(&c->references, id) ||
			!references_gain(&c->references, id, FORM_NATIVE) ||
			!references_gain(&c->references, id, FORM_OBJECTS))
			err_set(errs_add(errs), ERR_INVALID,
				"%s: work '%s' has no entry in kernels.yaml, or no gains (native, "
				"objects) in reference.yaml",
				dir, id);
	}
}

/* The tasks of libraries.yaml are the choices of function.task, but for "other". */
static void check_tasks(const struct catalog *c, const char *dir, struct errs *errs)
{
	const struct question *task = questions_find(&c->questions, "function.task");
	size_t i;

	for (i = 0; task && i < task->n_choices; i++) {
		const char *id = task->choices[i].id;

		if (strcmp(id, "other") != 0 && !libraries_task(&c->libraries, id))
			err_set(errs_add(errs), ERR_INVALID,
				"%s/libraries.yaml: the task '%s' of questions.yaml has no library", dir,
				id);
	}
	for (i = 0; task && i < c->libraries.n_tasks; i++) {
		if (question_choice(task, c->libraries.tasks[i].id) < 0)
			err_set(errs_add(errs), ERR_INVALID,
				"%s/libraries.yaml: the task '%s' is no choice of function.task", dir,
				c->libraries.tasks[i].id);
	}
}

int catalog_load(struct catalog *catalog, const char *dir, struct errs *errs)
{
	size_t before = errs->n;

	memset(catalog, 0, sizeof *catalog);
	questions_load(&catalog->questions, dir, errs);
	probes_load(&catalog->probes, dir, errs);
	references_load(&catalog->references, dir, errs);
	rules_load(&catalog->rules, dir, errs);
	spellings_load(&catalog->spellings, dir, errs);
	claims_load(&catalog->claims, dir, errs);
	words_load(&catalog->words, dir, errs);
	libraries_load(&catalog->libraries, dir, errs);
	if (errs->n == before) {
		check_tools(catalog, dir, errs);
		check_works(catalog, dir, errs);
		check_kernels(catalog, dir, errs);
		check_tasks(catalog, dir, errs);
	}
	if (errs->n == before)
		return 0;
	catalog_release(catalog);
	return -1;
}

void catalog_release(struct catalog *catalog)
{
	questions_release(&catalog->questions);
	probes_release(&catalog->probes);
	references_release(&catalog->references);
	rules_release(&catalog->rules);
	spellings_release(&catalog->spellings);
	claims_release(&catalog->claims);
	words_release(&catalog->words);
	libraries_release(&catalog->libraries);
}
