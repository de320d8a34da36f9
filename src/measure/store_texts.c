#include "measure/store_texts.h"

#include "measure/store.h"

#define ENV(field) offsetof(struct environment, field)
#define BINDING(field) offsetof(struct binding_state, field)

const struct store_text store_environment_texts[STORE_ENVIRONMENT_TEXTS] = {
	{"machine_key", ENV(machine_key)},
	{"interpreter_key", ENV(interpreter_key)},
	{"cpu", ENV(cpu)},
	{"os", ENV(os)},
	{"python", ENV(python)},
	{"implementation", ENV(implementation)},
	{"executable", ENV(executable)},
	{"cflags", ENV(cflags)},
	{"shell", ENV(shell)},
};

const struct store_text store_binding_texts[STORE_BINDING_TEXTS] = {
	{"id", BINDING(id)},
	{"version", BINDING(version)},
	{"toolchain", BINDING(toolchain)},
	{"build", BINDING(build)},
	{"why_not", BINDING(why_not)},
	{"cure", BINDING(cure)},
};
