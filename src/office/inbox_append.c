// inbox_append.c -- a batch comes in: whose it is, whether it continues what is here, and then all of it or nothing.
#define LOG_MODULE "office"

#include "office/inbox_parts.h"

#include "base/log.h"
#include "base/text.h"

#include <string.h>

struct arrival {
    const struct device *device; // NULL: nobody who was paired
    enum inbox_answer answer;
    struct inbox_log_row log;
    int64_t newest; // number, before it
    uint64_t fork_at;
    bool is_vague; // FORK: or anywhere before
    uint64_t new_count;
    struct wire_flaw *flaw;
};

static enum status keep_line(void *owner, const struct wire_line *line)
{
    struct inbox *inbox = owner;
    struct inbox_line *kept = &inbox->lines[inbox->line_count++];

    *kept = (struct inbox_line){.seq = line->seq, .text = line->text, .length = line->length};
    memcpy(kept->hash, line->hash, sizeof kept->hash);
    return STATUS_OK;
}

static enum inbox_answer refuse(struct wire_flaw *flaw, const char *words)
{
    text_copy(flaw->words, sizeof flaw->words, words);
    return INBOX_REFUSED;
}

// What can be said without looking what is here.
static enum inbox_answer read_batch(struct inbox *inbox, const struct device *device, const char *bytes, size_t length,
                                    struct wire_flaw *flaw)
{
    const char *end = memchr(bytes, '\n', length);
    struct wire_header *header = &inbox->header;
    size_t header_length = end ? (size_t)(end - bytes) : length;

    inbox->line_count = 0;
    *header = (struct wire_header){0};
    if (wire_read_header(bytes, header_length, header, flaw) != STATUS_OK) return INBOX_REFUSED;
    if (!end) return refuse(flaw, "nothing stands behind the header");
    if (!wire_is_signed(header)) return refuse(flaw, "the header's signature is wrong");
    if (device && !device->is_hub && memcmp(device->public_key, header->device_public_key, DEVICE_KEY_BYTES) != 0)
        return refuse(flaw, "the log of another device");
    switch (wire_read_lines(header, end + 1, length - header_length - 1, keep_line, inbox, flaw)) {
    case STATUS_OK:
        return INBOX_TAKEN;
    case STATUS_CORRUPT:
        return INBOX_CHAIN;
    case STATUS_INVALID:
    case STATUS_MISSING:
    case STATUS_LATER:
    case STATUS_GONE:
        return INBOX_REFUSED;
    }
    return INBOX_REFUSED;
}

struct hash_row {
    uint8_t hash[CHAIN_HASH_BYTES];
    bool is_there;
};

static enum status read_hash(void *owner, const struct db_value *values, size_t count)
{
    struct hash_row *row = owner;

    (void)count;
    db_copy_blob(&values[0], row->hash, sizeof row->hash);
    row->is_there = true;
    return STATUS_OK;
}

// Whether our chain's hash after `seq` (which is here, or 0) is that one.
static enum status is_ours(struct inbox *inbox, const struct inbox_log_row *log, uint64_t seq, const uint8_t *hash,
                           bool *out)
{
    struct hash_row row = {0};
    enum status status = STATUS_OK;

    if (seq == 0) chain_begin(inbox->header.log, inbox->header.device_public_key, row.hash);
    else if (seq == log->next - 1) memcpy(row.hash, log->head, sizeof row.hash);
    else
        status = db_ask(inbox->db, "SELECT hash FROM record WHERE log = $1 AND seq = $2", read_hash, &row,
                        db_int(log->id), db_int((int64_t)seq));
    *out = memcmp(row.hash, hash, sizeof row.hash) == 0;
    return status;
}

// Of the lines that are here already (there are some, and the last of them differs): the first that differs.
static enum status find_fork(struct inbox *inbox, const struct inbox_log_row *log, size_t known, uint64_t *out)
{
    enum status status = STATUS_OK;
    bool same = true;
    size_t i = 0;

    for (; i < known && status == STATUS_OK; i++) {
        status = is_ours(inbox, log, inbox->lines[i].seq, inbox->lines[i].hash, &same);
        if (!same) break;
    }
    *out = inbox->lines[i].seq;
    return status;
}

// What is new begins at line `known_out`.
static enum status place_batch(struct inbox *inbox, struct arrival *arrival, size_t *known_out)
{
    const struct wire_header *header = &inbox->header;
    const struct inbox_log_row *log = &arrival->log;
    bool same = false;
    enum status status;

