#include "fakes/uplink_inbox.h"

#include "support/check.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

struct uplink_inbox {
    struct uplink base;
    struct line *line;
    char *body;
};

static uint32_t roll(struct line *line)
{
    line->seed = line->seed * 1664525 + 1013904223;
    return (line->seed >> 8) % 1000;
}

static int take_records(struct line *line, const struct uplink_request *request, struct uplink_inbox *self)
{
    static const int statuses[] = {
        [INBOX_TAKEN] = 200, [INBOX_GAP] = 409, [INBOX_FORK] = 409, [INBOX_CHAIN] = 422, [INBOX_REFUSED] = 400};
    enum inbox_answer answer = INBOX_REFUSED;
    struct wire_place place = {0};
    struct wire_flaw flaw = {0};
    uint8_t *bytes = NULL;
    size_t length = 0;
    uint64_t new_count;

    assert_true(request->is_gzip);
    assert_int_equal(wire_gunzip(request->body, request->length, 1 << 20, &bytes, &length), STATUS_OK);
    enum status status =
        inbox_append(line->office, &line->device, (char *)bytes, length, &answer, &place, &new_count, &flaw);
    free(bytes);
    if (status != STATUS_OK) return 503;
    self->body = answer == INBOX_REFUSED ? NULL : wire_write_place(&place);
    return statuses[answer];
}

static int tell_place(struct line *line, const char *hex, struct uplink_inbox *self)
{
    uint8_t log[LOG_ID_BYTES];
    struct wire_place place = {0};

    assert_int_equal(text_unhex(hex, log, sizeof log), STATUS_OK);
    assert_int_equal(inbox_place(line->office, log, &line->device, &place), STATUS_OK);
    self->body = wire_write_place(&place);
    return 200;
}

static int take_blob(struct line *line, const char *hex, const struct uplink_request *request)
{
    uint8_t hash[WALK_IN_HASH_BYTES], salt[WALK_IN_SALT_BYTES];
    char blob[WALK_IN_BLOB_SIZE];

    assert_int_equal(text_unhex(hex, hash, sizeof hash), STATUS_OK);
    if (wire_read_blob(request->body, request->length, salt, blob) != STATUS_OK) return 400;
    return inbox_put_blob(line->office, hash, salt, blob) == STATUS_OK ? 200 : 400;
}

static int tell_feed(struct line *line, const char *query, struct uplink_inbox *self)
{
    char cursor[STORE_CURSOR_SIZE] = "";
    struct feed_page *page = NULL;

    (void)sscanf(query, "after=%63[^&]", cursor);
    assert_int_equal(inbox_feed(line->office, cursor, 0, NULL, FEED_MOST_ITEMS, &page), STATUS_OK);
    if (line->is_mute) page->is_reset = false;
    self->body = feed_write(page);
    feed_free(page);
    return 200;
}

static int tell_event(struct line *line, const char *number, struct uplink_inbox *self, size_t *length_out)
{
    struct inbox_event event;
    enum { HEAD = 2 * TICKET_SIGNATURE_BYTES + 1 };

    if (inbox_event(line->office, (uint32_t)strtoul(number, NULL, 10), true, &event) != STATUS_OK) return 404;
    self->body = calloc(1, HEAD + event.length + 1);
    assert_non_null(self->body);
    text_hex(event.signature, TICKET_SIGNATURE_BYTES, self->body);
    self->body[HEAD - 1] = '\n';
    memcpy(self->body + HEAD, event.bytes, event.length);
    *length_out = HEAD + event.length;
    free(event.bytes);
    return 200;
}

static int serve(struct uplink_inbox *self, const struct uplink_request *request, size_t *length_out)
{
    struct line *line = self->line;
    char hex[2 * WALK_IN_HASH_BYTES + 1] = "";

    line->calls++;
    if (line->refusal) return line->refusal;
    if (sscanf(request->path, "/v1/blobs/%64[0-9a-f]", hex) == 1) return take_blob(line, hex, request);
    if (strncmp(request->path, "/v1/feed?", 9) == 0) return tell_feed(line, request->path + 9, self);
    if (strncmp(request->path, "/v1/events/", 11) == 0) return tell_event(line, request->path + 11, self, length_out);
    assert_int_equal(sscanf(request->path, "/v1/logs/%32[0-9a-f]", hex), 1);
    return request->method[0] == 'P' ? take_records(line, request, self) : tell_place(line, hex, self);
}

static enum status call(struct uplink *base, const struct uplink_request *request, struct uplink_answer *out)
{
    struct uplink_inbox *self = (struct uplink_inbox *)base;
    struct uplink_answer answer = {.retry_after_s = -1, .trouble = UPLINK_TOO_SLOW};

    *out = answer;
    free(self->body);
    self->body = NULL;
    if (roll(self->line) < self->line->lost_per_mille) return STATUS_LATER; // it never got there
    answer.status = serve(self, request, &answer.length);
    if (roll(self->line) < self->line->lost_per_mille) return STATUS_LATER; // it did
    answer.trouble = UPLINK_FINE;
    if (self->line->retry_after_s > 0) answer.retry_after_s = self->line->retry_after_s;
    if (!self->body) self->body = calloc(1, 1);
    answer.body = self->body;
    if (answer.length == 0) answer.length = strlen(answer.body);
    *out = answer;
    return STATUS_OK;
}

static void cancel(struct uplink *base)
{
    (void)base;
}

static void close_uplink(struct uplink *base)
{
    struct uplink_inbox *self = (struct uplink_inbox *)base;

    free(self->body);
    free(self);
}

void uplink_inbox_open(struct line *line, struct uplink **out)
{
    static const struct uplink_ops ops = {.call = call, .cancel = cancel, .close = close_uplink};
    struct uplink_inbox *self = calloc(1, sizeof *self);

    assert_non_null(self);
    self->base.ops = &ops;
    self->line = line;
    *out = &self->base;
}
