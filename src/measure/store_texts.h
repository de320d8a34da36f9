/*
 * store_texts: the texts of a measurement file's environment, by the key they
 * have there. Writing goes by these tables and reading too, so neither can
 * forget one.
 */
#ifndef FFIADVISE_MEASURE_STORE_TEXTS_H
#define FFIADVISE_MEASURE_STORE_TEXTS_H

#include <stddef.h>

struct store_text {
	const char *key;
	size_t offset; /* of a char * in the struct */
};

enum { STORE_ENVIRONMENT_TEXTS = 9, STORE_BINDING_TEXTS = 6 };

/* In the order of the file. */
extern const struct store_text store_environment_texts[STORE_ENVIRONMENT_TEXTS];
extern const struct store_text store_binding_texts[STORE_BINDING_TEXTS];

#endif
