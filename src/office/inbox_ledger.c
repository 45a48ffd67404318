// inbox_ledger.c -- an event's deeds from the database into its ledger, as far as they have come, and who is judged
// anew by them.
#include "office/inbox_parts.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { DEEDS_AT_ONCE = 20000 }; // by their numbers; some may be of other events

struct catch_up {
    struct inbox *inbox;
    struct inbox_shelf *shelf;
    uint32_t places[DEEDS_AT_ONCE]; // whose owners are to be judged
    size_t place_count;
};

static uint32_t other_of(const uint8_t log[LOG_ID_BYTES])
{
    return (uint32_t)log[0] << 24 | (uint32_t)log[1] << 16 | (uint32_t)log[2] << 8 | log[3];
}

static enum status knows(void *owner, const struct ledger_deed *deed, const struct ledger_deed *other, bool *out)
{
    const struct catch_up *catch_up = owner;
    const struct ledger *ledger = catch_up->shelf->ledger;
    int64_t upto = 0;
    enum status status = STATUS_OK;

    if (deed->log == other->log) {
        *out = other->seq < deed->seq;
        return STATUS_OK;
    }
    status =
        office_db_numbers(catch_up->inbox->db,
                          "SELECT upto FROM seen JOIN log ON log.id = seen.log WHERE log.log = $1 AND other = $2 "
                          "AND seq <= $3 ORDER BY seq DESC LIMIT 1",
                          DB_VALUES(db_blob(ledger_log_id(ledger, deed->log), LOG_ID_BYTES),
                                    db_int(other_of(ledger_log_id(ledger, other->log))), db_int((int64_t)deed->seq)),
                          1, &upto);
    *out = status == STATUS_OK && (uint64_t)upto >= other->seq;
    return status == STATUS_MISSING ? STATUS_OK : status;
}

static bool find_mode(const struct inbox_shelf *shelf, uint16_t list, enum list_mode *out)
{
    for (size_t i = 0; i < shelf->list_count; i++)
        if (shelf->lists[i].id == list) {
            *out = shelf->lists[i].mode;
            return true;
        }
    return false;
}

static enum status judge(struct catch_up *catch_up, uint32_t place)
{
    const struct ledger_deed *deed = ledger_at(catch_up->shelf->ledger, place);
    struct ledger_judge judge = {.turn = catch_up->shelf->turn, .knows = knows, .owner = catch_up};

    if (deed->kind != RECORD_KIND_ENTRY && deed->kind != RECORD_KIND_EXIT) return STATUS_OK;
    if (!find_mode(catch_up->shelf, deed->list, &judge.mode)) return STATUS_OK; // that list was not published
    return ledger_judge(catch_up->shelf->ledger, place, &judge);
}

static void annul(struct catch_up *catch_up, const struct ledger_deed *deed, uint64_t seq,
                  const struct db_value *annulled)
{
    struct ledger *ledger = catch_up->shelf->ledger;
    uint8_t log[LOG_ID_BYTES];
    uint32_t of = deed->log, place;

    if (annulled->type == DB_BLOB) {
        db_copy_blob(annulled, log, sizeof log);
        of = ledger_log(ledger, log);
    } else if (seq >= deed->seq) return; // nothing of its own future
    if (ledger_annul(ledger, of, seq, &place)) catch_up->places[catch_up->place_count++] = place;
}

static void add_round(struct inbox_shelf *shelf, const struct ledger_deed *deed, uint32_t number)
{
    sums_forget(shelf->sums);
    ledger_add_round(shelf->ledger, deed, number);
}

static void add_walk_in(struct inbox_shelf *shelf, uint64_t ticket, int64_t parts)
{
    sums_count_ticket(shelf->sums, ticket, -1);
    ledger_add_walk_in(shelf->ledger, ticket, (uint8_t)(parts >> 8), (uint8_t)parts);
    sums_count_ticket(shelf->sums, ticket, 1);
}

