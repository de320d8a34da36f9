#include "catalog/unit.h"

#include <ctype.h>
#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"

enum { NUMBER_MAX = 64 };

enum { NUMBERS = UNIT_COUNT | UNIT_RATE | UNIT_FACTOR };

/* A unit is a product or, so that 7% is the double 0.07, a quotient. */
static const struct unit {
	const char *name;
	double times, over;
	int families;
} units[] = {
	{"", 1, 1, NUMBERS | UNIT_SHARE},
	{"k", 1e3, 1, UNIT_COUNT | UNIT_RATE},
	{"M", 1e6, 1, UNIT_COUNT | UNIT_RATE},
	{"G", 1e9, 1, UNIT_COUNT | UNIT_RATE},
	{"/s", 1, 1, UNIT_RATE},
	{"k/s", 1e3, 1, UNIT_RATE},
	{"M/s", 1e6, 1, UNIT_RATE},
	{"G/s", 1e9, 1, UNIT_RATE},
	{"x", 1, 1, UNIT_FACTOR},
	{"ns", 1, 1, UNIT_DURATION},
	{"us", 1e3, 1, UNIT_DURATION},
	{"\xc2\xb5s", 1e3, 1, UNIT_DURATION}, /* micro sign */
	{"\xce\xbcs", 1e3, 1, UNIT_DURATION}, /* Greek mu */
	{"ms", 1e6, 1, UNIT_DURATION},
	{"s", 1e9, 1, UNIT_DURATION},
	{"min", 60e9, 1, UNIT_DURATION},
	{"h", 3600e9, 1, UNIT_DURATION},
	{"B", 1, 1, UNIT_SIZE},
	{"kB", 1e3, 1, UNIT_SIZE},
	{"KB", 1e3, 1, UNIT_SIZE},
	{"MB", 1e6, 1, UNIT_SIZE},
	{"GB", 1e9, 1, UNIT_SIZE},
	{"TB", 1e12, 1, UNIT_SIZE},
	{"KiB", 1024.0, 1, UNIT_SIZE},
	{"MiB", 1048576.0, 1, UNIT_SIZE},
	{"GiB", 1073741824.0, 1, UNIT_SIZE},
	{"TiB", 1099511627776.0, 1, UNIT_SIZE},
	{"%", 1, 100, UNIT_SHARE},
};

enum { N_UNITS = sizeof units / sizeof *units };

/* What a message says of each family. */
static const struct family {
	enum unit_family family;
	const char *name;
	const char *allowed;
} families[] = {
	{UNIT_COUNT, "number", "write it as in 20000, 2e4, 20k or 1M"},
	{UNIT_RATE, "rate", "write it as in 20000, 20k or 20k/s; it is per second"},
	{UNIT_FACTOR, "factor", "write it as in 10 or 10x"},
	{UNIT_DURATION, "duration", "write it as in 850ns, 4.2us, 3ms, 1.5s, 2min or 1h"},
	{UNIT_SIZE, "size", "write it as in 512B, 64KiB or 1MB"},
	{UNIT_SHARE, "share", "write it as in 0.6 or 60%"},
	{UNIT_ANY, "quantity", "write it as in 20k, 5us, 64KiB or 60%"},
};

static const struct family *family_of(enum unit_family family)
{
	size_t i;

	for (i = 0; i < sizeof families / sizeof *families - 1; i++) {
		if (families[i].family == family)
			break;
	}
	return &families[i];
}

static const char *digits(const char *s, char *to, size_t *n)
{
	/* 1_000 is a number in YAML 1.1 and in Python. */
	while (isdigit((unsigned char)*s) || (*s == '_' && *n && isdigit((unsigned char)s[-1]) &&
						     isdigit((unsigned char)s[1]))) {
		if (*s != '_' && *n < NUMBER_MAX)
			to[(*n)++] = *s;
		s++;
	}
	return s;
}

/*
 * The number text begins with: [-+]digits[.digits][e[-+]digits]; no hex, no inf.
 * Returns what follows it, or NULL when it begins with none.
 */
static const char *number(const char *text, double *value)
{
	static locale_t c_locale;
	char plain[NUMBER_MAX + 8];
	const char *s = text, *exponent;
	size_t n = 0, before;

	if (*s == '-' || *s == '+')
		plain[n++] = *s++;
	before = n;
	s = digits(s, plain, &n);
	if (*s == '.' && n < NUMBER_MAX) {
		plain[n++] = '.';
		s = digits(s + 1, plain, &n);
		if (n == before + 1)
			return NULL;
	}
	if (n == before)
		return NULL;
	exponent = s;
	if (*s == 'e' || *s == 'E') {
		s++;
		s += *s == '-' || *s == '+';
		if (isdigit((unsigned char)*s) && n < NUMBER_MAX - 8) {
			plain[n++] = 'e';
			if (s[-1] == '-')
				plain[n++] = '-';
			for (; isdigit((unsigned char)*s); s++) {
				if (n < NUMBER_MAX)
					plain[n++] = *s;
			}
			exponent = s;
		}
	}
	if (n >= NUMBER_MAX)
		return NULL;
	plain[n] = '\0';
	if (!c_locale)
		c_locale = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
	*value = c_locale ? strtod_l(plain, NULL, c_locale) : strtod(plain, NULL);
	return exponent;
}

