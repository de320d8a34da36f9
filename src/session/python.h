/*
 * python: an interpreter that can be measured in: the one this program was built
 * for, or one that a person named with --python, found out by running it once.
 * Owned by the caller: python_release().
 */
#ifndef FFIADVISE_SESSION_PYTHON_H
#define FFIADVISE_SESSION_PYTHON_H

#include "base/err.h"

struct python {
	char *given;      /* as it was named; NULL: the one built for */
	char *executable; /* the interpreter's own program, of a virtual environment the one
			   * it was made from; NULL: not known yet */
	char *version;    /* "3.13.0"; NULL as above, like those down to make */
	char *tag;        /* of what is built for it */
	char *host_path;  /* what runs its environment */
	int is_virtual, is_embedded;
	char *make;       /* what src/packaging/interpreter.py said of it */
	/* Where what was built for it lies. */
	char *worker;     /* the program, or the module that host imports */
	char *host;       /* NULL: the worker embeds it */
	char *probes;
	char *site;       /* its own packages, as in measure/worker.h; NULL: none */
	int lock;         /* held while it is used, so that nobody builds there; -1: none */
};

/* An empty one. */
void python_init(struct python *python);
void python_release(struct python *python);
/*
 * Takes what was built in `folder`: worker, host, probes. -1, with no err, when no
 * worker is there; the paths are then those where it should be.
 */
int python_take(struct python *python, const char *folder);
/*
 * Finds out what `given` names: a path, a name on PATH, or the folder of a virtual
 * environment. sources is the folder that holds src. Fills all but where things
 * lie. -1 when it is no interpreter that can be measured in; the hint says which
 * are here.
 */
int python_resolve(struct python *python, const char *given, const char *sources,
	struct err *err);

#endif
