#include "worker/look.h"

#include <Python.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/proc.h"
#include "worker/callee.h"
#include "worker/object.h"
#include "worker/own.h"
#include "worker/pyhost.h"

enum {
	WINDOWS = 5,	      /* in which CPU time is compared with wall time, */
	WINDOW_NS = 10000000, /* each of so many ns at least, or one run */
	NAP_NS = 10000000,    /* to see whether the process is idle, */
	NAPS = 30,	      /* so many times at most */
	SLOW_NS = 200000000,  /* from here on the first run is the only one */
};

static const char what[] = "the call";

/* The expression taken apart, and what it is of. References are owned. */
struct parts {
	PyObject *whole;    /* compiled */
	PyObject *function; /* NULL: it is no single call */
	PyObject *args, *keywords;
	PyObject *receiver; /* of a method; borrowed from function */
	double lengths[PROTO_VALUES_MAX]; /* of the arguments before the first run */
	const char *call;
};

static void parts_release(struct parts *parts)
{
	Py_XDECREF(parts->whole);
	Py_XDECREF(parts->function);
	Py_XDECREF(parts->args);
	Py_XDECREF(parts->keywords);
	memset(parts, 0, sizeof *parts);
}

/* Compiles a node of ast as an expression of its own and evaluates it. */
static PyObject *evaluate_node(PyObject *node)
{
	PyObject *ast = PyImport_ImportModule("ast"), *compile = pyhost_get("builtins", "compile");
	PyObject *tree = ast && compile ? PyObject_CallMethod(ast, "Expression", "O", node) : NULL;
	PyObject *code = tree ? PyObject_CallFunction(compile, "Oss", tree, OWN_CALL, "eval") : NULL;
	PyObject *value = code ? PyEval_EvalCode(code, own_space(), own_space()) : NULL;

	Py_XDECREF(code);
	Py_XDECREF(tree);
	Py_XDECREF(compile);
	Py_XDECREF(ast);
	return value;
}

static int is_node(PyObject *node, const char *name)
{
	const char *dot = strrchr(Py_TYPE(node)->tp_name, '.');

	return strcmp(dot ? dot + 1 : Py_TYPE(node)->tp_name, name) == 0;
}

/* Reading a name, an attribute or a constant costs next to nothing beside a call. */
static int is_ready(PyObject *node)
{
	static const char *const ready[] = {
		"Name", "Constant", "Attribute", "UnaryOp", "Starred", "Lambda"};
	size_t i;

	for (i = 0; i < sizeof ready / sizeof *ready; i++) {
		if (is_node(node, ready[i]))
			return 1;
	}
	return 0;
}

/* The first of the argument nodes that has to be computed, as it is written. */
static void note_computed(PyObject *node, const char *call, struct worker_seen *seen)
{
	PyObject *ast, *source, *text;

	if (*seen->computed || is_ready(node))
		return;
	ast = PyImport_ImportModule("ast");
	source = PyUnicode_FromString(call);
	text = ast && source ? PyObject_CallMethod(ast, "get_source_segment", "OO", source, node) : NULL;
	seen->computed = xstrdup(text && PyUnicode_Check(text) ? pyhost_text(text, 60) : "an argument");
	PyErr_Clear();
	Py_XDECREF(text);
	Py_XDECREF(source);
	Py_XDECREF(ast);
}

static int add_arguments(struct parts *parts, PyObject *nodes, struct worker_seen *seen)
{
	PyObject *list = PyList_New(0), *node, *inner, *value, *more;
	Py_ssize_t i;
	int bad = !list;

	for (i = 0; !bad && i < PyList_GET_SIZE(nodes); i++) {
		node = PyList_GET_ITEM(nodes, i);
		note_computed(node, parts->call, seen);
		inner = is_node(node, "Starred") ? PyObject_GetAttrString(node, "value") : NULL;
		value = evaluate_node(inner ? inner : node);
		if (inner) {
			more = value ? PySequence_List(value) : NULL;
			bad = !more || PyList_SetSlice(list, PyList_GET_SIZE(list),
					       PyList_GET_SIZE(list), more) != 0;
			Py_XDECREF(more);
		} else {
			bad = !value || PyList_Append(list, value) != 0;
		}
		Py_XDECREF(value);
		Py_XDECREF(inner);
	}
	parts->args = bad ? NULL : PyList_AsTuple(list);
	Py_XDECREF(list);
	return parts->args ? 0 : -1;
}

