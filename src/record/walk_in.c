#include "record/walk_in.h"

#include "base/text.h"

#include <assert.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

// Setters answer whether they could: jansson refuses what is not UTF-8, and NULL when out of memory.

static bool set_text(json_t *object, const char *key, const char *value)
{
    return json_object_set_new(object, key, json_string(value)) == 0;
}

static bool set_fields(json_t *blob, const struct walk_in *walk_in, const struct walk_in_rules *rules)
{
    json_t *fields = json_object();

    if (json_object_set_new(blob, "fields", fields) != 0) return false;
    for (size_t i = 0; i < rules->field_count; i++)
        if (!set_text(fields, rules->fields[i].key, walk_in->values[i])) return false;
    return true;
}

static bool set_consents(json_t *blob, const struct walk_in *walk_in, const struct walk_in_rules *rules)
{
    json_t *consents = json_object();

    if (json_object_set_new(blob, "consents", consents) != 0) return false;
    for (size_t i = 0; i < rules->consent_count; i++) {
        json_t *consent = json_object();
        if (json_object_set_new(consents, rules->consents[i].key, consent) != 0) return false;
        if (!set_text(consent, "version", rules->consents[i].version)) return false;
        if (json_object_set_new(consent, "given", json_boolean(walk_in->consents >> i & 1)) != 0) return false;
    }
    return true;
}

static bool set_plus_one(json_t *blob, const struct walk_in *walk_in)
{
    char ticket[17];

    if (walk_in->plus_one_of == 0) return true;
    snprintf(ticket, sizeof ticket, "%012llx", (unsigned long long)walk_in->plus_one_of);
    return set_text(blob, "plus_one_of", ticket);
}

enum status walk_in_write_blob(const struct walk_in *walk_in, const struct walk_in_rules *rules,
                               char out[WALK_IN_BLOB_SIZE])
{
    enum status status = STATUS_INVALID;
    char text[WALK_IN_BLOB_SIZE];
    json_t *blob = json_object();

    assert(rules->field_count <= EVENT_MAX_FIELDS && rules->consent_count <= EVENT_MAX_CONSENTS);
    if (!set_fields(blob, walk_in, rules) || !set_consents(blob, walk_in, rules)) goto done;
    if (!set_text(blob, "language", walk_in->language) || !set_plus_one(blob, walk_in)) goto done;
    size_t length = json_dumpb(blob, text, sizeof text, JSON_COMPACT); // what it would need, even when that is more
    if (length == 0 || length >= sizeof text) goto done;
    memcpy(out, text, length);
    out[length] = '\0';
    status = STATUS_OK;
done:
    json_decref(blob);
    return status;
}

void walk_in_hash(const char *blob, const uint8_t salt[WALK_IN_SALT_BYTES], uint8_t out[WALK_IN_HASH_BYTES])
{
    crypto_hash_sha256_state sha;

    crypto_hash_sha256_init(&sha);
    crypto_hash_sha256_update(&sha, salt, WALK_IN_SALT_BYTES);
    crypto_hash_sha256_update(&sha, (const uint8_t *)blob, strlen(blob));
    crypto_hash_sha256_final(&sha, out);
}
