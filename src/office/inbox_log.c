// inbox_log.c -- what is here of each log (inbox.h).
#include "office/inbox_parts.h"

#include "base/mem.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum status read_log(void *owner, const struct db_value *values, size_t count)
{
    struct inbox_log_row *log = owner;

    (void)count;
    log->id = values[0].number;
    log->next = (uint64_t)values[1].number;
    log->hlc = values[2].number;
    db_copy_blob(&values[3], log->head, sizeof log->head);
    db_copy_blob(&values[4], log->device_key, sizeof log->device_key);
    return STATUS_OK;
}

enum status inbox_find_log(struct inbox *inbox, const uint8_t log[LOG_ID_BYTES], struct inbox_log_row *out)
{
    *out = (struct inbox_log_row){.next = 1};
    return db_ask(inbox->db, "SELECT id, next, hlc, head, device_key FROM log WHERE log = $1", read_log, out,
                  db_blob(log, LOG_ID_BYTES));
}

static enum status read_check(void *owner, const struct db_value *values, size_t count)
{
    (void)count;
    if (values[0].type == DB_BLOB && values[0].length >= 4) memcpy(owner, values[0].bytes, 4);
    return STATUS_OK;
}

enum status inbox_write_cursor(struct inbox *inbox, int64_t n, char out[STORE_CURSOR_SIZE])
{
    uint8_t check[4] = {0};
    char hex[9];
    enum status status =
        db_ask(inbox->db, "SELECT hash FROM record WHERE n = $1 UNION ALL SELECT digest FROM edition WHERE n = $1",
               read_check, check, db_int(n));

    text_hex(check, sizeof check, hex);
    snprintf(out, STORE_CURSOR_SIZE, "%" PRId64 ".%s", n, hex);
    return status;
}

static enum status find_place(struct inbox *inbox, const uint8_t log[LOG_ID_BYTES], const struct device *device,
                              struct wire_place *out)
{
    struct inbox_log_row row;
    int64_t newest = 0;
    enum status status = inbox_find_log(inbox, log, &row);

    if (status != STATUS_OK) return status;
    *out = (struct wire_place){.next = row.next, .is_durable = true, .now_ms = inbox_now(inbox)};
    if (row.id) memcpy(out->head, row.head, sizeof out->head);
    else if (device) chain_begin(log, device->public_key, out->head);
    status = office_db_numbers(inbox->db, "SELECT newest FROM counter WHERE id = 1", NULL, 0, 1, &newest);
    if (status != STATUS_OK) return status;
    return inbox_write_cursor(inbox, newest, out->feed);
}

enum status inbox_place(struct inbox *inbox, const uint8_t log[LOG_ID_BYTES], const struct device *device,
                        struct wire_place *out)
{
    enum status status = inbox->db->ops->begin(inbox->db, false);

    if (status != STATUS_OK) return status;
    return inbox_end(inbox, find_place(inbox, log, device, out));
}

struct log_reader {
    inbox_log_visitor *visit;
    void *owner;
};

static enum status visit_log(void *owner, const struct db_value *values, size_t count)
{
    const struct log_reader *reader = owner;
    struct inbox_log log = {.next = (uint64_t)values[3].number};

    (void)count;
    db_copy_blob(&values[0], log.log, sizeof log.log);
    db_copy_blob(&values[1], log.device_public_key, sizeof log.device_public_key);
    db_copy_text(&values[2], log.device, sizeof log.device);
    return reader->visit(reader->owner, &log);
}

enum status inbox_each_log(struct inbox *inbox, inbox_log_visitor *visit, void *owner)
{
    struct log_reader reader = {visit, owner};

    return inbox->db->ops->query(inbox->db,
                                 "SELECT log.log, log.device_key, COALESCE(device.name, log.gate), log.next FROM log "
                                 "LEFT JOIN device ON device.id = log.device ORDER BY log.id",
                                 NULL, 0, visit_log, &reader);
}

// ---- sealed batches ----

struct sealed {
    int64_t log, first, last;
    char *bytes;
    size_t length, size;
};

