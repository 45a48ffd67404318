#include "sync/feed.h"

#include "base/mem.h"
#include "base/text.h"
#include "sync/document.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { FLAW_SIZE = 128 };

static bool read_record(const struct json_node *node, struct foreign_line *out)
{
    struct json_node line = json_node_at(node, "line"), log = json_node_at(node, "log");

    if (!log.json) return json_node_refuse(node, "neither a record nor an event");
    if (!json_node_hex(node, "log", out->log, LOG_ID_BYTES) || !document_u64(node, "seq", 1, &out->seq)) return false;
    if (!json_is_string(line.json) || out->seq == 0) return json_node_refuse(node, "seq or line is missing");
    out->line = json_string_value(line.json); // of the document, until gather()
    out->length = json_string_length(line.json);
    if (out->length >= RECORD_LINE_SIZE || memchr(out->line, '\n', out->length) || strlen(out->line) != out->length)
        return json_node_refuse(&line, "not a line of a log");
    return true;
}

static bool read_item(const struct json_node *node, struct feed_item *out)
{
    if (!json_is_object(node->json)) return json_node_refuse(node, "not an object");
    if (!json_node_at(node, "event").json) return read_record(node, &out->record);
    out->kind = FEED_EVENT;
    return json_node_u32(node, "event", 1, &out->event) && json_node_u32(node, "version", 1, &out->version) &&
           out->version > 0;
}

static bool read_page(const struct json_node *document, struct feed_page *page)
{
    struct json_node items;

    if (!document_plain(document, "cursor", FEED_CURSOR_CHARACTERS, page->cursor, sizeof page->cursor)) return false;
    if (!json_node_bool(document, "reset", &page->is_reset) || !json_node_bool(document, "more", &page->has_more))
        return false;
    if (!json_node_unix_ms(document, "now_ms", &page->now_ms)) return false;
    if (!json_node_array(document, "items", FEED_MOST_ITEMS, &items)) return false;
    for (; page->count < json_node_count(&items); page->count++) {
        struct json_node node = json_node_element(&items, page->count);
        if (!read_item(&node, &page->items[page->count])) return false;
    }
    return true;
}

// The lines into one block of the page's own, as the document goes away.
static void gather_lines(struct feed_page *page)
{
    size_t bytes = 0;
    char *at;

    for (size_t i = 0; i < page->count; i++) bytes += page->items[i].record.length + 1;
    page->memory = at = mem_zero(bytes + 1);
    for (size_t i = 0; i < page->count; i++) {
        struct foreign_line *record = &page->items[i].record;
        if (page->items[i].kind != FEED_RECORD) continue;
        memcpy(at, record->line, record->length);
        record->line = at;
        at += record->length + 1;
    }
}

enum status feed_read(const char *json, size_t length, struct feed_page **out)
{
    static const struct json_node_key keys[] = {{"cursor", true}, {"now_ms", true}, {"items", true}};
    struct feed_page *page = mem_zero(sizeof *page);
    enum status status = STATUS_INVALID;
    struct json_node node;
    char flaw[FLAW_SIZE];
    json_t *document = document_open(json, length, keys, sizeof keys / sizeof *keys, flaw, sizeof flaw, &node);

    if (document && read_page(&node, page)) {
        gather_lines(page);
        *out = page;
        page = NULL;
        status = STATUS_OK;
    }
    json_decref(document);
    free(page);
    return status;
}

void feed_free(struct feed_page *page)
{
    if (!page) return;
    free(page->memory);
    free(page);
}

struct feed_page *feed_part(const struct feed_page *page, size_t first, size_t most, size_t *next_out)
{
    struct feed_page *part = mem_zero(sizeof *part);
    size_t i = first;

    text_copy(part->cursor, sizeof part->cursor, page->cursor);
    part->now_ms = page->now_ms;
    for (; i < page->count && part->count < most; i++)
        if (page->items[i].kind == FEED_RECORD) part->items[part->count++] = page->items[i];
    gather_lines(part);
    *next_out = i;
    return part;
}

static json_t *pack_item(const struct feed_item *item)
{
    char log[2 * LOG_ID_BYTES + 1];

    if (item->kind == FEED_EVENT)
        return json_pack("{s:I, s:I}", "event", (json_int_t)item->event, "version", (json_int_t)item->version);
    text_hex(item->record.log, LOG_ID_BYTES, log);
    return json_pack("{s:s, s:I, s:s%}", "log", log, "seq", (json_int_t)item->record.seq, "line", item->record.line,
                     item->record.length);
}

char *feed_write(const struct feed_page *page)
{
    json_t *items = json_array(), *document;
    char *text;

    for (size_t i = 0; i < page->count; i++) {
        json_t *item = pack_item(&page->items[i]);
        if (item) json_array_append_new(items, item); // lines that are no UTF-8 were never taken
    }
    document = json_pack("{s:s, s:b, s:b, s:I, s:o}", "cursor", page->cursor, "reset", page->is_reset, "more",
                         page->has_more, "now_ms", (json_int_t)page->now_ms, "items", items);
    text = json_dumps(document, JSON_COMPACT);
    assert(text);
    json_decref(document);
    return text;
}
