#define LOG_MODULE "book"

#include "office/book_sqlite.h"

#include "base/log.h"

#include <sodium.h>
#include <string.h>

static enum status add_labels(struct book *book, uint32_t event, const char *of, const struct event_label *labels,
                              size_t count)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        const struct event_label *label = &labels[i];
        status = book_run(book, book_query(book, "INSERT INTO label VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "ititttti",
                                           (int64_t)event, of, (int64_t)label->id, label->name[LANGUAGE_DE],
                                           label->name[LANGUAGE_EN], label->hint[LANGUAGE_DE], label->hint[LANGUAGE_EN],
                                           (int64_t)label->is_staff));
    }
    return status;
}

static enum status add_pins(struct book *book, const struct event *event)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < event->pin_count && status == STATUS_OK; i++)
        status = book_run(
            book, book_query(book, "INSERT INTO pin VALUES (?, ?)", "it", (int64_t)event->number, event->pins[i]));
    return status;
}

static enum status add_key(struct book *book, uint32_t event)
{
    uint8_t public_key[TICKET_PUBLIC_KEY_BYTES], secret_key[TICKET_SECRET_KEY_BYTES];

    (void)crypto_sign_keypair(public_key, secret_key);
    enum status status =
        book_run(book, book_query(book, "INSERT INTO event_key VALUES (?, 0, ?, ?)", "ibb", (int64_t)event, public_key,
                                  sizeof public_key, secret_key, sizeof secret_key));
    sodium_memzero(secret_key, sizeof secret_key);
    return status;
}

static enum status add_row(struct book *book, const struct event *event)
{
    return book_run(
        book, book_query(book,
                         "INSERT INTO event (number, kind, name_de, name_en, zone, starts_ms, ends_ms, welcome_de,"
                         " welcome_en, privacy_de, privacy_en, shows_names, shows_headcount)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                         "ittttiittttii", (int64_t)event->number, event->kind, event->name[LANGUAGE_DE],
                         event->name[LANGUAGE_EN], event->zone, event->starts_ms, event->ends_ms,
                         event->welcome[LANGUAGE_DE], event->welcome[LANGUAGE_EN], event->privacy[LANGUAGE_DE],
                         event->privacy[LANGUAGE_EN], (int64_t)event->shows_names, (int64_t)event->shows_headcount));
}

enum status book_add_event(struct book *book, const struct event *event)
{
    enum status status;

    if ((status = book_begin(book)) != STATUS_OK) return status;
    if ((status = add_row(book, event)) == STATUS_OK && (status = add_key(book, event->number)) == STATUS_OK &&
        (status = book_add_lists(book, event)) == STATUS_OK && (status = add_pins(book, event)) == STATUS_OK &&
        (status = book_add_stops(book, event)) == STATUS_OK && (status = book_add_walk_ins(book, event)) == STATUS_OK &&
        (status = add_labels(book, event->number, "class", event->classes, event->class_count)) == STATUS_OK)
        status = add_labels(book, event->number, "group", event->groups, event->group_count);
    enum status ended = book_end(book, status == STATUS_OK);
    return status == STATUS_OK ? ended : status;
}

static enum status find_row(struct book *book, struct event *out)
{
    sqlite3_stmt *row = book_query(book,
                                   "SELECT kind, name_de, name_en, zone, starts_ms, ends_ms, welcome_de, welcome_en,"
                                   " privacy_de, privacy_en, shows_names, shows_headcount, version"
                                   " FROM event WHERE number = ?",
                                   "i", (int64_t)out->number);
    enum status status = book_step(book, row);

    if (status != STATUS_OK) return status;
    book_column_text(row, 0, out->kind, sizeof out->kind);
    book_column_text(row, 3, out->zone, sizeof out->zone);
    out->starts_ms = sqlite3_column_int64(row, 4);
    out->ends_ms = sqlite3_column_int64(row, 5);
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        book_column_text(row, 1 + language, out->name[language], sizeof out->name[language]);
        book_column_text(row, 6 + language, out->welcome[language], sizeof out->welcome[language]);
        book_column_text(row, 8 + language, out->privacy[language], sizeof out->privacy[language]);
    }
    out->shows_names = sqlite3_column_int(row, 10);
    out->shows_headcount = sqlite3_column_int(row, 11);
    out->version = (uint32_t)sqlite3_column_int64(row, 12);
    sqlite3_reset(row);
    return STATUS_OK;
}

