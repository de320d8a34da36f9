# The bindings that come as packages: cffi in both its modes, pybind11, nanobind.
# Included by probes.mk, whose variables it uses; site.mk installs the packages.
# Without the package or a compiler a binding is left out and recorded.
#
#   CXX            the C++ compiler; it may lead nowhere
#   PY_SOABI       cpython-313t-...: the t says that there is no GIL

CXX := $(if $(filter default undefined,$(origin CXX)),g++,$(CXX))
# The interpreter's flags without those that are for C only.
PACKAGES_CXXFLAGS := $(filter-out -std=% -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Werror=implicit-function-declaration,$(PY_CFLAGS))
PACKAGES_FREE := $(filter %t,$(word 2,$(subst -, ,$(PY_SOABI))))

PACKAGES_SCRIPTS := bench/build_package.py $(PROBES_SCRIPTS)
PACKAGES_BUILD = $(PYTHON) bench/build_package.py --name $(basename $(@F)) --record $@ \
	--package $(filter $(PROBES_RECORDS)/package-%,$^)
PACKAGES_OBJECTS := $(PYDIR)/obj

$(PROBES_RECORDS)/cxx.txt: probes-look | $(PROBES_RECORDS)
	@now="$$($(CXX) --version 2>&1 | head -n 1; echo '$(CXX) $(PACKAGES_CXXFLAGS)')"; \
	[ "$$now" = "$$(cat $@ 2>/dev/null)" ] || printf '%s\n' "$$now" >$@

# cffi generates C or Python out of line. The library stands inside the module of
# API mode, hidden: glibc has a function step() of its own, which would be called.
PACKAGES_CFFI := bench/probes/cffi
PACKAGES_CFFI_FILES := $(PACKAGES_CFFI)/common.py $(PACKAGES_CFFI)/generate.py \
	$(PACKAGES_CFFI)/library.cdef
PACKAGES_CFFI_C := $(PYDIR)/obj/cffi/_probes_cffi.c
PACKAGES_CFFI_SO := $(PROBES_DIR)/_probes_cffi$(PY_EXT_SUFFIX)

$(PROBES_RECORDS)/cffi.json: $(PACKAGES_CFFI)/api.py $(PACKAGES_CFFI)/library.h \
		$(PACKAGES_CFFI_FILES) $(wildcard bench/probes/ctypes/*.c bench/probes/native/*.h) \
		$(PROBES_RECORDS)/cc.txt $(PACKAGES_SCRIPTS) \
		$(PROBES_RECORDS)/package-cffi.json | $(PROBES_DIR)
	@mkdir -p $(dir $(PACKAGES_CFFI_C))
	@cat $< $(PACKAGES_CFFI)/common.py >$(PROBES_DIR)/probes_cffi.py
	@$(PACKAGES_BUILD) --compiler "$(CC)" --output $(PACKAGES_CFFI_SO) \
		--also $(PROBES_DIR)/probes_cffi.py \
		--run "$(PYTHON) $(PACKAGES_CFFI)/generate.py api $(SITE) $(PACKAGES_CFFI_C)" \
		--run "$(PROBES_CC) -fvisibility=hidden -I$(PY_INCLUDE) -Ibench/probes/native \
			-I$(PACKAGES_CFFI) -o $(PACKAGES_CFFI_SO) $(PACKAGES_CFFI_C)"

$(PROBES_RECORDS)/cffi-abi.json: $(PACKAGES_CFFI)/abi.py $(PACKAGES_CFFI_FILES) \
		$(PROBES_RECORDS)/ctypes.json $(PACKAGES_SCRIPTS) \
		$(PROBES_RECORDS)/package-cffi.json | $(PROBES_DIR)
	@cat $< $(PACKAGES_CFFI)/common.py >$(PROBES_DIR)/probes_cffi_abi.py
	@$(PACKAGES_BUILD) --output $(PROBES_DIR)/_probes_cffi_abi.py \
		--also $(PROBES_DIR)/probes_cffi_abi.py --also $(PROBES_LIBRARY) \
		--run "$(PYTHON) $(PACKAGES_CFFI)/generate.py abi $(SITE) \
			$(PROBES_DIR)/_probes_cffi_abi.py"

# pybind11 with the flags of its setup_helpers.
PACKAGES_PYBIND11 := bench/probes/pybind11

$(PROBES_RECORDS)/pybind11.json: $(wildcard $(PACKAGES_PYBIND11)/*) \
		$(wildcard bench/probes/native/*.h) $(PROBES_RECORDS)/cxx.txt $(PACKAGES_SCRIPTS) \
		$(PROBES_RECORDS)/package-pybind11.json | $(PROBES_DIR)
	@$(PACKAGES_BUILD) --compiler "$(CXX)" \
		--output $(PROBES_DIR)/probes_pybind11$(PY_EXT_SUFFIX) \
		--objects $(PACKAGES_OBJECTS)/pybind11 \
		--compile "$(CXX) $(PACKAGES_CXXFLAGS) -fPIC -fvisibility=hidden -g0 -std=c++17 \
			-I$(PY_INCLUDE) -I$(SITE)/pybind11/include -Ibench/probes/native" \
		--link "$(CXX) -shared" $(wildcard $(PACKAGES_PYBIND11)/*.cpp)

# nanobind as its nb_combined.cpp says to build without CMake, but for one flag:
# the module is built with -O3 instead of -Os (NOMINSIZE in its CMake), since its
# loops stand in it and the other bindings' are built so.
PACKAGES_NANOBIND := bench/probes/nanobind
PACKAGES_NANOBIND_CXX := $(CXX) -std=c++17 -fvisibility=hidden -DNDEBUG -DNB_COMPACT_ASSERTIONS \
	$(if $(PACKAGES_FREE),-DNB_FREE_THREADED) -fPIC -O3 -I$(PY_INCLUDE) \
	-I$(SITE)/nanobind/include -I$(SITE)/nanobind/ext/robin_map/include

$(PROBES_RECORDS)/nanobind.json: $(wildcard $(PACKAGES_NANOBIND)/*) \
		$(wildcard bench/probes/native/*.h) $(PROBES_RECORDS)/cxx.txt $(PACKAGES_SCRIPTS) \
		$(PROBES_RECORDS)/package-nanobind.json | $(PROBES_DIR)
	@$(PACKAGES_BUILD) --compiler "$(CXX)" \
		--output $(PROBES_DIR)/probes_nanobind$(PY_EXT_SUFFIX) \
		--objects $(PACKAGES_OBJECTS)/nanobind \
		--library $(SITE)/nanobind/src/nb_combined.cpp \
		--library-compile "$(PACKAGES_NANOBIND_CXX) -fno-strict-aliasing -ffunction-sections \
			-fdata-sections" \
		--compile "$(PACKAGES_NANOBIND_CXX) -Ibench/probes/native" \
		--link "$(CXX) -shared -Wl,-s -Wl,--gc-sections" \
		$(wildcard $(PACKAGES_NANOBIND)/*.cpp)