    if (log->id && memcmp(log->device_key, header->device_public_key, DEVICE_KEY_BYTES) != 0) {
        arrival->answer = refuse(arrival->flaw, "the log belongs to another device's key");
        return STATUS_OK;
    }
    arrival->answer = INBOX_GAP;
    if (header->first > log->next) return STATUS_OK;
    if ((status = is_ours(inbox, log, header->first - 1, header->prev, &same)) != STATUS_OK) return status;
    if (!same) {
        arrival->answer = header->first == 1 ? refuse(arrival->flaw, "the first hash is not this log's") : INBOX_FORK;
        arrival->fork_at = header->first;
        arrival->is_vague = true;
        return STATUS_OK;
    }
    uint64_t known = log->next - header->first;
    if (known > inbox->line_count) known = inbox->line_count;
    arrival->answer = INBOX_TAKEN;
    *known_out = (size_t)known;
    if (known == 0) return STATUS_OK;
    const struct inbox_line *last = &inbox->lines[known - 1];
    if ((status = is_ours(inbox, log, last->seq, last->hash, &same)) != STATUS_OK || same) return status;
    arrival->answer = INBOX_FORK;
    return find_fork(inbox, log, (size_t)known, &arrival->fork_at);
}

static enum status add_log(struct inbox *inbox, struct inbox_log_row *log)
{
    const struct wire_header *header = &inbox->header;
    int64_t device = 0;
    enum status status = office_db_numbers(inbox->db, "SELECT id FROM device WHERE public_key = $1 ORDER BY is_revoked",
                                           DB_VALUES(db_blob(header->device_public_key, DEVICE_KEY_BYTES)), 1, &device);

    if (status != STATUS_OK && status != STATUS_MISSING) return status;
    if ((status = inbox_next_id(inbox, "SELECT MAX(id) FROM log", &log->id)) != STATUS_OK) return status;
    return db_do(inbox->db,
                 "INSERT INTO log (id, log, device_key, device, gate, next, head, hlc, heard_ms) VALUES ($1, $2, $3, "
                 "$4, $5, 1, $6, 0, 0)",
                 db_int(log->id), db_blob(header->log, LOG_ID_BYTES),
                 db_blob(header->device_public_key, DEVICE_KEY_BYTES), db_int(device), db_text(header->gate),
                 db_blob(header->prev, CHAIN_HASH_BYTES));
}

static enum status add_records(struct inbox *inbox, int64_t log)
{
    enum { WIDTH = 5 };
    struct db_value *value = inbox->values;

    for (size_t i = 0; i < inbox->line_count; i++) {
        const struct inbox_line *line = &inbox->lines[i];
        *value++ = db_int(line->n);
        *value++ = db_int(log);
        *value++ = db_int((int64_t)line->seq);
        *value++ = db_blob(line->hash, sizeof line->hash);
        *value++ = db_blob(line->text, line->length);
    }
    return inbox->db->ops->many(inbox->db, "INSERT INTO record (n, log, seq, hash, line) VALUES ($1, $2, $3, $4, $5)",
                                inbox->values, WIDTH, inbox->line_count);
}

// The batch as it is kept for forwarding: from the first line that was new. Its signature holds for any beginning.
static enum status add_batch(struct inbox *inbox, const struct inbox_log_row *log, uint64_t first)
{
    struct wire_header header = inbox->header;
    char text[WIRE_HEADER_SIZE];

    header.count = inbox->line_count;
    header.first = first;
    if (first != inbox->header.first) memcpy(header.prev, log->head, sizeof header.prev);
    if (wire_write_header(&header, text) != STATUS_OK) return STATUS_INVALID;
    text[strcspn(text, "\n")] = '\0';
    return db_do(inbox->db, "INSERT INTO batch (log, last, first, header) VALUES ($1, $2, $3, $4)", db_int(log->id),
                 db_int((int64_t)(header.first + header.count - 1)), db_int((int64_t)first), db_text(text));
}

static enum status store_new(struct inbox *inbox, struct arrival *arrival, size_t known)
{
    struct inbox_log_row *log = &arrival->log;
    uint64_t next = inbox->header.first + inbox->line_count;
    int64_t n = arrival->newest;
    enum status status;

