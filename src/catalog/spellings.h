/*
 * spellings: data/spellings.yaml: how a Python type is written in the native
 * language of a binding, for each way of passing it: list[float] copied is
 * Vec<f64> in PyO3. What the report's boundary and signature are made of.
 */
#ifndef FFIADVISE_CATALOG_SPELLINGS_H
#define FFIADVISE_CATALOG_SPELLINGS_H

#include <stddef.h>

#include "base/err.h"
#include "catalog/probes.h"

struct spelling {
	char *binding;
	char *type;   /* "list[float]", "list", "str"; the longest that fits serves */
	enum how how; /* HOW_NONE: whatever the way */
	int result;   /* it is how a result of that type is given back */
	char *native; /* "Vec<f64>" */
	char *beside; /* what has to be passed with it: "size_t {name}_len"; NULL: nothing */
};

/* How a binding writes a function: "{name}", "{arguments}" and "{result}". */
struct signature_form {
	char *binding;
	char *form, *argument, *separator;
};

struct spellings {
	struct spelling *items;
	size_t n;
	struct signature_form *forms;
	size_t n_forms;
};

/* 0, or -1 with every mistake in errs; spellings is then empty. */
int spellings_load(struct spellings *spellings, const char *dir, struct errs *errs);
void spellings_release(struct spellings *spellings);
/* NULL when the table does not know; lent. type as pytype_write() gives it, base its
 * outermost word ("list"). */
const struct spelling *spellings_find(const struct spellings *spellings, const char *binding,
	const char *type, const char *base, enum how how, int result);
/* NULL for a binding without signatures. */
const struct signature_form *spellings_form(const struct spellings *spellings, const char *binding);

#endif
