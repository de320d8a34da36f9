#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdalign.h>
#include <string.h>

#include "base/arena.h"

/* Pieces of all lengths, also longer than a block, are zeroed, aligned, and do not overlap. */
static void pieces_are_their_own(void **state)
{
	static const size_t sizes[] = {1, 15, 16, 17, 100, 70000, 3, 65536, 0, 8};
	enum { PIECES = 4000 };
	static unsigned char *pieces[PIECES];
	struct arena *arena = arena_new();
	size_t i, k, size;

	(void)state;
	for (i = 0; i < PIECES; i++) {
		size = i < 100 ? sizes[i % 10] : i % 64;
		pieces[i] = arena_take(arena, size);
		assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
		for (k = 0; k < size; k++)
			assert_int_equal(pieces[i][k], 0);
		memset(pieces[i], (int)(i & 0xff), size);
	}
	for (i = 0; i < PIECES; i++) {
		size = i < 100 ? sizes[i % 10] : i % 64;
		for (k = 0; k < size; k++)
			assert_int_equal(pieces[i][k], i & 0xff);
	}
	arena_free(arena);
}

static void texts_end(void **state)
{
	struct arena *arena = arena_new();
	char *text = arena_text(arena, "abcdef", 3);

	(void)state;
	assert_string_equal(text, "abc");
	assert_string_equal(arena_text(arena, "", 0), "");
	assert_string_equal(text, "abc");
	arena_free(arena);
	arena_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_their_own),
		cmocka_unit_test(texts_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
