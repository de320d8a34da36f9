#include "show/chart.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "show/report.h"
#include "show/scale.h"
#include "survey/quantity.h"

/* The labels of the y axis and the axis itself. */
enum { LABELS = 9 };

static const enum look looks[CHART_SERIES_MAX] = {LOOK_PLAIN, LOOK_GOOD, LOOK_VALUE, LOOK_WARNING};

/* Dots of a cell: across and down. */
static const struct {
	int across, down;
} dots_of[] = {[CHART_BRAILLE] = {2, 4}, [CHART_BLOCK] = {2, 2}, [CHART_ASCII] = {1, 1}};

/* The bit of a braille dot by row and column (Unicode: dots 1-3 and 7 left, 4-6 and 8 right). */
static const unsigned char braille_bits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20},
	{0x40, 0x80}};

/* Quadrants by bits: 1 upper left, 2 upper right, 4 lower left, 8 lower right. */
static const char *const quadrants[16] = {" ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐",
	"▜", "▄", "▙", "▟", "█"};

struct cell {
	unsigned char bits;
	signed char series; /* whose it is; of several the last, so that the advice is on top */
	char sign;          /* a digit at the end of a curve; 'x' where two cross; '|' where it is
	                       now; 0: dots */
};

struct canvas {
	const struct chart *chart;
	enum chart_cells kind;
	struct cell *cells;
	int columns, rows; /* in cells */
	struct scale x, y; /* in dots */
};

static struct cell *cell_at(struct canvas *c, int column, int row)
{
	return &c->cells[row * c->columns + column];
}

static void put_dot(struct canvas *c, int across, int down, size_t series)
{
	int w = dots_of[c->kind].across, h = dots_of[c->kind].down;
	struct cell *cell = cell_at(c, across / w, down / h);

	if (c->kind == CHART_BRAILLE)
		cell->bits |= braille_bits[down % h][across % w];
	else
		cell->bits |= (unsigned char)(1 << (down % h * w + across % w));
	cell->series = (signed char)series;
}

/* y at x between the points, both logarithmic; NAN outside or where a point is missing. */
static double value_at(const struct chart *chart, size_t series, double x)
{
	const double *y = chart->series[series].y;
	double share;
	size_t i;

	/* The ends of the axis and those of the curve are the same but for rounding. */
	if (chart->n && x <= chart->x[0])
		return x > chart->x[0] * 0.999 ? y[0] : NAN;
	for (i = 1; i < chart->n; i++) {
		if (x > chart->x[i] * (i + 1 == chart->n ? 1.001 : 1))
			continue;
		share = log(x / chart->x[i - 1]) / log(chart->x[i] / chart->x[i - 1]);
		return !(y[i - 1] > 0 && y[i] > 0) ? NAN :
			y[i - 1] * pow(y[i] / y[i - 1], fmin(share, 1));
	}
	return NAN;
}

static int row_of(const struct canvas *c, double y)
{
	return c->y.cells - 1 - (int)lround(scale_place(&c->y, y));
}

static void put_curve(struct canvas *c, size_t series)
{
	int across, down, last = -1, step;
	double y;

	for (across = 0; across < c->x.cells; across++) {
		y = value_at(c->chart, series, c->x.low * pow(c->x.high / c->x.low,
			(double)across / (c->x.cells - 1)));
		if (!(y > 0)) {
			last = -1;
			continue;
		}
		down = row_of(c, y);
		/* What is steep is filled in. */
		for (step = last < 0 ? down : last; step != down; step += down > last ? 1 : -1)
			put_dot(c, across, step, series);
		put_dot(c, across, down, series);
		last = down;
	}
}

static void put_sign(struct canvas *c, double x, int row, size_t series, char sign)
{
	struct cell *cell = cell_at(c, (int)lround(scale_place(&c->x, x)) / dots_of[c->kind].across,
		row);

	cell->sign = sign;
	cell->series = (signed char)series;
}

/* Each curve ends in its number. Of those that end together one stands below the other, in
 * their order. */
static void put_ends(struct canvas *c)
{
	const struct chart *chart = c->chart;
	size_t ends[CHART_SERIES_MAX], order[CHART_SERIES_MAX], n = 0, s, i, k;
	int rows[CHART_SERIES_MAX], row;

	for (s = 0; s < chart->n_series; s++) {
		for (i = chart->n; i > 0 && !(chart->series[s].y[i - 1] > 0);)
			i--;
		if (!i)
			continue;
		ends[s] = i - 1;
		for (k = n++; k > 0 && chart->series[order[k - 1]].y[ends[order[k - 1]]] <
			chart->series[s].y[i - 1]; k--)
			order[k] = order[k - 1];
		order[k] = s;
	}
	for (k = 0; k < n; k++) {
		row = row_of(c, chart->series[order[k]].y[ends[order[k]]]) / dots_of[c->kind].down;
		rows[k] = k && row <= rows[k - 1] ? rows[k - 1] + 1 : row;
	}
	for (k = n; k > 0; k--) {
		row = k == n ? c->rows : rows[k];
		rows[k - 1] = rows[k - 1] < row ? rows[k - 1] : row - 1;
		put_sign(c, chart->x[ends[order[k - 1]]], rows[k - 1], order[k - 1],
			(char)('1' + order[k - 1]));
	}
}

