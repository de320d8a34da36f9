/*
 * generated: answers for the properties, made by chance from data/questions.yaml,
 * so that a new question is among them as soon as it stands there. The same seed
 * makes the same answers. The caller releases what is made.
 */
#ifndef FFIADVISE_TESTS_GENERATED_H
#define FFIADVISE_TESTS_GENERATED_H

#include <stdint.h>

#include "unit/world.h"

void dice_seed(uint32_t from);
/* 0..n-1 */
uint32_t dice(uint32_t n);

#define PICK(list) (list)[dice(sizeof(list) / sizeof *(list))]

/* Any value the question allows, as text; its ends among them. */
void any_text(char text[160], const struct question *q);
/* Answers so; what is not allowed stays unknown. */
void say(struct answers *a, const struct question *q, size_t input, const char *text);
/* The same of what has to be allowed. */
void put(struct answers *a, const char *id, size_t input, const char *text);
/* It has to be there. */
const struct question *question(const struct answers *a, const char *id);

/* Each question answered or not; none to three arguments. */
void any_answers(struct world *w, struct answers *a);
/* One for which native code may be advised: work in Python on some data. */
void plain_answers(struct world *w, struct answers *a);
/* And nothing that answers say is in the way of it, nor an easier way. */
void open_to_native(struct answers *a);
/* One that is native today, in threads or not, with a result that may stay native. */
void native_answers(struct world *w, struct answers *a);

#endif
