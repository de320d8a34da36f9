#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "advise/figures_anew.h"
#include "base/mem.h"
#include "base/str.h"

/*
 * A direct-mapped table: a figure asked for again is there, one whose place was
 * taken meanwhile is worked out anew. What is answered never depends on it. A
 * function asks for a few hundred; more room is for other lengths and functions.
 */
enum { TYPE_SIZE = 40 };

enum asked {
	ASKED_NOTHING, ASKED_CALL, ASKED_IN, ASKED_OUT, ASKED_ACQUIRE, ASKED_RELEASE, ASKED_CONTENDED, ASKED_SCALING,
	ASKED_CALLBACK, ASKED_GAIN, ASKED_ARRAY_OPERATION, ASKED_ARRAY_FROM_LIST,
	ASKED_REFERENCE, ASKED_REFERENCE_OF, ASKED_IMPORT,
};

/* As small as it can be, as are the places: what many functions ask for has to stay near
 * the processor. */
struct key {
	const char *binding; /* or a kind of work: the catalog's own text, or one of the program's,
	                        as good as a number */
	const char *type;    /* of an argument, a kind of work, or an id or its prefix */
	struct est length;
	uint16_t args;
	uint8_t asked, how, few, measured; /* asked: enum asked */
};

/*
 * The measurements that a figure was worked out from, as a set that holds them and may
 * hold others: a bit stands for all whose places in the list leave the same rest.
 */
enum { BASIS_WORDS = 4, BASIS_BITS = 64 * BASIS_WORDS };

struct rests_on {
	uint64_t bits[BASIS_WORDS];
};

struct place {
	struct key key; /* its type is the text below */
	char type[TYPE_SIZE];
	struct rests_on rests_on;
	struct figure figure; /* its ids stand last, where they are not in the way */
};

struct figures_memo {
	struct rests_on now; /* of the figure that is being worked out */
	size_t n; /* a power of two */
	struct place places[];
};

struct figures_memo *figures_memo_new(enum memo_for for_what)
{
	size_t n = for_what == MEMO_FOR_MANY ? 8192 : 512;
	struct figures_memo *memo = xcalloc(1, sizeof *memo + n * sizeof *memo->places);

	memo->n = n;
	return memo;
}

void figures_memo_free(struct figures_memo *memo)
{
	free(memo);
}

static size_t bit_of(const struct measurements *m, const struct measurement *item)
{
	return (size_t)(item - m->items) % BASIS_BITS;
}

const struct measurement *anew_find(const struct figures *f, const char *probe,
	const char *binding, long n)
{
	const struct measurement *found = measurements_find(f->measurements, probe, binding, n);
	size_t bit;

	if (found && f->memo) {
		bit = bit_of(f->measurements, found);
		f->memo->now.bits[bit / 64] |= (uint64_t)1 << bit % 64;
	}
	return found;
}

static int may_rest_on_moved(const struct figures *f, const struct rests_on *r)
{
	size_t bit;

	if (!f->moved)
		return 0;
	bit = bit_of(f->measurements, f->moved);
	return r->bits[bit / 64] >> bit % 64 & 1;
}

static void join(struct rests_on *to, const struct rests_on *from)
{
	size_t i;

	for (i = 0; i < BASIS_WORDS; i++)
		to->bits[i] |= from->bits[i];
}

static uint64_t mix(uint64_t h, uint64_t v)
{
	return (h ^ v) * 0x9e3779b97f4a7c15u ^ h >> 29;
}

static uint64_t mix_double(uint64_t h, double v)
{
	uint64_t bits;

	memcpy(&bits, &v, sizeof bits);
	return mix(h, bits);
}

static struct place *place_of(struct figures_memo *memo, const struct key *k)
{
	uint64_t h = mix(0, (uint64_t)k->asked << 32 | (uint64_t)k->how << 24 |
		(uint64_t)k->few << 17 | (uint64_t)k->measured << 16 | k->args);

	h = str_hash(mix(h, (uint64_t)(uintptr_t)k->binding), k->type);
	h = mix_double(mix_double(mix_double(h, k->length.low), k->length.likely), k->length.high);
	return &memo->places[(h ^ h >> 32) & (memo->n - 1)];
}

