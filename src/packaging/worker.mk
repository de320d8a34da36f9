# worker: builds $(PYDIR)/ffiadvise-worker, the program that embeds the
# interpreter chosen. Included by the Makefile, which sets CC, PYDIR and the
# PY_* variables that src/packaging/interpreter.py prints. The object files are
# the interpreter's own, below its folder.

WORKER_SOURCES := $(addprefix src/base/,clock.c err.c gates.c mem.c proc.c proto.c str.c) \
	$(sort $(wildcard src/worker/*.c))
WORKER_OBJECTS := $(WORKER_SOURCES:src/%.c=$(PYDIR)/obj/%.o)
# Over everything the program is made of: another build is another worker.
WORKER_BUILD := $(shell cat $(WORKER_SOURCES) $(WORKER_SOURCES:.c=.h) 2>/dev/null | \
	sha256sum | cut -c1-16)
WORKER_CFLAGS := -std=c11 -D_GNU_SOURCE -O2 -g -Wall -Wextra -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wformat=2 -Wvla -Wdeclaration-after-statement \
	-Wpointer-arith -Wundef -Isrc -isystem $(PY_INCLUDE) $(WORKER_EXTRA_CFLAGS)
WORKER_DEFINES := -DWORKER_BUILD='"$(WORKER_BUILD)"' -DWORKER_PYTHON='"$(PY_EXE)"'

.PHONY: worker
worker: $(PYDIR)/ffiadvise-worker

$(PYDIR)/ffiadvise-worker: $(WORKER_OBJECTS)
	$(CC) $(WORKER_CFLAGS) -o $@ $(WORKER_OBJECTS) $(PY_EMBED_LDFLAGS)

# main.c alone holds the build id, so any change of a source makes it anew.
$(PYDIR)/obj/worker/main.o: $(WORKER_SOURCES) $(wildcard $(WORKER_SOURCES:.c=.h))

$(WORKER_OBJECTS): $(PYDIR)/obj/%.o: src/%.c src/packaging/worker.mk
	@mkdir -p $(@D)
	$(CC) $(WORKER_CFLAGS) $(WORKER_DEFINES) -MMD -MP -c -o $@ $<

-include $(WORKER_OBJECTS:.o=.d)
