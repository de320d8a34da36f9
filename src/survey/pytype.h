/*
 * pytype: the types of an answers file: int, list[float], dict[str, int],
 * buffer[f64] ... A small tree, owned by its holder: pytype_free().
 */
#ifndef FFIADVISE_SURVEY_PYTYPE_H
#define FFIADVISE_SURVEY_PYTYPE_H

#include "base/err.h"
#include "base/str.h"

enum pytype_kind {
	PYTYPE_INT,
	PYTYPE_FLOAT,
	PYTYPE_BOOL,
	PYTYPE_NONE,
	PYTYPE_STR,
	PYTYPE_BYTES,
	PYTYPE_TUPLE,
	PYTYPE_LIST,
	PYTYPE_DICT,
	PYTYPE_SET,
	PYTYPE_OBJECT,
	PYTYPE_NATIVE,
	PYTYPE_BUFFER,
	PYTYPE_DATAFRAME,
	PYTYPE_CALLABLE,
	PYTYPE_ANY,
};

struct pytype {
	enum pytype_kind kind;
	struct pytype *items[8]; /* list, set: one; dict: two; tuple: n */
	size_t n;
	char element[8]; /* PYTYPE_BUFFER: f64 f32 i64 ... */
	int ellipsis;	 /* tuple[int, ...] */
};

/* Reads text; Python's own notations too: List[int], Optional[str] and str | None (none goes
 * without saying), int | float (float), other unions (any), Callable[..]. NULL and an err (without a place) when it is no type: what was
 * found, what is allowed, "did you mean". Depth at most 8. A bare "list" is list[any]. */
struct pytype *pytype_read(const char *text, struct err *err);
void pytype_free(struct pytype *type);
struct pytype *pytype_copy(const struct pytype *type);
/* As the file writes it: "dict[str, int]". */
void pytype_write(const struct pytype *type, struct str *out);
/* "list", "buffer" ... */
const char *pytype_word(enum pytype_kind kind);
int pytype_same(const struct pytype *a, const struct pytype *b);

#endif
