#include "worker/runner.h"

#include <Python.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/gates.h"
#include "base/mem.h"
#include "base/proc.h"
#include "base/str.h"
#include "worker/body.h"
#include "worker/compare.h"
#include "worker/own.h"
#include "worker/pyhost.h"
#include "worker/reading.h"

enum {
	SAMPLE_NS = 50000,  /* measuring-prototype: 25 to 50 us find the most quiet windows */
	WARM_NS = 1000000,
	SLOW_NS = 100000000, /* of the person's own call: no run more than the samples */
	WARM_RUNS = 300,    /* executions after which nothing gets faster */
	WARM_TURNS = 64,    /* the interpreter specialises by turns of the loop */
	GATE_INTS = 250,
	GATE_ROUNDS = 2,    /* 1.5 us where the library is shared, 0.5 us where it is not */
	GATES_EACH = 2,     /* on a CPU the thread just came to; the first may find it asleep */
	BASE_ROUNDS = 8,    /* as the front end's trial of the CPUs */
	BASE_GATES = 20,
	THREADS_MOST = 2,   /* that a probe with threads has computing at once; its size, if less */
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
	PyObject *full, *half; /* half is NULL where unroll is 1 */
	uint32_t unroll;
	int is_own;   /* the person's own code; then: */
	double first; /* ns of its first run */
	int unpinned;
	int threads; /* of an unpinned one: how many compute at once */
};

static struct probe *probes;
static size_t n_probes;
static struct proc_cpus allowed, pinned;
static PyObject *ints[GATE_INTS];
static struct gates gates;        /* of the first allowed CPUs, made at the first unpinned probe */
static int gate_cpus[GATES_CPUS_MOST];

static int make_gate(struct err *err)
{
	int i;

	/* Beyond the small integers the interpreter keeps, and of one digit. */
	for (i = 0; i < GATE_INTS; i++) {
		ints[i] = PyLong_FromLong(100000 + 7919L * i);
		if (!ints[i])
			return pyhost_raised(err, "making the gate");
	}
	return 0;
}

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
	return make_gate(err);
}

int runner_pin(int cpu, struct err *err)
{
	struct proc_cpus want = cpu < 0 ? allowed : proc_cpus_one(cpu);

	if (proc_cpus_set(&want) != 0)
		return err_set(err, ERR_FAILURE, "CPU %d is not to be had", cpu);
	pinned = want;
	return 0;
}

/* Calls into the interpreter's library, which no compiler can leave out. */
static void walk(void)
{
	int i;

	for (i = 0; i < GATE_INTS; i++)
		PyLong_AsLong(ints[i]);
}

/* One gate, ns. The untimed walk brings the integers back into the cache, so
 * that a probe that fills it does not look like a noisy neighbour. */
static int64_t gate(void)
{
	int64_t start;
	int round;

	walk();
	start = clock_ns();
	for (round = 0; round < GATE_ROUNDS; round++)
		walk();
	return clock_ns() - start;
}

