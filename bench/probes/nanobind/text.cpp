/* Text, bytes and tuples: seen in place, copied, and made. */
#include "probes.h"

#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/tuple.h>

#include <string_view>
#include <tuple>
#include <utility>

namespace {

int ends(std::string_view text)
{
	return native_ends(text.data(), text.size());
}

int ends_copied(const std::string &text)
{
	return ends(text);
}

std::string_view view_of(const nb::bytes &b)
{
	return {b.c_str(), b.size()};
}

long long list_str_by_reference(const nb::list &xs)
{
	long long total = 0;

	for (nb::handle x : xs) {
		auto text = nb::cast<std::string_view>(x);

		total += static_cast<long long>(text.size()) + static_cast<unsigned char>(text[0]);
	}
	return total;
}

long long list_str_copied(const std::vector<std::string> &xs)
{
	long long total = 0;

	for (const std::string &text : xs)
		total += static_cast<long long>(text.size()) + static_cast<unsigned char>(text[0]);
	return total;
}

/* A text that Python holds and only native code reads. */
struct NativeText {
	std::string text;
};

template <class Tuple> int tuple_sum(const Tuple &tuple)
{
	return std::apply([](auto... items) { return (items + ...) & 127; }, tuple);
}

long long list_tuple_by_reference(const nb::list &xs)
{
	long long total = 0;

	for (nb::handle x : xs)
		total += nb::cast<int>(nb::cast<nb::tuple>(x)[0]);
	return total;
}

long long list_tuple_copied(const std::vector<std::pair<int, int>> &xs)
{
	long long total = 0;

	for (const auto &pair : xs)
		total += static_cast<long long>(pair.first) + pair.second;
	return total;
}

} // namespace

void add_text(nb::module_ &m)
{
	m.def("str_by_reference", &ends);
	m.def("str_copied", &ends_copied);
	m.def("str_wide", &ends);
	m.def("str_untouched", [](const nb::str &) { return true; });
	m.def("bytes_by_reference", [](const nb::bytes &b) { return ends(view_of(b)); });
	m.def("bytes_copied",
		[](const nb::bytes &b) { return ends_copied(std::string(view_of(b))); });
	m.def("list_str_by_reference", &list_str_by_reference);
	m.def("list_str_copied", &list_str_copied);

	nb::class_<NativeText>(m, "NativeText");
	m.def("native_text", [](size_t n) { return NativeText{std::string(n, 'x')}; });
	m.def("str_out", [](const NativeText &held) -> const std::string & { return held.text; });
	m.def("bytes_out", [](const NativeText &held) {
		return nb::bytes(held.text.data(), held.text.size());
	});
	nb::class_<NativeTexts>(m, "NativeTexts");
	m.def("native_texts",
		[](std::vector<std::string> xs) { return NativeTexts{std::move(xs)}; });
	m.def("list_str_out", [](const NativeTexts &held) -> const std::vector<std::string> & {
		return held.texts;
	});

	m.def("tuple2_in", &tuple_sum<std::tuple<int, int>>);
	m.def("tuple4_in", &tuple_sum<std::tuple<int, int, int, int>>);
	m.def("tuple8_in", &tuple_sum<std::tuple<int, int, int, int, int, int, int, int>>);
	m.def("tuple_out", [] { return std::make_tuple(1234567, 7654321); });
	m.def("list_tuple_by_reference", &list_tuple_by_reference);
	m.def("list_tuple_copied", &list_tuple_copied);
}
