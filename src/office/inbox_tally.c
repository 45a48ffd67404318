// inbox_tally.c -- an event in numbers, from its ledger and the roster that was published (record/tally.h). Who is
// inside: a ticket belongs to the person of its last check-in on the list, and a person is where the newest of these
// says; as at the door (record/store_project_sqlite.c).
#include "office/inbox_fold.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static void count_part(struct tally_part *parts, const struct event_label *labels, size_t count, uint8_t id,
                       bool is_inside)
{
    for (size_t i = 0; i < count; i++) {
        if (labels[i].id != id) continue;
        if (is_inside) parts[i].inside++;
        else parts[i].expected++;
    }
}

static void count_parts(struct inbox_fold *fold, size_t list, uint8_t class_id, uint8_t group, bool is_inside)
{
    const struct event *event = fold->event;

    count_part(fold->tally->lists[list].classes, event->classes, event->class_count, class_id, is_inside);
    count_part(fold->tally->lists[list].groups, event->groups, event->group_count, group, is_inside);
}

struct expected {
    struct inbox_fold *fold;
    size_t list;
};

static void count_expected(void *owner, const struct roster_guest *guest)
{
    const struct expected *expected = owner;

    expected->fold->tally->lists[expected->list].headcount.expected++;
    count_parts(expected->fold, expected->list, guest->class_id, guest->group, false);
}

// ---- who is inside ----

// One owner by their newest check-in.
static void count_owner(struct inbox_fold *fold, const struct ledger_deed *deed)
{
    struct headcount *headcount;
    const struct roster_guest *guest = NULL;
    bool is_entry = deed->kind == RECORD_KIND_ENTRY, is_inside = is_entry;
    uint8_t class_id, group;
    size_t list;

    if (!fold_find_list(fold->event, deed->list, &list)) return;
    headcount = &fold->tally->lists[list].headcount;
    if (fold->event->lists[list].mode == LIST_MODE_ROLL_CALL) {
        bool is_expected = fold->shelf->roster && roster_expects(fold->shelf->roster, list, deed->person, deed->ticket);
        if (fold->rounds[list])
            is_inside = is_entry && ledger_is_after(fold->shelf->ledger, deed, &fold->rounds[list]->deed);
        if (is_entry && !is_expected) headcount->expected++; // joined from another bus
        if (!is_entry && is_expected) headcount->expected--;
        if (!is_entry) headcount->signed_off++;
    }
    if (!is_inside) return;
    headcount->inside++;
    if (fold->shelf->roster) guest = roster_find(fold->shelf->roster, deed->ticket);
    if (guest) count_parts(fold, list, guest->class_id, guest->group, true);
    else if (ledger_walk_in(fold->shelf->ledger, deed->ticket, &class_id, &group))
        count_parts(fold, list, class_id, group, true);
}

static uint64_t stir(uint64_t key)
{
    key = (key ^ key >> 30) * UINT64_C(0xBF58476D1CE4E5B9); // SplitMix64's, as in ledger.c
    key = (key ^ key >> 27) * UINT64_C(0x94D049BB133111EB);
    return key ^ key >> 31;
}

static const struct ledger_deed **slot_of(const struct inbox_fold *fold, const struct ledger_deed *deed)
{
    size_t at = (size_t)stir((uint64_t)deed->list << 32 | deed->person) & (fold->size - 1);

    while (fold->persons[at] && (fold->persons[at]->list != deed->list || fold->persons[at]->person != deed->person))
        at = (at + 1) & (fold->size - 1);
    return &fold->persons[at];
}

static void count_owners(struct inbox_fold *fold)
{
    const struct ledger *ledger = fold->shelf->ledger;
    const struct ledger_deed *deed;

    fold->size = 1024;
    while (fold->size < 2 * ledger_count(ledger)) fold->size *= 2;
    fold->persons = mem_zero_array(fold->size, sizeof(struct ledger_deed *));
    for (size_t at = 0; (deed = ledger_each_last(ledger, &at));) {
        const struct ledger_deed **slot = deed->person != 0 ? slot_of(fold, deed) : NULL;
        if (!slot) count_owner(fold, deed);
        else if (!*slot || ledger_is_after(ledger, deed, *slot)) *slot = deed;
    }
    for (size_t i = 0; i < fold->size; i++)
        if (fold->persons[i]) count_owner(fold, fold->persons[i]);
    free((void *)fold->persons);
}

// ---- when they came ----