double runner_gate(uint32_t times)
{
	int64_t best = INT64_MAX, t;
	uint32_t i;

	for (i = 0; i < times || i == 0; i++) {
		t = gate();
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
	ns = runner_gate(times);
	gates_note(&gates, i, ns);
	return ns;
}

/*
 * Something else computes on a CPU that the probe needs. Its gate need not show
 * that: whoever comes to a CPU runs at once there, and the threads of a probe
 * stay together on the CPU that is free.
 */
static int is_taken(const struct probe *p)
{
	return gates_taken(proc_running(), p->threads, proc_cpus_online());
}

/* The slowest of the gates on all CPUs, one after the other; the thread may run on all then. */
static int64_t gate_everywhere(const struct probe *p, long *taken)
{
	double slowest = 0;
	int i;

	*taken += is_taken(p);
	for (i = 0; i < gates.n; i++)
		slowest = fmax(slowest, gates_level(&gates, i, gate_on(i, GATES_EACH)));
	proc_cpus_set(&allowed);
	return (int64_t)slowest;
}

/* Once, before the first probe with threads: how fast each CPU's gate is when it is quiet. */
static void know_gates(void)
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

static void probe_release(struct probe *p)
{
	Py_XDECREF(p->full);
	Py_XDECREF(p->half);
	body_names_release(&p->names);
	Py_XDECREF(p->space);
	free(p->call);
	memset(p, 0, sizeof *p);
}

/* Setting up. */

/* Runs source in space; the value of an expression, None of statements. */
static PyObject *evaluate(const char *source, int kind, PyObject *space)
{
	PyObject *code = Py_CompileString(source, "<probe>", kind);
	PyObject *value = code ? PyEval_EvalCode(code, space, space) : NULL;

	Py_XDECREF(code);
	return value;
}

static PyObject *import(const char *module, struct err *err)
{
	PyObject *m = PyImport_ImportModule(module);
	char what[128];

	if (m)
		return m;
	snprintf(what, sizeof what, "importing '%.100s'", module);
	pyhost_raised(err, what);
	return NULL;
}

static int put(PyObject *space, const char *name, PyObject *value)
{
	return value ? PyDict_SetItemString(space, name, value) : -1;
}

/*
 * A namespace in which the set-up has run with module's function as f. ref is
 * the reference's module or NULL.
 */
static PyObject *make_space(const struct worker_probe *probe, const char *name, PyObject *module,
	PyObject *ref, struct err *err)
{
	PyObject *space = PyDict_New(), *f = PyObject_GetAttrString(module, probe->function);
	PyObject *n = PyLong_FromLong(probe->n), *title = PyUnicode_FromString("probe"), *done;
	int bad;

	if (!f && space && PyErr_ExceptionMatches(PyExc_AttributeError)) {
		PyErr_Clear();
		err_set(err, ERR_FAILURE, "'%s' has no function '%s'", name, probe->function);
		bad = 1;
	} else {
		bad = !space || put(space, "__builtins__", PyEval_GetBuiltins()) ||
		      put(space, "__name__", title) || put(space, "f", f) ||
		      put(space, "m", module) || put(space, "n", n) ||
		      put(space, "ref", ref ? ref : Py_None);
		done = bad ? NULL : evaluate(probe->setup, Py_file_input, space);
		if (!done)
			pyhost_raised(err, ref == module ? "the set-up with the reference"
							 : "the set-up");
		bad = !done;
		Py_XDECREF(done);
	}
	Py_XDECREF(f);
	Py_XDECREF(n);
	Py_XDECREF(title);
	if (bad)
		Py_CLEAR(space);
	return space;
}

/* The statement in brackets, as body.c has it. */
static char *bracketed(const char *call)
{
	return xasprintf("(%s\n)", call);
}

/* Evaluates the statement with the reference and compares. */
static int check(const struct worker_probe *probe, PyObject *got, PyObject *ref, struct err *err)
{
	PyObject *space = make_space(probe, probe->reference, ref, ref, err), *wanted = NULL;
	char *call = bracketed(probe->call);
	int result = -1;

	if (space) {
		wanted = evaluate(call, Py_eval_input, space);
		if (wanted)
			result = compare_results(got, wanted, err);
		else
			pyhost_raised(err, "the statement with the reference");
	}
	Py_XDECREF(wanted);
	Py_XDECREF(space);
	free(call);
	return result;
}

/* The binding's module and the reference's, which stays NULL where there is none. */
static int import_both(const struct worker_probe *probe, PyObject **module, PyObject **ref,
	struct err *err)
{
	*ref = NULL;
	*module = NULL;
	if (!probe->module)
		return err_set(err, ERR_FAILURE, "a probe of no module");
	*module = import(probe->module, err);
	if (*module && probe->reference)
		*ref = import(probe->reference, err);
	return *module && (*ref || !probe->reference) ? 0 : -1;
}

/* The person's own call has its namespace already, and nothing to compare with. */
static int set_up_own(struct probe *p, const struct worker_probe *probe, struct err *err)
{
	PyObject *code, *got = NULL;
	char *call = bracketed(probe->call);
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
	if (code && (got || p->first >= SLOW_NS) && !PyErr_Occurred() && body_names_find(&p->names, code, p->space) == 0)
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
	char *call = bracketed(probe->call);
	int result = -1;

	if (import_both(probe, &module, &ref, err) != 0)
		goto out;
	if (!probe->unpinned)
		proc_cpus_set(&pinned);
	p->space = make_space(probe, probe->module, module, ref, err);
	if (!p->space)
		goto out;
	code = Py_CompileString(call, "<probe>", Py_eval_input);
	got = code ? PyEval_EvalCode(code, p->space, p->space) : NULL;
	if (!got || body_names_find(&p->names, code, p->space) != 0)
		pyhost_raised(err, "the statement");
	else
		result = ref && ref != module ? check(probe, got, ref, err) : 0;
out:
	free(call);
	Py_XDECREF(got);
	Py_XDECREF(code);
	Py_XDECREF(ref);
	Py_XDECREF(module);
	return result;
}

/* Calibrating. */

/* Runs a body until the interpreter has settled on it: WARM_TURNS turns, or 1 ms. */
static int warm(struct probe *p, PyObject *body)
{
	int64_t spent = 0, t;
	int turns;

	for (turns = 0; turns < WARM_TURNS && spent < WARM_NS; turns += 8) {
		t = body_run(&p->names, body, spent ? 8 : 1);
		if (t < 0)
			return -1;
		spent += t + 1;
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

/* The interpreter drops a statement that is a constant. 1 when it does that here. */
static int does_nothing(struct probe *p)
{
	PyObject *empty = body_make(&p->names, "", 0, p->space);
	Py_ssize_t n = empty ? body_size(empty) : -1, full = body_size(p->full);

	Py_XDECREF(empty);
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

static int calibrate(struct probe *p, struct worker_loaded *loaded)
{
	uint32_t unroll, turns;
	int64_t a, b;
	size_t i = 0;

	/* Of what takes long each run counts, and the first is as good as any. */
	if (p->is_own && p->first >= SLOW_NS) {
		*loaded = (struct worker_loaded){1, 1, p->first};
		return 0;
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
	if ((p->is_own ? set_up_own : set_up)(p, probe, err) != 0)
		return -1;
	nothing = prepare(p, 1) == 0 ? does_nothing(p) : -1;
	if (nothing > 0)
		return err_set(err, ERR_FAILURE,
			"the statement is a constant, so there is nothing to measure");
	/* Before calibrating: the samples are to see the heap as it will be. */
	pyhost_gc("collect");
	pyhost_gc("freeze");
	if (nothing < 0 || calibrate(p, loaded) != 0)
		return p->is_own ? own_raised(err, "the call", OWN_CALL, p->call) :
			pyhost_raised(err, "the statement");
	return 0;
}

int runner_load(const struct worker_probe *probe, struct worker_loaded *loaded, struct err *err)
{
	size_t want = (size_t)probe->number + 1;
	int result;

	if (probe->number >= NUMBER_MAX)
		return err_set(err, ERR_FAILURE, "probe number %u is out of range", probe->number);
	if (n_probes < want) {
		probes = xreallocarray(probes, want, sizeof *probes);
		memset(probes + n_probes, 0, (want - n_probes) * sizeof *probes);
		n_probes = want;
	}
	probe_release(&probes[probe->number]);
	/* All CPUs while modules come in: a pool of threads made then has them all. */
	proc_cpus_set(&allowed);
	if (probe->unpinned)
		know_gates();
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
	char *call = bracketed(probe->call);
	int result = -1;

	if (import_both(probe, &module, &ref, err) == 0)
		space = make_space(probe, probe->module, module, ref, err);
	if (space) {
		value = evaluate(call, Py_eval_input, space);
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
	return p->unpinned ? gate_everywhere(p, taken) : gate();
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

static int take_sample(struct probe *p, uint32_t turns, struct worker_sample *sample)
{
	long before = proc_switches(), switches = 0;
	int64_t slowest, full, half = 0;

	/* What takes long enough to be its own warm-up has none. */
	if (!(p->is_own && p->first >= SLOW_NS) &&
		body_run(&p->names, p->full, turns / 8 ? turns / 8 : 1) < 0)
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
	sample->full = fit(full);
	sample->half = fit(half);
	sample->gate = fit(slowest);
	sample->switched = switches > 255 ? 255 : (uint8_t)switches;
	return 0;
}

int runner_sample(const struct worker_entry *entry, struct worker_sample *sample, struct err *err)
{
	struct probe *p = entry->number < n_probes ? &probes[entry->number] : NULL;
	int result;

	if (!p || !p->space)
		return err_set(err, ERR_FAILURE, "probe number %u is not loaded", entry->number);
	if (entry->unroll < 1 || entry->unroll > PROTO_UNROLL_MAX || entry->loops < 1 ||
		entry->loops > TURNS_MAX)
		return err_set(err, ERR_FAILURE, "%u turns of %u statements are out of range",
			entry->loops, entry->unroll);
	if (p->unpinned)
		proc_cpus_set(&allowed);
	result = prepare(p, entry->unroll);
	if (result == 0)
		result = take_sample(p, entry->loops, sample);
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