static enum status find_labels(struct book *book, uint32_t event, const char *of, struct event_label *out,
                               size_t *count_out)
{
    sqlite3_stmt *row = book_query(book,
                                   "SELECT id, name_de, name_en, hint_de, hint_en, staff FROM label"
                                   " WHERE event = ? AND of = ? ORDER BY id",
                                   "it", (int64_t)event, of);
    enum status status;

    *count_out = 0;
    while ((status = book_step(book, row)) == STATUS_OK) {
        if (*count_out == EVENT_MAX_LABELS) return STATUS_CORRUPT;
        struct event_label *label = &out[(*count_out)++];
        label->id = (uint8_t)sqlite3_column_int(row, 0);
        label->is_staff = sqlite3_column_int(row, 5);
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            book_column_text(row, 1 + language, label->name[language], sizeof label->name[language]);
            book_column_text(row, 3 + language, label->hint[language], sizeof label->hint[language]);
        }
    }
    return status == STATUS_MISSING ? STATUS_OK : status;
}

static enum status find_pins(struct book *book, struct event *out)
{
    sqlite3_stmt *row =
        book_query(book, "SELECT verifier FROM pin WHERE event = ? ORDER BY rowid", "i", (int64_t)out->number);
    enum status status;

    while ((status = book_step(book, row)) == STATUS_OK) {
        if (out->pin_count == EVENT_MAX_PINS) return STATUS_CORRUPT;
        book_column_text(row, 0, out->pins[out->pin_count++], EVENT_PIN_SIZE);
    }
    return status == STATUS_MISSING ? STATUS_OK : status;
}

static enum status find_keys(struct book *book, struct event *out)
{
    sqlite3_stmt *row =
        book_query(book, "SELECT kid, public FROM event_key WHERE event = ? ORDER BY kid", "i", (int64_t)out->number);
    enum status status;

    memcpy(out->keyset.organisation, book->identity.organisation, ORGANISATION_BYTES);
    while ((status = book_step(book, row)) == STATUS_OK) {
        struct ticket_key key = {.kid = (uint8_t)sqlite3_column_int(row, 0)};
        if (sqlite3_column_bytes(row, 1) != TICKET_PUBLIC_KEY_BYTES) return STATUS_CORRUPT;
        memcpy(key.public_key, sqlite3_column_blob(row, 1), TICKET_PUBLIC_KEY_BYTES);
        if (keyset_add(&out->keyset, &key) != STATUS_OK) return STATUS_CORRUPT;
    }
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status book_find_event(struct book *book, uint32_t number, struct event *out)
{
    enum status status;

    memset(out, 0, sizeof *out);
    out->number = number;
    if ((status = find_row(book, out)) != STATUS_OK) return status;
    if ((status = book_find_lists(book, out)) != STATUS_OK) return status;
    if ((status = book_find_stops(book, out)) != STATUS_OK) return status;
    if ((status = book_find_walk_ins(book, out)) != STATUS_OK) return status;
    if ((status = find_pins(book, out)) != STATUS_OK) return status;
    if ((status = find_keys(book, out)) != STATUS_OK) return status;
    if ((status = book_find_kiosk_keys(book, out)) != STATUS_OK) return status;
    if ((status = find_labels(book, number, "class", out->classes, &out->class_count)) != STATUS_OK) return status;
    return find_labels(book, number, "group", out->groups, &out->group_count);
}

enum status book_next_event(struct book *book, uint32_t after, uint32_t *out)
{
    sqlite3_stmt *row =
        book_query(book, "SELECT number FROM event WHERE number > ? ORDER BY number LIMIT 1", "i", (int64_t)after);
    enum status status = book_step(book, row);

    if (status != STATUS_OK) return status;
    *out = (uint32_t)sqlite3_column_int64(row, 0);
    sqlite3_reset(row);
    return STATUS_OK;
}

enum status book_sign_ticket(struct book *book, struct ticket *ticket)
{
    sqlite3_stmt *row = book_query(book, "SELECT kid, secret FROM event_key WHERE event = ? ORDER BY kid DESC", "i",
                                   (int64_t)ticket->event);
    enum status status = book_step(book, row);

    if (status != STATUS_OK) return status;
    if (sqlite3_column_bytes(row, 1) == TICKET_SECRET_KEY_BYTES) {
        ticket->kid = (uint8_t)sqlite3_column_int(row, 0);
        ticket_sign(ticket, book->identity.organisation, sqlite3_column_blob(row, 1));
    } else status = STATUS_CORRUPT;
    sqlite3_reset(row);
    return status;
}

enum status book_give_version(struct book *book, uint32_t event, const uint8_t hash[BOOK_HASH_BYTES],
                              uint32_t *version_out)
{
    enum status status = book_run(
        book, book_query(book, "UPDATE event SET version = version + 1, hash = ?1 WHERE number = ?2 AND hash IS NOT ?1",
                         "bi", hash, (size_t)BOOK_HASH_BYTES, (int64_t)event));

    if (status != STATUS_OK && status != STATUS_MISSING) return status;
    sqlite3_stmt *row = book_query(book, "SELECT version FROM event WHERE number = ?", "i", (int64_t)event);
    if ((status = book_step(book, row)) != STATUS_OK) return status;
    *version_out = (uint32_t)sqlite3_column_int64(row, 0);
    sqlite3_reset(row);
    return STATUS_OK;
}
