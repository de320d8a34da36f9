/*
 * store_json: between the files that read a measurement file, store_json.c
 * and store_json_environment.c; everybody else has measurements_load().
 */
#ifndef FFIADVISE_MEASURE_STORE_JSON_H
#define FFIADVISE_MEASURE_STORE_JSON_H

#include "measure/json.h"
#include "measure/store.h"

/* Reads own.environment and the program's version into env, which is empty. -1 with place and
 * cause; env then has what was read before. */
int store_json_environment(const json_t *own, const struct json_at *own_at,
	struct environment *env, struct err *err);

#endif
