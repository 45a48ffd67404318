// walk_ins_sqlite.c -- whom an event registers at the door, and the kiosks that may: in the book.
#define LOG_MODULE "book"

#include "office/book_sqlite.h"

#include <string.h>

static enum status add_field(struct book *book, uint32_t event, size_t place, const struct walk_in_field *field)
{
    return book_run(book,
                    book_query(book, "INSERT INTO walk_in_field VALUES (?, ?, ?, ?, ?, ?, ?)", "iittitt",
                               (int64_t)event, (int64_t)place, field->key, field_kind_word(field->kind),
                               (int64_t)field->is_required, field->label[LANGUAGE_DE], field->label[LANGUAGE_EN]));
}

static enum status add_consent(struct book *book, uint32_t event, size_t place, const struct walk_in_consent *consent)
{
    return book_run(book,
                    book_query(book, "INSERT INTO walk_in_consent VALUES (?, ?, ?, ?, ?, ?, ?)", "iittitt",
                               (int64_t)event, (int64_t)place, consent->key, consent->version,
                               (int64_t)consent->is_required, consent->text[LANGUAGE_DE], consent->text[LANGUAGE_EN]));
}

enum status book_add_walk_ins(struct book *book, const struct event *event)
{
    const struct walk_in_rules *rules = &event->walk_ins;
    enum status status;

    if (!rules->is_welcome) return STATUS_OK;
    status = book_run(book, book_query(book, "INSERT INTO walk_in VALUES (?, ?, ?)", "iii", (int64_t)event->number,
                                       (int64_t)rules->class_id, (int64_t)rules->most_plus_ones));
    for (size_t i = 0; i < rules->field_count && status == STATUS_OK; i++)
        status = add_field(book, event->number, i, &rules->fields[i]);
    for (size_t i = 0; i < rules->consent_count && status == STATUS_OK; i++)
        status = add_consent(book, event->number, i, &rules->consents[i]);
    return status;
}

static enum status find_fields(struct book *book, uint32_t event, struct walk_in_rules *out)
{
    sqlite3_stmt *row = book_query(book,
                                   "SELECT key, kind, required, label_de, label_en FROM walk_in_field WHERE event = ?"
                                   " ORDER BY place",
                                   "i", (int64_t)event);
    enum status status;

    while ((status = book_step(book, row)) == STATUS_OK) {
        if (out->field_count == EVENT_MAX_FIELDS) return STATUS_CORRUPT;
        struct walk_in_field *field = &out->fields[out->field_count++];
        book_column_text(row, 0, field->key, sizeof field->key);
        if (field_kind_of_word((const char *)sqlite3_column_text(row, 1), &field->kind) != STATUS_OK)
            return STATUS_CORRUPT;
        field->is_required = sqlite3_column_int(row, 2);
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            book_column_text(row, 3 + language, field->label[language], sizeof field->label[language]);
    }
    return status == STATUS_MISSING ? STATUS_OK : status;
}

static enum status find_consents(struct book *book, uint32_t event, struct walk_in_rules *out)
{
    sqlite3_stmt *row = book_query(book,
                                   "SELECT key, version, required, text_de, text_en FROM walk_in_consent"
                                   " WHERE event = ? ORDER BY place",
                                   "i", (int64_t)event);
    enum status status;

    while ((status = book_step(book, row)) == STATUS_OK) {
        if (out->consent_count == EVENT_MAX_CONSENTS) return STATUS_CORRUPT;
        struct walk_in_consent *consent = &out->consents[out->consent_count++];
        book_column_text(row, 0, consent->key, sizeof consent->key);
        book_column_text(row, 1, consent->version, sizeof consent->version);
        consent->is_required = sqlite3_column_int(row, 2);
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            book_column_text(row, 3 + language, consent->text[language], sizeof consent->text[language]);
    }
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status book_find_walk_ins(struct book *book, struct event *out)
{
    struct walk_in_rules *rules = &out->walk_ins;
    sqlite3_stmt *row =
        book_query(book, "SELECT class, plus_ones FROM walk_in WHERE event = ?", "i", (int64_t)out->number);
    enum status status = book_step(book, row);

    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_OK : status;
    rules->is_welcome = true;
    rules->class_id = (uint8_t)sqlite3_column_int(row, 0);
    rules->most_plus_ones = (uint8_t)sqlite3_column_int(row, 1);
    sqlite3_reset(row);
    if ((status = find_fields(book, out->number, rules)) != STATUS_OK) return status;
    return find_consents(book, out->number, rules);
}

enum status book_find_kiosk_keys(struct book *book, struct event *out)
{
    sqlite3_stmt *row =
        book_query(book, "SELECT kid, public FROM kiosk_key WHERE event = ? ORDER BY kid", "i", (int64_t)out->number);
    enum status status;

