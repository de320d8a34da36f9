#include "session/background.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

struct background {
	const struct catalog *catalog;
	const struct python *python;
	struct run_options options;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed; /* wanted, stop or quit */
	int notice[2], stop[2]; /* pipes: to whoever waits, to the run */

	/* under the mutex: */
	struct background_state state;
	struct survey wanted; /* n 0: as before */
	struct measurements fresh;
	int has_fresh, stopping, quitting, working;

	/* the thread's own: */
	struct measurements m;
	struct survey survey;
};

static void notify(struct background *b)
{
	ssize_t n = write(b->notice[1], "!", 1);

	(void)n; /* a full pipe is readable already */
}

static void set_phase(struct background *b, enum background_phase phase)
{
	pthread_mutex_lock(&b->mutex);
	b->state.phase = phase;
	pthread_mutex_unlock(&b->mutex);
	notify(b);
}

static void publish(struct background *b, const struct measurements *m)
{
	struct measurements copy;

	measurements_copy(&copy, m);
	pthread_mutex_lock(&b->mutex);
	if (b->has_fresh)
		measurements_release(&b->fresh);
	b->fresh = copy;
	b->has_fresh = 1;
	pthread_mutex_unlock(&b->mutex);
	notify(b);
}

static void on_progress(void *who, const struct measure_progress *now)
{
	struct background *b = who;

	pthread_mutex_lock(&b->mutex);
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

/* Waits for other answers; 0 when it is time to end. */
static int next_wanted(struct background *b)
{
	int go_on;

	pthread_mutex_lock(&b->mutex);
	b->working = 0;
	notify(b);
	while (!b->quitting && (!b->wanted.n || b->stopping))
		pthread_cond_wait(&b->changed, &b->mutex);
	go_on = !b->quitting;
	b->working = go_on;
	if (go_on) {
		survey_release(&b->survey);
		b->survey = b->wanted;
		memset(&b->wanted, 0, sizeof b->wanted);
	}
	pthread_mutex_unlock(&b->mutex);
	return go_on;
}

static void fail(struct background *b, const struct err *why)
{
	pthread_mutex_lock(&b->mutex);
	b->state.phase = BACKGROUND_FAILED;
	b->state.why = *why;
	b->working = 0;
	pthread_mutex_unlock(&b->mutex);
	notify(b);
}

static int is_stopping(struct background *b)
{
	int stopping;

	pthread_mutex_lock(&b->mutex);
	stopping = b->stopping || b->quitting;
	pthread_mutex_unlock(&b->mutex);
	return stopping;
}

/* One run for the answers there are; -1 when it makes no sense to go on. */
static int measure(struct background *b)
{
	struct run_options options = b->options;
	struct err err;
	int stopped, result;

	options.stop_fd = b->stop[0];
	options.progress = on_progress;
	options.look = on_look;
	options.who = b;
	result = run_more(&b->m, &b->survey, b->catalog, b->python, &options, &stopped, &err);
	if (result < 0 && !stopped) {
		fail(b, &err);
		return -1;
	}
	if (result > 0)
		publish(b, &b->m);
	return 0;
}

static void measure_for_ever(struct background *b)
{
	struct err err;

	if (!b->options.fresh) {
		if (run_recall(&b->m, b->catalog, b->python, &err) < 0) {
			fail(b, &err);
			return;
		}
		if (b->m.n)
			publish(b, &b->m);
	}
	while (next_wanted(b)) {
		if (measure(b) < 0)
			return;
		set_phase(b, is_stopping(b) ? BACKGROUND_STOPPED : BACKGROUND_RESTING);
	}
}

static void *work(void *who)
{
	struct background *b = who;
	struct err err;

	if (!b->options.file) {
		measure_for_ever(b);
		return NULL;
	}
	if (run_load(&b->m, b->catalog, b->python, b->options.file, &err) < 0) {
		fail(b, &err);
		return NULL;
	}
	publish(b, &b->m);
	set_phase(b, BACKGROUND_RESTING);
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
	measurements_release(&b->fresh);
	measurements_release(&b->m);
	free(b);
}

struct background *background_start(const struct catalog *catalog, const struct python *python,
	const struct run_options *options, struct err *err)
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
	b->python = python;
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
	ssize_t n = write(b->stop[1], "!", 1);

	(void)n;
	pthread_mutex_lock(&b->mutex);
	b->stopping = 1;
	if (b->state.phase == BACKGROUND_RESTING)
		b->state.phase = BACKGROUND_STOPPED;
	pthread_mutex_unlock(&b->mutex);
	notify(b);
}

void background_free(struct background *b)
{
	ssize_t n;

	if (!b)
		return;
	n = write(b->stop[1], "!", 1);
	(void)n;
	pthread_mutex_lock(&b->mutex);
	b->quitting = 1;
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
	pthread_cond_signal(&b->changed);
	pthread_mutex_unlock(&b->mutex);
}

void background_state(struct background *b, struct background_state *state)
{
	char bytes[64];

	while (read(b->notice[0], bytes, sizeof bytes) > 0)
		;
	pthread_mutex_lock(&b->mutex);
	*state = b->state;
	state->busy = state->phase == BACKGROUND_LOADING || b->working ||
		(b->wanted.n && !b->stopping && !state->from_file &&
		 state->phase != BACKGROUND_FAILED);
	pthread_mutex_unlock(&b->mutex);
}

int background_take(struct background *b, struct measurements *m)
{
	int has;

	pthread_mutex_lock(&b->mutex);
	has = b->has_fresh;
	if (has)
		*m = b->fresh;
	memset(&b->fresh, 0, sizeof b->fresh);
	b->has_fresh = 0;
	pthread_mutex_unlock(&b->mutex);
	return has;
}
