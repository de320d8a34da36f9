/*
 * signals: SIGINT, SIGTERM and SIGHUP as a descriptor that becomes readable,
 * so that whatever runs can be stopped in order and the workers ended; the
 * front end then raises the signal again, so that the shell sees it.
 */
#ifndef FFIADVISE_FRONT_SIGNALS_H
#define FFIADVISE_FRONT_SIGNALS_H

#include "base/err.h"

/* Installs the handlers; returns the descriptor to watch, or -1. A second
 * signal ends the program at once. */
int signals_catch(struct err *err);
/* From now on SIGTSTP makes the descriptor readable too, instead of stopping; or stops again. */
void signals_catch_suspend(int catch);
/* True once for each time SIGTSTP came; what is to be read is read. */
int signals_suspended(void);
/* The signal that came, or 0. */
int signals_caught(void);
/* Ends the program by the signal that came, with its default action. */
void signals_raise_again(void);

#endif
