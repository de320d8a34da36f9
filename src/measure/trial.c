#include "measure/trial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/proc.h"
#include "measure/constants.h"
#include "measure/noise.h"
#include "measure/stats.h"
#include "measure/worker.h"

/* Gates in a row on one CPU: about 5 ms with the way there and back. */
enum { GATES_EACH = 100 };
/* The fastest of so many: the first one after a wait finds its data in no cache. */
enum { GATE_TIMES = 2 };

struct gates {
	double *ns;
	int *cpu; /* index into the trial's */
	size_t n, cap, cap_cpu;
};

static void find_cpus(struct trial *t)
{
	struct proc_cpus allowed;
	int i;

	if (proc_cpus_get(&allowed))
		return;
	for (i = 0; i < 64 * (int)(sizeof allowed.bits / sizeof *allowed.bits); i++) {
		if (proc_cpus_has(&allowed, i) && t->n_cpus < TRIAL_CPUS)
			t->cpus[t->n_cpus++].cpu = i;
	}
}

static enum worker_result round_on(struct worker *worker, const struct trial *t, size_t cpu,
	struct gates *gates, struct err *err)
{
	enum worker_result result = worker_pin(worker, t->cpus[cpu].cpu, err);
	double ns;
	int i;

	for (i = 0; result == WORKER_OK && i < GATES_EACH; i++) {
		result = worker_gate(worker, GATE_TIMES, &ns, err);
		if (result != WORKER_OK)
			break;
		GROW(gates->ns, gates->n, gates->cap);
		if (gates->cap_cpu < gates->cap) {
			gates->cap_cpu = gates->cap;
			gates->cpu = xreallocarray(gates->cpu, gates->cap, sizeof *gates->cpu);
		}
		gates->cpu[gates->n] = (int)cpu;
		gates->ns[gates->n++] = ns;
	}
	/* A CPU that is not to be had is left out; that is no failure. */
	return result == WORKER_REFUSED ? WORKER_OK : result;
}

static void judge(struct trial *t, const struct gates *gates)
{
	double *slow = xreallocarray(NULL, gates->n + 1, sizeof *slow);
	size_t i, n_slow = 0;

	t->fastest = INFINITY;
	for (i = 0; i < gates->n; i++)
		t->fastest = fmin(t->fastest, gates->ns[i]);
	for (i = 0; i < gates->n; i++) {
		struct trial_cpu *cpu = &t->cpus[gates->cpu[i]];
		int clean = gates->ns[i] <= t->fastest * GATE_TOLERANCE;

		cpu->fastest = cpu->gates ? fmin(cpu->fastest, gates->ns[i]) : gates->ns[i];
		cpu->gates++;
		cpu->clean += (size_t)clean;
		if (!clean)
			slow[n_slow++] = gates->ns[i];
	}
	for (i = 0; i < t->n_cpus; i++) {
		struct trial_cpu *cpu = &t->cpus[i];
		double share = cpu->gates ? (double)cpu->clean / (double)cpu->gates : 0;

		cpu->grade = noise_grade_of(share);
		t->clean_share = fmax(t->clean_share, share);
	}
	t->grade = noise_grade_of(t->clean_share);
	t->slow_share = gates->n ? (double)n_slow / (double)gates->n : 0;
	if (t->slow_share > SHARE_WORTH_SAYING)
		t->slow = stats_median(slow, n_slow) / t->fastest;
	free(slow);
}

int trial_run(struct trial *t, const struct worker_options *options, double seconds,
	struct err *err)
{
	int64_t began = clock_ns(), end;
	enum worker_result result;
	struct worker *worker;
	struct gates gates = {0};
	size_t turn;

	memset(t, 0, sizeof *t);
	result = worker_start(&worker, options, err);
	if (result != WORKER_OK)
		return -1;
	t->start_seconds = (double)(clock_ns() - began) * 1e-9;
	t->pid = worker_hello(worker)->pid;
	find_cpus(t);
	end = clock_ns() + (int64_t)(seconds * 1e9);
	for (turn = 0; t->n_cpus && result == WORKER_OK && clock_ns() < end; turn++)
		result = round_on(worker, t, turn % t->n_cpus, &gates, err);
	worker_stop(worker);
	judge(t, &gates);
	free(gates.ns);
	free(gates.cpu);
	return gates.n ? 0 : -1;
}
