#include "sync/office.h"

#include "support/check.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

#define OFFICE_TOKEN "0123456789abcdefghijABCDEFGHIJ-_0123456789a"

// ---- the log ----

static void begin(struct office *office, const uint8_t log[LOG_ID_BYTES], const uint8_t device[DEVICE_KEY_BYTES])
{
    memcpy(office->log, log, LOG_ID_BYTES);
    office_forget(office, 1);
    chain_begin(log, device, office->hash[0]);
}

static enum status keep(void *owner, const struct wire_line *line)
{
    struct office *office = owner;
    uint64_t seq = line->seq;

    if (seq < office->next) return STATUS_OK;
    assert_true(seq == office->next && seq <= OFFICE_MOST_LINES);
    office->lines[seq] = strndup(line->text, line->length);
    memcpy(office->hash[seq], office->hash[seq - 1], CHAIN_HASH_BYTES);
    chain_add(office->hash[seq], seq, line->text, line->length);
    office->next++;
    return STATUS_OK;
}

void office_forget(struct office *office, uint64_t next)
{
    for (uint64_t seq = next; seq < office->next; seq++) {
        free(office->lines[seq]);
        office->lines[seq] = NULL;
    }
    office->next = next;
}

void office_replace(struct office *office, uint64_t from, uint64_t to)
{
    office_forget(office, from);
    for (uint64_t seq = from; seq <= to; seq++) {
        char line[64];
        snprintf(line, sizeof line, "{\"seq\":%llu,\"kind\":\"other\"}", (unsigned long long)seq);
        assert_int_equal(keep(office, &(struct wire_line){.seq = seq, .text = line, .length = strlen(line)}),
                         STATUS_OK);
    }
}

static void say_place(struct office *office, struct liar_reply *reply, int status, const char *error, uint64_t fork_at)
{
    struct wire_place place = {.next = office->next,
                               .is_durable = !office->is_not_durable,
                               .now_ms = office->now_ms,
                               .feed = "1",
                               .has_fork = fork_at > 0,
                               .fork_at = fork_at};

    memcpy(place.head, office->hash[office->next - 1], CHAIN_HASH_BYTES);
    text_copy(place.error, sizeof place.error, error);
    reply->status = status;
    reply->body = wire_write_place(&place);
    reply->length = strlen(reply->body);
}

struct comparison {
    const struct office *office;
    uint64_t differs_at;
};

static enum status compare(void *owner, const struct wire_line *line)
{
    struct comparison *comparison = owner;
    const char *kept = line->seq < comparison->office->next ? comparison->office->lines[line->seq] : NULL;

    if (comparison->differs_at || !kept) return STATUS_OK;
    if (strlen(kept) != line->length || memcmp(kept, line->text, line->length) != 0) comparison->differs_at = line->seq;
    return STATUS_OK;
}

static void take_batch(struct office *office, const char *bytes, size_t length, struct liar_reply *reply)
{
    const char *end = memchr(bytes, '\n', length);
    struct comparison comparison = {.office = office};
    struct wire_header header;
    struct wire_flaw flaw;
    size_t rest;

    assert_non_null(end);
    rest = length - (size_t)(end - bytes) - 1;
    assert_int_equal(wire_read_header(bytes, (size_t)(end - bytes), &header, &flaw), STATUS_OK);
    assert_true(wire_is_signed(&header));
    office->sizes[office->batch_count++ % OFFICE_MOST_SIZES] = header.count;
    if (memcmp(header.log, office->log, LOG_ID_BYTES) != 0) begin(office, header.log, header.device_public_key);
    assert_int_equal(wire_read_lines(&header, end + 1, rest, compare, &comparison, &flaw), STATUS_OK);
    if (header.first > office->next) say_place(office, reply, 409, "gap", 0);
    else if (memcmp(office->hash[header.first - 1], header.prev, CHAIN_HASH_BYTES) != 0)
        say_place(office, reply, 409, "fork", header.first); // where before that, it can't know
    else if (comparison.differs_at) say_place(office, reply, 409, "fork", comparison.differs_at);
    else {
        assert_int_equal(wire_read_lines(&header, end + 1, rest, keep, office, &flaw), STATUS_OK);
        say_place(office, reply, 200, "", 0);
    }
}

// ---- calls ----

static void answer_records(struct office *office, const struct liar_request *request, struct liar_reply *reply)
{
    uint8_t *unpacked = NULL;
    size_t length;

    assert_string_equal(request->encoding, "gzip");
    assert_int_equal(
        wire_gunzip(request->body, request->length, WIRE_HEADER_SIZE + OUTBOX_MOST_BYTES, &unpacked, &length),
        STATUS_OK);
    take_batch(office, (const char *)unpacked, length, reply);
    free(unpacked);
}

static void answer_place(struct office *office, const struct liar_request *request, struct liar_reply *reply)
{
    char hex[2 * LOG_ID_BYTES + 1];
    uint8_t log[LOG_ID_BYTES];

    snprintf(hex, sizeof hex, "%.32s", request->path + strlen("/v1/logs/"));
    assert_int_equal(text_unhex(hex, log, LOG_ID_BYTES), STATUS_OK);
    if (memcmp(log, office->log, LOG_ID_BYTES) != 0) begin(office, log, office->device_key);
    say_place(office, reply, 200, "", 0);
}

