#include "base/proc_load.h"

#include <ctype.h>
#include <dirent.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/proc.h"
#include "base/str.h"

enum { READ_MAX = 4096 };

/* The head of a file as text, empty when it cannot be read. */
static void read_head(const char *path, char *buf, size_t size)
{
	FILE *f = fopen(path, "re");
	size_t n = f ? fread(buf, 1, size - 1, f) : 0;

	buf[n] = '\0';
	if (f)
		fclose(f);
}

/* The first line of a file as it may be shown. */
static void read_line(const char *path, char *buf, size_t size)
{
	char text[READ_MAX];
	struct str shown;

	read_head(path, text, sizeof text);
	str_init(&shown);
	str_add_shown(&shown, text, strcspn(text, "\n"));
	snprintf(buf, size, "%s", str_text(&shown));
	str_release(&shown);
}

/* "cpu" and ten times: user nice system idle iowait irq softirq steal guest guest_nice, of which
 * the guests' are in user and nice too (proc(5)). */
void proc_load_parse(struct proc_load *load, const char *loadavg, const char *stat)
{
	uint64_t t[8] = {0};
	size_t i;

	load->average = -1;
	if (isdigit((unsigned char)*loadavg))
		load->average = strtod(loadavg, NULL);
	load->ticks = load->stolen = load->idle = 0;
	if (sscanf(stat, "cpu %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64
			 " %" SCNu64 " %" SCNu64, &t[0], &t[1], &t[2], &t[3], &t[4], &t[5], &t[6],
			 &t[7]) != 8)
		return;
	for (i = 0; i < 8; i++)
		load->ticks += t[i];
	load->stolen = t[7];
	load->idle = t[3] + t[4];
}

/* Fields 14, 15 and 39 of proc(5); the name in parentheses may hold anything. */
int proc_task_parse(struct proc_task *task, const char *stat)
{
	const char *open = strchr(stat, '('), *close = strrchr(stat, ')'), *p;
	unsigned long long user, system;
	struct str shown;
	int field;

	if (!open || !close || close < open)
		return -1;
	task->pid = (pid_t)strtol(stat, NULL, 10);
	if (sscanf(close + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &user,
			&system) != 2)
		return -1;
	task->ticks = user + system;
	task->cpu = -1;
	for (p = close + 1, field = 3; p && field < 39; field++) {
		p = strchr(p + 1, ' ');
		if (p && field == 38)
			task->cpu = (int)strtol(p + 1, NULL, 10);
	}
	str_init(&shown);
	str_add_shown(&shown, open + 1, (size_t)(close - open - 1));
	snprintf(task->name, sizeof task->name, "%s", str_text(&shown));
	str_release(&shown);
	return 0;
}

void proc_load_glance(struct proc_load *load)
{
	char loadavg[READ_MAX], stat[READ_MAX];

	memset(load, 0, sizeof *load);
	read_head("/proc/loadavg", loadavg, sizeof loadavg);
	read_head("/proc/stat", stat, sizeof stat);
	proc_load_parse(load, loadavg, stat);
	load->own = proc_cpu_ns();
	load->when = clock_ns();
}

void proc_load_take(struct proc_load *load)
{
	char stat[READ_MAX], path[64];
	struct dirent *entry;
	DIR *dir;

	proc_load_glance(load);
	dir = opendir("/proc");
	while (dir && (entry = readdir(dir))) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		snprintf(path, sizeof path, "/proc/%.20s/stat", entry->d_name);
		read_head(path, stat, sizeof stat);
		GROW(load->tasks, load->n, load->cap);
		if (proc_task_parse(&load->tasks[load->n], stat) == 0)
			load->n++;
	}
	if (dir)
		closedir(dir);
}

void proc_load_release(struct proc_load *load)
{
	free(load->tasks);
	memset(load, 0, sizeof *load);
}

double proc_load_others(const struct proc_load *before, const struct proc_load *after)
{
	enum { LEAST_TICKS = 20 }; /* each is a hundredth of a second of one CPU */
	double all, busy, own;

	if (after->ticks < before->ticks + LEAST_TICKS || after->idle < before->idle)
		return 0;
	all = (double)(after->ticks - before->ticks);
	busy = all - (double)(after->idle - before->idle);
	own = (double)(after->own - before->own) * 1e-9 * (double)sysconf(_SC_CLK_TCK);
	return fmin(1, fmax(0, (busy - own) / all));
}

double proc_load_stolen(const struct proc_load *before, const struct proc_load *after)
{
	if (after->ticks <= before->ticks || after->stolen <= before->stolen)
		return 0;
	return (double)(after->stolen - before->stolen) / (double)(after->ticks - before->ticks);
}

/* What a process took before; one that was not there had taken nothing. */
static uint64_t ticks_of(const struct proc_load *load, pid_t pid)
{
	size_t i;

	for (i = 0; i < load->n; i++) {
		if (load->tasks[i].pid == pid)
			return load->tasks[i].ticks;
	}
	return 0;
}

static int is_ignored(pid_t pid, const pid_t *ignored, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (ignored[i] == pid)
			return 1;
	}
	return 0;
}

const struct proc_task *proc_load_busiest(const struct proc_load *before,
	const struct proc_load *after, const pid_t *ignored, size_t n, double *share)
{
	double possible = (double)(after->when - before->when) * 1e-9 * (double)sysconf(_SC_CLK_TCK);
	const struct proc_task *busiest = NULL;
	uint64_t most = 0, then;
	size_t i;

	for (i = 0; i < after->n; i++) {
		then = ticks_of(before, after->tasks[i].pid);
		if (is_ignored(after->tasks[i].pid, ignored, n) || after->tasks[i].ticks < then ||
			after->tasks[i].ticks - then <= most)
			continue;
		most = after->tasks[i].ticks - then;
		busiest = &after->tasks[i];
	}
	*share = possible > 0 ? (double)most / possible : 0;
	return busiest;
}

void proc_clock_source(char *buf, size_t size)
{
	read_line("/sys/devices/system/clocksource/clocksource0/current_clocksource", buf, size);
}

void proc_governor(char *buf, size_t size)
{
	read_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", buf, size);
}
