/*
 * probes_pybind11: every operation by pybind11, written as its documentation
 * advises. Calls and scalars are here.
 */
#include "probes.h"

namespace {

struct Native {
	bool touch() const { return true; }
};

void add_calls(py::module_ &m)
{
	using any = const py::object &;

	m.def("noop", [] { return true; });
	m.def("take_one", [](any) { return true; });
	m.def("take_three", [](any, any, any) { return true; });
	m.def("take_six", [](any, any, any, any, any, any) { return true; });
	m.def("take_keywords", [](any, any, any) { return true; }, py::arg("a"), py::arg("b"),
		py::arg("c"));
	py::class_<Native>(m, "Native").def(py::init<>()).def("touch", &Native::touch);
}

/* Whether it is too large for 64 bits. */
bool int_overflow(const py::int_ &x)
{
	try {
		x.cast<long long>();
		return false;
	} catch (const py::cast_error &) {
		return true;
	}
}

void add_scalars(py::module_ &m)
{
	m.def("int_in", [](long long x) { return x % 2 == 0; });
	m.def("int32_in", [](int x) { return x % 2 == 0; });
	m.def("int_overflow", &int_overflow);
	m.def("float_in", [](double x) { return x > 0.5; });
	m.def("bool_in", [](bool x) { return !x; });
	m.def("int_out", [] { return 1234567; });
	m.def("int_small_out", [] { return 5; });
	m.def("float_out", [] { return 1234.5; });
}

} // namespace

PYBIND11_MODULE(probes_pybind11, m, py::mod_gil_not_used())
{
	add_calls(m);
	add_scalars(m);
	add_containers(m);
	add_kernels(m);
	add_memory(m);
	add_objects(m);
	add_records(m);
	add_text(m);
}
