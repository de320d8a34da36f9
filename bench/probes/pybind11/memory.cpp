/* Blocks of float64 items, where the loop stands, and threads. */
#include "probes.h"

#include <vector>

namespace {

using Doubles = Block<double>;

double buffer_copied(const py::buffer &xs)
{
	Doubles view(xs);
	std::vector<double> own(view.data(), view.data() + view.size());

	return native_sum(own.data(), own.size());
}

double steps_list(const py::list &xs)
{
	double state = 0.0;

	for (py::handle x : xs)
		state = native_step(state, x.cast<double>());
	return state;
}

double numeric_objects(const py::list &xs)
{
	struct native_numeric numeric = {xs[0].cast<double>(), 0.0};

	for (py::handle x : xs)
		native_numeric_add(&numeric, x.cast<double>());
	return native_numeric_result(&numeric);
}

/* Floats that Python holds and only native code reads. */
struct NativeVector {
	std::vector<double> items;
};

double work(const NativeVector &held, long rounds)
{
	return native_work(held.items.data(), held.items.size(), rounds);
}

double work_copied(const std::vector<double> &xs, long rounds)
{
	return native_work(xs.data(), xs.size(), rounds);
}

/* Takes a view and applies a function of native.h to it. */
template <class R, class... Rest>
auto on_view(R (*apply)(const double *, size_t, Rest...), Rest... rest)
{
	return [=](const py::buffer &xs) {
		Doubles view(xs);

		return apply(view.data(), view.size(), rest...);
	};
}

} // namespace

void add_memory(py::module_ &m)
{
	using releases_gil = py::call_guard<py::gil_scoped_release>;

	m.def("buffer_sum", on_view(native_sum));
	m.def("buffer_copied", &buffer_copied);
	m.def("buffer_write", [](const py::buffer &xs) {
		Doubles view(xs, true);

		return native_turn(view.data(), view.size());
	});
	m.def("buffer_acquire", [](const py::buffer &xs) { return Doubles(xs).size() > 0; });

	m.def("step", &native_step);
	m.def("steps_list", &steps_list);
	m.def("steps_vector",
		[](const std::vector<double> &xs) { return native_steps(xs.data(), xs.size(), 0.0); });
	m.def("steps_buffer", on_view(native_steps, 0.0));

	m.def("numeric_objects", &numeric_objects);
	m.def("numeric_native", on_view(native_numeric));

	py::class_<NativeVector>(m, "NativeVector");
	m.def("native_vector", [](std::vector<double> xs) { return NativeVector{std::move(xs)}; });
	m.def("gil_release", [] { return true; }, releases_gil());
	m.def("work_held", &work);
	m.def("work_released", &work, releases_gil());
	m.def("work_copied", &work_copied, releases_gil());
}