static int same(const struct key *a, const struct key *b)
{
	return a->asked == b->asked && a->how == b->how && a->few == b->few &&
		a->measured == b->measured && a->args == b->args &&
		a->length.low == b->length.low && a->length.likely == b->length.likely &&
		a->length.high == b->length.high && a->binding == b->binding &&
		strcmp(a->type, b->type) == 0;
}

static struct figure work_out(const struct figures *f, const struct key *k)
{
	switch ((enum asked)k->asked) {
	case ASKED_CALL:
		return anew_call(f, k->binding, k->args);
	case ASKED_IN:
		return anew_in(f, k->binding, k->type, (enum how)k->how, k->few, k->length);
	case ASKED_OUT:
		return anew_out(f, k->binding, k->type, k->length);
	case ASKED_ACQUIRE:
		return anew_acquire(f, k->binding);
	case ASKED_SCALING:
		return anew_scaling(f, k->binding);
	case ASKED_CONTENDED:
		return anew_contended(f, k->binding);
	case ASKED_RELEASE:
		return anew_release(f, k->binding);
	case ASKED_CALLBACK:
		return anew_callback(f, k->binding);
	case ASKED_GAIN:
		return anew_gain(f, k->binding, k->type, (enum form)k->how, k->length);
	case ASKED_ARRAY_OPERATION:
		return anew_array_operation(f, k->length);
	case ASKED_ARRAY_FROM_LIST:
		return anew_array_from_list(f, k->type, k->length);
	case ASKED_REFERENCE_OF:
		return anew_reference_of(f, k->type, k->binding);
	case ASKED_IMPORT:
		return anew_import(f, k->binding);
	default:
		return anew_reference(f, k->type);
	}
}

/*
 * What a draw makes of a figure. The doubt of a reference is the same in every
 * binding, and so is how far a function is from its kernel; that of a
 * measurement is its own.
 */
static struct est drawn(const struct figures *f, const struct key *k, struct est v,
	enum basis basis, int kernel)
{
	struct draw whole = f->draw;
	uint32_t name;

	if (f->draw.kind == DRAW_RANGES || v.low == v.high)
		return v;
	if (f->draw.kind == DRAW_MEASURED)
		return basis != BASIS_MEASURED && !kernel ? draw_est(&f->draw, 0, v) : v;
	name = draw_name((uint32_t)k->asked + 1, k->type) + (uint32_t)k->how;
	if (basis == BASIS_MEASURED) {
		name = draw_name(name, k->binding);
		whole.careful = CAREFUL_NO;
	}
	return draw_est(&whole, name, v);
}

/* As ranges, or as measured only, with what it may rest on. */
static struct figure work_out_plainly(const struct figures *f, const struct key *k,
	struct rests_on *rests_on)
{
	const struct rests_on nothing = {{0}}, around = f->memo ? f->memo->now : nothing;
	struct figures plain = *f;
	struct figure figure;

	plain.draw.kind = f->draw.kind == DRAW_MEASURED ? DRAW_MEASURED : DRAW_RANGES;
	if (plain.draw.kind == DRAW_RANGES)
		plain.draw.careful = CAREFUL_NO;
	plain.bare = 0;
	if (!f->memo)
		return work_out(&plain, k);
	f->memo->now = nothing;
	figure = work_out(&plain, k);
	*rests_on = f->memo->now;
	join(&f->memo->now, &around);
	return figure;
}

static void keep(struct place *place, const struct key *k, const struct rests_on *rests_on,
	const struct figure *figure)
{
	place->key = *k;
	strcpy(place->type, k->type);
	place->key.type = place->type;
	place->rests_on = *rests_on;
	place->figure = *figure;
}

static struct figure answer(const struct figures *f, const struct key *k)
{
	struct place *place = f->memo && strlen(k->type) < TYPE_SIZE ? place_of(f->memo, k) : NULL;
	struct rests_on rests_on;
	struct figure figure;

