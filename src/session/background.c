#include "session/background.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "measure/cache.h"
#include "session/build.h"

struct background {
	const struct catalog *catalog;
	const struct places *places;
	const struct python *pythons; /* all; the first of them may be another, below */
	size_t n_pythons;
	struct run_options options;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed; /* wanted, stop or quit */
	int notice[2], stop[2]; /* pipes: to whoever waits, to the run */

	/* under the mutex: */
	struct background_state state;
	struct survey wanted; /* n 0: as before */
	struct measurements *fresh; /* NULL: nothing new */
	size_t n_fresh;
	int stopping, quitting, working;
	int uncompared; /* the interpreters were not measured together for the thread's survey */
	struct own *order, *done; /* the person's call: to be measured, and come to its end */
	int order_stopped;
	int unfinished; /* what the thread's survey calls for was interrupted */
	int failed;     /* nothing can be measured */

	/* the thread's own: */
	struct measurements m;
	struct measurements call;  /* of the person's call; published with the others */
	const struct python *python; /* the first */
	struct python *own_python; /* one that was named with a call; python is it then */
	struct measurements *others; /* of the other interpreters; NULL: not measured yet */
	struct survey survey;
	int calling; /* what runs is the call */
};

enum job { JOB_END, JOB_MEASURE, JOB_COMPARE, JOB_CALL };

static void notify(struct background *b)
{
	ssize_t n = write(b->notice[1], "!", 1);

	(void)n; /* a full pipe is readable already */
}

static void release_all(struct measurements *ms, size_t n)
{
	size_t i;

	for (i = 0; ms && i < n; i++)
		measurements_release(&ms[i]);
	free(ms);
}

/* Copies for whoever shows them, the call's figures among the first interpreter's. */
static void publish(struct background *b, const struct measurements *m)
{
	size_t n = b->others ? b->n_pythons : 1, i;
	struct measurements *copies = xcalloc(n, sizeof *copies), call;

	measurements_copy(&copies[0], m);
	measurements_copy(&call, &b->call);
	measurements_adopt(&copies[0], &call);
	for (i = 1; i < n; i++)
		measurements_copy(&copies[i], &b->others[i - 1]);
	copies[0].others = n > 1 ? &copies[1] : NULL;
	copies[0].n_others = n - 1;
	pthread_mutex_lock(&b->mutex);
	release_all(b->fresh, b->n_fresh);
	b->fresh = copies;
	b->n_fresh = n;
	pthread_mutex_unlock(&b->mutex);
	notify(b);
}

static void on_progress(void *who, const struct measure_progress *now)
{
	struct background *b = who;

	pthread_mutex_lock(&b->mutex);
	if (!b->calling)
		b->state.phase = BACKGROUND_RUNNING;
	snprintf(b->state.doing, sizeof b->state.doing, "%s", now->doing);
	b->state.done = now->done;
	b->state.wanted = now->wanted;
	b->state.elapsed = now->elapsed;
	b->state.budget = now->budget;
	b->state.grade = now->grade;
	pthread_mutex_unlock(&b->mutex);
	notify(b);
}

/* Figures of two runs are only put together when the second is done. */
static void on_look(void *who, const struct measurements *so_far)
{
	struct background *b = who;

	if (b->m.n == 0)
		publish(b, so_far);
}

/* Whoever stops what runs sets a flag under the mutex and fills the pipe: emptied under the mutex
 * it holds nothing that is not in a flag. */
static void interrupt(struct background *b)
{
	ssize_t n = write(b->stop[1], "!", 1);

	(void)n;
}

static void drain(const int fd)
{
	char bytes[64];

	while (read(fd, bytes, sizeof bytes) > 0)
		;
}

static int is_ready(const struct background *b)
{
	return (b->wanted.n || b->unfinished) && !b->stopping && !b->failed && !b->options.file;
}

static int is_to_compare(const struct background *b)
{
	return b->uncompared && !b->stopping && !b->failed;
}

/* Waits for something to do. */
static enum job next_job(struct background *b)
{
	enum job job;

