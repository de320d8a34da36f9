/*
 * The kernels that came after numeric and graph, on Python's objects and on
 * native data. nanobind has no way to read a str by its characters without a
 * copy; that is done by the C API, which it stands on.
 */
#include "probes.h"

#include <nanobind/ndarray.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>

#include <new>
#include <string_view>
#include <utility>

#include "editdist.h"
#include "groupby.h"
#include "lines.h"
#include "sorting.h"
#include "stencil.h"
#include "textscan.h"
#include "tokens.h"

namespace {

/* A str that is read character by character, whatever its characters' width. */
class Characters {
public:
	explicit Characters(const nb::str &text)
		: kind(PyUnicode_KIND(text.ptr())), data(PyUnicode_DATA(text.ptr())),
		  n(PyUnicode_GET_LENGTH(text.ptr()))
	{
	}

	Py_UCS4 operator[](Py_ssize_t i) const { return PyUnicode_READ(kind, data, i); }
	bool is_letter(Py_ssize_t i) const { return Py_UNICODE_ISALPHA((*this)[i]); }
	Py_ssize_t size() const { return n; }

private:
	int kind;
	const void *data;
	Py_ssize_t n;
};

/* A result that is negative where there was no memory. */
template <class T> T got(T result)
{
	if (result < 0)
		throw std::bad_alloc();
	return result;
}

/* A function of the native headers on bytes, which are read in place. */
template <class R> auto on_bytes(R (*apply)(const char *, size_t))
{
	return [=](const nb::bytes &data) {
		return got(apply(data.c_str(), data.size()));
	};
}

using Doubles = nb::ndarray<const double, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
template <class T>
using Writable = nb::ndarray<T, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

/* A tuple of so many items: nanobind does not check the place of an item. */
nb::tuple row_of(nb::handle x, size_t items)
{
	auto row = nb::cast<nb::tuple>(x);

	if (row.size() != items)
		throw nb::type_error("a tuple of another length is needed here");
	return row;
}

/* A list of nanobind's is filled by appending. */
nb::list stencil_objects(const nb::list &xs)
{
	double left = 0.0, here = 0.0;
	size_t n = 0;
	nb::list ys;

	for (nb::handle x : xs) {
		double right = nb::cast<double>(x);

		if (n > 0)
			ys.append(n == 1 ? here : native_stencil_item(left, here, right));
		left = here;
		here = right;
		n++;
	}
	if (n == 0)
		throw nb::value_error("a list of at least one float is needed here");
	ys.append(here);
	return ys;
}

double stencil(const Doubles &xs, const Writable<double> &ys)
{
	size_t n = xs.size();

	if (n < 1 || n != ys.size() || (xs.data() < ys.data() + n && ys.data() < xs.data() + n))
		throw nb::value_error("two blocks of one length are needed here");
	return native_stencil(xs.data(), ys.data(), n);
}

long long textscan_objects(const nb::str &text)
{
	Characters characters(text);
	int before = 0;
	long long count = 0;

	for (Py_ssize_t i = 0; i < characters.size(); i++) {
		int now = characters.is_letter(i);

		count += now & (before ^ 1);
		before = now;
	}
	return count;
}

void count_word(nb::dict &counts, const nb::str &word)
{
	long long count = counts.contains(word) ? nb::cast<long long>(counts[word]) : 0;

	counts[word] = count + 1;
}

nb::dict tokens_objects(const nb::str &text)
{
	Characters characters(text);
	Py_ssize_t start = -1;
	nb::dict counts;

	for (Py_ssize_t i = 0; i <= characters.size(); i++) {
		bool now = i < characters.size() && characters.is_letter(i);

		if (now && start < 0)
			start = i;
		if (now || start < 0)
			continue;
		PyObject *word = PyUnicode_Substring(text.ptr(), start, i);
		if (!word)
			throw nb::python_error();
		count_word(counts, nb::steal<nb::str>(word));
		start = -1;
	}
	return counts;
}

nb::dict groupby_objects(const nb::list &rows)
{
	nb::dict sums;

	for (nb::handle x : rows) {
		auto row = row_of(x, 2);
		nb::object key = row[0], value = row[1];

		if (sums.contains(key))
			sums[key] = nb::cast<double>(sums[key]) + nb::cast<double>(value);
		else
			sums[key] = value;
	}
	return sums;
}

/* Rows that Python holds and only native code reads. A row points into its key. */
class NativeRows {
public:
	explicit NativeRows(std::vector<std::pair<std::string, double>> taken) : own(std::move(taken))
	{
		rows.reserve(own.size());
		for (const auto &[key, value] : own)
			rows.push_back({key.data(), key.size(), value});
	}
	NativeRows(NativeRows &&) = default; /* the keys stay where they are */
	NativeRows(const NativeRows &) = delete;

