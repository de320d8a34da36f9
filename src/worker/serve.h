/*
 * serve: the worker's side of the connection: answers the front end's questions,
 * one after the other, until the connection ends. Both shells run it: the program
 * that embeds an interpreter (main.c) and the module an interpreter loads
 * (module.c). The process ends by _exit(), whatever the interpreter still holds.
 */
#ifndef FFIADVISE_WORKER_SERVE_H
#define FFIADVISE_WORKER_SERVE_H

/*
 * Takes over the descriptors of proto.h and forks: returns in the child, which
 * is to be the worker; the parent stays within as its guard. NULL, or why it
 * cannot be.
 */
const char *serve_prepare(void);
/*
 * Never returns. probes: the folder of the probe modules; site: folders of
 * packages that come before those the probes were built with, between colons.
 * Both live as long as the process.
 */
void serve_run(const char *probes, const char *site) __attribute__((noreturn));

#endif
