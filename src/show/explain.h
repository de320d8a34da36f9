/*
 * explain: what the parts of view_explain share, and the functions of its
 * table. For view_explain.c and explain_*.c alone.
 */
#ifndef FFIADVISE_SHOW_EXPLAIN_H
#define FFIADVISE_SHOW_EXPLAIN_H

#include "show/view_explain.h"

/* "ID, a KIND", after an empty line. */
void explain_head(struct lines *l, const char *id, const char *kind);
/* "  label      text", wrapped below itself; nothing for a NULL or empty text. */
void explain_row(struct lines *l, const char *label, const char *text);
/* The same for a list: the label stands beside the first. Begin with n = 0. */
void explain_item(struct lines *l, const char *label, const char *text, size_t *n);
/* A key as conditions and answers have it, without index and "main": "inputs.type". */
char *explain_key(const char *key);
/* The rules that ask for that key, or quote it. How many. */
size_t explain_rules_of(struct lines *l, const struct explain *e, const char *key);

/* The functions of the table: 0, or -1 with nothing added when it is no such id. */
int explain_rule(struct lines *l, const struct explain *e, const char *id);
int explain_question(struct lines *l, const struct explain *e, const char *id);
int explain_fact(struct lines *l, const struct explain *e, const char *id);
int explain_probe(struct lines *l, const struct explain *e, const char *id);
int explain_measurement(struct lines *l, const struct explain *e, const char *id);
int explain_group(struct lines *l, const struct explain *e, const char *id);
int explain_binding(struct lines *l, const struct explain *e, const char *id);
int explain_claim(struct lines *l, const struct explain *e, const char *id);
int explain_reference(struct lines *l, const struct explain *e, const char *id);
int explain_work(struct lines *l, const struct explain *e, const char *id);
int explain_library(struct lines *l, const struct explain *e, const char *id);
int explain_task(struct lines *l, const struct explain *e, const char *id);
int explain_option(struct lines *l, const struct explain *e, const char *id);
int explain_word(struct lines *l, const struct explain *e, const char *id);

#endif