	double groupby() const { return got(native_groupby(rows.data(), rows.size())); }

private:
	std::vector<std::pair<std::string, double>> own;
	std::vector<native_row> rows;
};

nb::list sorting_objects(const nb::list &rows, const nb::callable &key)
{
	nb::tuple own(rows); /* references: key may change the list */
	std::vector<native_scored> scored;
	nb::list ids;

	scored.reserve(own.size());
	for (nb::handle row : own)
		scored.push_back({nb::cast<double>(key(row)), scored.size()});
	native_scored_sort(scored.data(), scored.size());
	for (const native_scored &one : scored)
		ids.append(row_of(own[one.place], 3)[0]);
	return ids;
}

long long sorting(const Doubles &keys, const Writable<long long> &order)
{
	if (keys.size() != order.size())
		throw nb::value_error("a block of as many int64 as keys is needed here");
	return got(native_sorting(keys.data(), order.data(), keys.size()));
}

long long editdist_objects(const nb::str &from, const nb::str &to)
{
	Characters a(from), b(to);
	std::vector<uint32_t> row(static_cast<size_t>(b.size()) + 1);

	native_editdist_start(row.data(), row.size() - 1);
	for (Py_ssize_t i = 0; i < a.size(); i++) {
		Py_UCS4 mine = a[i];
		uint32_t diagonal = row[0], best = row[0] = static_cast<uint32_t>(i) + 1;

		for (Py_ssize_t j = 0; j < b.size(); j++) {
			uint32_t above = row[static_cast<size_t>(j) + 1];

			best = native_least(best + 1, native_least(above + 1, diagonal + (mine != b[j])));
			row[static_cast<size_t>(j) + 1] = best;
			diagonal = above;
		}
	}
	return row.back();
}

long long editdist(const nb::bytes &from, const nb::bytes &to)
{
	return got(native_editdist(from.c_str(), from.size(), to.c_str(), to.size()));
}

constexpr char WRONG_LINE[] = "a line has to be 'name;int;float'";

/* text ends in NUL, as what a str holds does. */
double lines_objects(std::string_view text)
{
	const char *line = text.data(), *end = line + text.size();
	double total = 0.0;
	nb::list records;

	for (;; line++) {
		native_record record;

		line = native_line(line, &record);
		if (!line)
			throw nb::value_error(WRONG_LINE);
		records.append(nb::make_tuple(
			nb::str(record.name, record.length), record.count, record.value));
		if (line >= end)
			break;
	}
	for (nb::handle record : records)
		total += nb::cast<double>(row_of(record, 3)[2]);
	return total;
}

double lines(const nb::bytes &data)
{
	double total;

	if (got(native_lines(data.c_str(), data.size(), &total)) != 0)
		throw nb::value_error(WRONG_LINE);
	return total;
}

} // namespace

void add_kernels(nb::module_ &m)
{
	m.def("stencil_objects", &stencil_objects);
	m.def("stencil_native", &stencil);
	m.def("textscan_objects", &textscan_objects);
	m.def("textscan_native", on_bytes(native_textscan));
	m.def("tokens_objects", &tokens_objects);
	m.def("tokens_native", on_bytes(native_tokens));
	nb::class_<NativeRows>(m, "NativeRows");
	m.def("groupby_objects", &groupby_objects);
	m.def("groupby_build", [](std::vector<std::pair<std::string, double>> rows) {
		return NativeRows(std::move(rows));
	});
	m.def("groupby_native", &NativeRows::groupby);
	m.def("sorting_objects", &sorting_objects);
	m.def("sorting_native", &sorting);
	m.def("editdist_objects", &editdist_objects);
	m.def("editdist_native", &editdist);
	m.def("lines_objects", &lines_objects);
	m.def("lines_native", &lines);
}
