#include "support/check.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void test_file__writes_and_reads_back_with_its_mode(void **state)
{
    char folder[] = "/tmp/einlass-file-XXXXXX";
    char path[64];
    struct stat facts;
    uint8_t *bytes = NULL;
    size_t length = 0;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/key", folder);
    assert_int_equal(file_write(path, "first", 5, 0600), STATUS_OK);
    assert_int_equal(file_write(path, "second", 6, 0600), STATUS_OK);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_int_equal(file_read(path, 6, &bytes, &length), STATUS_OK);
    assert_int_equal(length, 6);
    assert_string_equal((char *)bytes, "second");
    free(bytes);
    assert_int_equal(file_read(path, 5, &bytes, &length), STATUS_INVALID); // larger than allowed
    assert_int_equal(file_read(folder, 100000, &bytes, &length), STATUS_INVALID);
    unlink(path);
    assert_int_equal(file_read(path, 5, &bytes, &length), STATUS_MISSING);
    rmdir(folder);
    assert_int_not_equal(file_write(path, "x", 1, 0600), STATUS_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_file__writes_and_reads_back_with_its_mode)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