static enum status read_deed(void *owner, const struct db_value *values, size_t count)
{
    struct catch_up *catch_up = owner;
    struct ledger *ledger = catch_up->shelf->ledger;
    struct ledger_deed deed = {.n = values[0].number,
                               .seq = (uint64_t)values[2].number,
                               .kind = (uint8_t)values[3].number,
                               .list = (uint16_t)values[4].number,
                               .ticket = (uint64_t)values[5].number,
                               .person = (uint32_t)values[6].number,
                               .hlc = values[7].number,
                               .unix_ms = values[8].number,
                               .is_forced = values[10].number != 0};
    int64_t target = values[9].number;
    uint8_t log[LOG_ID_BYTES];

    (void)count;
    db_copy_blob(&values[1], log, sizeof log);
    deed.log = ledger_log(ledger, log);
    if (deed.kind == RECORD_KIND_ENTRY || deed.kind == RECORD_KIND_EXIT)
        catch_up->places[catch_up->place_count++] = ledger_add(ledger, &deed);
    if (deed.kind == RECORD_KIND_ANNUL) annul(catch_up, &deed, (uint64_t)target, &values[11]);
    if (deed.kind == RECORD_KIND_ROUND) add_round(catch_up->shelf, &deed, (uint32_t)target);
    if (deed.kind == RECORD_KIND_STOCK) ledger_add_stock(ledger, deed.list, deed.log, target);
    if (deed.kind == RECORD_KIND_WALK_IN) add_walk_in(catch_up->shelf, deed.ticket, target);
    return STATUS_OK;
}

static enum status read_deeds(struct catch_up *catch_up, int64_t newest)
{
    struct inbox_shelf *shelf = catch_up->shelf;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && shelf->newest < newest) {
        int64_t after = shelf->newest, upto = newest - after < DEEDS_AT_ONCE ? newest : after + DEEDS_AT_ONCE;
        catch_up->place_count = 0;
        status =
            db_ask(catch_up->inbox->db,
                   "SELECT deed.n, log.log, seq, kind, list, ticket, person, deed.hlc, unix_ms, target, is_forced, "
                   "annulled FROM deed JOIN log ON log.id = deed.log WHERE event = $1 AND deed.n > $2 AND deed.n "
                   "<= $3 ORDER BY deed.n",
                   read_deed, catch_up, db_int(shelf->event), db_int(after), db_int(upto));
        shelf->turn++;
        for (size_t i = 0; i < catch_up->place_count && status == STATUS_OK; i++)
            status = judge(catch_up, catch_up->places[i]);
        shelf->newest = upto;
    }
    return status;
}

static enum status judge_all(struct catch_up *catch_up)
{
    size_t count = ledger_count(catch_up->shelf->ledger);
    enum status status = STATUS_OK;

    catch_up->shelf->turn++;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) status = judge(catch_up, (uint32_t)i);
    return status;
}

static enum status read_list(void *owner, const struct db_value *values, size_t count)
{
    struct inbox_shelf *shelf = owner;

    (void)count;
    if (shelf->list_count == EVENT_MAX_LISTS) return STATUS_OK;
    shelf->lists[shelf->list_count].id = (uint16_t)values[0].number;
    shelf->lists[shelf->list_count++].mode = (enum list_mode)values[1].number;
    return STATUS_OK;
}

static bool has_same_lists(const struct inbox_shelf *one, const struct inbox_shelf *other)
{
    bool is_same = one->list_count == other->list_count;

    for (size_t i = 0; is_same && i < one->list_count; i++)
        is_same = one->lists[i].id == other->lists[i].id && one->lists[i].mode == other->lists[i].mode;
    return is_same;
}

static enum status read_lists(struct inbox *inbox, struct inbox_shelf *shelf, bool *is_new_out)
{
    struct inbox_shelf before = *shelf;
    enum status status;

