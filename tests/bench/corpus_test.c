#include "support/check.h"

#include "bench/scan/corpus.h"
#include "bench/scan/load.h"
#include "support/folder.h"

#include <stdio.h>
#include <stdlib.h>

static enum status read_manifest(const char *text, struct corpus *corpus, char flaw[CORPUS_FLAW_SIZE])
{
    struct folder folder;
    char path[128];

    folder_make(&folder);
    folder_file(&folder, "manifest.json", path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    *corpus = (struct corpus){0};
    flaw[0] = '\0';
    enum status status = corpus_add_manifest(corpus, path, flaw);
    folder_remove(&folder);
    return status;
}

static void test_corpus__reads_what_the_generators_write(void **state)
{
    static const char text[] =
        "[{\"corpus\": \"syn640/rot\", \"path\": \"/a/1.pgm\", \"w\": 640, \"h\": 480, \"exp\": \"4d00fC\", \"quads\": "
        "[[[1.5, 2], [3, 4], [5, 6], [7, 8]]], \"dup\": null, \"v\": 4, \"mpx\": 7.1},"
        "{\"corpus\": \"seq/007\", \"path\": \"b.pgm\", \"exp\": \"31\", \"frame\": 3, \"vis\": true},"
        "{\"corpus\": \"syn640/empty\", \"path\": \"c.pgm\", \"exp\": null}]";
    struct corpus corpus;
    char flaw[CORPUS_FLAW_SIZE];

    (void)state;
    assert_int_equal(read_manifest(text, &corpus, flaw), STATUS_OK);
    assert_int_equal(corpus.count, 3);
    assert_string_equal(corpus.entries[0].path, "/a/1.pgm");
    assert_int_equal(corpus.entries[0].frame, -1);
    assert_true(corpus.entries[0].module_px > 7 && corpus.entries[0].module_px < 7.2);
    assert_true(corpus_entry_is_text(&corpus.entries[0], "M\0\xFC", 3));
    assert_false(corpus_entry_is_text(&corpus.entries[0], "M\0\xFC", 2));
    assert_int_equal(corpus.entries[1].frame, 3);
    assert_true(corpus.entries[1].is_whole);
    assert_non_null(strstr(corpus.entries[1].path, "/b.pgm")); // beside the manifest
    assert_int_equal(corpus.entries[2].text_count, 0);
    corpus_destroy(&corpus);
}

static void test_corpus__refuses_broken_manifests_in_words(void **state)
{
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"[{\"corpus\": \"a\", \"path\": \"b\", \"exp\": \"31\"}", "line 1"},
        {"{\"corpus\": \"a\"}", "not a JSON array"},
        {"[{\"corpus\": \"a\", \"path\": \"b\", \"exp\": null}, 5]", "entry 1: \"corpus\" and \"path\" must be texts"},
        {"[{\"corpus\": \"a\", \"exp\": null}]", "entry 0: \"corpus\" and \"path\" must be texts"},
        {"[{\"corpus\": \"a\", \"path\": \"b\"}]", "there is no \"exp\""},
        {"[{\"corpus\": \"a\", \"path\": \"b\", \"exp\": 31}]", "neither hex digits in quotes nor null"},
        {"[{\"corpus\": \"a\", \"path\": \"b\", \"exp\": \"313\"}]", "3 hex digits"},
        {"[{\"corpus\": \"a\", \"path\": \"b\", \"exp\": \"\"}]", "0 hex digits"},
        {"[{\"corpus\": \"a\", \"path\": \"b\", \"exp\": \"3x\"}]", "no hex digit"},
        {"[{\"corpus\": \"a\", \"path\": \"b\", \"exp\": null, \"frame\": -1}]", "\"frame\" is no number from 0"},
        {"[{\"corpus\": \"a\", \"path\": \"b\", \"exp\": null, \"mpx\": \"large\"}]", "\"mpx\" is no number"},
    };
    struct corpus corpus;
    char flaw[CORPUS_FLAW_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(read_manifest(cases[i].text, &corpus, flaw), STATUS_INVALID);
        if (!strstr(flaw, cases[i].words)) fail_msg("\"%s\" doesn't say \"%s\"", flaw, cases[i].words);
        corpus_destroy(&corpus);
    }
    assert_int_equal(corpus_add_manifest(&corpus, "/nowhere/manifest.json", flaw), STATUS_MISSING);
    assert_non_null(strstr(flaw, "/nowhere/manifest.json"));
}

static void add(struct corpus *corpus, char *name, int frame)
{
    char path[] = "x";
    struct corpus_entry entry = {.corpus = name, .path = path, .frame = frame};

    corpus_add(corpus, &entry);
}