	pthread_mutex_lock(&b->mutex);
	b->working = 0;
	notify(b);
	while (!b->quitting && !b->order && !is_ready(b) && !is_to_compare(b))
		pthread_cond_wait(&b->changed, &b->mutex);
	job = b->quitting ? JOB_END : b->order ? JOB_CALL : is_ready(b) ? JOB_MEASURE : JOB_COMPARE;
	b->working = job != JOB_END;
	b->state.comparing = job == JOB_COMPARE;
	if (job == JOB_MEASURE && b->wanted.n) {
		survey_release(&b->survey);
		b->survey = b->wanted;
		memset(&b->wanted, 0, sizeof b->wanted);
		b->uncompared = b->n_pythons > 1;
	}
	if (job != JOB_END)
		drain(b->stop[0]);
	pthread_mutex_unlock(&b->mutex);
	return job;
}

static void fail(struct background *b, const struct err *why)
{
	pthread_mutex_lock(&b->mutex);
	b->failed = 1;
	b->state.phase = BACKGROUND_FAILED;
	b->state.why = *why;
	b->working = 0;
	pthread_mutex_unlock(&b->mutex);
	notify(b);
}

/* What it is doing after a job. */
static void rest(struct background *b)
{
	pthread_mutex_lock(&b->mutex);
	if (!b->failed)
		b->state.phase = b->stopping ? BACKGROUND_STOPPED : BACKGROUND_RESTING;
	pthread_mutex_unlock(&b->mutex);
	notify(b);
}

static struct run_options run_options(struct background *b)
{
	struct run_options options = b->options;

	options.stop_fd = b->stop[0];
	options.progress = on_progress;
	options.who = b;
	return options;
}

/* One run for the answers there are. */
static void measure(struct background *b)
{
	struct run_options options = run_options(b);
	struct err err;
	int result, stopped;

	options.look = on_look;
	result = run_more(&b->m, &b->survey, b->catalog, b->python, &options, &stopped, &err);
	pthread_mutex_lock(&b->mutex);
	b->unfinished = stopped;
	pthread_mutex_unlock(&b->mutex);
	if (result < 0 && !stopped) {
		fail(b, &err);
		return;
	}
	if (result > 0)
		publish(b, &b->m);
	rest(b);
}

/* All interpreters in one run, so that one can be told from the other. */
static void compare(struct background *b)
{
	struct measurements *ms = xcalloc(b->n_pythons, sizeof *ms);
	struct python *pythons = xcalloc(b->n_pythons, sizeof *pythons);
	const struct run_options options = run_options(b);
	int stopped = 0, result;
	struct err err;

	/* Lent, not owned: what they hold is not released here. */
	memcpy(pythons, b->pythons, b->n_pythons * sizeof *pythons);
	pythons[0] = *b->python;
	result = run_measurements_all(ms, b->n_pythons, &b->survey, b->catalog, pythons, &options,
		&stopped, &err);
	free(pythons);
	pthread_mutex_lock(&b->mutex);
	b->uncompared = stopped;
	pthread_mutex_unlock(&b->mutex);
	if (result == 0 && !stopped) {
		release_all(b->others, b->n_pythons - 1);
		measurements_merge(&b->m, &ms[0]);
		b->others = xcalloc(b->n_pythons - 1, sizeof *b->others);
		memcpy(b->others, ms + 1, (b->n_pythons - 1) * sizeof *ms);
		free(ms);
	} else {
		release_all(ms, b->n_pythons);
	}
	if (result < 0 && !stopped)
		measurements_miss(&b->m, "the other interpreters", 1, err.text);
	if (!stopped)
		publish(b, &b->m);
	rest(b);
}

/* --- the person's own call --- */

static void tell_build(void *who, const char *line)
{
	struct background *b = who;

	pthread_mutex_lock(&b->mutex);
	snprintf(b->state.doing, sizeof b->state.doing, "%s", line);
	b->state.done = b->state.wanted = 0;
	b->state.elapsed = b->state.budget = 0;
	pthread_mutex_unlock(&b->mutex);
	notify(b);
}

