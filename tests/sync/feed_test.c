#include "support/check.h"

#include "base/mem.h"
#include "support/scribe.h"

#include <stdio.h>
#include <stdlib.h>

static struct feed_page *page_of(const struct scribe *scribe, size_t count)
{
    struct feed_page *page = mem_zero(sizeof *page);

    strcpy(page->cursor, "1201.9f3a01c2");
    page->now_ms = 1795341152123;
    for (; page->count < count; page->count++) {
        struct foreign_line *record = &page->items[page->count].record;
        memcpy(record->log, scribe->log, LOG_ID_BYTES);
        record->seq = page->count + 1;
        record->line = scribe->lines[page->count];
        record->length = strlen(record->line);
    }
    return page;
}

static void test_page__comes_back_as_it_was_written(void **state)
{
    struct scribe *scribe = scribe_open(2);
    struct feed_page *page, *read = NULL;
    char *json;

    (void)state;
    scribe_write(scribe, FEED_MOST_ITEMS - 1);
    page = page_of(scribe, FEED_MOST_ITEMS - 1);
    page->items[page->count++] = (struct feed_item){.kind = FEED_EVENT, .event = 7, .version = 5};
    page->is_reset = page->has_more = true;
    json = feed_write(page);
    assert_int_equal(feed_read(json, strlen(json), &read), STATUS_OK);
    assert_string_equal(read->cursor, page->cursor);
    assert_true(read->is_reset && read->has_more);
    assert_int_equal(read->now_ms, page->now_ms);
    assert_int_equal(read->count, FEED_MOST_ITEMS);
    for (size_t i = 0; i < FEED_MOST_ITEMS - 1; i++) {
        assert_int_equal(read->items[i].kind, FEED_RECORD);
        assert_int_equal(read->items[i].record.seq, i + 1);
        assert_string_equal(read->items[i].record.line, scribe->lines[i]);
        assert_int_equal(read->items[i].record.length, strlen(scribe->lines[i]));
        assert_memory_equal(read->items[i].record.log, scribe->log, LOG_ID_BYTES);
    }
    assert_int_equal(read->items[FEED_MOST_ITEMS - 1].kind, FEED_EVENT);
    assert_int_equal(read->items[FEED_MOST_ITEMS - 1].event, 7);
    assert_int_equal(read->items[FEED_MOST_ITEMS - 1].version, 5);
    feed_free(read);
    feed_free(page);
    free(json);
    free(scribe);
}

static void test_page__may_be_empty(void **state)
{
    static const char json[] = "{\"cursor\":\"\",\"now_ms\":0,\"items\":[],\"weather\":\"fine\"}";
    struct feed_page *read = NULL;

    (void)state;
    assert_int_equal(feed_read(json, strlen(json), &read), STATUS_OK);
    assert_int_equal(read->count, 0);
    assert_false(read->is_reset || read->has_more);
    feed_free(read);
    feed_free(NULL);
}

#define LOG_TEXT "\"log\":\"02020202020202020202020202020202\""
static const char *const wrong_items[] = {
    "7",
    "{}",
    "{\"event\":0,\"version\":1}",
    "{\"event\":7}",
    "{\"event\":7,\"version\":0}",
    "{" LOG_TEXT "}",
    "{" LOG_TEXT ",\"seq\":1}",
    "{" LOG_TEXT ",\"line\":\"{}\"}",
    "{" LOG_TEXT ",\"seq\":0,\"line\":\"{}\"}",
    "{" LOG_TEXT ",\"seq\":1,\"line\":7}",
    "{" LOG_TEXT ",\"seq\":1,\"line\":\"a\\nb\"}",
    "{" LOG_TEXT ",\"seq\":1,\"line\":\"a\\u0000b\"}",
    "{\"log\":\"02\",\"seq\":1,\"line\":\"{}\"}",
};

static void test_page__with_an_item_that_is_none_is_none(void **state)
{
    struct feed_page *read = NULL;
    char json[512];

    (void)state;
    for (size_t i = 0; i < sizeof wrong_items / sizeof *wrong_items; i++) {
        snprintf(json, sizeof json, "{\"cursor\":\"1.0\",\"now_ms\":1,\"items\":[{\"event\":7,\"version\":1},%s]}",
                 wrong_items[i]);
        assert_int_equal(feed_read(json, strlen(json), &read), STATUS_INVALID);
    }
    assert_null(read);
}

static void test_page__with_a_cursor_that_fits_no_url_is_none(void **state)
{
    static const char *const wrong[] = {
        "{\"cursor\":\"1&after=2\",\"now_ms\":1,\"items\":[]}",
        "{\"cursor\":\"1 HTTP/1.1\\r\\n\",\"now_ms\":1,\"items\":[]}",
        "{\"cursor\":\"0123456789012345678901234567890123456789012345678901234567890123\",\"now_ms\":1,\"items\":[]}",
        "{\"now_ms\":1,\"items\":[]}",
        "{\"cursor\":\"1\",\"items\":[]}",
        "{\"cursor\":\"1\",\"now_ms\":1}",
        "<html><title>WLAN-Anmeldung</title></html>",
        "",
    };
    struct feed_page *read = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(feed_read(wrong[i], strlen(wrong[i]), &read), STATUS_INVALID);
    assert_null(read);
}

static void test_page__holds_no_more_than_was_asked_for(void **state)
{
    struct feed_page *read = NULL;
    char *json = mem_zero(64 + 32 * (FEED_MOST_ITEMS + 1));

    (void)state;
    strcpy(json, "{\"cursor\":\"1\",\"now_ms\":1,\"items\":[{\"event\":7,\"version\":1}");
    for (int i = 0; i < FEED_MOST_ITEMS; i++) strcat(json, ",{\"event\":7,\"version\":1}");
    strcat(json, "]}");
    assert_int_equal(feed_read(json, strlen(json), &read), STATUS_INVALID);
    free(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page__comes_back_as_it_was_written),
        cmocka_unit_test(test_page__may_be_empty),
        cmocka_unit_test(test_page__with_an_item_that_is_none_is_none),
        cmocka_unit_test(test_page__with_a_cursor_that_fits_no_url_is_none),
        cmocka_unit_test(test_page__holds_no_more_than_was_asked_for),
    };

    return cmocka_run_group_tests_name("feed", tests, NULL, NULL);
}