    if (log->id == 0 && (status = add_log(inbox, log)) != STATUS_OK) return status;
    inbox->line_count -= known;
    memmove(inbox->lines, inbox->lines + known, inbox->line_count * sizeof *inbox->lines);
    arrival->new_count = inbox->line_count;
    if (inbox->line_count == 0) return STATUS_OK;
    for (size_t i = 0; i < inbox->line_count; i++) inbox->lines[i].n = ++n;
    if ((status = add_records(inbox, log->id)) != STATUS_OK) return status;
    if ((status = add_batch(inbox, log, inbox->lines[0].seq)) != STATUS_OK) return status;
    if ((status = inbox_project(inbox, log->id, &log->hlc)) != STATUS_OK) return status;
    status = db_do(inbox->db, "UPDATE log SET next = $1, head = $2, hlc = $3, heard_ms = $4, gate = $5 WHERE id = $6",
                   db_int((int64_t)next), db_blob(inbox->header.head, CHAIN_HASH_BYTES), db_int(log->hlc),
                   db_int(inbox_now(inbox)), db_text(inbox->header.gate), db_int(log->id));
    if (status != STATUS_OK) return status;
    log->next = next;
    memcpy(log->head, inbox->header.head, sizeof log->head);
    return inbox_number(inbox, n);
}

static enum status fill_place(struct inbox *inbox, const struct arrival *arrival, struct wire_place *out)
{
    *out = (struct wire_place){.next = arrival->log.next,
                               .is_durable = true,
                               .now_ms = inbox_now(inbox),
                               .has_fork = arrival->answer == INBOX_FORK,
                               .fork_at = arrival->fork_at};
    if (arrival->log.id) memcpy(out->head, arrival->log.head, sizeof out->head);
    else chain_begin(inbox->header.log, inbox->header.device_public_key, out->head);
    if (arrival->answer == INBOX_GAP) text_copy(out->error, sizeof out->error, "gap");
    if (arrival->answer == INBOX_FORK) text_copy(out->error, sizeof out->error, "fork");
    return inbox_write_cursor(inbox, arrival->newest + (int64_t)arrival->new_count, out->feed);
}

static enum status take(struct inbox *inbox, struct arrival *arrival, struct wire_place *place)
{
    size_t known = 0;
    enum status status = inbox_find_log(inbox, inbox->header.log, &arrival->log);

    if (status != STATUS_OK) return status;
    if ((status = place_batch(inbox, arrival, &known)) != STATUS_OK) return status;
    if (arrival->answer == INBOX_TAKEN) status = store_new(inbox, arrival, known);
    return status == STATUS_OK ? fill_place(inbox, arrival, place) : status;
}

static enum status raise_alarm(struct inbox *inbox, const struct arrival *arrival, const char *bytes, size_t length)
{
    static const char *const kinds[] = {
        [INBOX_FORK] = "fork", [INBOX_CHAIN] = "chain", [INBOX_REFUSED] = "refused"}; // NULL: none
    const char *kind = kinds[arrival->answer];
    bool is_refused = arrival->answer == INBOX_REFUSED; // only then: else the device has it, and sends it again
    struct inbox_alarm alarm = {0};

    if (!kind) return STATUS_OK;
    text_copy(alarm.kind, sizeof alarm.kind, kind);
    const char *name = arrival->device ? arrival->device->name : inbox->header.gate; // which anybody may have typed
    text_make_showable(alarm.device, sizeof alarm.device, name, strlen(name));
    memcpy(alarm.log, inbox->header.log, sizeof alarm.log);
    alarm.seq = arrival->answer == INBOX_FORK ? arrival->fork_at : inbox->header.first;
    text_make_showable(alarm.words, sizeof alarm.words, arrival->flaw->words, strlen(arrival->flaw->words));
    if (arrival->answer == INBOX_FORK)
        text_copy(alarm.words, sizeof alarm.words,
                  arrival->is_vague ? "other records than ours from there on, or from before"
                                    : "other records than ours from there on");
    return inbox_raise(inbox, &alarm, is_refused ? bytes : NULL, length);
}

enum status inbox_append(struct inbox *inbox, const struct device *device, const char *bytes, size_t length,
                         enum inbox_answer *answer_out, struct wire_place *place, uint64_t *new_count_out,
                         struct wire_flaw *flaw)
{
    struct arrival arrival = {.device = device && device->id ? device : NULL, .flaw = flaw};
    enum status status = STATUS_OK;

    flaw->words[0] = '\0';
    arrival.answer = read_batch(inbox, arrival.device, bytes, length, flaw);
    if (arrival.answer == INBOX_TAKEN) {
        if ((status = inbox_change(inbox, &arrival.newest)) != STATUS_OK) return status;
        status = inbox_end(inbox, take(inbox, &arrival, place));
    } else if (arrival.answer == INBOX_CHAIN) status = inbox_place(inbox, inbox->header.log, arrival.device, place);
    if (status == STATUS_OK) status = raise_alarm(inbox, &arrival, bytes, length);
    if (status != STATUS_OK) return status;
    *answer_out = arrival.answer;
    *new_count_out = arrival.new_count;
    return STATUS_OK;
}
