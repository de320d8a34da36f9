#include "worker/runner.h"

#include <Python.h>
#include <alloca.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/proc.h"
#include "worker/body.h"
#include "worker/gate.h"
#include "worker/own.h"
#include "worker/pyhost.h"
#include "worker/reading.h"
#include "worker/space.h"

enum {
	SAMPLE_NS = 50000,  /* measuring-prototype: 25 to 50 us find the most quiet windows */
	WARM_NS = 1000000,
	WARM_KNOWN_NS = 200000, /* what is longer loses nothing by a turn that is not specialised */
	SLOW_NS = 100000000, /* of the person's own call: no run more than the samples */
	WARM_RUNS = 300,    /* executions after which nothing gets faster */
	WARM_TURNS = 64,    /* the interpreter specialises by turns of the loop */
	THREADS_MOST = 2,   /* that a probe with threads has computing at once; its size, if less */
	STACK_STEP = 16,    /* bytes a stack is aligned to, and so many places within a page */
	STACK_PLACES = 256,
	NUMBER_MAX = 1 << 16,
	TURNS_MAX = 1 << 30,
};

/* Statements a turn, by the rough cost of one: a sample keeps 4 turns or more. */
static const struct {
	double below; /* ns */
	int unroll;
} classes[] = {{200, 64}, {800, 16}, {2000, 4}, {INFINITY, 1}};

struct probe {
	PyObject *space; /* NULL: not loaded */
	char *call;
	struct body_names names;
	PyObject *empty;       /* a body without a statement */
	uint32_t empty_turns;  /* and the least ns that so many turns of it took; 0: none yet */
	int64_t empty_ns;
	PyObject *full, *half; /* half is NULL where unroll is 1 */
	uint32_t unroll;
	int is_own;   /* the person's own code; then: */
	double first; /* ns of its first run */
	int unpinned;
	int threads; /* of an unpinned one: how many compute at once */
	int64_t warm_ns; /* a body is warmed up for no longer than that */
};

static struct probe *probes;
static size_t n_probes;
static struct proc_cpus allowed, pinned;

int runner_start(const char *folder, const char *site, struct worker_hello *hello,
	struct err *err)
{
	if (proc_cpus_get(&allowed) != 0)
		return err_set(err, ERR_FAILURE, "the allowed CPUs cannot be read");
	pinned = allowed;
	if (pyhost_start(folder, site, err) != 0 || (!*folder && own_start(err) != 0) ||
		pyhost_describe(hello, err) != 0)
		return -1;
	pyhost_gc("disable");
	return gate_start(&allowed, err);
}

int runner_pin(int cpu, struct err *err)
{
	struct proc_cpus want = cpu < 0 ? allowed : proc_cpus_one(cpu);

	if (proc_cpus_set(&want) != 0)
		return err_set(err, ERR_FAILURE, "CPU %d is not to be had", cpu);
	pinned = want;
	return 0;
}

static void probe_release(struct probe *p)
{
	Py_XDECREF(p->full);
	Py_XDECREF(p->half);
	Py_XDECREF(p->empty);
	body_names_release(&p->names);
	Py_XDECREF(p->space);
	free(p->call);
	memset(p, 0, sizeof *p);
}

/* Setting up. */

/* The person's own call has its namespace already, and nothing to compare with. */
static int set_up_own(struct probe *p, const struct worker_probe *probe, struct err *err)
{
	PyObject *code, *got = NULL;
	char *call = space_bracketed(probe->call);
	int64_t start;
	int result = -1;

	p->space = own_space();
	if (!p->space) {
		free(call);
		return err_set(err, ERR_FAILURE, "nothing was set up");
	}
	Py_INCREF(p->space);
	if (!probe->unpinned)
		proc_cpus_set(&pinned);
	code = Py_CompileString(call, OWN_CALL, Py_eval_input);
	start = clock_ns();
	p->first = (double)probe->n;
	if (code && p->first < SLOW_NS) {
		got = PyEval_EvalCode(code, p->space, p->space);
		p->first = (double)(clock_ns() - start);
	}
	if (code && (got || p->first >= SLOW_NS) && !PyErr_Occurred() &&
		body_names_find(&p->names, code, p->space) == 0)
		result = 0;
	Py_XDECREF(got);
	Py_XDECREF(code);
	free(call);
	return result == 0 ? 0 : own_raised(err, "the call", OWN_CALL, probe->call);
}