/* A line at where it is now, behind the curves. */
static void put_here(struct canvas *c)
{
	const double here = c->chart->here;
	int row, column;

	if (isnan(here) || here < c->x.low || here > c->x.high)
		return;
	column = (int)lround(scale_place(&c->x, here)) / dots_of[c->kind].across;
	for (row = 0; row < c->rows; row++) {
		struct cell *cell = cell_at(c, column, row);

		if (!cell->sign && !cell->bits)
			cell->sign = '|';
	}
}

static void put_all(struct canvas *c)
{
	const struct chart *chart = c->chart;
	double y;
	size_t s;

	for (s = chart->n_series; s > 0; s--)
		put_curve(c, s - 1);
	if (!isnan(chart->mark)) {
		y = value_at(chart, 0, chart->mark);
		if (y > 0)
			put_sign(c, chart->mark, row_of(c, y) / dots_of[c->kind].down, 0, 'x');
	}
	put_ends(c);
	put_here(c);
}

static void add_cell(struct lines *l, const struct canvas *c, const struct cell *cell,
	const struct glyphs *g)
{
	unsigned point = 0x2800u + cell->bits;
	char braille[4] = {(char)(0xe0 | point >> 12), (char)(0x80 | (point >> 6 & 0x3f)),
		(char)(0x80 | (point & 0x3f)), '\0'};
	char digit[2] = {cell->sign ? cell->sign : (char)('1' + cell->series), '\0'};
	enum look look = cell->series < 0 ? LOOK_PLAIN : looks[cell->series];

	if (cell->sign == 'x')
		lines_add(l, LOOK_TITLE, "%s", g->cross);
	else if (cell->sign == '|')
		lines_add(l, LOOK_HINT, "%s", g->up);
	else if (cell->sign || (cell->bits && c->kind == CHART_ASCII))
		lines_add(l, look, "%s", digit);
	else if (!cell->bits)
		lines_add(l, LOOK_PLAIN, " ");
	else
		lines_add(l, look, "%s", c->kind == CHART_BRAILLE ? braille : quadrants[cell->bits]);
}

/* The decade that belongs to a row of cells, 0 for none. */
static double decade_of(const struct canvas *c, int row)
{
	int decades = (int)lround(log10(c->y.high / c->y.low)), step, i;
	double v;

	/* Each label needs a row, and one without. */
	step = scale_step(&c->y, 2 * dots_of[c->kind].down - 2);
	for (i = 0; i <= decades; i += step) {
		v = c->y.low * pow(10, i);
		if (row_of(c, v) / dots_of[c->kind].down == row)
			return v;
	}
	return 0;
}

static void add_rows(struct lines *l, const struct canvas *c, const struct glyphs *g)
{
	struct str s;
	double decade;
	int row, column;

	str_init(&s);
	for (row = 0; row < c->rows; row++) {
		str_clear(&s);
		decade = decade_of(c, row);
		if (decade > 0)
			quantity_write(&s, decade, c->chart->y_kind);
		lines_begin(l, 0, 0);
		lines_add(l, LOOK_HINT, "%*s ", LABELS - 2, str_text(&s));
		lines_add(l, LOOK_HINT, "%s", g->up);
		for (column = 0; column < c->columns; column++)
			add_cell(l, c, &c->cells[row * c->columns + column], g);
	}
	str_release(&s);
}

/* The x axis: its line with a tick at each labelled decade, the labels, what it is. */
static void add_axis(struct lines *l, const struct canvas *c, const struct glyphs *g)
{
	struct scale cells = c->x;
	int decades = (int)lround(log10(c->x.high / c->x.low)), step, i, column;
	char *ticks = xcalloc((size_t)c->columns + 1, 1);
	struct str s, title;

	cells.cells = c->columns;
	step = scale_step(&cells, 4);
	for (i = 0; i <= decades; i += step)
		ticks[(int)lround(scale_place(&cells, c->x.low * pow(10, i)))] = 1;
	str_init(&s);
	for (column = 0; column < c->columns; column++)
		str_add(&s, ticks[column] ? g->tick : g->across);
	lines_begin(l, LABELS - 1, 0);
	lines_add(l, LOOK_HINT, "%s%s", g->corner, str_text(&s));
	str_clear(&s);
	scale_labels(&cells, c->chart->x_kind, &s);
	lines_begin(l, LABELS, 0);
	lines_add(l, LOOK_HINT, "%s", str_text(&s));
	lines_begin(l, LABELS, 0);
	str_clear(&s);
	str_init(&title);
	if (!isnan(c->chart->here)) {
		str_addf(&s, ", %s now ", g->up);
		quantity_write(&s, c->chart->here, c->chart->x_kind);
	}
	glyphs_cut(g, &title, c->chart->x_title, c->columns - str_width(str_text(&s)));
	lines_add(l, LOOK_HINT, "%s%s", str_text(&title), str_text(&s));
	str_release(&title);
	str_release(&s);
	free(ticks);
}