/* What there is of an interpreter's figures: the file's, when they are of it, or today's. */
static int recall(struct background *b, struct measurements *m, const struct python *python,
	struct err *err)
{
	if (b->options.file)
		return run_load(m, b->catalog, python, b->options.file, err);
	measurements_init(m);
	return b->options.fresh ? 0 : run_recall(m, b->catalog, python, err);
}

/* Makes the interpreter that was named with a call the one that is measured in. */
static int take_python(struct background *b, const char *given, struct err *err)
{
	const struct build_talk talk = {tell_build, b, b->stop[0]};
	struct python *python;
	struct measurements m;

	if (b->python->given && strcmp(b->python->given, given) == 0)
		return 0;
	python = xcalloc(1, sizeof *python);
	python_init(python);
	if (python_resolve(python, given, b->places->sources, err) < 0 ||
		build_ready(python, b->places, &talk, err) < 0 || recall(b, &m, python, err) < 0) {
		python_release(python);
		free(python);
		return -1;
	}
	if (b->own_python)
		python_release(b->own_python);
	free(b->own_python);
	b->python = b->own_python = python;
	measurements_release(&b->m);
	measurements_release(&b->call);
	b->m = m;
	pthread_mutex_lock(&b->mutex);
	b->failed = 0;
	b->unfinished = b->survey.n > 0;
	b->uncompared = b->n_pythons > 1 && b->survey.n > 0;
	pthread_mutex_unlock(&b->mutex);
	return 0;
}

static void measure_call(struct background *b, struct own *own)
{
	const struct run_options options = run_options(b);

	if (own->python && take_python(b, own->python, &own->err) < 0)
		own->state = OWN_FAILED;
	else
		own_measure(own, b->catalog, b->python, &options);
	if (own->state != OWN_MEASURED)
		return;
	measurements_release(&b->call);
	measurements_copy(&b->call, &own->m);
	/* Alone it is nothing to advise from. */
	if (b->m.n)
		publish(b, &b->m);
}

static void call(struct background *b)
{
	int stopped;

	pthread_mutex_lock(&b->mutex);
	stopped = b->order_stopped;
	pthread_mutex_unlock(&b->mutex);
	b->calling = 1;
	/* Stopped before its turn came, it was not run. */
	if (stopped)
		b->order->state = OWN_STOPPED;
	else
		measure_call(b, b->order);
	b->calling = 0;
	pthread_mutex_lock(&b->mutex);
	if (b->order_stopped && b->order->state == OWN_FAILED)
		b->order->state = OWN_STOPPED;
	own_free(b->done);
	b->done = b->order;
	b->order = NULL;
	b->order_stopped = 0;
	pthread_mutex_unlock(&b->mutex);
	rest(b);
}

static void begin(struct background *b)
{
	struct err err;

	if (recall(b, &b->m, b->python, &err) < 0) {
		fail(b, &err);
		return;
	}
	if (b->m.n)
		publish(b, &b->m);
	rest(b);
}

static void *work(void *who)
{
	struct background *b = who;
	enum job job;

	begin(b);
	while ((job = next_job(b)) != JOB_END) {
		if (job == JOB_CALL)
			call(b);
		else if (job == JOB_COMPARE)
			compare(b);
		else
			measure(b);
	}
	return NULL;
}

static void close_both(const int pipe[2])
{
	close(pipe[0]);
	close(pipe[1]);
}

static void forget(struct background *b)
{
	close_both(b->notice);
	close_both(b->stop);
	pthread_mutex_destroy(&b->mutex);
	pthread_cond_destroy(&b->changed);
	survey_release(&b->wanted);
	survey_release(&b->survey);
	release_all(b->fresh, b->n_fresh);
	release_all(b->others, b->n_pythons - 1);
	measurements_release(&b->m);
	measurements_release(&b->call);
	own_free(b->order);
	own_free(b->done);
	if (b->own_python)
		python_release(b->own_python);
	free(b->own_python);
	free(b);
}