static int add_keywords(struct parts *parts, PyObject *nodes, struct worker_seen *seen)
{
	PyObject *node, *key, *expression, *value;
	Py_ssize_t i;
	int bad = 0;

	parts->keywords = PyDict_New();
	for (i = 0; parts->keywords && !bad && i < PyList_GET_SIZE(nodes); i++) {
		node = PyList_GET_ITEM(nodes, i);
		key = PyObject_GetAttrString(node, "arg");
		expression = PyObject_GetAttrString(node, "value");
		value = expression ? evaluate_node(expression) : NULL;
		if (expression && value)
			note_computed(expression, parts->call, seen);
		bad = !key || !value ||
		      (key == Py_None ? PyDict_Update(parts->keywords, value)
				      : PyDict_SetItem(parts->keywords, key, value)) != 0;
		Py_XDECREF(value);
		Py_XDECREF(expression);
		Py_XDECREF(key);
	}
	return parts->keywords && !bad ? 0 : -1;
}

/* Fills parts from the expression's tree; function stays NULL where it is no call. */
static int take_apart(struct parts *parts, PyObject *body, struct worker_seen *seen)
{
	PyObject *function, *args, *keywords;
	int result = -1;

	if (!is_node(body, "Call"))
		return 0;
	function = PyObject_GetAttrString(body, "func");
	args = PyObject_GetAttrString(body, "args");
	keywords = PyObject_GetAttrString(body, "keywords");
	if (function && args && keywords) {
		parts->function = evaluate_node(function);
		if (parts->function && add_arguments(parts, args, seen) == 0 &&
			add_keywords(parts, keywords, seen) == 0)
			result = 0;
	}
	Py_XDECREF(function);
	Py_XDECREF(args);
	Py_XDECREF(keywords);
	return result;
}

static int parse(struct parts *parts, struct worker_seen *seen)
{
	PyObject *ast = PyImport_ImportModule("ast"), *tree, *body = NULL, *compile;
	int result = -1;

	tree = ast ? PyObject_CallMethod(ast, "parse", "sss", parts->call, OWN_CALL, "eval") : NULL;
	compile = tree ? pyhost_get("builtins", "compile") : NULL;
	if (compile) {
		parts->whole = PyObject_CallFunction(compile, "Oss", tree, OWN_CALL, "eval");
		body = parts->whole ? PyObject_GetAttrString(tree, "body") : NULL;
	}
	if (body)
		result = take_apart(parts, body, seen);
	Py_XDECREF(body);
	Py_XDECREF(compile);
	Py_XDECREF(tree);
	Py_XDECREF(ast);
	return result;
}

/* --- what is passed --- */

static struct worker_value *add_value(struct worker_seen *seen, PyObject *object, const char *name)
{
	struct worker_value *value;

	/* The last place is the result's. */
	if (seen->n >= PROTO_VALUES_MAX - 1)
		return NULL;
	value = &seen->values[seen->n++];
	object_describe(object, value);
	value->name = xstrdup(name);
	return value;
}

/* The name of the i-th argument by position; "" where the function does not say. */
static const char *name_of(PyObject *names, Py_ssize_t i)
{
	return names && i < PyList_GET_SIZE(names) ? PyUnicode_AsUTF8(PyList_GET_ITEM(names, i)) : "";
}

