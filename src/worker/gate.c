#include "worker/gate.h"

#include <Python.h>
#include <math.h>

#include "base/clock.h"
#include "base/gates.h"
#include "worker/pyhost.h"

enum {
	GATE_INTS = 250,
	GATE_ROUNDS = 2,    /* 1.5 us where the library is shared, 0.5 us where it is not */
	GATES_EACH = 2,     /* on a CPU the thread just came to; the first may find it asleep */
	BASE_ROUNDS = 8,    /* as the front end's trial of the CPUs */
	BASE_GATES = 20,
};

static struct proc_cpus allowed;
static PyObject *ints[GATE_INTS];
static struct gates gates;        /* of the first allowed CPUs, made at the first unpinned probe */
static int gate_cpus[GATES_CPUS_MOST];

int gate_start(const struct proc_cpus *cpus, struct err *err)
{
	int i;

	allowed = *cpus;
	/* Beyond the small integers the interpreter keeps, and of one digit. */
	for (i = 0; i < GATE_INTS; i++) {
		ints[i] = PyLong_FromLong(100000 + 7919L * i);
		if (!ints[i])
			return pyhost_raised(err, "making the gate");
	}
	return 0;
}

/* Calls into the interpreter's library, which no compiler can leave out. */
static void walk(void)
{
	int i;

	for (i = 0; i < GATE_INTS; i++)
		PyLong_AsLong(ints[i]);
}

/* The untimed walk brings the integers back into the cache, so
 * that a probe that fills it does not look like a noisy neighbour. */
int64_t gate_once(void)
{
	int64_t start;
	int round;

	walk();
	start = clock_ns();
	for (round = 0; round < GATE_ROUNDS; round++)
		walk();
	return clock_ns() - start;
}

double gate_fastest(uint32_t times)
{
	int64_t best = INT64_MAX, t;
	uint32_t i;

	for (i = 0; i < times || i == 0; i++) {
		t = gate_once();
		if (t < best)
			best = t;
	}
	return (double)best;
}

/* The fastest of `times` gates on the i-th of the gates' CPUs, where the thread then is. */
static double gate_on(int i, uint32_t times)
{
	struct proc_cpus cpu = proc_cpus_one(gate_cpus[i]);
	double ns;

	proc_cpus_set(&cpu);
	ns = gate_fastest(times);
	gates_note(&gates, i, ns);
	return ns;
}

/*
 * Something else computes on a CPU that the probe needs. Its gate need not show
 * that: whoever comes to a CPU runs at once there, and the threads of a probe
 * stay together on the CPU that is free.
 */
static int is_taken(int threads)
{
	return gates_taken(proc_running(), threads, proc_cpus_online());
}

int64_t gate_everywhere(int threads, long *taken)
{
	double slowest = 0;
	int i;

	*taken += is_taken(threads);
	for (i = 0; i < gates.n; i++)
		slowest = fmax(slowest, gates_level(&gates, i, gate_on(i, GATES_EACH)));
	proc_cpus_set(&allowed);
	return (int64_t)slowest;
}

void gate_know_all(void)
{
	int cpu, i, n = 0, round;

	if (gates.n)
		return;
	for (cpu = 0; n < GATES_CPUS_MOST && cpu < (int)(8 * sizeof allowed.bits); cpu++) {
		if (proc_cpus_has(&allowed, cpu))
			gate_cpus[n++] = cpu;
	}
	gates_init(&gates, n);
	for (round = 0; round < BASE_ROUNDS; round++) {
		for (i = 0; i < gates.n; i++)
			gate_on(i, BASE_GATES);
	}
	proc_cpus_set(&allowed);
}
