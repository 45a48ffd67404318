// The sync API: logs, their records, walk-ins' blobs.
#include "service/parts.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

// A batch as it may be: the header, OUTBOX_MOST_LINES lines, their newlines.
enum { MOST_BATCH_BYTES = WIRE_HEADER_SIZE + OUTBOX_MOST_BYTES + OUTBOX_MOST_LINES };

static bool read_log(struct call *call, uint8_t out[LOG_ID_BYTES])
{
    if (text_unhex(call->request->parts[0], out, LOG_ID_BYTES) == STATUS_OK) return true;
    http_error(call->reply, 404, "no log has such a name");
    return false;
}

static void answer_place(struct call *call, int status, const char *error, struct wire_place *place)
{
    text_copy(place->error, sizeof place->error, error);
    place->now_ms = call->service->config.clock->ops->unix_ms(call->service->config.clock);
    http_json(call->reply, status, wire_write_place(place));
}

void api_log(struct call *call)
{
    struct wire_place place = {0};
    uint8_t log[LOG_ID_BYTES];
    enum status status;

    if (!read_log(call, log)) return;
    status = inbox_place(call->service->inbox, log, &call->device, &place);
    if (status == STATUS_OK) answer_place(call, 200, "", &place);
    else call_refuse(call, status, "busy");
}

static void answer_batch(struct call *call, enum inbox_answer answer, struct wire_place *place,
                         const struct wire_flaw *flaw)
{
    switch (answer) {
    case INBOX_TAKEN:
        answer_place(call, 200, "", place);
        return;
    case INBOX_GAP:
        answer_place(call, 409, "gap", place);
        return;
    case INBOX_FORK:
        answer_place(call, 409, "fork", place);
        return;
    case INBOX_CHAIN:
        answer_place(call, 422, "chain", place);
        return;
    case INBOX_REFUSED:
        http_error(call->reply, 400, flaw->words);
        return;
    }
}

static void take_batch(struct call *call, const char *bytes, size_t length)
{
    struct wire_place place = {0};
    struct wire_flaw flaw = {0};
    enum inbox_answer answer = INBOX_REFUSED;
    uint64_t new_count = 0;
    enum status status =
        inbox_append(call->service->inbox, &call->device, bytes, length, &answer, &place, &new_count, &flaw);

    if (status != STATUS_OK) {
        call_refuse(call, status == STATUS_CORRUPT ? status : STATUS_LATER, "not stored; send it again");
        return;
    }
    answer_batch(call, answer, &place, &flaw);
    if (new_count == 0) return;
    http_ring(call->service->server); // kiosks that wait for the feed
    boards_ring(call->service->boards);
}

// What can't even be unpacked is kept aside as it came.
static void keep_aside(struct call *call, const char *words)
{
    (void)!inbox_keep_aside(call->service->inbox, &call->device, "refused", words, call->request->body,
                            call->request->length);
    http_error(call->reply, 400, words);
}

void api_records(struct call *call)
{
    const char *encoding = http_header(call->request, "Content-Encoding");
    uint8_t log[LOG_ID_BYTES];
    uint8_t *unpacked = NULL;
    size_t length = 0;
    enum status status;

    if (!read_log(call, log)) return;
    if (!encoding || strcmp(encoding, "identity") == 0) {
        if (call->request->length > MOST_BATCH_BYTES) http_error(call->reply, 413, "too large");
        else take_batch(call, (const char *)call->request->body, call->request->length);
        return;
    }
    if (strcmp(encoding, "gzip") != 0) {
        http_error(call->reply, 415, "only gzip is unpacked here");
        return;
    }
    status = wire_gunzip(call->request->body, call->request->length, MOST_BATCH_BYTES, &unpacked, &length);
    if (status == STATUS_OK) take_batch(call, (const char *)unpacked, length);
    else if (status == STATUS_INVALID) keep_aside(call, "no gzip, or too much in it");
    else call_refuse(call, status, "busy");
    free(unpacked);
}

void api_blob(struct call *call)
{
    uint8_t hash[WALK_IN_HASH_BYTES], salt[WALK_IN_SALT_BYTES];
    char blob[WALK_IN_BLOB_SIZE];
    enum status status;

    if (text_unhex(call->request->parts[0], hash, sizeof hash) != STATUS_OK) {
        http_error(call->reply, 404, "no blob has such a name");
        return;
    }
    status = wire_read_blob((const char *)call->request->body, call->request->length, salt, blob);
    if (status == STATUS_OK) status = inbox_put_blob(call->service->inbox, hash, salt, blob);
    if (status == STATUS_INVALID) keep_aside(call, "not the blob of that hash");
    else if (status != STATUS_OK) call_refuse(call, status, "not stored; send it again");
    else http_error(call->reply, 200, "");
}
