# The crates beside bench/probes/pyo3, each with a lock file of its own: one that
# lags behind PyO3 holds back itself only. Included by probes.mk.
#
# pyo3-NAME is built from bench/probes/pyo3-NAME; PACKAGE is the crate whose
# version is recorded.

PROBES_COMPANIONS := pyo3-log pyo3-async pyo3-coroutine pyo3-rayon
PROBES_COMPANION = $(PROBES_BUILD) cargo --name $(PACKAGE) --record $@ --crate bench/probes/$* \
	--target-dir $(PROBES_CARGO_DIR)-$* --cargo "$(CARGO)"

$(PROBES_RECORDS)/pyo3-log.json: PACKAGE := pyo3-log
$(PROBES_RECORDS)/pyo3-async.json: PACKAGE := pyo3-async-runtimes
$(PROBES_RECORDS)/pyo3-coroutine.json: PACKAGE := pyo3
$(PROBES_RECORDS)/pyo3-rayon.json: PACKAGE := rayon
$(PROBES_RECORDS)/pyo3-abi3.json: PACKAGE := pyo3

# Both are built from the sources of bench/probes/pyo3, in whole or in part.
$(PROBES_RECORDS)/pyo3-abi3.json $(PROBES_RECORDS)/pyo3-rayon.json: $(PROBES_CRATE_FILES)

$(PROBES_COMPANIONS:%=$(PROBES_RECORDS)/%.json): $(PROBES_RECORDS)/%.json: \
		bench/probes/%/Cargo.toml bench/probes/%/Cargo.lock bench/probes/%/src/lib.rs \
		$(PROBES_RECORDS)/cargo.txt $(PROBES_SCRIPTS) | $(PROBES_DIR)
	@$(PROBES_COMPANION) --output $(PROBES_DIR)/probes_$(subst -,_,$*)$(PY_EXT_SUFFIX)

# One file for every Python from 3.11 on, which has buffers in its limited API.
$(PROBES_RECORDS)/pyo3-abi3.json: $(PROBES_RECORDS)/%.json: \
		bench/probes/%/Cargo.toml bench/probes/%/Cargo.lock \
		$(PROBES_RECORDS)/cargo.txt $(PROBES_SCRIPTS) | $(PROBES_DIR)
	@$(PROBES_COMPANION) --limited 3.11 --output $(PROBES_DIR)/probes_pyo3_abi3.abi3.so