static void answer_enroll(struct office *office, const struct liar_request *request, struct liar_reply *reply)
{
    struct pairing pairing = {.device = "Nord (Büro)", .event = office->event};
    struct wire_enroll enroll;

    assert_int_equal(wire_read_enroll(request->body, request->length, &enroll), STATUS_OK);
    text_copy(office->last_name, sizeof office->last_name, enroll.name);
    if (strcmp(enroll.code, office->code) != 0) {
        liar_say(reply, 404, "{\"error\":\"code\"}");
        return;
    }
    strcpy(pairing.token, OFFICE_TOKEN);
    memcpy(pairing.root_key, office->root_key, ROOT_KEY_BYTES);
    reply->status = 200;
    reply->body = wire_write_paired(&pairing, office->now_ms);
    reply->length = strlen(reply->body);
}

static void answer_event(struct office *office, const struct liar_request *request, struct liar_reply *reply)
{
    if (!office->event_file) {
        liar_say(reply, 404, "{\"error\":\"no such event was published\"}");
        return;
    }
    snprintf(reply->headers, sizeof reply->headers, "ETag: %s\r\n", office->event_etag);
    reply->type = "application/vnd.einlass.event";
    reply->status = strcmp(request->if_none_match, office->event_etag) == 0 ? 304 : 200;
    if (reply->status == 304) return;
    reply->body = malloc(office->event_length);
    memcpy(reply->body, office->event_file, office->event_length);
    reply->length = office->event_length;
}

static void answer_feed(struct office *office, const struct liar_request *request, struct liar_reply *reply)
{
    char nothing[128], cursor[STORE_CURSOR_SIZE] = "";

    office->feed_count++;
    text_copy(office->last_feed, sizeof office->last_feed, request->path);
    sscanf(request->path, "/v1/feed?after=%63[^&]", cursor);
    snprintf(nothing, sizeof nothing, "{\"cursor\":\"%s\",\"now_ms\":1,\"items\":[]}", cursor);
    liar_say(reply, 200, office->feed[0] ? office->feed : nothing);
    office->feed[0] = '\0';
}

static void answer_honestly(struct office *office, const struct liar_request *request, struct liar_reply *reply)
{
    bool is_put = strcmp(request->method, "PUT") == 0;

    if (strcmp(request->path, "/v1/enroll") == 0) answer_enroll(office, request, reply);
    else if (strcmp(request->token, office->token) != 0) liar_say(reply, 401, "{\"error\":\"revoked\"}");
    else if (strstr(request->path, "/records")) answer_records(office, request, reply);
    else if (strncmp(request->path, "/v1/logs/", 9) == 0) answer_place(office, request, reply);
    else if (strncmp(request->path, "/v1/feed", 8) == 0) answer_feed(office, request, reply);
    else if (strncmp(request->path, "/v1/events/", 11) == 0) answer_event(office, request, reply);
    else if (is_put && strncmp(request->path, "/v1/blobs/", 10) == 0) {
        uint8_t salt[WALK_IN_SALT_BYTES], hash[WALK_IN_HASH_BYTES];
        char blob[WALK_IN_BLOB_SIZE], hex[2 * WALK_IN_HASH_BYTES + 1];
        assert_int_equal(wire_read_blob(request->body, request->length, salt, blob), STATUS_OK);
        walk_in_hash(blob, salt, hash);
        text_hex(hash, sizeof hash, hex);
        assert_string_equal(request->path + 10, hex);
        office->blob_count++;
        liar_say(reply, 200, "{}");
    } else liar_say(reply, 404, "{\"error\":\"no such call\"}");
}

static void answer(void *owner, const struct liar_request *request, struct liar_reply *reply)
{
    struct office *office = owner;

    office->call_count++;
    for (size_t i = 0; i < office->lie_count; i++) {
        struct lie *lie = &office->lies[i];
        if (lie->times == 0 || strcmp(lie->method, request->method) != 0 || !strstr(request->path, lie->part)) continue;
        lie->times--;
        if (lie->is_after) {
            answer_honestly(office, request, reply);
            free(reply->body);
        }
        *reply = lie->reply;
        liar_say(reply, lie->reply.status, lie->text ? lie->text : "");
        return;
    }
    answer_honestly(office, request, reply);
}

struct office *office_open(void)
{
    struct office *office = calloc(1, sizeof *office);

    assert_non_null(office);
    office->identity = identity_make(&(struct identity_wish){.name = "127.0.0.1", .from = 0, .until = 86400});
    office->next = 1;
    office->now_ms = INT64_C(1795341152123);
    office->token = OFFICE_TOKEN;
    office->code = "7K3M9-QX2VD";
    strcpy(office->event_etag, "\"1-a\"");
    office->liar = liar_open(0, office->identity, answer, office);
    return office;
}

void office_close(struct office *office)
{
    liar_close(office->liar);
    identity_free(office->identity);
    office_forget(office, 1);
    free(office->event_file);
    free(office);
}

void office_lie(struct office *office, const struct lie *lie)
{
    if (office->lie_count == OFFICE_MOST_LIES) office->lie_count = 0;
    office->lies[office->lie_count++] = *lie;
}

struct pairing office_pairing(const struct office *office)
{
    struct pairing pairing = {.is_pinned = true, .token = OFFICE_TOKEN, .device = "Nord", .event = office->event};

    text_copy(pairing.url, sizeof pairing.url, liar_url(office->liar));
    memcpy(pairing.pin, identity_key(office->identity), PAIRING_PIN_BYTES);
    memcpy(pairing.root_key, office->root_key, ROOT_KEY_BYTES);
    return pairing;
}