/* Makes the namespace and its result, and compares it where there is a reference. */
static int set_up(struct probe *p, const struct worker_probe *probe, struct err *err)
{
	PyObject *module, *ref, *code = NULL, *got = NULL;
	char *call = space_bracketed(probe->call);
	int result = -1;

	if (space_import(probe, &module, &ref, err) != 0)
		goto out;
	if (!probe->unpinned)
		proc_cpus_set(&pinned);
	p->space = space_make(probe, probe->module, module, ref, err);
	if (!p->space)
		goto out;
	code = Py_CompileString(call, "<probe>", Py_eval_input);
	got = code ? PyEval_EvalCode(code, p->space, p->space) : NULL;
	if (!got || body_names_find(&p->names, code, p->space) != 0)
		pyhost_raised(err, "the statement");
	else
		result = ref && ref != module ? space_check(probe, got, ref, err) : 0;
out:
	free(call);
	Py_XDECREF(got);
	Py_XDECREF(code);
	Py_XDECREF(ref);
	Py_XDECREF(module);
	return result;
}

/* Calibrating. */

/* Runs a body until the interpreter has settled on it: WARM_TURNS turns, or warm_ns. */
static int warm(struct probe *p, PyObject *body)
{
	int64_t spent = 0, t;
	uint32_t turns = 0, more = 1;

	while (turns < WARM_TURNS && spent < p->warm_ns) {
		t = body_run(&p->names, body, more);
		if (t < 0)
			return -1;
		spent += t;
		turns += more;
		/* Eight at once of what is short. */
		more = 8 * spent < turns * (p->warm_ns - spent) ? 8 : 1;
	}
	return 0;
}

/* Has p ready for samples with so many statements a turn. */
static int prepare(struct probe *p, uint32_t unroll)
{
	if (p->unroll == unroll)
		return 0;
	Py_CLEAR(p->full);
	Py_CLEAR(p->half);
	p->unroll = 0;
	p->full = body_make(&p->names, p->call, (int)unroll, p->space);
	if (!p->full || (unroll > 1 && warm(p, p->full) != 0))
		return -1;
	if (unroll > 1) {
		p->half = body_make(&p->names, p->call, (int)unroll / 2, p->space);
		if (!p->half || warm(p, p->half) != 0)
			return -1;
	}
	p->unroll = unroll;
	return 0;
}

/* The bodies that each probe has at first: one without and one with a statement a turn. */
static int make_bodies(struct probe *p)
{
	p->empty = body_make(&p->names, "", 0, p->space);
	return p->empty && warm(p, p->empty) == 0 && prepare(p, 1) == 0 ? 0 : -1;
}

/* The interpreter drops a statement that is a constant. 1 when it does that here. */
static int does_nothing(const struct probe *p)
{
	Py_ssize_t n = body_size(p->empty), full = body_size(p->full);

	return n < 0 || full < 0 ? -1 : full <= n;
}

/* ns of one execution in p->full, which has one statement a turn; warms it up
 * by the way: 300 executions, or 1 ms. Negative on an exception. */
static double rough(struct probe *p)
{
	int64_t spent = 0, t;
	uint32_t runs = 0, turns;
	double best = INFINITY;

	for (turns = 1;; turns *= 2) {
		t = body_run(&p->names, p->full, turns);
		if (t < 0)
			return -1;
		spent += t;
		runs += turns;
		best = fmin(best, (double)t / turns);
		if (spent >= WARM_NS || (runs >= WARM_RUNS && t >= SAMPLE_NS / 4))
			return fmax(best, 0.1);
	}
}

static uint32_t turns_for(double ns_per_turn)
{
	double turns = round(SAMPLE_NS / ns_per_turn);

	return turns < 1 ? 1 : turns > TURNS_MAX ? TURNS_MAX : (uint32_t)turns;
}

/* As another worker found it, so that samples of the two are of one length. */
static int take_over(struct probe *p, const struct worker_loaded *known)
{
	/* The person's own code is not known to settle as soon as the probes do. */
	if (!p->is_own)
		p->warm_ns = WARM_KNOWN_NS;
	if (prepare(p, known->unroll) != 0)
		return -1;
	return known->unroll > 1 ? 0 : warm(p, p->full);
}

