// inbox_tally.c -- an event in numbers (record/tally.h): what its sums say, and the names that go with them.
#include "office/inbox_parts.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static enum status read_kiosk(void *owner, const struct db_value *values, size_t count)
{
    struct tally *tally = owner;
    struct tally_kiosk *kiosk = &tally->kiosks[tally->kiosk_count++];

    (void)count;
    db_copy_text(&values[0], kiosk->gate, sizeof kiosk->gate);
    kiosk->heard_unix_ms = values[1].number;
    return STATUS_OK;
}

static enum status list_kiosks(struct inbox *inbox, struct tally *tally)
{
    return db_ask(
        inbox->db,
        "SELECT COALESCE((SELECT gate FROM log WHERE log.device = device.id AND gate <> '' ORDER BY heard_ms "
        "DESC LIMIT 1), name), heard_ms FROM device WHERE event = $1 AND is_revoked = 0 ORDER BY name LIMIT $2",
        read_kiosk, tally, db_int(tally->event), db_int(TALLY_MOST_KIOSKS));
}

static void name_parts(const struct event *event, struct tally *tally)
{
    tally->event = event->number;
    tally->version = event->version;
    memcpy(tally->name, event->name, sizeof tally->name);
    text_copy(tally->zone, sizeof tally->zone, event->zone);
    tally->list_count = event->list_count;
    tally->class_count = event->class_count;
    tally->group_count = event->group_count;
    tally->list = event->list_count > 0 ? event->lists[0].id : 0;
    for (size_t i = 0; i < event->list_count; i++) {
        tally->lists[i].id = event->lists[i].id;
        tally->lists[i].mode = event->lists[i].mode;
        text_copy(tally->lists[i].name, sizeof tally->lists[i].name, event->lists[i].name);
    }
    for (size_t i = 0; i < event->class_count; i++) {
        tally->classes[i].id = event->classes[i].id;
        memcpy(tally->classes[i].name, event->classes[i].name, sizeof tally->classes[i].name);
    }
    for (size_t i = 0; i < event->group_count; i++) {
        tally->groups[i].id = event->groups[i].id;
        memcpy(tally->groups[i].name, event->groups[i].name, sizeof tally->groups[i].name);
    }
}

// The roster of the version that is here; read again when it changed. None was published: nobody is expected.
// `file`: what else it says, if it was read now; may be NULL.
static enum status find_roster(struct inbox *inbox, struct inbox_shelf *shelf, struct event *file)
{
    struct inbox_event event = {0};
    enum status status = inbox_event(inbox, shelf->event, false, &event);

    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_OK : status;
    if (shelf->roster && memcmp(shelf->digest, event.edition.digest, sizeof shelf->digest) == 0) return STATUS_OK;
    if ((status = inbox_event(inbox, shelf->event, true, &event)) != STATUS_OK) return status;
    sums_forget(shelf->sums);
    roster_close(shelf->roster);
    shelf->roster = NULL;
    status = roster_open(event.bytes, event.length, file, &shelf->roster);
    memcpy(shelf->digest, event.edition.digest, sizeof shelf->digest);
    free(event.bytes);
    return status;
}

// Where a tour is.
static enum status name_stop(struct inbox *inbox, const struct ledger_round *round, struct headcount *out)
{
    struct record record;
    enum status status = inbox_read_record(inbox, round->deed.n, &record);

    if (status == STATUS_OK) text_copy(out->stop, sizeof out->stop, record.stop);
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status inbox_tally(struct inbox *inbox, const struct event *event, struct tally *out)
{
    struct inbox_shelf *shelf;
    enum status status;

    memset(out, 0, sizeof *out);
    if ((status = inbox_shelf(inbox, event->number, &shelf)) != STATUS_OK) return status;
    if ((status = find_roster(inbox, shelf, NULL)) != STATUS_OK) return status;
    out->made_unix_ms = inbox_now(inbox);
    name_parts(event, out);
    sums_bring_up(shelf->sums, event, shelf->roster);
    sums_fill(shelf->sums, event, out);
    for (size_t i = 0; i < event->list_count && status == STATUS_OK; i++) {
        const struct ledger_round *round = sums_round(shelf->sums, i);
        if (round) status = name_stop(inbox, round, &out->lists[i].headcount);
    }
    return status == STATUS_OK ? list_kiosks(inbox, out) : status;
}

enum status inbox_prepare(struct inbox *inbox, uint32_t number)
{
    struct event *event = mem_zero(sizeof *event);
    struct inbox_shelf *shelf;
    enum status status = inbox_shelf(inbox, number, &shelf);

    if (status == STATUS_OK) status = find_roster(inbox, shelf, event);
    if (status == STATUS_OK && event->number != 0) sums_bring_up(shelf->sums, event, shelf->roster);
    if (status == STATUS_OK) (void)ledger_conflicts(shelf->ledger);
    free(event);
    return status;
}