/*
 * A whole number with commas between its thousands, 20,000, and nothing after it that could make
 * the comma a decimal sign: "1,500k" is 1.5 million to some. What follows it, or NULL.
 */
static const char *thousands(const char *text, double *value)
{
	const char *s = text, *after;
	size_t n = strspn(s, "0123456789");
	double v = 0;

	if (n < 1 || n > 3 || *s == '0' || s[n] != ',')
		return NULL;
	for (; n; n--)
		v = 10 * v + (*s++ - '0');
	while (*s == ',') {
		if (strspn(s + 1, "0123456789") != 3 || s - text > NUMBER_MAX)
			return NULL;
		for (s++, n = 3; n; n--)
			v = 10 * v + (*s++ - '0');
	}
	after = s + strspn(s, " ");
	if (*after && strcmp(after, "/s") != 0)
		return NULL;
	*value = v;
	return s;
}

static const struct unit *unit_find(const char *name, enum unit_family family)
{
	size_t i;

	for (i = 0; i < N_UNITS; i++) {
		if ((units[i].families & (int)family) && strcmp(units[i].name, name) == 0)
			return &units[i];
	}
	return NULL;
}

/* Tells that name is no unit of this family, with the nearest one that is. */
static int wrong_unit(const char *text, const char *name, const struct family *f, struct err *err)
{
	const char *names[N_UNITS], *near = NULL;
	size_t i, n = 0;

	for (i = 0; i < N_UNITS; i++) {
		if (!units[i].name[0] || !(units[i].families & (int)f->family))
			continue;
		names[n++] = units[i].name;
		/* kb, US, Ms: the letters are right, the case is not. */
		if (strcasecmp(units[i].name, name) == 0 && !near)
			near = units[i].name;
	}
	/* "usec", "msecs", "mins", "bytes": a longer word for a unit. */
	for (i = 0; i < n && !near; i++) {
		if (isalpha((unsigned char)names[i][0]) && strlen(names[i]) > 1 &&
			strncasecmp(name, names[i], strlen(names[i])) == 0)
			near = names[i];
	}
	err_set(err, ERR_INVALID, "'%s' is no %s: '%s' is no unit of one", text, f->name, name);
	if (near)
		err_hint(err, "did you mean '%s'? %s", near, f->allowed);
	else
		err_hint(err, "%s", f->allowed);
	return -1;
}

int unit_read(const char *text, enum unit_family family, double *value, struct err *err)
{
	const struct family *f = family_of(family);
	const struct unit *unit;
	const char *rest;
	double v = 0;
	char name[16];
	size_t n;

	while (*text == ' ')
		text++;
	rest = family == UNIT_COUNT || family == UNIT_RATE ? thousands(text, &v) : NULL;
	if (!rest)
		rest = number(text, &v);
	if (!rest) {
		err_set(err, ERR_INVALID, "'%s' is no %s", text, f->name);
		err_hint(err, "%s", f->allowed);
		return -1;
	}
	while (*rest == ' ')
		rest++;
	n = strlen(rest);
	while (n && rest[n - 1] == ' ')
		n--;
	if (*rest == ',' && isdigit((unsigned char)rest[1])) {
		err_set(err, ERR_INVALID, "'%s' is no %s: it has a comma in it", text, f->name);
		err_hint(err, "the decimal sign is a point; thousands stand together, or in a whole number "
			"as in 20,000; %s",
			f->allowed);
		return -1;
	}
	if (n >= sizeof name) {
		err_set(err, ERR_INVALID, "'%s' is no %s", text, f->name);
		err_hint(err, "%s", f->allowed);
		return -1;
	}
	memcpy(name, rest, n);
	name[n] = '\0';
	unit = unit_find(name, family);
	if (!unit && !n && v != 0) {
		err_set(err, ERR_INVALID, "'%s' is no %s: its unit is missing", text, f->name);
		err_hint(err, "%s", f->allowed);
		return -1;
	}
	if (!unit && n)
		return wrong_unit(text, name, f, err);
	v = unit ? v * unit->times / unit->over : 0;
	if (!isfinite(v)) {
		err_set(err, ERR_INVALID, "'%s' is too large a %s", text, f->name);
		return -1;
	}
	*value = v;
	return 0;
}