    while ((status = book_step(book, row)) == STATUS_OK) {
        struct ticket_key key = {.kid = (uint8_t)sqlite3_column_int(row, 0),
                                 .is_walk_in_only = true,
                                 .walk_in_class = out->walk_ins.class_id};
        if (sqlite3_column_bytes(row, 1) != TICKET_PUBLIC_KEY_BYTES) return STATUS_CORRUPT;
        memcpy(key.public_key, sqlite3_column_blob(row, 1), TICKET_PUBLIC_KEY_BYTES);
        if (keyset_add(&out->keyset, &key) != STATUS_OK) return STATUS_CORRUPT;
    }
    return status == STATUS_MISSING ? STATUS_OK : status;
}

static enum status find_name_taken(struct book *book, uint32_t event, const char *name)
{
    sqlite3_stmt *row =
        book_query(book, "SELECT kid FROM kiosk_key WHERE event = ? AND name = ?", "it", (int64_t)event, name);
    enum status status = book_step(book, row);

    if (status == STATUS_OK) sqlite3_reset(row);
    return status;
}

// The lowest kid that neither the event's own keys nor other kiosks have. A kid that was free before may have signed
// tickets for a kiosk that was taken out: they name a key that no longer vouches for them.
static bool find_free_kid(const struct keyset *keyset, uint8_t *out)
{
    struct id_set taken = {{0}};

    for (size_t i = 0; i < keyset->count; i++) id_set_add(&taken, keyset->keys[i].kid);
    for (int kid = 0; kid < 256; kid++)
        if (!id_set_has(&taken, (uint8_t)kid)) {
            *out = (uint8_t)kid;
            return true;
        }
    return false;
}

enum status book_add_kiosk(struct book *book, const struct event *event, const char *name,
                           const uint8_t public_key[TICKET_PUBLIC_KEY_BYTES], enum kiosk_flaw *flaw_out)
{
    const struct keyset *keyset = &event->keyset;
    enum status status;
    uint8_t kid;

    *flaw_out = KIOSK_FLAW_NONE;
    if (!event->walk_ins.is_welcome) *flaw_out = KIOSK_FLAW_NO_WALK_INS;
    for (size_t i = 0; i < keyset->count; i++)
        if (memcmp(keyset->keys[i].public_key, public_key, TICKET_PUBLIC_KEY_BYTES) == 0)
            *flaw_out = KIOSK_FLAW_KEY_TAKEN;
    if (keyset->count == KEYSET_MAX_KEYS || !find_free_kid(keyset, &kid)) *flaw_out = KIOSK_FLAW_TOO_MANY;
    if (*flaw_out != KIOSK_FLAW_NONE) return STATUS_INVALID;
    if ((status = find_name_taken(book, event->number, name)) == STATUS_OK) {
        *flaw_out = KIOSK_FLAW_NAME_TAKEN;
        return STATUS_INVALID;
    }
    if (status != STATUS_MISSING) return status;
    return book_run(book, book_query(book, "INSERT INTO kiosk_key VALUES (?, ?, ?, ?)", "iibt", (int64_t)event->number,
                                     (int64_t)kid, public_key, (size_t)TICKET_PUBLIC_KEY_BYTES, name));
}

enum status book_remove_kiosk(struct book *book, uint32_t event, const char *name)
{
    return book_run(book,
                    book_query(book, "DELETE FROM kiosk_key WHERE event = ? AND name = ?", "it", (int64_t)event, name));
}

enum status book_each_kiosk(struct book *book, uint32_t event, kiosk_visitor *visit, void *owner)
{
    sqlite3_stmt *row =
        book_query(book, "SELECT kid, public, name FROM kiosk_key WHERE event = ? ORDER BY kid", "i", (int64_t)event);
    enum status status;

    while ((status = book_step(book, row)) == STATUS_OK) {
        if (sqlite3_column_bytes(row, 1) != TICKET_PUBLIC_KEY_BYTES) return STATUS_CORRUPT;
        visit(owner, (uint8_t)sqlite3_column_int(row, 0), sqlite3_column_blob(row, 1),
              (const char *)sqlite3_column_text(row, 2));
    }
    return status == STATUS_MISSING ? STATUS_OK : status;
}
