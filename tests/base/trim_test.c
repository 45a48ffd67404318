// trim: what libraries were read for goes, what they say and can do stays; freed heap goes.
#include "support/check.h"

#include "base/mem.h"
#include "base/trim.h"

#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECES = 4096, PIECE_BYTES = 4096 };
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { HAS_HEAP_OF_ITS_OWN = 1 }; // which the C library's trimming doesn't reach
#else
enum { HAS_HEAP_OF_ITS_OWN = 0 };
#endif

struct sum {
    uint64_t bytes, total;
};

// Every byte of what libraries have that nobody writes to.
static int add_object(struct dl_phdr_info *object, size_t size, void *owner)
{
    struct sum *sum = owner;

    (void)size;
    if (!object->dlpi_name || object->dlpi_name[0] != '/') return 0;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        if (segment->p_type != PT_LOAD || segment->p_flags & PF_W || !(segment->p_flags & PF_R)) continue;
        const volatile uint8_t *bytes = (const volatile uint8_t *)(object->dlpi_addr + segment->p_vaddr);
        for (size_t at = 0; at < segment->p_filesz; at += 64) sum->total = sum->total * 31 + bytes[at];
        sum->bytes += segment->p_filesz;
    }
    return 0;
}

static struct sum read_libraries(void)
{
    struct sum sum = {0};

    dl_iterate_phdr(add_object, &sum);
    return sum;
}

static long resident_bytes(bool of_files)
{
    FILE *file = fopen("/proc/self/statm", "r");
    long size, resident, shared;

    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld %ld %ld", &size, &resident, &shared), 3);
    fclose(file);
    return (of_files ? shared : resident - shared) * sysconf(_SC_PAGESIZE);
}

static void test_trim__forgets_what_was_read_and_nothing_of_it_changes(void **state)
{
    struct sum before = read_libraries();
    long bytes = resident_bytes(true);

    (void)state;
    assert_true(before.bytes > 1 << 20); // the C library alone
    trim_memory();
    assert_true(resident_bytes(true) < bytes);
    struct sum after = read_libraries();
    assert_int_equal(after.total, before.total);
    assert_int_equal(after.bytes, before.bytes);
    trim_memory(); // as often as one likes
    assert_int_equal(read_libraries().total, before.total);
}

// One piece in 64 stays in use, so that the heap's end can't just be cut off.
static void test_trim__gives_back_what_is_not_in_use(void **state)
{
    char *pieces[PIECES];

    (void)state;
    for (int i = 0; i < PIECES; i++) memset(pieces[i] = mem_zero(PIECE_BYTES), i & 0xFF, PIECE_BYTES);
    for (int i = 0; i < PIECES; i++)
        if (i % 64 != 0) free(pieces[i]);
    long bytes = resident_bytes(false);
    trim_memory();
    if (!HAS_HEAP_OF_ITS_OWN) assert_true(bytes - resident_bytes(false) > PIECES * PIECE_BYTES / 2);
    for (int i = 0; i < PIECES; i += 64) {
        for (int at = 0; at < PIECE_BYTES; at++) assert_int_equal((uint8_t)pieces[i][at], i & 0xFF);
        free(pieces[i]);
    }
}

int main(void)
{
    trim_begin();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trim__forgets_what_was_read_and_nothing_of_it_changes),
        cmocka_unit_test(test_trim__gives_back_what_is_not_in_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
