/* Blocks of float64 items, where the loop stands, and threads. */
#include "probes.h"

#include <nanobind/ndarray.h>

#include <vector>

namespace {

using Doubles = nb::ndarray<const double, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using DoublesWritable = nb::ndarray<double, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

/* The number of items of a block, which is not empty. */
template <class Block> size_t size_of(const Block &xs)
{
	if (xs.size() < 1)
		throw nb::value_error("a block of at least one float64 is needed here");
	return xs.size();
}

double buffer_copied(const Doubles &xs)
{
	std::vector<double> own(xs.data(), xs.data() + size_of(xs));

	return native_sum(own.data(), own.size());
}

double steps_list(const nb::list &xs)
{
	double state = 0.0;

	for (nb::handle x : xs)
		state = native_step(state, nb::cast<double>(x));
	return state;
}

double numeric_objects(const nb::list &xs)
{
	struct native_numeric numeric = {nb::cast<double>(xs[0]), 0.0};

	for (nb::handle x : xs)
		native_numeric_add(&numeric, nb::cast<double>(x));
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

/* Applies a function of native.h to a block. */
template <class R, class... Rest>
auto on_block(R (*apply)(const double *, size_t, Rest...), Rest... rest)
{
	return [=](const Doubles &xs) { return apply(xs.data(), size_of(xs), rest...); };
}

} // namespace

void add_memory(nb::module_ &m)
{
	using releases_gil = nb::call_guard<nb::gil_scoped_release>;

	m.def("buffer_sum", on_block(native_sum));
	m.def("buffer_copied", &buffer_copied);
	m.def("buffer_write",
		[](const DoublesWritable &xs) { return native_turn(xs.data(), size_of(xs)); });
	m.def("buffer_acquire", [](const Doubles &xs) { return xs.size() > 0; });

	m.def("step", &native_step);
	m.def("steps_list", &steps_list);
	m.def("steps_vector",
		[](const std::vector<double> &xs) { return native_steps(xs.data(), xs.size(), 0.0); });
	m.def("steps_buffer", on_block(native_steps, 0.0));

	m.def("numeric_objects", &numeric_objects);
	m.def("numeric_native", on_block(native_numeric));

	nb::class_<NativeVector>(m, "NativeVector");
	m.def("native_vector", [](std::vector<double> xs) { return NativeVector{std::move(xs)}; });
	m.def("gil_release", [] { return true; }, releases_gil());
	m.def("work_held", &work);
	m.def("work_released", &work, releases_gil());
	m.def("work_copied", &work_copied, releases_gil());
}
