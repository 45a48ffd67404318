// inbox_event.c -- the event files that were published (inbox.h). Their lists' modes are kept apart: conflicts ask.
#define LOG_MODULE "office"

#include "office/inbox_parts.h"

#include "base/log.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static enum status read_edition(void *owner, const struct db_value *values, size_t count)
{
    struct inbox_event *event = owner;

    event->edition = (struct event_edition){.event = (uint32_t)values[0].number, .version = (uint32_t)values[1].number};
    db_copy_blob(&values[2], event->edition.organisation, sizeof event->edition.organisation);
    db_copy_blob(&values[3], event->edition.root_key, sizeof event->edition.root_key);
    db_copy_blob(&values[4], event->edition.digest, sizeof event->edition.digest);
    db_copy_blob(&values[5], event->signature, sizeof event->signature);
    if (count < 7) return STATUS_OK;
    event->length = values[6].length;
    event->bytes = mem_zero(event->length + 1);
    memcpy(event->bytes, values[6].bytes, event->length);
    return STATUS_OK;
}

enum status inbox_event(struct inbox *inbox, uint32_t number, bool with_bytes, struct inbox_event *out)
{
    struct inbox_event event = {0};
    enum status status;

    if (with_bytes)
        status =
            db_ask(inbox->db,
                   "SELECT number, version, organisation, root_key, digest, signature, bytes FROM event_file WHERE "
                   "number = $1",
                   read_edition, &event, db_int(number));
    else
        status = db_ask(inbox->db,
                        "SELECT number, version, organisation, root_key, digest, signature FROM event_file WHERE "
                        "number = $1",
                        read_edition, &event, db_int(number));
    if (status == STATUS_OK && event.edition.event == 0) status = STATUS_MISSING;
    if (status == STATUS_OK) *out = event;
    else free(event.bytes);
    return status;
}

enum status inbox_next_event(struct inbox *inbox, uint32_t after, uint32_t *out)
{
    int64_t number = 0;
    enum status status = office_db_numbers(inbox->db, "SELECT number FROM event_file WHERE number > $1 ORDER BY number",
                                           DB_VALUES(db_int(after)), 1, &number);

    if (status == STATUS_OK) *out = (uint32_t)number;
    return status;
}

static enum status store_lists(struct inbox *inbox, const struct event *event)
{
    enum status status = db_do(inbox->db, "DELETE FROM list WHERE event = $1", db_int(event->number));

    for (size_t i = 0; i < event->list_count && status == STATUS_OK; i++)
        status = db_do(inbox->db, "INSERT INTO list (event, id, mode) VALUES ($1, $2, $3)", db_int(event->number),
                       db_int(event->lists[i].id), db_int(event->lists[i].mode));
    return status;
}

static enum status store_edition(struct inbox *inbox, const struct event_edition *edition, int64_t newest)
{
    enum status status =
        db_do(inbox->db, "INSERT INTO edition (n, event, version, digest) VALUES ($1, $2, $3, $4)", db_int(newest + 1),
              db_int(edition->event), db_int(edition->version), db_blob(edition->digest, sizeof edition->digest));

    return status == STATUS_OK ? inbox_number(inbox, newest + 1) : status;
}

static enum status store_file(struct inbox *inbox, const struct inbox_event *file, const struct event *event,
                              int64_t newest)
{
    const struct event_edition *edition = &file->edition;
    enum status status = db_do(
        inbox->db,
        "INSERT INTO event_file (number, version, organisation, root_key, digest, signature, bytes) VALUES ($1, "
        "$2, $3, $4, $5, $6, $7) ON CONFLICT (number) DO UPDATE SET version = excluded.version, organisation = "
        "excluded.organisation, root_key = excluded.root_key, digest = excluded.digest, signature = "
        "excluded.signature, bytes = excluded.bytes",
        db_int(edition->event), db_int(edition->version), db_blob(edition->organisation, sizeof edition->organisation),
        db_blob(edition->root_key, sizeof edition->root_key), db_blob(edition->digest, sizeof edition->digest),
        db_blob(file->signature, sizeof file->signature), db_blob(file->bytes, file->length));

    if (status == STATUS_OK) status = store_lists(inbox, event);
    return status == STATUS_OK ? store_edition(inbox, edition, newest) : status;
}

// STATUS_MISSING: it is here already, the very same.
static enum status compare(struct inbox *inbox, const struct event_edition *offered)
{
    struct inbox_event kept = {0};
    struct event_flaw flaw = {{0}, false};
    enum status status = inbox_event(inbox, offered->event, false, &kept);

    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_OK : status;
    if ((status = event_edition_follows(offered, &kept.edition, &flaw)) != STATUS_OK) {
        log_warn("an event was not published event=%u: %s", (unsigned)offered->event, flaw.words);
        return status;
    }
    return memcmp(offered->digest, kept.edition.digest, sizeof offered->digest) == 0 ? STATUS_MISSING : STATUS_OK;
}

static enum status put(struct inbox *inbox, const struct inbox_event *file, const struct event *event)
{
    int64_t newest = 0;
    enum status status = inbox_change(inbox, &newest);

    if (status != STATUS_OK) return status;
    status = compare(inbox, &file->edition);
    if (status == STATUS_OK) status = store_file(inbox, file, event, newest);
    status = inbox_end(inbox, status);
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status inbox_put_event(struct inbox *inbox, const struct event_edition *edition, const uint8_t *bytes,
                            size_t length, const uint8_t signature[TICKET_SIGNATURE_BYTES])
{
    struct event *event = mem_zero(sizeof *event);
    struct event_flaw flaw = {{0}, false};
    struct inbox_event file = {.edition = *edition, .length = length};
    enum status status = event_file_decode_unsigned(bytes, length, event, NULL, NULL, &flaw);

    if (status == STATUS_OK && event->number != edition->event) status = STATUS_INVALID;
    if (status != STATUS_OK) log_warn("an event was not published event=%u: %s", (unsigned)edition->event, flaw.words);
    memcpy(file.signature, signature, sizeof file.signature);
    file.bytes = mem_zero(length + 1);
    memcpy(file.bytes, bytes, length);
    if (status == STATUS_OK) status = put(inbox, &file, event);
    free(file.bytes);
    free(event);
    return status;
}