// The eight hours before the last arrival, or now; on whole five minutes. Times of clocks that were never set don't
// count.
static int64_t find_beginning(const struct inbox_fold *fold, int64_t now)
{
    const int64_t known_ms = INT64_C(1735689600000), span_ms = (int64_t)TALLY_BUCKETS * TALLY_BUCKET_MS; // 2025-01-01
    size_t count = ledger_count(fold->shelf->ledger);
    int64_t first = INT64_MAX, last = 0;

    for (size_t i = 0; i < count; i++) {
        const struct ledger_deed *deed = ledger_at(fold->shelf->ledger, (uint32_t)i);
        if (!fold_stands(deed) || deed->unix_ms < known_ms || deed->unix_ms > now) continue;
        if (deed->unix_ms < first) first = deed->unix_ms;
        if (deed->unix_ms > last) last = deed->unix_ms;
    }
    if (last == 0) return now - now % TALLY_BUCKET_MS;
    last += TALLY_BUCKET_MS - last % TALLY_BUCKET_MS;
    if (first < last - span_ms) first = last - span_ms;
    return first - first % TALLY_BUCKET_MS;
}

static void count_time(struct inbox_fold *fold, const struct ledger_deed *deed, size_t list)
{
    int64_t since_ms = deed->unix_ms - fold->tally->arrivals_from_ms;
    uint16_t *bucket = fold->tally->lists[list].arrivals;

    if (deed->hlc >= fold->newest_hlc[list]) {
        fold->newest_hlc[list] = deed->hlc;
        fold->tally->lists[list].last_unix_ms = deed->unix_ms;
    }
    if (deed->kind != RECORD_KIND_ENTRY) return;
    fold->tally->lists[list].headcount.given++;
    if (since_ms < 0 || since_ms / TALLY_BUCKET_MS >= TALLY_BUCKETS) return;
    bucket += since_ms / TALLY_BUCKET_MS;
    if (*bucket < UINT16_MAX) ++*bucket;
}

static void count_times(struct inbox_fold *fold)
{
    size_t count = ledger_count(fold->shelf->ledger), list;

    fold->tally->arrivals_from_ms = find_beginning(fold, fold->tally->made_unix_ms);
    for (size_t i = 0; i < count; i++) {
        const struct ledger_deed *deed = ledger_at(fold->shelf->ledger, (uint32_t)i);
        if (fold_stands(deed) && fold_find_list(fold->event, deed->list, &list)) count_time(fold, deed, list);
    }
}

// ---- the rest ----

static enum status read_kiosk(void *owner, const struct db_value *values, size_t count)
{
    struct tally *tally = owner;
    struct tally_kiosk *kiosk = &tally->kiosks[tally->kiosk_count++];

    (void)count;
    db_copy_text(&values[0], kiosk->gate, sizeof kiosk->gate);
    kiosk->heard_unix_ms = values[1].number;
    return STATUS_OK;
}

static enum status list_kiosks(struct inbox_fold *fold)
{
    return db_ask(
        fold->inbox->db,
        "SELECT COALESCE((SELECT gate FROM log WHERE log.device = device.id AND gate <> '' ORDER BY heard_ms "
        "DESC LIMIT 1), name), heard_ms FROM device WHERE event = $1 AND is_revoked = 0 ORDER BY name LIMIT $2",
        read_kiosk, fold->tally, db_int(fold->event->number), db_int(TALLY_MOST_KIOSKS));
}

static void name_parts(struct inbox_fold *fold)
{
    const struct event *event = fold->event;
    struct tally *tally = fold->tally;

    tally->event = event->number;
    tally->version = event->version;
    tally->made_unix_ms = inbox_now(fold->inbox);
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
static enum status find_roster(struct inbox *inbox, struct inbox_shelf *shelf)
{
    struct inbox_event event = {0};
    enum status status = inbox_event(inbox, shelf->event, false, &event);

    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_OK : status;
    if (shelf->roster && memcmp(shelf->digest, event.edition.digest, sizeof shelf->digest) == 0) return STATUS_OK;
    if ((status = inbox_event(inbox, shelf->event, true, &event)) != STATUS_OK) return status;
    roster_close(shelf->roster);
    shelf->roster = NULL;
    status = roster_open(event.bytes, event.length, NULL, &shelf->roster);
    memcpy(shelf->digest, event.edition.digest, sizeof shelf->digest);
    free(event.bytes);
    return status;
}

enum status inbox_tally(struct inbox *inbox, const struct event *event, struct tally *out)
{
    struct inbox_fold fold = {.inbox = inbox, .event = event, .tally = out};
    struct inbox_shelf *shelf;
    enum status status;

    memset(out, 0, sizeof *out);
    if ((status = inbox_shelf(inbox, event->number, &shelf)) != STATUS_OK) return status;
    if ((status = find_roster(inbox, shelf)) != STATUS_OK) return status;
    fold.shelf = shelf;
    name_parts(&fold);
    fold_find_rounds(&fold);
    for (size_t i = 0; i < event->list_count && shelf->roster; i++)
        roster_each_expected(shelf->roster, i, count_expected, &(struct expected){&fold, i});
    count_owners(&fold);
    count_times(&fold);
    for (size_t i = 0; i < event->list_count && status == STATUS_OK; i++) {
        fold_count_things(&fold, i);
        status = fold_name_round(&fold, i);
    }
    return status == STATUS_OK ? list_kiosks(&fold) : status;
}
