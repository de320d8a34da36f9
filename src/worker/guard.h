/*
 * guard: a small process between the front end and the process that holds the
 * interpreter. Orphans of the worker fall to it, so that nothing a probe ever
 * started, in whatever session, is left when the worker has ended, or the
 * front end, be it by SIGKILL. To the front end it ends in the same way as the
 * worker did.
 */
#ifndef FFIADVISE_WORKER_GUARD_H
#define FFIADVISE_WORKER_GUARD_H

/*
 * Forks. Returns 0 in the child, which is to be the worker; the parent stays
 * within as the guard and never returns. -1 when there is no child.
 */
int guard_split(void);

#endif
