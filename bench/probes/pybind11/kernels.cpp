/*
 * The kernels that came after numeric and graph, on Python's objects and on
 * native data. pybind11 has no way to read a str by its characters without a
 * copy; that is done by the C API, which it stands on.
 */
#include "probes.h"

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
	explicit Characters(const py::str &text)
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
	return [=](const py::bytes &data) {
		std::string_view text(data);

		return got(apply(text.data(), text.size()));
	};
}

py::list stencil_objects(const py::list &xs)
{
	size_t n = xs.size();
	double left = 0.0, here, right = 0.0;

	if (n == 0)
		throw py::value_error("a list of at least one float is needed here");
	py::list ys(n);
	here = xs[0].cast<double>();
	for (size_t i = 0; i < n; i++, left = here, here = right) {
		if (i + 1 < n)
			right = xs[i + 1].cast<double>();
		ys[i] = i == 0 || i == n - 1 ? here : native_stencil_item(left, here, right);
	}
	return ys;
}

double stencil(const py::buffer &from, const py::buffer &to)
{
	Block<double> xs(from), ys(to, true);

	if (xs.size() != ys.size() ||
		(xs.data() < ys.data() + ys.size() && ys.data() < xs.data() + xs.size()))
		throw py::value_error("two blocks of one length are needed here");
	return native_stencil(xs.data(), ys.data(), xs.size());
}

long long textscan_objects(const py::str &text)
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

void count_word(py::dict &counts, const py::str &word)
{
	long long count = counts.contains(word) ? counts[word].cast<long long>() : 0;

	counts[word] = count + 1;
}

py::dict tokens_objects(const py::str &text)
{
	Characters characters(text);
	Py_ssize_t start = -1;
	py::dict counts;

	for (Py_ssize_t i = 0; i <= characters.size(); i++) {
		bool now = i < characters.size() && characters.is_letter(i);

		if (now && start < 0)
			start = i;
		if (now || start < 0)
			continue;
		PyObject *word = PyUnicode_Substring(text.ptr(), start, i);
		if (!word)
			throw py::error_already_set();
		count_word(counts, py::reinterpret_steal<py::str>(word));
		start = -1;
	}
	return counts;
}

py::dict groupby_objects(const py::list &rows)
{
	py::dict sums;

	for (py::handle x : rows) {
		auto row = x.cast<py::tuple>();
		py::object key = row[0];

		if (sums.contains(key))
			sums[key] = sums[key].cast<double>() + row[1].cast<double>();
		else
			sums[key] = row[1];
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

py::list sorting_objects(const py::list &rows, const py::function &key)
{
	py::tuple own(rows); /* references: key may change the list */
	std::vector<native_scored> scored;
	py::list ids(own.size());

	scored.reserve(own.size());
	for (py::handle row : own)
		scored.push_back({key(row).cast<double>(), scored.size()});
	native_scored_sort(scored.data(), scored.size());
	for (size_t i = 0; i < scored.size(); i++)
		ids[i] = own[scored[i].place].cast<py::tuple>()[0];
	return ids;
}

long long sorting(const py::buffer &from, const py::buffer &to)
{
	Block<double> keys(from);
	Block<long long> order(to, true);

	if (keys.size() != order.size())
		throw py::value_error("a block of as many int64 as keys is needed here");
	return got(native_sorting(keys.data(), order.data(), keys.size()));
}

long long editdist_objects(const py::str &from, const py::str &to)
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

long long editdist(const py::bytes &from, const py::bytes &to)
{
	std::string_view a(from), b(to);

	return got(native_editdist(a.data(), a.size(), b.data(), b.size()));
}

constexpr char WRONG_LINE[] = "a line has to be 'name;int;float'";

/* text ends in NUL, as what a str holds does. */
double lines_objects(std::string_view text)
{
	const char *line = text.data(), *end = line + text.size();
	double total = 0.0;
	py::list records;

	for (;; line++) {
		native_record record;

		line = native_line(line, &record);
		if (!line)
			throw py::value_error(WRONG_LINE);
		records.append(py::make_tuple(
			py::str(record.name, record.length), record.count, record.value));
		if (line >= end)
			break;
	}
	for (py::handle record : records)
		total += record.cast<py::tuple>()[2].cast<double>();
	return total;
}

double lines(const py::bytes &data)
{
	std::string_view text(data);
	double total;

	if (got(native_lines(text.data(), text.size(), &total)) != 0)
		throw py::value_error(WRONG_LINE);
	return total;
}

} // namespace

void add_kernels(py::module_ &m)
{
	m.def("stencil_objects", &stencil_objects);
	m.def("stencil_native", &stencil);
	m.def("textscan_objects", &textscan_objects);
	m.def("textscan_native", on_bytes(native_textscan));
	m.def("tokens_objects", &tokens_objects);
	m.def("tokens_native", on_bytes(native_tokens));
	py::class_<NativeRows>(m, "NativeRows");
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