static void add_legend(struct lines *l, const struct chart *chart, int width,
	const struct glyphs *g)
{
	struct lines mark;
	struct str s;
	size_t i;

	str_init(&s);
	for (i = 0; i < chart->n_series; i++) {
		str_clear(&s);
		glyphs_cut(g, &s, chart->series[i].name, width - 4);
		lines_begin(l, 0, 4);
		lines_add(l, looks[i], "  %zu %s", i + 1, str_text(&s));
	}
	str_release(&s);
	if (isnan(chart->mark) || !chart->mark_text)
		return;
	lines_init(&mark);
	lines_begin(&mark, 0, 4);
	lines_add(&mark, LOOK_TITLE, "  %s ", g->cross);
	lines_add(&mark, LOOK_PLAIN, "%s", chart->mark_text);
	lines_wrap(&mark, width);
	for (i = 0; i < mark.n; i++)
		lines_move(l, &mark.items[i]);
	lines_release(&mark);
}

static void find_ranges(struct canvas *c, int across, int down)
{
	const struct chart *chart = c->chart;
	double low = INFINITY, high = 0, y;
	size_t s, i;

	for (s = 0; s < chart->n_series; s++) {
		for (i = 0; i < chart->n; i++) {
			y = chart->series[s].y[i];
			if (!(y > 0) || isinf(y))
				continue;
			low = fmin(low, y);
			high = fmax(high, y);
		}
	}
	c->y = scale_make(low, high, down);
	c->x = scale_make(chart->n ? chart->x[0] : 1, chart->n ? chart->x[chart->n - 1] : 10, across);
}

void chart_draw(struct lines *l, const struct chart *chart, int width, int height,
	enum chart_cells kind, const struct glyphs *g)
{
	struct lines legend;
	struct canvas c;
	size_t i;

	width = width < CHART_WIDTH_LEAST ? CHART_WIDTH_LEAST : width;
	height = height < CHART_HEIGHT_LEAST ? CHART_HEIGHT_LEAST : height;
	lines_init(&legend);
	add_legend(&legend, chart, width, g);
	c.chart = chart;
	c.kind = kind;
	c.columns = width - LABELS;
	/* Three rows are the axis'; at least four are left, whatever the legend takes. */
	c.rows = height - 3 - (int)legend.n;
	c.rows = c.rows < 4 ? 4 : c.rows;
	c.cells = xcalloc((size_t)(c.columns * c.rows), sizeof *c.cells);
	for (i = 0; i < (size_t)(c.columns * c.rows); i++)
		c.cells[i].series = -1;
	find_ranges(&c, c.columns * dots_of[kind].across, c.rows * dots_of[kind].down);
	put_all(&c);
	add_rows(l, &c, g);
	add_axis(l, &c, g);
	for (i = 0; i < legend.n; i++)
		lines_move(l, &legend.items[i]);
	lines_release(&legend);
	free(c.cells);
}

enum chart_cells chart_cells_of(const struct glyphs *glyphs)
{
	return glyphs->braille ? CHART_BRAILLE : CHART_ASCII;
}

void chart_curves(struct lines *l, const struct curves *curves, int width, int height,
	enum chart_cells cells, const struct glyphs *g)
{
	struct chart chart = {
		.x = curves->at, .n = CURVE_POINTS, .n_series = curves->n,
		.x_kind = QUESTION_COUNT, .y_kind = QUESTION_DURATION, .x_title = curves->unit,
		.mark = curves->crossing, .here = curves->here,
	};
	struct str mark;
	size_t i;

	for (i = 0; i < curves->n; i++) {
		chart.series[i].name = i ? curves->items[i].option : "stay: as it is";
		chart.series[i].y = curves->items[i].ns;
	}
	str_init(&mark);
	if (!isnan(curves->crossing)) {
		str_add(&mark, "at ");
		quantity_write(&mark, curves->crossing, QUESTION_COUNT);
		str_addf(&mark, " %s they cost the same: %s it %zu is the faster one", curves->unit,
			curves->above ? "above" : "below", curves->crossing_with + 1);
		chart.mark_text = str_text(&mark);
	}
	chart_draw(l, &chart, width, height, cells, g);
	str_release(&mark);
}
