/*
 * Objects of Python classes, read by name, and of a class that is defined here.
 * That has no borrows to count and may always be derived from: its three names
 * are one class.
 */
#include "probes.h"

namespace {

long long age_of(py::handle o)
{
	return o.attr(KEPT("age")).cast<long long>();
}

native_five five_of(py::handle o)
{
	return {o.attr(KEPT("id")).cast<long long>(), age_of(o),
		o.attr(KEPT("score")).cast<double>(), o.attr(KEPT("weight")).cast<double>(),
		o.attr(KEPT("level")).cast<long long>()};
}

native_eight eight_of(py::handle o)
{
	return {five_of(o), o.attr(KEPT("rank")).cast<long long>(),
		o.attr(KEPT("stock")).cast<long long>(), o.attr(KEPT("price")).cast<double>()};
}

long long list_object_by_reference(const py::list &xs)
{
	long long total = 0;

	for (py::handle x : xs)
		total += age_of(x);
	return total;
}

long long list_object_copied(const py::list &xs)
{
	std::vector<native_five> own;

	own.reserve(xs.size());
	for (py::handle x : xs)
		own.push_back(five_of(x));
	return native_fives_sum(own.data(), own.size());
}

long long dict_object_walk(const py::dict &d)
{
	long long total = 0;

	for (auto item : d)
		total += age_of(item.second);
	return total;
}

struct NativeItem {
	NativeItem(long long number, double weight) : number(number), weight(weight) {}

	long long number;
	double weight;
};

std::vector<NativeItem> native_items_out(long long n)
{
	std::vector<NativeItem> items;

	items.reserve(static_cast<size_t>(n));
	for (long long i = 0; i < n; i++)
		items.emplace_back(i + 5000, 0.5);
	return items;
}

long long list_native(const py::list &xs)
{
	long long total = 0;

	for (py::handle x : xs)
		total += x.cast<const NativeItem &>().number;
	return total;
}

} // namespace

void add_records(py::module_ &m)
{
	m.def("object_attribute", [](const py::object &o) { return age_of(o) & 127; });
	m.def("object_attribute_built",
		[](const py::object &o) { return o.attr("age").cast<long long>() & 127; });
	m.def("object_five", [](const py::object &o) {
		native_five five = five_of(o);

		return native_five_sum(&five) & 127;
	});
	m.def("object_eight", [](const py::object &o) {
		native_eight eight = eight_of(o);

		return native_eight_sum(&eight) & 127;
	});
	m.def("list_object_by_reference", &list_object_by_reference);
	m.def("list_object_copied", &list_object_copied);
	m.def("dict_object_walk", &dict_object_walk);

	py::class_<NativeItem>(m, "NativeItem")
		.def(py::init<long long, double>())
		.def_readonly("number", &NativeItem::number)
		.def_readonly("weight", &NativeItem::weight);
	m.attr("NativeItemFrozen") = m.attr("NativeItem");
	m.attr("NativeItemBase") = m.attr("NativeItem");
	m.def("native_field", [](const NativeItem &o) { return o.number & 127; });
	m.def("native_item_out", [] { return NativeItem(1234567, 0.5); });
	m.def("native_items_out", &native_items_out);
	m.def("list_native_borrowed", &list_native);
	m.def("list_native_frozen", &list_native);
	m.def("list_native_base", &list_native);
}
