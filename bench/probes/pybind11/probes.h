/*
 * probes: what the files of pybind11's module share. The files are few, since
 * each pays for pybind11's headers, which take seconds; each adds its functions
 * to the module.
 */
#ifndef FFIADVISE_PROBES_PYBIND11_H
#define FFIADVISE_PROBES_PYBIND11_H

#include <pybind11/gil_safe_call_once.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>
#include <unordered_map>
#include <vector>

#include "native.h"

namespace py = pybind11;

using Map = std::unordered_map<std::string, long long>;

/* A native map that Python holds. */
struct NativeMap {
	Map entries;
};

/* Texts that Python holds and only native code reads. */
struct NativeTexts {
	std::vector<std::string> texts;
};

/* A view of a contiguous, non-empty block. */
template <class T> class Block {
public:
	explicit Block(const py::buffer &xs, bool writable = false) : info(xs.request(writable))
	{
		if (!info.item_type_is_equivalent_to<T>() || info.ndim != 1 ||
			info.strides[0] != sizeof(T) || info.size < 1)
			throw py::type_error("a block of at least one item of the right type is needed here");
	}

	T *data() { return static_cast<T *>(info.ptr); }
	size_t size() const { return static_cast<size_t>(info.size); }

private:
	py::buffer_info info;
};

void add_containers(py::module_ &m);
void add_kernels(py::module_ &m);
void add_memory(py::module_ &m);
void add_objects(py::module_ &m);
void add_records(py::module_ &m);
void add_text(py::module_ &m);

/* A name that is made once and kept; the documentation's way to keep an object. */
#define KEPT(text) \
	([]() -> const py::str & { \
		PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<py::str> kept; \
		return kept.call_once_and_store_result([] { return py::str(text); }).get_stored(); \
	}())

#endif
