// inbox_pair.c -- one-time codes, and who came with one (inbox.h).
#define LOG_MODULE "office"

#include "office/inbox_parts.h"

#include "base/log.h"
#include "base/text.h"
#include "office/inbox_secret.h"

#include <string.h>

struct offer { // of table offer
    char name[PAIRING_NAME_SIZE];
    uint32_t event;
    bool is_hub;
};

static enum status is_taken(struct inbox *inbox, const char *name, bool *out)
{
    int64_t count = 0;
    enum status status = office_db_numbers(inbox->db, "SELECT COUNT(*) FROM device WHERE name = $1 AND is_revoked = 0",
                                           DB_VALUES(db_text(name)), 1, &count);

    *out = count > 0;
    return status;
}

static enum status store_offer(struct inbox *inbox, const struct offer *offer, int64_t good_ms,
                               const uint8_t hash[INBOX_SECRET_HASH_BYTES])
{
    int64_t now = inbox_now(inbox);
    bool taken = false;
    enum status status = is_taken(inbox, offer->name, &taken);

    if (status != STATUS_OK) return status;
    if (taken) return STATUS_INVALID;
    if ((status = db_do(inbox->db, "DELETE FROM offer WHERE good_until_ms <= $1", db_int(now))) != STATUS_OK)
        return status;
    return db_do(inbox->db,
                 "INSERT INTO offer (code_hash, name, event, is_hub, good_until_ms) VALUES ($1, $2, $3, $4, $5)",
                 db_blob(hash, INBOX_SECRET_HASH_BYTES), db_text(offer->name), db_int(offer->event),
                 db_int(offer->is_hub), db_int(now + good_ms));
}

enum status inbox_offer(struct inbox *inbox, const char *name, uint32_t event, bool is_hub, int64_t good_ms,
                        char code_out[PAIRING_CODE_SIZE])
{
    struct offer offer = {.event = event, .is_hub = is_hub};
    char code[PAIRING_CODE_SIZE];
    uint8_t hash[INBOX_SECRET_HASH_BYTES];
    enum status status;

    if (!name[0] || strlen(name) >= sizeof offer.name || !text_is_utf8(name, strlen(name))) return STATUS_INVALID;
    text_copy(offer.name, sizeof offer.name, name);
    inbox_make_code(code);
    inbox_hash_secret(code, hash);
    if ((status = inbox_change(inbox, NULL)) != STATUS_OK) return status;
    if ((status = inbox_end(inbox, store_offer(inbox, &offer, good_ms, hash))) != STATUS_OK) return status;
    memcpy(code_out, code, sizeof code);
    return STATUS_OK;
}

static enum status read_offer(void *owner, const struct db_value *values, size_t count)
{
    struct offer *offer = owner;

    (void)count;
    db_copy_text(&values[0], offer->name, sizeof offer->name);
    offer->event = (uint32_t)values[1].number;
    offer->is_hub = values[2].number != 0;
    return STATUS_OK;
}

// Whether our answer got lost: the very kiosk that came with this code comes again, and was not heard of since. It
// gets another token.
static enum status is_lost_again(struct inbox *inbox, const char *name, const uint8_t key[DEVICE_KEY_BYTES], bool *out)
{
    int64_t count = 0;
    enum status status = office_db_numbers(
        inbox->db,
        "SELECT COUNT(*) FROM device WHERE name = $1 AND is_revoked = 0 AND public_key = $2 AND NOT EXISTS (SELECT 1 "
        "FROM log WHERE log.device = device.id AND log.heard_ms >= device.paired_ms)",
        DB_VALUES(db_text(name), db_blob(key, DEVICE_KEY_BYTES)), 1, &count);

    *out = count > 0;
    return status;
}

// A code is good once, and pairing ends all other offers of that name.
static enum status take_offer(struct inbox *inbox, const uint8_t hash[INBOX_SECRET_HASH_BYTES],
                              const uint8_t key[DEVICE_KEY_BYTES], struct offer *out)
{
    struct offer offer = {0};
    bool taken = false, again = false;
    enum status status =
        db_ask(inbox->db, "SELECT name, event, is_hub FROM offer WHERE code_hash = $1 AND good_until_ms > $2",
               read_offer, &offer, db_blob(hash, INBOX_SECRET_HASH_BYTES), db_int(inbox_now(inbox)));

    if (status != STATUS_OK) return status;
    if (!offer.name[0]) return STATUS_MISSING;
    if ((status = is_taken(inbox, offer.name, &taken)) != STATUS_OK) return status;
    if (taken && (status = is_lost_again(inbox, offer.name, key, &again)) != STATUS_OK) return status;
    if (taken && !again) return STATUS_MISSING;
    *out = offer;
    return db_do(inbox->db, "DELETE FROM offer WHERE name = $1 AND code_hash <> $2", db_text(offer.name),
                 db_blob(hash, INBOX_SECRET_HASH_BYTES));
}