static void describe_arguments(struct parts *parts, struct worker_seen *seen)
{
	PyObject *names = callee_names(parts->function), *key, *value;
	Py_ssize_t i, at = 0;

	if (parts->receiver)
		add_value(seen, parts->receiver, "self");
	for (i = 0; i < PyTuple_GET_SIZE(parts->args); i++)
		add_value(seen, PyTuple_GET_ITEM(parts->args, i), name_of(names, i));
	while (PyDict_Next(parts->keywords, &at, &key, &value))
		add_value(seen, value, PyUnicode_Check(key) ? pyhost_text(key, 80) : "");
	Py_XDECREF(names);
}

/* The object of the i-th value of seen. */
static PyObject *argument(const struct parts *parts, size_t i)
{
	PyObject *key, *value = NULL;
	Py_ssize_t at = 0;
	size_t n = (size_t)PyTuple_GET_SIZE(parts->args);

	if (parts->receiver && i-- == 0)
		return parts->receiver;
	if (i < n)
		return PyTuple_GET_ITEM(parts->args, (Py_ssize_t)i);
	for (i -= n; PyDict_Next(parts->keywords, &at, &key, &value) && i > 0; i--)
		;
	return value;
}

/* Before the first run; what differs after it was changed by it. */
static void note_lengths(struct parts *parts, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		parts->lengths[i] = object_length(argument(parts, i));
}

static void note_changes(const struct parts *parts, struct worker_seen *seen, size_t n)
{
	char *text;
	size_t i;

	for (i = 0; i < n && !*seen->changed; i++) {
		if (isnan(parts->lengths[i]) || object_length(argument(parts, i)) == parts->lengths[i])
			continue;
		text = *seen->values[i].name ? xstrdup(seen->values[i].name)
					     : xasprintf("argument %zu", i + 1);
		seen->changed = text;
	}
}

/* --- what comes back, and how it runs --- */

static enum worker_gives gives_of(PyObject *result)
{
	if (PyGen_CheckExact(result))
		return GIVES_GENERATOR;
	if (PyCoro_CheckExact(result))
		return GIVES_COROUTINE;
	if (strcmp(Py_TYPE(result)->tp_name, "async_generator") == 0)
		return GIVES_ASYNC_GENERATOR;
	/* A file is one too, but what it gives is there. */
	if (PyIter_Check(result) && !PyObject_HasAttrString(result, "read"))
		return GIVES_ITERATOR;
	return GIVES_VALUE;
}

struct window {
	double wall, cpu, wait; /* ns */
	double runs;
};