static void test_corpus__keeps_so_many_of_each_and_only_what_matches(void **state)
{
    struct corpus corpus = {0};
    char rot[] = "syn640/rot", mix[] = "syn640/mix", photo[] = "photos/a";

    (void)state;
    for (int i = 0; i < 300; i++) add(&corpus, i < 150 ? rot : i < 200 ? photo : mix, -1);
    corpus_keep(&corpus, "syn640/*", 3);
    assert_int_equal(corpus.count, 6);
    assert_string_equal(corpus.entries[2].corpus, "syn640/rot");
    assert_string_equal(corpus.entries[3].corpus, "syn640/mix");
    corpus_keep(&corpus, "nothing", 0);
    assert_int_equal(corpus.count, 0);
    corpus_destroy(&corpus);
}

static void test_corpus__counts_whole_presentations(void **state)
{
    struct corpus corpus = {0};
    char first[] = "seq/000", second[] = "seq/001";

    (void)state;
    for (int i = 0; i < 5; i++) add(&corpus, i < 3 ? first : second, i < 3 ? i : i - 3);
    assert_int_equal(corpus_first_presentations(&corpus, 1), 3);
    assert_int_equal(corpus_first_presentations(&corpus, 9), 5);
    corpus_cut(&corpus, 3);
    assert_int_equal(corpus.count, 3);
    corpus_destroy(&corpus);
}

static void write_file(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
}

static void test_corpus__takes_the_text_beside_a_photograph(void **state)
{
    struct corpus corpus = {0};
    struct folder folder;
    char path[128], flaw[CORPUS_FLAW_SIZE];

    (void)state;
    folder_make(&folder);
    folder_file(&folder, "10.png", path);
    write_file(path, "", 0);
    folder_file(&folder, "2.pgm", path);
    write_file(path, "", 0);
    folder_file(&folder, "2.txt", path);
    write_file(path, "Gr\xC3\xBC\xC3\x9F\r\n", 8); // as an editor leaves it
    assert_int_equal(corpus_add_folder(&corpus, folder.path, "photos", flaw), STATUS_OK);
    assert_int_equal(corpus.count, 2);
    assert_true(corpus_entry_is_text(&corpus.entries[0], "Gr\xC3\xBC\xC3\x9F", 6));
    assert_true(corpus_entry_is_text(&corpus.entries[0], "Gr\xC3\xBC\xC3\x9F\r\n", 8)); // a code may end so, too
    assert_int_equal(corpus.entries[1].text_count, 0);                                  // 10 comes after 2
    assert_int_equal(corpus_add_folder(&corpus, "/nowhere", "photos", flaw), STATUS_MISSING);
    assert_non_null(strstr(flaw, "/nowhere"));
    corpus_destroy(&corpus);
    folder_remove(&folder);
}

static void test_load__reads_what_it_wrote_and_refuses_the_rest(void **state)
{
    static const char *const broken[] = {"",
                                         "P5",
                                         "P5\n4 4\n255\n123",
                                         "P6\n1 1\n255\n1",
                                         "P5\n0 4\n255\n1",
                                         "P5\n70000 70000\n255\n1",
                                         "P5\n1 1\n65535\n12"};
    struct frame *frame = calloc(1, sizeof *frame), *again = calloc(1, sizeof *again);
    struct loader loader = {0};
    struct folder folder;
    char path[128];

    (void)state;
    folder_make(&folder);
    folder_file(&folder, "a.pgm", path);
    frame->width_px = 5;
    frame->height_px = 3;
    for (int i = 0; i < 15; i++) frame->pixels[i] = (uint8_t)(i * 17);
    assert_int_equal(load_write_pgm(path, frame), STATUS_OK);
    assert_int_equal(load_frame(&loader, path, again), STATUS_OK);
    assert_int_equal(again->width_px, 5);
    assert_int_equal(again->height_px, 3);
    assert_memory_equal(again->pixels, frame->pixels, 15);
    write_file(path, "P5 # a comment\n2 1 255\nab", 25);
    assert_int_equal(load_frame(&loader, path, again), STATUS_OK);
    assert_memory_equal(again->pixels, "ab", 2);
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        write_file(path, broken[i], strlen(broken[i]));
        assert_int_equal(load_frame(&loader, path, again), STATUS_INVALID);
    }
    load_destroy(&loader);
    folder_remove(&folder);
    free(frame);
    free(again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_corpus__reads_what_the_generators_write),
        cmocka_unit_test(test_corpus__refuses_broken_manifests_in_words),
        cmocka_unit_test(test_corpus__keeps_so_many_of_each_and_only_what_matches),
        cmocka_unit_test(test_corpus__counts_whole_presentations),
        cmocka_unit_test(test_corpus__takes_the_text_beside_a_photograph),
        cmocka_unit_test(test_load__reads_what_it_wrote_and_refuses_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
