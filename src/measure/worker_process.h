/*
 * worker_process: a worker as a process: started, asked one question at a time,
 * watched while it answers, ended. For worker, which has the questions; nobody
 * else looks into struct worker.
 */
#ifndef FFIADVISE_MEASURE_WORKER_PROCESS_H
#define FFIADVISE_MEASURE_WORKER_PROCESS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/str.h"
#include "measure/worker.h"

struct worker {
	struct worker_options options;
	pid_t guard;   /* our child: parent of the worker and of what it leaves behind */
	int fd;        /* frames; nonblocking */
	int guard_fd;  /* hangs up when the guard has ended; it ends all when we do */
	int talk_fd;   /* the memory file that is the worker's stdout and stderr */
	struct proto_shared *shared;
	struct worker_hello hello;
	char *texts;   /* what hello points into: the frame it came in */
	int64_t resident; /* bytes after the handshake; 0 before */
	struct str in; /* bytes received and not yet used */
	struct str out;/* the question being sent */
	struct str talk;
	double *ns;    /* by probe number: one execution; 0 unknown */
	size_t n_ns;
	const char **names; /* of the last reading; PROTO_NAMES_MAX, made by the first */
	int ended;
	int flooded;
};

/* How long an answer may take: `seconds`, or by the block's entry that is running. */
struct worker_limit {
	double seconds;
	const struct worker_entry *entries;
	size_t n;
};

/* Starts it with w->options. -1 with err; worker_stop() frees what there is by then. */
int worker_spawn(struct worker *w, struct err *err);
/*
 * Sends w->out and waits for one frame of that type in answer, which is lent
 * until the next call. Refusals come back as WORKER_REFUSED with their text in
 * err and their index in *index, where that is not NULL.
 */
enum worker_result worker_ask(struct worker *w, enum proto_type type,
	const struct worker_limit *limit, struct proto_frame *answer, uint32_t *index,
	struct err *err);
/* Ends one whose answer is none; WORKER_DIED. */
enum worker_result worker_garbled(struct worker *w, struct err *err);
/* Ends it with all it started, and waits for that, two seconds at most; a second call does
 * nothing. */
void worker_end(struct worker *w);

#endif
