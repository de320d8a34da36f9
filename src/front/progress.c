#include "front/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { BAR_WIDTH = 20, NARROW = 60 };

void progress_init(struct progress *p, int quiet, int plain)
{
	const char *term = getenv("TERM");

	memset(p, 0, sizeof *p);
	p->on = !quiet && isatty(STDERR_FILENO);
	p->plain = plain || !term || strcmp(term, "dumb") == 0;
}

static int columns(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 80;
}

void progress_show(void *who, const struct measure_progress *now)
{
	static const char *const grades[] = {"quiet", "usable", "busy"};
	struct progress *p = who;
	double part = now->budget > 0 ? now->elapsed / now->budget : 0;
	char bar[BAR_WIDTH + 1];
	int filled;

	if (!p->on)
		return;
	if (p->plain) {
		if (!p->shown)
			fprintf(stderr, "measuring for up to %.0f seconds ...\n", now->budget);
		p->shown = 1;
		return;
	}
	part = part > 1 ? 1 : part;
	filled = (int)(part * BAR_WIDTH);
	memset(bar, '.', BAR_WIDTH);
	memset(bar, '#', (size_t)filled);
	bar[BAR_WIDTH] = '\0';
	if (columns() < NARROW)
		fprintf(stderr, "\r%s %d/%d\033[K ", now->doing, now->done, now->wanted);
	else
		fprintf(stderr, "\r%-9s [%s] %d of %d sure, %.0f s left, machine %s\033[K ",
			now->doing, bar, now->done, now->wanted,
			now->budget > now->elapsed ? now->budget - now->elapsed : 0,
			grades[now->grade]);
	p->shown = 1;
}

void progress_end(struct progress *p)
{
	if (p->on && p->shown && !p->plain)
		fputs("\r\033[K", stderr);
	p->shown = 0;
}