    shelf->list_count = 0;
    status = db_ask(inbox->db, "SELECT id, mode FROM list WHERE event = $1 ORDER BY id", read_list, shelf,
                    db_int(shelf->event));
    *is_new_out = !has_same_lists(&before, shelf);
    return status;
}

static void begin(struct inbox_shelf *shelf)
{
    sums_close(shelf->sums);
    ledger_close(shelf->ledger);
    shelf->ledger = ledger_open();
    shelf->sums = sums_open(shelf->ledger);
    shelf->newest = 0;
}

static void clear(struct inbox_shelf *shelf)
{
    sums_close(shelf->sums);
    ledger_close(shelf->ledger);
    roster_close(shelf->roster);
    *shelf = (struct inbox_shelf){0};
}

void inbox_clear_shelves(struct inbox *inbox)
{
    for (size_t i = 0; i < INBOX_MOST_COUNTED; i++) clear(&inbox->shelves[i]);
}

bool inbox_is_counted(const struct inbox *inbox, uint32_t event)
{
    for (size_t i = 0; i < INBOX_MOST_COUNTED; i++)
        if (event != 0 && inbox->shelves[i].event == event) return true;
    return false;
}

// The event's, or that of an event which nobody asked about for longest.
static struct inbox_shelf *find_shelf(struct inbox *inbox, uint32_t event)
{
    struct inbox_shelf *oldest = &inbox->shelves[0];

    for (size_t i = 0; i < INBOX_MOST_COUNTED; i++) {
        if (inbox->shelves[i].event == event) return &inbox->shelves[i];
        if (inbox->shelves[i].used < oldest->used) oldest = &inbox->shelves[i];
    }
    clear(oldest);
    oldest->event = event;
    begin(oldest);
    return oldest;
}

static enum status bring_up(struct catch_up *catch_up)
{
    struct inbox_shelf *shelf = catch_up->shelf;
    bool is_new = false;
    int64_t newest = 0;
    enum status status =
        office_db_numbers(catch_up->inbox->db, "SELECT newest FROM counter WHERE id = 1", NULL, 0, 1, &newest);

    if (status != STATUS_OK) return status;
    if (newest < shelf->newest) begin(shelf); // the database was put back
    if ((status = read_lists(catch_up->inbox, shelf, &is_new)) != STATUS_OK) return status;
    if ((status = read_deeds(catch_up, newest)) != STATUS_OK) return status;
    return is_new ? judge_all(catch_up) : STATUS_OK;
}

enum status inbox_shelf(struct inbox *inbox, uint32_t event, struct inbox_shelf **out)
{
    struct catch_up *catch_up = mem_zero(sizeof *catch_up);
    struct inbox_shelf *shelf = find_shelf(inbox, event);
    enum status status = inbox->db->ops->begin(inbox->db, false);

    shelf->used = ++inbox->shelf_uses;
    catch_up->inbox = inbox;
    catch_up->shelf = shelf;
    if (status == STATUS_OK) status = inbox_end(inbox, bring_up(catch_up));
    if (status == STATUS_OK) *out = shelf;
    else clear(shelf); // half of it may be there
    free(catch_up);
    return status;
}

struct record_reader {
    struct record *record;
    enum status status;
};

static enum status parse(void *owner, const struct db_value *values, size_t count)
{
    struct record_reader *reader = owner;
    uint64_t seq;

    (void)count;
    if (record_parse_line(values[0].bytes, values[0].length, reader->record, &seq) == STATUS_OK)
        reader->status = STATUS_OK;
    return STATUS_OK;
}

enum status inbox_read_record(struct inbox *inbox, int64_t n, struct record *out)
{
    struct record_reader reader = {out, STATUS_MISSING};
    enum status status = db_ask(inbox->db, "SELECT line FROM record WHERE n = $1", parse, &reader, db_int(n));

    return status == STATUS_OK ? reader.status : status;
}
