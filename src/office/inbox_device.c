// inbox_device.c -- kiosks and hubs that were paired (inbox.h; inbox_pair.c pairs them).
#include "office/inbox_parts.h"

#include "base/text.h"
#include "office/inbox_secret.h"

#include <string.h>

#define DEVICE_COLUMNS                                                                                                 \
    "SELECT id, name, public_key, event, is_hub, is_revoked, paired_ms, heard_ms, version, (SELECT CAST(COALESCE("     \
    "SUM(next - 1), 0) AS BIGINT) FROM log WHERE log.device = device.id), (SELECT COUNT(*) FROM alarm WHERE "          \
    "alarm.device = device.name) FROM device "

struct device_reader {
    device_visitor *visit;
    void *owner;
};

static enum status read_device(void *owner, const struct db_value *values, size_t count)
{
    const struct device_reader *reader = owner;
    struct device device = {.id = values[0].number,
                            .event = (uint32_t)values[3].number,
                            .is_hub = values[4].number != 0,
                            .is_revoked = values[5].number != 0,
                            .paired_ms = values[6].number,
                            .heard_ms = values[7].number,
                            .record_count = (uint64_t)values[9].number,
                            .alarm_count = (uint64_t)values[10].number};

    (void)count;
    db_copy_text(&values[1], device.name, sizeof device.name);
    db_copy_blob(&values[2], device.public_key, sizeof device.public_key);
    db_copy_text(&values[8], device.version, sizeof device.version);
    return reader->visit(reader->owner, &device);
}

static enum status keep_device(void *owner, const struct device *device)
{
    *(struct device *)owner = *device;
    return STATUS_OK;
}

enum status inbox_device_of(struct inbox *inbox, const char *token, struct device *out)
{
    struct device device = {0};
    struct device_reader reader = {keep_device, &device};
    uint8_t hash[INBOX_SECRET_HASH_BYTES];
    enum status status;

    if (strlen(token) != PAIRING_TOKEN_SIZE - 1) return STATUS_MISSING;
    inbox_hash_secret(token, hash);
    status =
        db_ask(inbox->db, DEVICE_COLUMNS "WHERE token_hash = $1", read_device, &reader, db_blob(hash, sizeof hash));
    if (status != STATUS_OK) return status;
    if (device.id == 0) return STATUS_MISSING;
    *out = device;
    return STATUS_OK;
}

enum status inbox_revoke(struct inbox *inbox, const char *name)
{
    int64_t id = 0;
    enum status status = inbox_change(inbox, NULL);

    if (status != STATUS_OK) return status;
    status = office_db_numbers(inbox->db, "UPDATE device SET is_revoked = 1 WHERE name = $1 RETURNING id",
                               DB_VALUES(db_text(name)), 1, &id);
    if (status == STATUS_OK) status = db_do(inbox->db, "DELETE FROM offer WHERE name = $1", db_text(name));
    return inbox_end(inbox, status);
}

enum status inbox_each_device(struct inbox *inbox, device_visitor *visit, void *owner)
{
    struct device_reader reader = {visit, owner};

    return inbox->db->ops->query(inbox->db, DEVICE_COLUMNS "ORDER BY name", NULL, 0, read_device, &reader);
}

enum status inbox_heard(struct inbox *inbox, int64_t device, const char *version)
{
    enum { MINUTE_MS = 60 * 1000 };
    int64_t heard[2] = {0}, now = inbox_now(inbox);
    enum status status = office_db_numbers(
        inbox->db, "SELECT heard_ms, CASE WHEN version = $1 THEN 1 ELSE 0 END FROM device WHERE id = $2",
        DB_VALUES(db_text(version), db_int(device)), 2, heard);

    if (status != STATUS_OK) return status;
    if (heard[1] == 1 && now >= heard[0] && now - heard[0] < MINUTE_MS) return STATUS_OK;
    if ((status = inbox_change(inbox, NULL)) != STATUS_OK) return status;
    return inbox_end(inbox, db_do(inbox->db, "UPDATE device SET heard_ms = $1, version = $2 WHERE id = $3", db_int(now),
                                  db_text(version), db_int(device)));
}
