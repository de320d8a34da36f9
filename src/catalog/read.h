/*
 * read: takes typed fields out of a YAML map of the data folder's files and tells every
 * mistake with its place. A reader is made for one map, asked for its fields,
 * and closed: fields nobody asked for are then errors ("did you mean"), so a
 * slip in a data file never goes unnoticed.
 */
#ifndef FFIADVISE_CATALOG_READ_H
#define FFIADVISE_CATALOG_READ_H

#include "base/err.h"
#include "catalog/yamlio.h"

enum { READER_FIELDS = 48 };

struct reader {
	const struct node *map;
	const char *file;
	struct errs *errs;
	const char *asked[READER_FIELDS];
	size_t n_asked;
	size_t errs_before;
};

/* Begins with a map; tells an error (and gives no fields) when it is none. */
void reader_begin(struct reader *r, const struct node *map, const char *file, struct errs *errs);
/* The raw node; NULL when absent or null. */
const struct node *reader_node(struct reader *r, const char *key);
/* A text the caller owns; NULL when absent. reader_need tells when it is absent. */
char *reader_text(struct reader *r, const char *key);
char *reader_need(struct reader *r, const char *key);
/* yes/no/true/false; fallback when absent. */
int reader_bool(struct reader *r, const char *key, int fallback);
/* A decimal number, neither infinite nor NaN; fallback when absent. */
double reader_number(struct reader *r, const char *key, double fallback);
/* The place of a word among n; fallback when absent. */
int reader_word(
	struct reader *r, const char *key, const char *const *words, size_t n, int fallback);
/* A list, of anything; NULL and told when it is absent or none. */
const struct node *reader_list(struct reader *r, const char *key);
/* A list of texts (one scalar counts as a list of one), NULL-terminated, owned
 * by the caller (texts_free); NULL and *n = 0 when absent. */
char **reader_texts(struct reader *r, const char *key, size_t *n);
/* Tells fields nobody asked for. 0, or -1 when this map had any mistake. */
int reader_end(struct reader *r);
void texts_free(char **texts, size_t n);

/* An error at a node's place. */
void node_complain(const struct node *node, const char *file, struct errs *errs, const char *fmt,
	...) __attribute__((format(printf, 4, 5)));

/* A name as Python has them: ASCII letters, digits and _, no digit first. */
int is_identifier(const char *s);

/* dir/name as yaml tree; NULL with errs. *path_out is the path (caller frees). */
struct node *data_read(const char *dir, const char *name, char **path_out, struct errs *errs);
/* The list under the only key of a file; NULL with errs when it is none or not alone, and for a
 * root that is NULL, which was told. */
const struct node *data_list(const struct node *root, const char *key, const char *file,
	struct errs *errs);

#endif
