/*
 * Python functions and objects that native code calls and walks. The texts of
 * names are made once: nanobind keeps those of literals since version 3.
 */
#include "probes.h"

#include <memory>
#include <new>

namespace {

double call_back(const nb::callable &g, size_t n)
{
	double total = 0.0;

	for (size_t i = 0; i < n; i++)
		total += nb::cast<double>(g(static_cast<double>(i + 1)));
	return total;
}

double walk_objects(nb::handle node)
{
	double total = 0.0;
	double weight = nb::cast<double>(node.attr("weight"));

	if (weight > 0.25)
		total += nb::cast<double>(node.attr("value")) * weight;
	for (nb::handle child : nb::cast<nb::list>(node.attr("children")))
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

Tree build(nb::handle node)
{
	Tree made(native_node_new(nb::cast<double>(node.attr("value")),
		nb::cast<double>(node.attr("weight"))));

	if (!made)
		throw std::bad_alloc();
	for (nb::handle child : nb::cast<nb::list>(node.attr("children"))) {
		Tree below = build(child);

		if (native_node_adopt(made.get(), below.get()) < 0)
			throw std::bad_alloc();
		below.release();
	}
	return made;
}

} // namespace

void add_objects(nb::module_ &m)
{
	m.def("call_back", &call_back);
	m.def("graph_objects", [](const nb::object &root) { return walk_objects(root); });
	nb::class_<NativeGraph>(m, "NativeGraph");
	m.def("graph_build", [](const nb::object &root) { return NativeGraph{build(root)}; });
	m.def("graph_native", [](const NativeGraph &held) { return native_node_sum(held.root.get()); });
}