static int calibrate(struct probe *p, const struct worker_loaded *known, struct worker_loaded *loaded)
{
	uint32_t unroll, turns;
	int64_t a, b;
	size_t i = 0;

	/* Of what takes long each run counts, and the first is as good as any. */
	if (p->is_own && p->first >= SLOW_NS) {
		*loaded = (struct worker_loaded){1, 1, p->first};
		return 0;
	}
	if (known->loops) {
		*loaded = *known;
		return take_over(p, known);
	}
	loaded->ns = rough(p);
	if (loaded->ns < 0)
		return -1;
	while (loaded->ns >= classes[i].below)
		i++;
	unroll = (uint32_t)classes[i].unroll;
	if (prepare(p, unroll) != 0)
		return -1;
	turns = turns_for(loaded->ns * unroll);
	if (turns > 1) {
		a = body_run(&p->names, p->full, turns);
		b = a < 0 ? -1 : body_run(&p->names, p->full, turns);
		if (b < 0)
			return -1;
		loaded->ns = fmax(0.1, (double)(a < b ? a : b) / turns / unroll);
		turns = turns_for(loaded->ns * unroll);
	}
	loaded->unroll = unroll;
	loaded->loops = turns;
	return 0;
}

static int load(struct probe *p, const struct worker_probe *probe, struct worker_loaded *loaded,
	struct err *err)
{
	int nothing;

	p->call = xstrdup(probe->call);
	p->unpinned = probe->unpinned;
	p->threads = probe->n == 1 ? 1 : THREADS_MOST;
	p->is_own = !probe->module;
	p->warm_ns = WARM_NS;
	if ((p->is_own ? set_up_own : set_up)(p, probe, err) != 0)
		return -1;
	nothing = make_bodies(p) == 0 ? does_nothing(p) : -1;
	if (nothing > 0)
		return err_set(err, ERR_FAILURE,
			"the statement is a constant, so there is nothing to measure");
	/* Before calibrating: the samples are to see the heap as it will be. */
	pyhost_gc("collect");
	pyhost_gc("freeze");
	if (nothing < 0 || calibrate(p, &probe->known, loaded) != 0)
		return p->is_own ? own_raised(err, "the call", OWN_CALL, p->call) :
			pyhost_raised(err, "the statement");
	return 0;
}

static int are_in_range(uint32_t loops, uint32_t unroll)
{
	return loops >= 1 && loops <= TURNS_MAX && unroll >= 1 && unroll <= PROTO_UNROLL_MAX;
}

static int out_of_range(uint32_t loops, uint32_t unroll, struct err *err)
{
	return err_set(err, ERR_FAILURE, "%u turns of %u statements are out of range", loops, unroll);
}

int runner_load(const struct worker_probe *probe, struct worker_loaded *loaded, struct err *err)
{
	size_t want = (size_t)probe->number + 1;
	int result;

	if (probe->number >= NUMBER_MAX)
		return err_set(err, ERR_FAILURE, "probe number %u is out of range", probe->number);
	if (probe->known.loops && !are_in_range(probe->known.loops, probe->known.unroll))
		return out_of_range(probe->known.loops, probe->known.unroll, err);
	if (n_probes < want) {
		probes = xreallocarray(probes, want, sizeof *probes);
		memset(probes + n_probes, 0, (want - n_probes) * sizeof *probes);
		n_probes = want;
	}
	probe_release(&probes[probe->number]);
	/* All CPUs while modules come in: a pool of threads made then has them all. */
	proc_cpus_set(&allowed);
	if (probe->unpinned)
		gate_know_all();
	result = load(&probes[probe->number], probe, loaded, err);
	proc_cpus_set(&pinned);
	if (result != 0)
		probe_release(&probes[probe->number]);
	return result;
}

int runner_read(const struct worker_probe *probe, int is_names, struct worker_reading *reading,
	struct err *err)
{
	PyObject *module, *ref, *space = NULL, *value = NULL;
	char *call = space_bracketed(probe->call);
	int result = -1;

	if (space_import(probe, &module, &ref, err) == 0)
		space = space_make(probe, probe->module, module, ref, err);
	if (space) {
		value = space_evaluate(call, Py_eval_input, space);
		result = value ? reading_of(value, is_names, reading, err)
			       : pyhost_raised(err, "the statement");
	}
	Py_XDECREF(value);
	Py_XDECREF(space);
	Py_XDECREF(ref);
	Py_XDECREF(module);
	free(call);
	return result;
}

/* Sampling. */

static uint32_t fit(int64_t ns)
{
	return ns > UINT32_MAX ? UINT32_MAX : (uint32_t)ns;
}

