# The ports by hand, in $(PORTS_DIR): the modules ports_capi and ports_pyo3. Included
# by the Makefile, with the variables of src/packaging/probes.mk. Target: ports-build.
# Without cargo the PyO3 ports are left out.

PORTS_DIR ?= build/ports/$(PY_TAG)
PORTS_CAPI := $(PORTS_DIR)/ports_capi$(PY_EXT_SUFFIX)
PORTS_CAPI_C := $(wildcard tests/ports/capi/*.c)
PORTS_PYO3 := $(PORTS_DIR)/pyo3.json
PORTS_CRATE := tests/ports/pyo3

.PHONY: ports-build
ports-build: $(PORTS_CAPI) $(PORTS_PYO3)

$(PORTS_CAPI): $(PORTS_CAPI_C) tests/ports/capi/ports.h
	@mkdir -p $(@D)
	@echo "building the ports in C"
	@$(CC) $(PY_CFLAGS) -fPIC -shared -I$(PY_INCLUDE) -o $@ $(PORTS_CAPI_C)

$(PORTS_PYO3): $(PORTS_CRATE)/Cargo.toml $(PORTS_CRATE)/Cargo.lock \
		$(wildcard $(PORTS_CRATE)/src/*.rs) $(PROBES_RECORDS)/cargo.txt bench/build.py
	@mkdir -p $(@D)
	@$(PYTHON) bench/build.py cargo --name pyo3 --record $@ --crate $(PORTS_CRATE) \
		--target-dir $(PORTS_DIR)/cargo --cargo "$(CARGO)" \
		--output $(PORTS_DIR)/ports_pyo3$(PY_EXT_SUFFIX)
