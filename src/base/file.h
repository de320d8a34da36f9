/*
 * file: files that are replaced whole or not at all, and the folders they stand
 * in. A new file is written beside the old one, brought to the disk and then
 * takes its name: whoever reads sees the old or the new, and a full disk or a
 * power cut loses the new one only. Owns nothing.
 */
#ifndef FFIADVISE_BASE_FILE_H
#define FFIADVISE_BASE_FILE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"

/* For file_replace(): the mode a file made by open() would get. */
#define FILE_USUAL_MODE ((mode_t)-1)

/* Puts n bytes of text into the file at path; -1 leaves what was there. */
int file_replace(const char *path, const char *text, size_t n, mode_t mode, struct err *err);
/* Makes the folders path stands in, for the owner alone (mode 0700, as the XDG base
 * directory rules ask); those that are there stay as they are. */
int file_make_folders(const char *path, struct err *err);

#endif
