/* probes: what the files of nanobind's module share; each adds its functions to the module. */
#ifndef FFIADVISE_PROBES_NANOBIND_H
#define FFIADVISE_PROBES_NANOBIND_H

#include <nanobind/nanobind.h>
#include <nanobind/stl/vector.h>

#include <string>
#include <unordered_map>
#include <vector>

#include "native.h"

namespace nb = nanobind;

using Map = std::unordered_map<std::string, long long>;

/* A native map that Python holds. */
struct NativeMap {
	Map entries;
};

/* Texts that Python holds and only native code reads. */
struct NativeTexts {
	std::vector<std::string> texts;
};

void add_containers(nb::module_ &m);
void add_kernels(nb::module_ &m);
void add_memory(nb::module_ &m);
void add_objects(nb::module_ &m);
void add_records(nb::module_ &m);
void add_text(nb::module_ &m);

#endif
