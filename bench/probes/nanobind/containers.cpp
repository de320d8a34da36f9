/* Lists, dicts and sets: read through their references, or converted by the casters of stl/. */
#include "probes.h"

#include <nanobind/stl/string.h>
#include <nanobind/stl/unordered_map.h>
#include <nanobind/stl/unordered_set.h>

namespace {

/* Of a list by its items; of any iterable by its iterator. */
template <class T, class Items> T sum(const Items &xs)
{
	T total = 0;

	for (nb::handle x : xs)
		total += nb::cast<T>(x);
	return total;
}

std::vector<double> list_float_out(size_t n)
{
	std::vector<double> items(n);

	for (size_t i = 0; i < n; i++)
		items[i] = static_cast<double>(i) * 0.5;
	return items;
}

std::vector<long long> list_int_out(size_t n)
{
	std::vector<long long> items(n);

	for (size_t i = 0; i < n; i++)
		items[i] = static_cast<long long>(i) + 5000;
	return items;
}

long long dict_walk(const nb::dict &d)
{
	long long total = 0;

	for (auto item : d)
		total += nb::cast<long long>(item.second);
	return total;
}

long long dict_copied(const Map &d)
{
	long long total = 0;

	for (const auto &item : d)
		total += item.second;
	return total;
}

using Numbers = std::unordered_map<long long, long long>;

long long dict_int_walk(const nb::dict &d)
{
	long long total = 0;

	for (auto item : d)
		total += nb::cast<long long>(item.first) + nb::cast<long long>(item.second);
	return total;
}

long long dict_int_copied(const Numbers &d)
{
	long long total = 0;

	for (const auto &item : d)
		total += item.first + item.second;
	return total;
}

long long set_int_copied(const std::unordered_set<long long> &xs)
{
	long long total = 0;

	for (long long x : xs)
		total += x;
	return total;
}

long long dict_lookups(const nb::dict &d, const nb::list &keys)
{
	long long total = 0;

	for (nb::handle key : keys)
		total += nb::cast<long long>(d[key]);
	return total;
}

long long lookups(const Map &map, const std::vector<std::string> &keys)
{
	long long total = 0;

	for (const std::string &key : keys)
		total += map.at(key);
	return total;
}

NativeMap native_map(long long n)
{
	NativeMap map;

	for (long long i = 0; i < n; i++)
		map.entries["key" + std::to_string(i)] = i + 5000;
	return map;
}

} // namespace

void add_containers(nb::module_ &m)
{
	m.def("list_float_by_reference", &sum<double, nb::list>);
	m.def("list_float_copied",
		[](const std::vector<double> &xs) { return native_sum(xs.data(), xs.size()); });
	m.def("list_float_out", &list_float_out);
	m.def("list_int_by_reference", &sum<long long, nb::list>);
	m.def("list_int_copied",
		[](const std::vector<long long> &xs) { return native_sum_int(xs.data(), xs.size()); });
	m.def("list_int_out", &list_int_out);

	m.def("list_float_iterated", &sum<double, nb::iterable>);
	m.def("list_int_iterated", &sum<long long, nb::iterable>);
	m.def("list_untouched", [](const nb::list &) { return true; });
	m.def("set_int_walk", &sum<long long, nb::set>);
	m.def("set_int_copied", &set_int_copied);

	/* Since version 3 nanobind keeps the text of a literal that is a key. */
	m.def("dict_get",
		[](const nb::dict &d) { return nb::cast<long long>(d[nb::str("key0")]) % 2 == 0; });
	m.def("dict_get_interned",
		[](const nb::dict &d) { return nb::cast<long long>(d["key0"]) % 2 == 0; });
	m.def("dict_walk", &dict_walk);
	m.def("dict_copied", &dict_copied);
	nb::class_<NativeMap>(m, "NativeMap");
	m.def("native_map", &native_map);
	m.def("dict_out", [](const NativeMap &held) -> const Map & { return held.entries; });

	m.def("dict_int_walk", &dict_int_walk);
	m.def("dict_int_copied", &dict_int_copied);
	m.def("dict_lookups", &dict_lookups);
	m.def("dict_lookups_copied", &lookups);
	m.def("map_lookups", [](const NativeMap &held, const NativeTexts &keys) {
		return lookups(held.entries, keys.texts);
	});
	m.def("map_walk", [](const NativeMap &held) { return dict_copied(held.entries); });
}
