# Kernel "tokens" on a str and into a dict, and on bytes and into a table.

cdef int count_word(dict counts, str word) except -1:
    cdef long long count = counts.get(word, 0)
    counts[word] = count + 1
    return 0


def tokens_objects(str text not None):
    cdef Py_ssize_t i, start = -1
    cdef Py_UCS4 character
    cdef dict counts = {}
    for i, character in enumerate(text):
        if character.isalpha():
            if start < 0:
                start = i
        elif start >= 0:
            count_word(counts, text[start:i])
            start = -1
    if start >= 0:
        count_word(counts, text[start:])
    return counts


def tokens_native(bytes data not None):
    cdef const char *text = data
    cdef size_t i = 0, start, n = len(data)
    cdef long long total = 0
    cdef native_groups groups
    # A guess of how many words there are: one of 32 characters is a new one.
    if native_groups_init(&groups, n // 32) < 0:
        raise MemoryError()
    try:
        while True:
            while i < n and not native_is_letter(text[i]):
                i += 1
            if i == n:
                break
            start = i
            while i < n and native_is_letter(text[i]):
                i += 1
            group_at(&groups, text + start, i - start).count += 1
        for i in range(groups.size):
            total += groups.slots[i].count * groups.slots[i].count
    finally:
        native_groups_release(&groups)
    return total
