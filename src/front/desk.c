#include "front/desk.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

struct desk {
	const struct catalog *catalog;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	int notice[2];
	int pending; /* asked for and not taken; the main thread's */

	/* under the mutex: */
	struct brief *next, *done;
	int quitting, running;
};

struct figures_shared *figures_share(struct measurements *m)
{
	struct figures_shared *figures = xcalloc(1, sizeof *figures);

	figures->m = *m;
	figures->users = 1;
	measurements_init(m);
	return figures;
}

void figures_drop(struct figures_shared *figures)
{
	if (!figures || --figures->users)
		return;
	measurements_release(&figures->m);
	free(figures);
}

const struct advice *brief_advice(const struct brief *brief)
{
	return &brief->report.functions[0];
}

static struct brief *brief_new(const struct session *session, const struct answers *answers,
	struct figures_shared *figures)
{
	struct brief *brief = xcalloc(1, sizeof *brief);

	session_survey(answers, &brief->survey);
	brief->changes = session->changes;
	brief->figures = figures;
	figures->users++;
	return brief;
}

struct brief *brief_sketch(const struct catalog *catalog, const struct session *session,
	const struct answers *answers, struct figures_shared *figures)
{
	struct brief *brief = brief_new(session, answers, figures);

	report_sketch(&brief->report, catalog, &brief->survey, &figures->m);
	return brief;
}

void brief_complete(struct brief *brief, const struct catalog *catalog)
{
	if (brief->whole)
		return;
	report_release(&brief->report);
	report_make(&brief->report, catalog, &brief->survey, &brief->figures->m);
	brief->whole = 1;
}

void brief_free(struct brief *brief)
{
	if (!brief)
		return;
	if (brief->report.functions)
		report_release(&brief->report);
	survey_release(&brief->survey);
	figures_drop(brief->figures);
	free(brief);
}

static void *work(void *who)
{
	struct desk *desk = who;
	struct brief *brief;
	ssize_t n;

	pthread_mutex_lock(&desk->mutex);
	for (;;) {
		/* What is done has to be taken first: briefs are freed by the main thread. */
		while ((!desk->next || desk->done) && !desk->quitting)
			pthread_cond_wait(&desk->changed, &desk->mutex);
		if (desk->quitting)
			break;
		brief = desk->next;
		desk->next = NULL;
		desk->running = 1;
		pthread_mutex_unlock(&desk->mutex);
		report_make(&brief->report, desk->catalog, &brief->survey, &brief->figures->m);
		brief->whole = 1;
		pthread_mutex_lock(&desk->mutex);
		desk->running = 0;
		desk->done = brief;
		n = write(desk->notice[1], "!", 1);
		(void)n;
	}
	pthread_mutex_unlock(&desk->mutex);
	return NULL;
}

struct desk *desk_start(const struct catalog *catalog, struct err *err)
{
	struct desk *desk = xcalloc(1, sizeof *desk);
	sigset_t all, before;
	int failed;

	desk->catalog = catalog;
	if (pipe2(desk->notice, O_CLOEXEC | O_NONBLOCK) < 0) {
		err_set(err, ERR_FAILURE, "cannot make a pipe");
		free(desk);
		return NULL;
	}
	pthread_mutex_init(&desk->mutex, NULL);
	pthread_cond_init(&desk->changed, NULL);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&desk->thread, NULL, work, desk);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!failed)
		return desk;
	err_set(err, ERR_FAILURE, "cannot start a thread: %s", strerror(failed));
	close(desk->notice[0]);
	close(desk->notice[1]);
	free(desk);
	return NULL;
}

void desk_free(struct desk *desk)
{
	if (!desk)
		return;
	pthread_mutex_lock(&desk->mutex);
	desk->quitting = 1;
	pthread_cond_signal(&desk->changed);
	pthread_mutex_unlock(&desk->mutex);
	pthread_join(desk->thread, NULL);
	brief_free(desk->next);
	brief_free(desk->done);
	close(desk->notice[0]);
	close(desk->notice[1]);
	pthread_mutex_destroy(&desk->mutex);
	pthread_cond_destroy(&desk->changed);
	free(desk);
}

int desk_fd(const struct desk *desk)
{
	return desk->notice[0];
}

void desk_ask(struct desk *desk, const struct session *session, struct figures_shared *figures)
{
	struct brief *brief = brief_new(session, &session->answers, figures), *old;

	pthread_mutex_lock(&desk->mutex);
	old = desk->next;
	desk->next = brief;
	pthread_cond_signal(&desk->changed);
	pthread_mutex_unlock(&desk->mutex);
	desk->pending = 1;
	brief_free(old);
}

struct brief *desk_take(struct desk *desk)
{
	struct brief *brief;
	char bytes[16];

	while (read(desk->notice[0], bytes, sizeof bytes) > 0)
		;
	pthread_mutex_lock(&desk->mutex);
	brief = desk->done;
	desk->done = NULL;
	desk->pending = desk->next || desk->running;
	pthread_cond_signal(&desk->changed);
	pthread_mutex_unlock(&desk->mutex);
	return brief;
}

int desk_busy(const struct desk *desk)
{
	return desk->pending;
}
