/* Python functions and objects that native code calls and walks. */
#include "probes.h"

#include <memory>
#include <new>

namespace {

double call_back(const py::function &g, size_t n)
{
	double total = 0.0;

	for (size_t i = 0; i < n; i++)
		total += g(static_cast<double>(i + 1)).cast<double>();
	return total;
}

double walk_objects(py::handle node)
{
	double total = 0.0;
	double weight = node.attr(KEPT("weight")).cast<double>();

	if (weight > 0.25)
		total += node.attr(KEPT("value")).cast<double>() * weight;
	for (py::handle child : node.attr(KEPT("children")).cast<py::list>())
		total += walk_objects(child);
	return total;
}

struct Free {
	void operator()(native_node *node) const { native_node_free(node); }
};
using Tree = std::unique_ptr<native_node, Free>;

/* A tree that Python holds and only native code reads. */
struct NativeGraph {
	Tree root;
};

Tree build(py::handle node)
{
	Tree made(native_node_new(node.attr(KEPT("value")).cast<double>(),
		node.attr(KEPT("weight")).cast<double>()));

	if (!made)
		throw std::bad_alloc();
	for (py::handle child : node.attr(KEPT("children")).cast<py::list>()) {
		Tree below = build(child);

		if (native_node_adopt(made.get(), below.get()) < 0)
			throw std::bad_alloc();
		below.release();
	}
	return made;
}

} // namespace

void add_objects(py::module_ &m)
{
	m.def("call_back", &call_back);
	m.def("graph_objects", [](const py::object &root) { return walk_objects(root); });
	py::class_<NativeGraph>(m, "NativeGraph");
	m.def("graph_build", [](const py::object &root) { return NativeGraph{build(root)}; });
	m.def("graph_native", [](const NativeGraph &held) { return native_node_sum(held.root.get()); });
}