static enum status add_device(struct inbox *inbox, struct device *device, const uint8_t hash[INBOX_SECRET_HASH_BYTES])
{
    enum status status = office_db_numbers(inbox->db, "SELECT id FROM device WHERE name = $1",
                                           DB_VALUES(db_text(device->name)), 1, &device->id);

    if (status == STATUS_MISSING) status = inbox_next_id(inbox, "SELECT MAX(id) FROM device", &device->id);
    if (status != STATUS_OK) return status;
    status = db_do(inbox->db,
                   "INSERT INTO device (id, name, public_key, event, is_hub, is_revoked, paired_ms, heard_ms, version, "
                   "token_hash) VALUES ($1, $2, $3, $4, $5, 0, $6, $6, $7, $8) ON CONFLICT (id) DO UPDATE SET "
                   "public_key = excluded.public_key, event = excluded.event, is_hub = excluded.is_hub, is_revoked = "
                   "0, paired_ms = excluded.paired_ms, heard_ms = excluded.heard_ms, version = excluded.version, "
                   "token_hash = excluded.token_hash",
                   db_int(device->id), db_text(device->name), db_blob(device->public_key, DEVICE_KEY_BYTES),
                   db_int(device->event), db_int(device->is_hub), db_int(device->paired_ms), db_text(device->version),
                   db_blob(hash, INBOX_SECRET_HASH_BYTES));
    if (status != STATUS_OK) return status;
    // What a hub or a stick brought of it before.
    return db_do(inbox->db, "UPDATE log SET device = $1 WHERE device_key = $2 AND device = 0", db_int(device->id),
                 db_blob(device->public_key, DEVICE_KEY_BYTES));
}

static enum status pair(struct inbox *inbox, const struct wire_enroll *enroll, struct device *out,
                        char token_out[PAIRING_TOKEN_SIZE])
{
    uint8_t code_hash[INBOX_SECRET_HASH_BYTES], token_hash[INBOX_SECRET_HASH_BYTES];
    struct device device = {.paired_ms = inbox_now(inbox), .heard_ms = inbox_now(inbox)};
    char code[PAIRING_CODE_SIZE];
    struct offer offer;
    enum status status;

    if (pairing_read_code(enroll->code, code) != STATUS_OK) return STATUS_MISSING;
    inbox_hash_secret(code, code_hash);
    if ((status = take_offer(inbox, code_hash, enroll->device_public_key, &offer)) != STATUS_OK) return status;
    text_copy(device.name, sizeof device.name, offer.name);
    text_copy(device.version, sizeof device.version, enroll->version);
    memcpy(device.public_key, enroll->device_public_key, sizeof device.public_key);
    device.event = offer.event;
    device.is_hub = offer.is_hub;
    inbox_make_token(token_out);
    inbox_hash_secret(token_out, token_hash);
    if ((status = add_device(inbox, &device, token_hash)) != STATUS_OK) return status;
    *out = device;
    return STATUS_OK;
}

static bool is_guessed_too_often(struct inbox *inbox)
{
    enum { MINUTE_MS = 60 * 1000 };
    int64_t now = inbox->clock->ops->mono_ms(inbox->clock);

    if (now - inbox->guesses_since_ms >= MINUTE_MS) {
        inbox->guesses_since_ms = now;
        inbox->guess_count = 0;
    }
    return inbox->guess_count >= INBOX_MOST_GUESSES;
}

enum status inbox_enroll(struct inbox *inbox, const struct wire_enroll *enroll, struct device *out,
                         char token_out[PAIRING_TOKEN_SIZE])
{
    enum status status;

    if (is_guessed_too_often(inbox)) return STATUS_LATER;
    if ((status = inbox_change(inbox, NULL)) != STATUS_OK) return status;
    status = inbox_end(inbox, pair(inbox, enroll, out, token_out));
    if (status == STATUS_MISSING && ++inbox->guess_count == INBOX_MOST_GUESSES)
        log_warn("pairing rests for a minute: too many wrong codes");
    return status;
}
