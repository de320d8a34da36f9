/*
 * Objects of Python classes, read by name, and of a class that is defined here.
 * That has no borrows to count and may always be derived from: its three names
 * are one class.
 */
#include "probes.h"

namespace {

long long age_of(nb::handle o)
{
	return nb::cast<long long>(o.attr("age"));
}

native_five five_of(nb::handle o)
{
	return {nb::cast<long long>(o.attr("id")), age_of(o),
		nb::cast<double>(o.attr("score")), nb::cast<double>(o.attr("weight")),
		nb::cast<long long>(o.attr("level"))};
}

native_eight eight_of(nb::handle o)
{
	return {five_of(o), nb::cast<long long>(o.attr("rank")), nb::cast<long long>(o.attr("stock")),
		nb::cast<double>(o.attr("price"))};
}

long long list_object_by_reference(const nb::list &xs)
{
	long long total = 0;

	for (nb::handle x : xs)
		total += age_of(x);
	return total;
}

long long list_object_copied(const nb::list &xs)
{
	std::vector<native_five> own;

	own.reserve(xs.size());
	for (nb::handle x : xs)
		own.push_back(five_of(x));
	return native_fives_sum(own.data(), own.size());
}

long long dict_object_walk(const nb::dict &d)
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

long long list_native(const nb::list &xs)
{
	long long total = 0;

	for (nb::handle x : xs)
		total += nb::cast<const NativeItem &>(x).number;
	return total;
}

} // namespace

void add_records(nb::module_ &m)
{
	m.def("object_attribute", [](const nb::object &o) { return age_of(o) & 127; });
	m.def("object_attribute_built",
		[](const nb::object &o) { return nb::cast<long long>(o.attr(nb::str("age"))) & 127; });
	m.def("object_five", [](const nb::object &o) {
		native_five five = five_of(o);

		return native_five_sum(&five) & 127;
	});
	m.def("object_eight", [](const nb::object &o) {
		native_eight eight = eight_of(o);

		return native_eight_sum(&eight) & 127;
	});
	m.def("list_object_by_reference", &list_object_by_reference);
	m.def("list_object_copied", &list_object_copied);
	m.def("dict_object_walk", &dict_object_walk);

	nb::class_<NativeItem>(m, "NativeItem")
		.def(nb::init<long long, double>())
		.def_ro("number", &NativeItem::number)
		.def_ro("weight", &NativeItem::weight);
	m.attr("NativeItemFrozen") = m.attr("NativeItem");
	m.attr("NativeItemBase") = m.attr("NativeItem");
	m.def("native_field", [](const NativeItem &o) { return o.number & 127; });
	m.def("native_item_out", [] { return NativeItem(1234567, 0.5); });
	m.def("native_items_out", &native_items_out);
	m.def("list_native_borrowed", &list_native);
	m.def("list_native_frozen", &list_native);
	m.def("list_native_base", &list_native);
}
