# ffiadvise: `make run` builds everything and starts it, `make test` runs every
# test. Both install what is missing first (make deps). All that is built lies
# below build/. PYTHON chooses the interpreter that is measured.
#
#   make run test all deps install uninstall clean
#   make live ports compare     longer trials on this machine
#   make decisions              published decisions against the advice
#   make manual                 the generated manual pages anew

PYTHON ?= python3
CARGO ?= cargo
PREFIX ?= /usr/local
PYTHON_ASKED := $(PYTHON)

MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:

CC := $(if $(filter default,$(origin CC)),gcc,$(CC))
STRICT := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings \
	-Wformat=2 -Wvla -Wdeclaration-after-statement -Wpointer-arith -Wundef
HARDENING := -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE
CFLAGS_FRONT := -std=c11 -D_GNU_SOURCE -Isrc -O2 -g $(STRICT) $(CFLAGS)
CFLAGS_ASAN := -std=c11 -D_GNU_SOURCE -Isrc -O1 -g $(STRICT) -fno-omit-frame-pointer \
	-fsanitize=address,undefined -fno-sanitize-recover=all $(CFLAGS)
LIBS_FRONT := -lyaml -ljansson -lm -pthread
LIBS_SCREEN := -lncursesw

# The front end; src/worker is the other program.
LAYERS := base catalog survey measure advise session show
LIB_SOURCES := $(sort $(wildcard $(LAYERS:%=src/%/*.c)))
FRONT_SOURCES := $(LIB_SOURCES) $(sort $(wildcard src/front/*.c)) src/cli.c src/main.c
FRONT_OBJECTS := $(FRONT_SOURCES:src/%.c=build/obj/%.o)
ASAN_OBJECTS := $(FRONT_SOURCES:src/%.c=build/asan/obj/%.o)
ASAN_LIB := $(LIB_SOURCES:src/%.c=build/asan/obj/%.o)

.PHONY: all build front worker probes run test deps deps-test install uninstall clean live ports \
	decisions compare manual FORCE
all: deps
	@$(MAKE) build

build: front worker probes

ifneq ($(filter-out clean deps deps-test all run test live ports decisions compare manual uninstall,$(or $(MAKECMDGOALS),all)),)
include build/interpreter.mk
ifneq ($(PY_ERROR),)
$(error $(PY_ERROR))
endif
override PYTHON := $(PY_EXE)
PYDIR := build/python/$(PY_TAG)
include src/packaging/worker.mk
include src/packaging/site.mk
include src/packaging/probes.mk
-include tests/ports/build.mk
endif

# Asked each time and rewritten only when it changes, so that another PYTHON, or
# the same one upgraded, builds what belongs to it.
build/interpreter.mk: FORCE
	@mkdir -p build
	@$(PYTHON_ASKED) src/packaging/interpreter.py >$@.new || { \
		echo "cannot run '$(PYTHON_ASKED)'; name an interpreter with PYTHON=" >&2; exit 1; }
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

front: build/ffiadvise
# The module too: a virtual environment of this interpreter is measured with it.
worker: build/python/default $(WORKER_MODULE)

# The front end looks for its worker here.
build/python/default: worker-link
.PHONY: worker-link
worker-link: $(or $(WORKER_PROGRAM),$(WORKER_MODULE))
	@[ "$$(readlink build/python/default)" = "$(PY_TAG)" ] || \
		ln -sfn $(PY_TAG) build/python/default

# Flags are part of what a build depends on.
build/flags: FORCE
	@mkdir -p build
	@echo '$(CC) $(CFLAGS_FRONT) $(CFLAGS_ASAN) $(HARDENING) $(LDFLAGS)' >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

build/ffiadvise: $(FRONT_OBJECTS)
	$(CC) $(CFLAGS_FRONT) $(HARDENING) -pie -Wl,-z,relro,-z,now $(LDFLAGS) -o $@ $^ $(LIBS_FRONT) \
		$(LIBS_SCREEN)

build/obj/%.o: src/%.c build/flags
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_FRONT) $(HARDENING) -MMD -MP -c -o $@ $<

build/asan/ffiadvise: $(ASAN_OBJECTS)
	$(CC) $(CFLAGS_ASAN) $(LDFLAGS) -o $@ $^ $(LIBS_FRONT) $(LIBS_SCREEN)
	@ln -sfn ../data build/data
	@ln -sfn ../python build/asan/python

build/asan/obj/%.o: src/%.c build/flags
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ASAN) -MMD -MP -c -o $@ $<

# The unit tests, one program a file, all sanitized.
UNIT_TESTS := $(patsubst tests/unit/%.c,build/tests/%,$(sort $(wildcard tests/unit/test_*.c)))

# What they share.
UNIT_SHARED := $(patsubst tests/unit/%.c,build/asan/tests/%.o, \
	$(filter-out $(wildcard tests/unit/test_*.c),$(sort $(wildcard tests/unit/*.c))))

build/tests/test_%: build/asan/tests/test_%.o $(UNIT_SHARED) $(ASAN_LIB)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ASAN) -o $@ $^ $(LIBS_FRONT) -lcmocka

build/asan/tests/%.o: tests/unit/%.c build/flags
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ASAN) -Itests -MMD -MP -c -o $@ $<

build/tests/worker_drive: tests/tools/worker_drive.c $(LIB_SOURCES:src/%.c=build/obj/%.o)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_FRONT) $(HARDENING) -pie -o $@ $^ $(LIBS_FRONT)

# Judges ratios of a measurement file as the program does.
build/compare/judge: bench/compare/judge.c $(LIB_SOURCES:src/%.c=build/obj/%.o)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_FRONT) $(HARDENING) -pie -o $@ $^ $(LIBS_FRONT)

.PHONY: build-tests
build-tests: build build/asan/ffiadvise $(UNIT_TESTS) build/tests/worker_drive build/compare/judge

deps:
	@PYTHON='$(PYTHON_ASKED)' sh src/packaging/deps.sh run
deps-test:
	@PYTHON='$(PYTHON_ASKED)' sh src/packaging/deps.sh test

run: all
	@if [ -t 0 ] && [ -t 1 ]; then exec build/ffiadvise; \
	else exec build/ffiadvise --answers data/examples/score-pairs.yaml; fi

test: deps deps-test
	@$(MAKE) build-tests
	@build/venv/bin/python tests/run.py

# Every example ten times with fresh measurements, alone and beside a hog.
live: deps deps-test
	@$(MAKE) build
	@build/venv/bin/python tests/live.py

# The pages that follow from the data, written into man/.
manual: deps deps-test
	@build/venv/bin/python src/packaging/manual.py

# A port that is no kernel: what was predicted against what it gained.
ports: deps deps-test
	@$(MAKE) build ports-build
	@build/venv/bin/python tests/ports/table.py

# Published decisions against the advice, on the stored measurements.
decisions: deps deps-test
	@$(MAKE) build
	@build/venv/bin/python tests/decisions/table.py

# The figures in acceptance lists that are times.
compare: deps deps-test
	@$(MAKE) build build/compare/judge
	@build/venv/bin/python bench/compare/compare.py

INSTALLED_BIN := $(DESTDIR)$(PREFIX)/bin/ffiadvise
INSTALLED_LIB := $(DESTDIR)$(PREFIX)/lib/ffiadvise
INSTALLED_DATA := $(DESTDIR)$(PREFIX)/share/ffiadvise
# What the workers for other interpreters are built from, on first use.
INSTALLED_SOURCES = $(shell find src/base src/worker src/packaging bench/build.py \
	bench/build_package.py bench/probes -type f ! -path '*/__pycache__/*' ! -path '*/target/*')
INSTALLED_MAN := $(DESTDIR)$(PREFIX)/share/man
MAN_PAGES := man1/ffiadvise.1 man5/ffiadvise-answers.5 man7/ffiadvise-guide.7

install: build
	install -D -m 755 build/ffiadvise $(INSTALLED_BIN)
	for page in $(MAN_PAGES); do \
		install -D -m 644 man/$${page#*/} $(INSTALLED_MAN)/$$page || exit 1; done
	mkdir -p $(INSTALLED_DATA)/data/examples $(INSTALLED_DATA)/data/probes
	mkdir -p $(INSTALLED_LIB)/python/$(PY_TAG)
	install -m 644 data/*.yaml $(INSTALLED_DATA)/data
	install -m 644 data/probes/*.yaml $(INSTALLED_DATA)/data/probes
	install -m 644 data/examples/*.yaml $(INSTALLED_DATA)/data/examples
	install -m 755 $(WORKER_PROGRAM) $(WORKER_MODULE) $(INSTALLED_LIB)/python/$(PY_TAG)
	install -m 644 $(PYDIR)/manifest.json $(INSTALLED_LIB)/python/$(PY_TAG)
	cp -R $(PYDIR)/probes $(wildcard $(PYDIR)/site) $(INSTALLED_LIB)/python/$(PY_TAG)
	ln -sfn $(PY_TAG) $(INSTALLED_LIB)/python/default
	for file in $(INSTALLED_SOURCES); do \
		install -D -m 644 $$file $(INSTALLED_DATA)/$$file || exit 1; done

uninstall:
	rm -f $(INSTALLED_BIN) $(MAN_PAGES:%=$(INSTALLED_MAN)/%)
	rm -rf $(INSTALLED_LIB) $(INSTALLED_DATA)

clean:
	rm -rf build

FORCE:

-include $(FRONT_OBJECTS:.o=.d) $(ASAN_OBJECTS:.o=.d) \
	$(patsubst tests/unit/%.c,build/asan/tests/%.d,$(wildcard tests/unit/*.c))