/* Runs the expression until the window is full. -1 when it raises. */
static int run_window(PyObject *code, struct window *window)
{
	int64_t start = clock_ns(), cpu = proc_cpu_ns(), delay = proc_delay_ns();
	long waits = proc_waits();
	PyObject *value;

	window->runs = 0;
	do {
		value = PyEval_EvalCode(code, own_space(), own_space());
		if (!value)
			return -1;
		Py_DECREF(value);
		window->runs++;
	} while (clock_ns() - start < WINDOW_NS);
	window->wall = (double)(clock_ns() - start);
	window->cpu = (double)(proc_cpu_ns() - cpu);
	window->wait = fmax(0, window->wall - window->cpu - (double)(proc_delay_ns() - delay));
	/* Who never gave the CPU up was kept from it, and did not wait. */
	if (proc_waits() == waits)
		window->wait = 0;
	return 0;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void take_windows(struct worker_seen *seen, const struct window *windows, int n)
{
	double waits[WINDOWS];
	int i;

	for (i = 0; i < n; i++) {
		waits[i] = windows[i].wall > 0 ? fmin(1, windows[i].wait / windows[i].wall) : 0;
		seen->cpus = fmax(seen->cpus, windows[i].cpu / fmax(1, windows[i].wall));
	}
	qsort(waits, (size_t)n, sizeof *waits, by_size);
	seen->wait_low = waits[0];
	seen->wait_likely = waits[n / 2];
	seen->wait_high = waits[n - 1];
}

/*
 * Waits until the process is idle while nothing is run, for a while at most: threads of a
 * library spin for a while after their last work (those of OpenBLAS for 50 ms after the
 * import of NumPy), which would be taken for the call's.
 */
static void settle(void)
{
	const struct timespec nap = {.tv_nsec = NAP_NS};
	int64_t start, cpu;
	int i, idle = 0;

	for (i = 0; i < NAPS && !idle; i++) {
		start = clock_ns();
		cpu = proc_cpu_ns();
		Py_BEGIN_ALLOW_THREADS
		nanosleep(&nap, NULL);
		Py_END_ALLOW_THREADS
		idle = 10 * (proc_cpu_ns() - cpu) < clock_ns() - start;
	}
}

/* The first run, by the parts where there are some. */
static PyObject *run_first(const struct parts *parts, struct window *window)
{
	int64_t start = clock_ns(), cpu = proc_cpu_ns(), delay = proc_delay_ns();
	long waits = proc_waits();
	PyObject *result = parts->function
				   ? PyObject_Call(parts->function, parts->args, parts->keywords)
				   : PyEval_EvalCode(parts->whole, own_space(), own_space());

	window->wall = (double)(clock_ns() - start);
	window->cpu = (double)(proc_cpu_ns() - cpu);
	window->wait = proc_waits() == waits ? 0 : fmax(0, window->wall - window->cpu -
						   (double)(proc_delay_ns() - delay));
	window->runs = 1;
	return result;
}

static int run(struct parts *parts, struct worker_seen *seen)
{
	struct window windows[WINDOWS];
	size_t n = seen->n;
	PyObject *result;
	int i;

	if (parts->function)
		note_lengths(parts, n);
	settle();
	result = run_first(parts, &windows[0]);
	if (!result)
		return -1;
	seen->first_ns = windows[0].wall;
	seen->gives = gives_of(result);
	if (parts->function)
		note_changes(parts, seen, n);
	add_value(seen, result, "");
	Py_DECREF(result);
	take_windows(seen, windows, 1);
	if (seen->gives != GIVES_VALUE || seen->first_ns >= SLOW_NS)
		return 0;
	seen->cpus = 0;
	seen->later_ns = INFINITY;
	settle();
	for (i = 0; i < WINDOWS; i++) {
		if (run_window(parts->whole, &windows[i]) != 0)
			return -1;
		seen->later_ns = fmin(seen->later_ns, windows[i].wall / windows[i].runs);
	}
	take_windows(seen, windows, WINDOWS);
	return 0;
}

/* Texts that were made for the last look are freed by the next. */
static void clear(struct worker_seen *seen)
{
	size_t i;

	for (i = 0; i < seen->n; i++) {
		free((char *)seen->values[i].name);
		free((char *)seen->values[i].type);
		free((char *)seen->values[i].class);
	}
	if (seen->computed && *seen->computed)
		free((char *)seen->computed);
	if (seen->changed && *seen->changed)
		free((char *)seen->changed);
	if (seen->function && *seen->function)
		free((char *)seen->function);
	*seen = (struct worker_seen){.function = "", .now = "", .through = "", .computed = "",
		.changed = "", .later_ns = NAN};
}

int look(const char *call, struct worker_seen *out, struct err *err)
{
	static struct worker_seen seen;
	struct parts parts = {.call = call};
	int result = -1;

	clear(&seen);
	if (!own_space())
		return err_set(err, ERR_FAILURE, "nothing was set up");
	if (parse(&parts, &seen) == 0) {
		seen.is_call = parts.function != NULL;
		if (parts.function) {
			callee_describe(parts.function, &seen);
			parts.receiver = callee_receiver(parts.function);
			describe_arguments(&parts, &seen);
		}
		result = run(&parts, &seen);
	}
	if (result != 0)
		own_raised(err, what, OWN_CALL, call);
	parts_release(&parts);
	*out = seen;
	return result;
}
