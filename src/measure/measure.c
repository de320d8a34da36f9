#include "measure/measure.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/proc.h"
#include "base/proc_load.h"
#include "measure/manifest.h"
#include "measure/noise.h"
#include "measure/schedule.h"
#include "measure/worker.h"

static const struct worker_calls real_worker = {
	.start = worker_start,
	.hello = worker_hello,
	.pin = worker_pin,
	.gate = worker_gate,
	.load = worker_load,
	.block = worker_block,
	.read = worker_read,
	.stop = worker_stop,
};

/* Of stable facts only: a speed that was measured would differ from day to day. */
static char *machine_key(const struct proc_machine *machine)
{
	return xasprintf("%s|family %d|model %d|stepping %d|%d cores|%s", machine->cpu,
		machine->family, machine->model, machine->stepping, machine->cores,
		machine->hypervisor ? "virtual" : "bare");
}

/* The catalog's bindings that the build does not know of. */
static void add_unknown(struct environment *env, const struct probes *probes)
{
	size_t known = env->n_bindings, i, k;

	env->bindings =
		xreallocarray(env->bindings, known + probes->n_bindings + 1, sizeof *env->bindings);
	for (i = 0; i < probes->n_bindings; i++) {
		const struct binding *binding = &probes->bindings[i];

		for (k = 0; k < known; k++) {
			if (strcmp(env->bindings[k].id, binding->id) == 0)
				break;
		}
		if (k < known)
			continue;
		env->bindings[env->n_bindings++] = (struct binding_state){
			.id = xstrdup(binding->id),
			.version = xstrdup(""),
			.toolchain = xstrdup(""),
			.build = xstrdup(""),
			.why_not = xstrdup("its probes were not built here"),
			.cure = binding->cure ? xstrdup(binding->cure) : NULL,
		};
	}
}

int measure_look(struct environment *env, const struct probes *probes,
	const struct measure_options *options, struct err *err)
{
	struct proc_machine machine;
	char *path, *key;
	int failed;

	memset(env, 0, sizeof *env);
	if (access(options->worker, X_OK)) {
		err_set(err, ERR_FAILURE, "cannot run the worker '%s': %s", options->worker,
			strerror(errno));
		err_hint(err, "build it with 'make'");
		return -1;
	}
	path = manifest_path(options->worker);
	failed = manifest_read(env, path, err);
	free(path);
	if (failed) {
		/* Not a file that was given, but one the build should have made. */
		if (err)
			err->code = ERR_FAILURE;
		return -1;
	}
	add_unknown(env, probes);
	proc_machine(&machine);
	env->cpu = xstrdup(machine.cpu);
	env->cores = machine.cores;
	env->os = xstrdup(machine.os);
	env->machine_key = machine_key(&machine);
	env->shell = xstrdup(options->host ? "extension" : "embedded");
	if (options->host) {
		/* The other shell's figures may differ by a little: they are kept apart. */
		key = env->interpreter_key;
		env->interpreter_key = xasprintf("%s-extension", key);
		free(key);
		free(env->executable);
		env->executable = xstrdup(options->host);
	}
	env->program = xstrdup(options->program ? options->program : "");
	return 0;
}

int measure_run_all(const struct measure_part *parts, size_t n, const struct probes *probes,
	int *stopped, struct err *err)
{
	const struct binding *reference = probes_binding(probes, "python");
	struct proc_load before, after;
	int failed;
	size_t i;

	for (i = 0; i < n; i++) {
		if (!parts[i].m->env.interpreter_key &&
			measure_look(&parts[i].m->env, probes, parts[i].options, err))
			return -1;
	}
	proc_load_glance(&before);
	failed = schedule_run(
		parts, n, reference ? reference->module : NULL, &real_worker, stopped, err);
	proc_load_glance(&after);
	for (i = 0; i < n && !failed; i++) {
		parts[i].m->env.others = proc_load_others(&before, &after);
		noise_grade(parts[i].m);
	}
	return failed;
}

int measure_run(struct measurements *m, const struct plan *plan, const struct probes *probes,
	const struct measure_options *options, int *stopped, struct err *err)
{
	const struct measure_part part = {m, plan, options};

	return measure_run_all(&part, 1, probes, stopped, err);
}
