# The ports of port.py, in $(PORTS_DIR). Included by the Makefile, with the
# variables of src/packaging/probes.mk. Target: ports-build. Without cargo the
# PyO3 port is left out. Then: $(PYTHON) tests/ports/compare.py $(PORTS_DIR)

PORTS_DIR ?= build/ports/$(PY_TAG)
PORTS_CAPI := $(PORTS_DIR)/port_capi$(PY_EXT_SUFFIX)
PORTS_PYO3 := $(PORTS_DIR)/pyo3.json
PORTS_CRATE := tests/ports/pyo3

.PHONY: ports-build
ports-build: $(PORTS_CAPI) $(PORTS_PYO3)

$(PORTS_CAPI): tests/ports/port_capi.c
	@mkdir -p $(@D)
	@echo "building the port in C"
	@$(CC) $(PY_CFLAGS) -fPIC -shared -I$(PY_INCLUDE) -o $@ $<

$(PORTS_PYO3): $(PORTS_CRATE)/Cargo.toml $(PORTS_CRATE)/Cargo.lock $(PORTS_CRATE)/src/lib.rs \
		$(PROBES_RECORDS)/cargo.txt bench/build.py
	@mkdir -p $(@D)
	@$(PYTHON) bench/build.py cargo --name pyo3 --record $@ --crate $(PORTS_CRATE) \
		--target-dir $(PORTS_DIR)/cargo --cargo "$(CARGO)" \
		--output $(PORTS_DIR)/port_pyo3$(PY_EXT_SUFFIX)
