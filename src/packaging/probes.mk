# The probe modules of one interpreter, in $(PYDIR)/probes, and what is known of
# them, in $(PYDIR)/manifest.json. Included by the Makefile, which sets
#
#   PYTHON         the real executable of the interpreter
#   PY_TAG         the name of its folder
#   PY_INCLUDE     its headers; PY_CFLAGS: the flags it was built with
#   PY_EXT_SUFFIX  how its extension modules end
#   PYDIR          build/python/$(PY_TAG)
#   CARGO          cargo, a name or a path; may be empty or lead nowhere
#   SITE           the packages from PyPI; SITE_RECORD: which there are (site.mk)
#   PY_SHARED      (may be unset) 1 where the worker is linked against a shared libpython
#
# Target: probes. A binding whose toolchain is missing is left out and recorded.
# bench/README.md says how to add one.

PROBES_DIR := $(PYDIR)/probes
PROBES_RECORDS := $(PYDIR)/built
PROBES_CARGO_DIR ?= build/cargo/$(PY_TAG)
PROBES_BUILD := $(PYTHON) bench/build.py
PROBES_SCRIPTS := bench/build.py
PROBES_CC := $(CC) $(PY_CFLAGS) -fPIC -shared

PROBES_CAPI := bench/probes/capi
PROBES_NATIVE_HEADERS := $(wildcard bench/probes/native/*.h)
PROBES_CAPI_HEADERS := $(wildcard $(PROBES_CAPI)/*.h) $(PROBES_NATIVE_HEADERS)
PROBES_CAPI_CALLS := $(PROBES_CAPI)/calls_fast.c $(PROBES_CAPI)/native_class.c
PROBES_CAPI_ALL := $(filter-out $(PROBES_CAPI)/module_%.c,$(wildcard $(PROBES_CAPI)/*.c))
PROBES_CAPI_VARIANTS := fastcall varargs vectorcall
PROBES_CAPI_CC := $(PROBES_CC) -I$(PY_INCLUDE) -Ibench/probes/native -I$(PROBES_CAPI)

PROBES_CRATE := bench/probes/pyo3
PROBES_CRATE_FILES := $(PROBES_CRATE)/Cargo.toml $(PROBES_CRATE)/Cargo.lock \
	$(wildcard $(PROBES_CRATE)/src/*.rs $(PROBES_CRATE)/.cargo/config.toml)

PROBES_CYTHON := bench/probes/cython
PROBES_CYTHON_FILES := $(wildcard $(PROBES_CYTHON)/*.px[di] $(PROBES_CYTHON)/*.pyx)
PROBES_CYTHON_C := $(PROBES_RECORDS)/cython/probes_cython.c
PROBES_CYTHON_WORK := $(PROBES_CAPI)/table.c

PROBES_CTYPES_C := $(wildcard bench/probes/ctypes/*.c)
PROBES_LIBRARY := $(PROBES_DIR)/libprobes_ctypes.so
PROBES_BINDINGS := python capi $(PROBES_CAPI_VARIANTS:%=capi-%) ctypes ctypes-untyped pyo3 cython numpy
PROBES_BINDINGS += cffi cffi-abi pybind11 nanobind
PROBES_BINDINGS += pyo3-abi3 pyo3-log pyo3-async pyo3-coroutine pyo3-rayon
# The reference is always among those that were named.
PROBES_COMMA := ,
PROBES_NAMED := $(subst $(PROBES_COMMA), ,$(FFIADVISE_BINDINGS))
PROBES_BINDINGS := $(if $(strip $(PROBES_NAMED)),$(filter python $(PROBES_NAMED),$(PROBES_BINDINGS)), \
	$(PROBES_BINDINGS))
PROBES_BUILT := $(PROBES_BINDINGS:%=$(PROBES_RECORDS)/%.json)

include src/packaging/packages.mk
include src/packaging/pyo3.mk

.PHONY: probes probes-look
probes: $(PYDIR)/manifest.json

$(PROBES_DIR) $(PROBES_RECORDS):
	@mkdir -p $@

# What compilers there are, rewritten only when that changes.
$(PROBES_RECORDS)/cc.txt: probes-look | $(PROBES_RECORDS)
	@now="$$($(CC) --version 2>&1 | head -n 1; echo '$(PROBES_CC)')"; \
	[ "$$now" = "$$(cat $@ 2>/dev/null)" ] || printf '%s\n' "$$now" >$@

$(PROBES_RECORDS)/cargo.txt: probes-look | $(PROBES_RECORDS)
	@now="$$($(if $(findstring /,$(CARGO)),PATH="$(dir $(CARGO)):$$PATH";) \
		"$(CARGO)" --version 2>&1; $${RUSTC:-rustc} --version 2>&1)"; \
	[ "$$now" = "$$(cat $@ 2>/dev/null)" ] || printf '%s\n' "$$now" >$@

$(PROBES_RECORDS)/python.json: $(wildcard bench/probes/python/probes_python/*.py) \
		$(PROBES_SCRIPTS) | $(PROBES_DIR) $(PROBES_RECORDS)
	@$(PROBES_BUILD) copy --record $@ bench/probes/python/probes_python \
		$(PROBES_DIR)/probes_python

$(PROBES_RECORDS)/capi.json: $(PROBES_CAPI_ALL) $(PROBES_CAPI_HEADERS) \
		$(PROBES_RECORDS)/cc.txt $(PROBES_SCRIPTS) | $(PROBES_DIR)
	@echo "building the probes of $(basename $(@F))"
	@$(PROBES_BUILD) c --record $@ --output $(PROBES_DIR)/probes_capi$(PY_EXT_SUFFIX) -- \
		$(PROBES_CAPI_CC) -o $(PROBES_DIR)/probes_capi$(PY_EXT_SUFFIX) $(PROBES_CAPI_ALL)

$(PROBES_RECORDS)/capi-%.json: $(PROBES_CAPI)/module_%.c $(PROBES_CAPI_CALLS) \
		$(PROBES_CAPI_HEADERS) $(PROBES_RECORDS)/cc.txt $(PROBES_SCRIPTS) | $(PROBES_DIR)
	@echo "building the probes of $(basename $(@F))"
	@$(PROBES_BUILD) c --record $@ --output $(PROBES_DIR)/probes_capi_$*$(PY_EXT_SUFFIX) -- \
		$(PROBES_CAPI_CC) -o $(PROBES_DIR)/probes_capi_$*$(PY_EXT_SUFFIX) \
		$(PROBES_CAPI)/module_$*.c $(PROBES_CAPI_CALLS)

# The library is one, its two bindings are Python files.
$(PROBES_RECORDS)/ctypes.json: bench/probes/ctypes/probes_ctypes.py $(PROBES_CTYPES_C) \
		$(PROBES_NATIVE_HEADERS) $(PROBES_RECORDS)/cc.txt $(PROBES_SCRIPTS) \
		| $(PROBES_DIR)
	@cp $< $(PROBES_DIR)/probes_ctypes.py
	@echo "building the probes of $(basename $(@F))"
	@$(PROBES_BUILD) c --record $@ --version-of ctypes --output $(PROBES_LIBRARY) \
		--also $(PROBES_DIR)/probes_ctypes.py -- $(PROBES_CC) -Ibench/probes/native \
		-o $(PROBES_LIBRARY) $(PROBES_CTYPES_C)

$(PROBES_RECORDS)/ctypes-untyped.json: bench/probes/ctypes/probes_ctypes_untyped.py \
		$(PROBES_RECORDS)/ctypes.json
	@cp $< $(PROBES_DIR)/probes_ctypes_untyped.py
	@sed 's|probes_ctypes\.py|probes_ctypes_untyped.py|' $(PROBES_RECORDS)/ctypes.json >$@

$(PROBES_RECORDS)/pyo3.json: $(PROBES_CRATE_FILES) $(PROBES_RECORDS)/cargo.txt $(PROBES_SCRIPTS) \
		| $(PROBES_DIR)
	@$(PROBES_BUILD) cargo --name pyo3 --record $@ --crate $(PROBES_CRATE) \
		--target-dir $(PROBES_CARGO_DIR) --cargo "$(CARGO)" \
		--output $(PROBES_DIR)/probes_pyo3$(PY_EXT_SUFFIX)

# What came of one package, rewritten only when that changes: another that is
# missing changes the record of all.
$(PROBES_RECORDS)/package-%.json: $(SITE_RECORD) probes-look $(PROBES_SCRIPTS) | $(PROBES_RECORDS)
	@$(PROBES_BUILD) package --record $@ --site-record $(SITE_RECORD) --site $(SITE) $*

$(PROBES_RECORDS)/cython.json: $(PROBES_CYTHON_FILES) $(PROBES_CYTHON_WORK) \
		$(PROBES_CYTHON_WORK:.c=.h) $(PROBES_NATIVE_HEADERS) $(PROBES_RECORDS)/package-cython.json \
		$(PROBES_RECORDS)/cc.txt $(PROBES_SCRIPTS) | $(PROBES_DIR)
	@echo "building the probes of $(basename $(@F))"
	@$(PROBES_BUILD) cython --record $@ --package $(PROBES_RECORDS)/package-cython.json \
		--site $(SITE) --source $(PROBES_CYTHON)/probes_cython.pyx \
		--c-file $(PROBES_CYTHON_C) --output $(PROBES_DIR)/probes_cython$(PY_EXT_SUFFIX) -- \
		$(PROBES_CC) -I$(PY_INCLUDE) $(patsubst %,-I%,$(sort $(dir $(PROBES_CYTHON_WORK)))) \
		-o $(PROBES_DIR)/probes_cython$(PY_EXT_SUFFIX) $(PROBES_CYTHON_C) \
		$(PROBES_CYTHON_WORK)

$(PROBES_RECORDS)/numpy.json: bench/probes/numpy/probes_numpy.py \
		$(PROBES_RECORDS)/package-numpy.json $(PROBES_SCRIPTS) | $(PROBES_DIR)
	@$(PROBES_BUILD) copy --record $@ --package $(PROBES_RECORDS)/package-numpy.json \
		$< $(PROBES_DIR)/probes_numpy.py

# What readings count native allocations with; it is no binding.
$(PROBES_DIR)/libprobes_count.so: bench/probes/native/count.c $(PROBES_RECORDS)/cc.txt \
		| $(PROBES_DIR)
	@$(PROBES_CC) -o $@ $<

# Asked every time, since a record may have changed without being newer; the file
# is rewritten only when its content changes.
$(PYDIR)/manifest.json: $(PROBES_BUILT) $(PROBES_DIR)/libprobes_count.so probes-look
	@$(PYTHON) src/packaging/manifest.py --tag $(PY_TAG) --records $(PROBES_RECORDS) \
		--data data --shared "$(PY_SHARED)" $@