static int64_t slower(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* A probe with threads is disturbed by what is on any CPU. */
static int64_t gate_for(const struct probe *p, long *taken)
{
	return p->unpinned ? gate_everywhere(p->threads, taken) : gate_once();
}

/*
 * The switches seen are those of gates and bodies together; with threads of the
 * bodies alone, since going from CPU to CPU for the gates makes some, and how
 * often there was no CPU for each of them.
 */
static int64_t run_body(struct probe *p, PyObject *body, uint32_t turns, long *switches)
{
	long before = proc_switches();
	int64_t ns = body_run(&p->names, body, turns);

	*switches += proc_switches() - before;
	return ns;
}

/*
 * Runs the empty loop and keeps the least: what interrupts it would else be taken off the statement.
 * What a slow moment adds to so short a time does not matter.
 */
static int run_empty(struct probe *p, uint32_t turns, long *switches)
{
	int64_t ns = run_body(p, p->empty, turns, switches);

	if (ns < 0)
		return -1;
	if (p->empty_turns != turns || ns < p->empty_ns)
		p->empty_ns = ns;
	p->empty_turns = turns;
	return 0;
}

/* What is left of a time without the empty loop's; never 0, which is no time. */
static uint32_t beyond_empty(const struct probe *p, int64_t ns)
{
	return ns > p->empty_ns ? fit(ns - p->empty_ns) : 1;
}

static int take_sample(struct probe *p, uint32_t turns, struct worker_sample *sample)
{
	long before = proc_switches(), switches = 0;
	int64_t slowest, full, half = 0;

	/* What takes long enough to be its own warm-up has none. */
	if (!(p->is_own && p->first >= SLOW_NS) &&
		body_run(&p->names, p->full, turns / 8 ? turns / 8 : 1) < 0)
		return -1;
	if (run_empty(p, turns, &switches) != 0)
		return -1;
	slowest = gate_for(p, &switches);
	full = run_body(p, p->full, turns, &switches);
	slowest = slower(slowest, gate_for(p, &switches));
	if (full >= 0 && p->half) {
		half = run_body(p, p->half, turns, &switches);
		slowest = slower(slowest, gate_for(p, &switches));
	}
	if (full < 0 || half < 0)
		return -1;
	if (!p->unpinned)
		switches = proc_switches() - before;
	sample->full = beyond_empty(p, full);
	sample->half = p->half ? beyond_empty(p, half) : 0;
	sample->gate = fit(slowest);
	sample->switched = switches > 255 ? 255 : (uint8_t)switches;
	return 0;
}

/*
 * Where the stack lies moves short calls by some per cent, otherwise in each process: so it lies
 * elsewhere for each sample. The generator is Numerical Recipes' linear congruential one, of
 * which the high bits are good.
 */
static int __attribute__((noinline)) take_sample_elsewhere(
	struct probe *p, uint32_t turns, struct worker_sample *sample)
{
	static uint32_t chance;
	volatile char *room;

	chance = (chance ? chance : (uint32_t)clock_ns()) * 1664525u + 1013904223u;
	room = alloca(STACK_STEP * (1 + (chance >> 16) % STACK_PLACES));
	*room = 0;
	return take_sample(p, turns, sample);
}

int runner_sample(const struct worker_entry *entry, struct worker_sample *sample, struct err *err)
{
	struct probe *p = entry->number < n_probes ? &probes[entry->number] : NULL;
	int result;

	if (!p || !p->space)
		return err_set(err, ERR_FAILURE, "probe number %u is not loaded", entry->number);
	if (!are_in_range(entry->loops, entry->unroll))
		return out_of_range(entry->loops, entry->unroll, err);
	if (p->unpinned)
		proc_cpus_set(&allowed);
	result = prepare(p, entry->unroll);
	if (result == 0)
		result = take_sample_elsewhere(p, entry->loops, sample);
	if (p->unpinned)
		proc_cpus_set(&pinned);
	sample->number = entry->number;
	if (result != 0 && p->is_own)
		return own_raised(err, "the call", OWN_CALL, p->call);
	return result == 0 ? 0 : pyhost_raised(err, "the statement");
}

void runner_rest(void)
{
	static PyObject *collect;
	PyObject *done;

	/* The young only: what was loaded is frozen, and a full collection would
	 * empty the interpreter's free lists, which real programs have filled. */
	if (!collect)
		collect = pyhost_get("gc", "collect");
	done = collect ? PyObject_CallFunction(collect, "i", 1) : NULL;
	PyErr_Clear();
	Py_XDECREF(done);
}