	if (place && place->key.asked && same(&place->key, k) &&
		!may_rest_on_moved(f, &place->rests_on)) {
		join(&f->memo->now, &place->rests_on);
		figure.known = place->figure.known;
		figure.v = place->figure.v;
		figure.basis = place->figure.basis;
		figure.kernel = place->figure.kernel;
		/* The ids are many, and only a reader wants them. */
		if (f->bare)
			figure.evidence.n = 0;
		else
			figure.evidence = place->figure.evidence;
	} else {
		/* Working it out may ask for others, which may take this place. */
		figure = work_out_plainly(f, k, &rests_on);
		if (place && !may_rest_on_moved(f, &rests_on))
			keep(place, k, &rests_on, &figure);
		if (f->bare)
			figure.evidence.n = 0;
	}
	if (figure.known)
		figure.v = drawn(f, k, figure.v, figure.basis, figure.kernel);
	return figure;
}

/* What was worked out as measured only is as careful as it was asked for. */
static int drawn_as(const struct figures *f)
{
	return f->draw.kind == DRAW_MEASURED ? 1 + (int)f->draw.careful : 0;
}

static struct figure ask(const struct figures *f, enum asked asked, const char *binding,
	const char *type, int how, int few, size_t args, struct est length)
{
	const struct key k = {
		.binding = binding, .type = type, .length = length, .args = (uint16_t)args,
		.asked = (uint8_t)asked, .how = (uint8_t)how, .few = (uint8_t)few,
		.measured = (uint8_t)drawn_as(f),
	};

	return answer(f, &k);
}

static const struct est no_length = {0, 0, 0};

struct figure figures_call(const struct figures *f, const char *binding, size_t args)
{
	return ask(f, ASKED_CALL, binding, "", 0, 0, args, no_length);
}

struct figure figures_in(const struct figures *f, const char *binding, const char *type,
	enum how how, int few, struct est length)
{
	return ask(f, ASKED_IN, binding, type, (int)how, few != 0, 0, length);
}

struct figure figures_out(const struct figures *f, const char *binding, const char *type,
	struct est length)
{
	return ask(f, ASKED_OUT, binding, type, 0, 0, 0, length);
}

struct figure figures_acquire(const struct figures *f, const char *binding)
{
	return ask(f, ASKED_ACQUIRE, binding, "", 0, 0, 0, no_length);
}

struct figure figures_release(const struct figures *f, const char *binding)
{
	return ask(f, ASKED_RELEASE, binding, "", 0, 0, 0, no_length);
}

struct figure figures_contended(const struct figures *f, const char *binding)
{
	return ask(f, ASKED_CONTENDED, binding, "", 0, 0, 0, no_length);
}

struct figure figures_scaling(const struct figures *f, const char *binding)
{
	return ask(f, ASKED_SCALING, binding, "", 0, 0, 0, no_length);
}

struct figure figures_callback(const struct figures *f, const char *binding)
{
	return ask(f, ASKED_CALLBACK, binding, "", 0, 0, 0, no_length);
}

struct figure figures_gain(const struct figures *f, const char *binding, const char *work,
	enum form form, struct est length)
{
	return ask(f, ASKED_GAIN, binding, work, (int)form, 0, 0, length);
}

struct figure figures_array_operation(const struct figures *f, struct est length)
{
	return ask(f, ASKED_ARRAY_OPERATION, "", "", 0, 0, 0, length);
}

struct figure figures_array_from_list(const struct figures *f, const char *type, struct est length)
{
	return ask(f, ASKED_ARRAY_FROM_LIST, "", type, 0, 0, 0, length);
}

struct figure figures_reference(const struct figures *f, const char *id)
{
	return ask(f, ASKED_REFERENCE, "", id, 0, 0, 0, no_length);
}

struct figure figures_reference_of(const struct figures *f, const char *prefix, const char *id)
{
	return ask(f, ASKED_REFERENCE_OF, id, prefix, 0, 0, 0, no_length);
}

struct figure figures_import(const struct figures *f, const char *binding)
{
	return ask(f, ASKED_IMPORT, binding, "", 0, 0, 0, no_length);
}

struct figures figures_careful(const struct figures *f, enum careful careful)
{
	struct figures figures = *f;

	figures.draw.careful = careful;
	return figures;
}

struct est figures_assumed(const struct figures *f, const char *what, struct est measured,
	struct est range)
{
	return f->draw.kind == DRAW_MEASURED ? measured :
		draw_est(&f->draw, draw_name(0, what), range);
}