struct background *background_start(const struct catalog *catalog, const struct places *places,
	const struct python *pythons, size_t n, const struct run_options *options,
	struct err *err)
{
	struct background *b = xcalloc(1, sizeof *b);
	sigset_t all, before;
	int failed;

	if (pipe2(b->notice, O_CLOEXEC | O_NONBLOCK) < 0 ||
		pipe2(b->stop, O_CLOEXEC | O_NONBLOCK) < 0) {
		err_set(err, ERR_FAILURE, "cannot make a pipe");
		free(b);
		return NULL;
	}
	b->catalog = catalog;
	b->places = places;
	b->python = b->pythons = pythons;
	b->n_pythons = n;
	b->options = *options;
	b->state.from_file = options->file != NULL;
	pthread_mutex_init(&b->mutex, NULL);
	pthread_cond_init(&b->changed, NULL);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&b->thread, NULL, work, b);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!failed)
		return b;
	err_set(err, ERR_FAILURE, "cannot start a thread: %s", strerror(failed));
	forget(b);
	return NULL;
}

void background_stop(struct background *b)
{
	pthread_mutex_lock(&b->mutex);
	b->stopping = 1;
	b->order_stopped = b->order != NULL;
	if (b->state.phase == BACKGROUND_RESTING)
		b->state.phase = BACKGROUND_STOPPED;
	interrupt(b);
	pthread_mutex_unlock(&b->mutex);
	notify(b);
}

void background_go_on(struct background *b)
{
	pthread_mutex_lock(&b->mutex);
	b->stopping = 0;
	if (b->state.phase == BACKGROUND_STOPPED)
		b->state.phase = BACKGROUND_RESTING;
	pthread_cond_signal(&b->changed);
	pthread_mutex_unlock(&b->mutex);
	notify(b);
}

void background_call(struct background *b, struct own *own)
{
	pthread_mutex_lock(&b->mutex);
	b->order = own;
	b->order_stopped = 0;
	b->state.doing[0] = '\0';
	interrupt(b);
	pthread_cond_signal(&b->changed);
	pthread_mutex_unlock(&b->mutex);
	notify(b);
}

void background_call_stop(struct background *b)
{
	pthread_mutex_lock(&b->mutex);
	if (b->order) {
		b->order_stopped = 1;
		interrupt(b);
	}
	pthread_mutex_unlock(&b->mutex);
}

struct own *background_call_take(struct background *b)
{
	struct own *done;

	pthread_mutex_lock(&b->mutex);
	done = b->done;
	b->done = NULL;
	pthread_mutex_unlock(&b->mutex);
	return done;
}

void background_free(struct background *b)
{
	if (!b)
		return;
	pthread_mutex_lock(&b->mutex);
	b->quitting = 1;
	interrupt(b);
	pthread_cond_signal(&b->changed);
	pthread_mutex_unlock(&b->mutex);
	pthread_join(b->thread, NULL);
	forget(b);
}

int background_fd(const struct background *b)
{
	return b->notice[0];
}

void background_want(struct background *b, struct survey *survey)
{
	pthread_mutex_lock(&b->mutex);
	survey_release(&b->wanted);
	b->wanted = *survey;
	memset(survey, 0, sizeof *survey);
	/* To compare with other answers is of no use. */
	if (b->state.comparing)
		interrupt(b);
	pthread_cond_signal(&b->changed);
	pthread_mutex_unlock(&b->mutex);
}

void background_state(struct background *b, struct background_state *state)
{
	drain(b->notice[0]);
	pthread_mutex_lock(&b->mutex);
	*state = b->state;
	state->calling = b->order != NULL;
	state->busy = state->phase == BACKGROUND_LOADING || b->working || state->calling ||
		b->done || is_ready(b) || is_to_compare(b);
	pthread_mutex_unlock(&b->mutex);
}

struct measurements *background_take(struct background *b, size_t *n)
{
	struct measurements *fresh;

	pthread_mutex_lock(&b->mutex);
	fresh = b->fresh;
	*n = b->n_fresh;
	b->fresh = NULL;
	b->n_fresh = 0;
	pthread_mutex_unlock(&b->mutex);
	return fresh;
}
