/*
 * output: where a report goes: standard output or the file of --output, how
 * wide it may be there and whether in colour. A file is replaced whole or not
 * at all.
 */
#ifndef FFIADVISE_FRONT_OUTPUT_H
#define FFIADVISE_FRONT_OUTPUT_H

#include "base/err.h"
#include "cli.h"
#include "show/doc.h"
#include "show/lines.h"

/* Columns: the terminal's, 110 at most; 80 where there is none. */
int output_width(const struct cli *cli);
int output_colour(const struct cli *cli);
/* Wraps the lines, and writes them. */
int output_lines(const struct cli *cli, struct lines *lines, struct err *err);
/* As Markdown or as HTML, whichever --format names. */
int output_doc(const struct cli *cli, const struct doc *doc, struct err *err);
int output_text(const struct cli *cli, const struct str *text, struct err *err);

#endif
