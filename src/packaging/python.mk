# python: builds worker and probes for one interpreter into a folder of its own.
# ffiadvise runs it for the interpreters of --python, in the folder that holds
# src, bench and data, be it the repository or share/ffiadvise:
#
#   make -f src/packaging/python.mk PYDIR=FOLDER
#
# FOLDER/interpreter.mk is what src/packaging/interpreter.py printed. Nothing is
# written outside FOLDER. FFIADVISE_BINDINGS in the environment names the bindings
# to build, by id with spaces or commas between; without it all are. A binding that
# does not compile is left out and recorded, since this interpreter may be one that
# nobody has tried yet.

MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := python
.DELETE_ON_ERROR:
.SUFFIXES:

CC := $(if $(filter default,$(origin CC)),gcc,$(CC))
CARGO ?= cargo

include $(PYDIR)/interpreter.mk
PYTHON := $(PY_EXE)
PROBES_CARGO_DIR := $(PYDIR)/cargo/probes
export PY_OWN
export FFIADVISE_MAY_FAIL := 1
export PYTHONDONTWRITEBYTECODE := 1

include src/packaging/worker.mk
include src/packaging/site.mk
include src/packaging/probes.mk

.PHONY: python
python: worker probes
