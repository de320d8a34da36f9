# worker: builds the worker for the interpreter chosen, in both its shells: the
# module $(WORKER_MODULE), which the interpreter loads, and, where PY_SHELL says
# that it can be embedded, the program $(PYDIR)/ffiadvise-worker. Included by the
# makefiles that set CC, PYDIR and the PY_* variables that
# src/packaging/interpreter.py prints. The object files are the interpreter's own,
# below its folder.

WORKER_MODULE := $(PYDIR)/ffiadvise_worker$(PY_EXT_SUFFIX)
WORKER_PROGRAM := $(if $(filter embedded,$(PY_SHELL)),$(PYDIR)/ffiadvise-worker)

WORKER_SOURCES := $(addprefix src/base/,clock.c err.c gates.c mem.c proc.c proto.c proto_own.c \
	proto_wire.c str.c) $(sort $(wildcard src/worker/*.c))
WORKER_OBJECTS := $(patsubst src/%.c,$(PYDIR)/obj/%.o, \
	$(filter-out src/worker/module.c,$(WORKER_SOURCES)))
WORKER_MODULE_OBJECTS := $(patsubst src/%.c,$(PYDIR)/obj/module/%.o, \
	$(filter-out src/worker/main.c,$(WORKER_SOURCES)))
# Over everything the worker is made of: another build is another worker.
WORKER_BUILD := $(shell cat $(WORKER_SOURCES) $(WORKER_SOURCES:.c=.h) 2>/dev/null | \
	sha256sum | cut -c1-16)
WORKER_CFLAGS := -std=c11 -D_GNU_SOURCE -O2 -g -Wall -Wextra -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wformat=2 -Wvla -Wdeclaration-after-statement \
	-Wpointer-arith -Wundef -Isrc -isystem $(PY_INCLUDE) $(WORKER_EXTRA_CFLAGS)
WORKER_DEFINES := -DWORKER_BUILD='"$(WORKER_BUILD)"' -DWORKER_PYTHON='"$(PY_EXE)"'
# Probes are loaded into the same process: no name of the module's may meet theirs.
WORKER_MODULE_CFLAGS := -fPIC -fvisibility=hidden

.PHONY: worker
worker: $(WORKER_PROGRAM) $(WORKER_MODULE)

$(PYDIR)/ffiadvise-worker: $(WORKER_OBJECTS)
	$(CC) $(WORKER_CFLAGS) -o $@ $(WORKER_OBJECTS) $(PY_EMBED_LDFLAGS)

$(WORKER_MODULE): $(WORKER_MODULE_OBJECTS)
	$(CC) $(WORKER_CFLAGS) -shared -o $@ $(WORKER_MODULE_OBJECTS)

# serve.c alone holds the build id, so any change of a source makes it anew.
$(PYDIR)/obj/worker/serve.o $(PYDIR)/obj/module/worker/serve.o: $(WORKER_SOURCES) \
	$(wildcard $(WORKER_SOURCES:.c=.h))

$(WORKER_OBJECTS): $(PYDIR)/obj/%.o: src/%.c src/packaging/worker.mk
	@mkdir -p $(@D)
	$(CC) $(WORKER_CFLAGS) $(WORKER_DEFINES) -MMD -MP -c -o $@ $<

$(WORKER_MODULE_OBJECTS): $(PYDIR)/obj/module/%.o: src/%.c src/packaging/worker.mk
	@mkdir -p $(@D)
	$(CC) $(WORKER_CFLAGS) $(WORKER_MODULE_CFLAGS) $(WORKER_DEFINES) -MMD -MP -c -o $@ $<

-include $(WORKER_OBJECTS:.o=.d) $(WORKER_MODULE_OBJECTS:.o=.d)
