/*
 * scratch: a folder below /tmp for as long as a test needs one. Whatever goes
 * wrong with it fails the test.
 */
#ifndef FFIADVISE_TESTS_SCRATCH_H
#define FFIADVISE_TESTS_SCRATCH_H

/* A new, empty folder. The caller gives it to scratch_remove(). */
char *scratch_new(void);
/* Takes the folder away with all that is in it, and frees its name. */
void scratch_remove(char *folder);
/* Writes a file of that text into a folder that is there. */
void scratch_write(const char *folder, const char *name, const char *text);

/* Fixtures: `scratch` is a new folder for each test. */
extern char *scratch;
int scratch_begin(void **state);
int scratch_end(void **state);
/* The path of a name in it; the caller frees it. */
char *scratch_path(const char *name);

#endif