static void put(struct sealed *sealed, const void *bytes, size_t length)
{
    if (sealed->length + length + 2 > sealed->size) {
        char *larger;
        sealed->size = 2 * (sealed->length + length + 2);
        larger = mem_zero(sealed->size);
        if (sealed->bytes) memcpy(larger, sealed->bytes, sealed->length);
        free(sealed->bytes);
        sealed->bytes = larger;
    }
    if (length > 0) memcpy(sealed->bytes + sealed->length, bytes, length);
    sealed->length += length;
    sealed->bytes[sealed->length++] = '\n';
    sealed->bytes[sealed->length] = '\0';
}

static enum status put_header(void *owner, const struct db_value *values, size_t count)
{
    struct sealed *sealed = owner;

    (void)count;
    sealed->log = values[0].number;
    sealed->first = values[1].number;
    sealed->last = values[2].number;
    put(sealed, values[3].bytes, values[3].length);
    return STATUS_OK;
}

static enum status put_line(void *owner, const struct db_value *values, size_t count)
{
    (void)count;
    put(owner, values[0].bytes, values[0].length);
    return STATUS_OK;
}

enum status inbox_sealed(struct inbox *inbox, const uint8_t log[LOG_ID_BYTES], uint64_t first, char **bytes_out,
                         size_t *length_out)
{
    struct sealed sealed = {0};
    enum status status = db_ask(inbox->db,
                                "SELECT batch.log, first, last, header FROM batch JOIN log ON log.id = batch.log WHERE "
                                "log.log = $1 AND last >= $2 ORDER BY last LIMIT 1",
                                put_header, &sealed, db_blob(log, LOG_ID_BYTES), db_int((int64_t)first));

    if (status == STATUS_OK && !sealed.bytes) return STATUS_MISSING;
    if (status == STATUS_OK)
        status = db_ask(inbox->db, "SELECT line FROM record WHERE log = $1 AND seq >= $2 AND seq <= $3 ORDER BY seq",
                        put_line, &sealed, db_int(sealed.log), db_int(sealed.first), db_int(sealed.last));
    if (status != STATUS_OK) {
        free(sealed.bytes);
        return status;
    }
    *bytes_out = sealed.bytes;
    *length_out = sealed.length;
    return STATUS_OK;
}

// ---- what walk-ins said ----

enum status inbox_put_blob(struct inbox *inbox, const uint8_t hash[WALK_IN_HASH_BYTES],
                           const uint8_t salt[WALK_IN_SALT_BYTES], const char *blob)
{
    uint8_t found[WALK_IN_HASH_BYTES];
    int64_t id = 0;
    enum status status;

    walk_in_hash(blob, salt, found);
    if (memcmp(found, hash, sizeof found) != 0 || !text_is_utf8(blob, strlen(blob))) return STATUS_INVALID;
    if ((status = inbox_change(inbox, NULL)) != STATUS_OK) return status;
    status = inbox_next_id(inbox, "SELECT MAX(id) FROM walk_in_blob", &id);
    if (status == STATUS_OK)
        status = db_do(inbox->db,
                       "INSERT INTO walk_in_blob (id, hash, salt, blob) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO "
                       "NOTHING",
                       db_int(id), db_blob(hash, WALK_IN_HASH_BYTES), db_blob(salt, WALK_IN_SALT_BYTES), db_text(blob));
    return inbox_end(inbox, status);
}

struct blob_reader {
    inbox_blob_visitor *visit;
    void *owner;
};

static enum status visit_blob(void *owner, const struct db_value *values, size_t count)
{
    const struct blob_reader *reader = owner;
    uint8_t hash[WALK_IN_HASH_BYTES], salt[WALK_IN_SALT_BYTES];
    char blob[WALK_IN_BLOB_SIZE];

    (void)count;
    db_copy_blob(&values[1], hash, sizeof hash);
    db_copy_blob(&values[2], salt, sizeof salt);
    db_copy_text(&values[3], blob, sizeof blob);
    return reader->visit(reader->owner, values[0].number, hash, salt, blob);
}

enum status inbox_each_blob(struct inbox *inbox, int64_t after_id, inbox_blob_visitor *visit, void *owner)
{
    struct blob_reader reader = {visit, owner};

    return db_ask(inbox->db, "SELECT id, hash, salt, blob FROM walk_in_blob WHERE id > $1 ORDER BY id", visit_blob,
                  &reader, db_int(after_id));
}
