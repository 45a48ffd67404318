#include "office/report_people.h"

#include "base/mem.h"
#include "base/text.h"
#include "office/inbox_parts.h"

#include <stdlib.h>
#include <string.h>

// ---- walk-ins ----

struct walk {
    struct inbox *inbox;
    report_walk_in_visitor *visit;
    void *owner;
};

static enum status take_blob(void *owner, const struct db_value *values, size_t count)
{
    json_t **blob = owner;

    (void)count;
    if (!*blob) *blob = json_loadb(values[0].bytes, values[0].length, 0, NULL);
    return STATUS_OK;
}

static enum status walk_one(void *owner, const struct db_value *values, size_t count)
{
    const struct walk *walk = owner;
    struct record record;
    uint8_t log[LOG_ID_BYTES];
    json_t *blob = NULL;
    enum status status = inbox_read_record(walk->inbox, values[0].number, &record);

    (void)count;
    db_copy_blob(&values[1], log, sizeof log);
    if (status == STATUS_MISSING) return STATUS_OK; // it makes no sense to this version
    if (status == STATUS_OK)
        status = db_ask(walk->inbox->db, "SELECT blob FROM walk_in_blob WHERE hash = $1", take_blob, &blob,
                        db_blob(record.blob_hash, sizeof record.blob_hash));
    if (status == STATUS_OK) status = walk->visit(walk->owner, &(struct report_walk_in){&record, log, blob});
    json_decref(blob);
    return status;
}

enum status report_each_walk_in(struct inbox *inbox, uint32_t event, report_walk_in_visitor *visit, void *owner)
{
    struct walk walk = {inbox, visit, owner};

    return db_ask(inbox->db,
                  "SELECT n, log.log FROM deed JOIN log ON log.id = deed.log WHERE event = $1 AND kind = $2 ORDER BY n",
                  walk_one, &walk, db_int(event), db_int(RECORD_KIND_WALK_IN));
}

const char *report_walk_in_text(const struct report_walk_in *walk_in, const char *part, const char *key)
{
    const json_t *object = part ? json_object_get(walk_in->blob, part) : walk_in->blob;

    return json_string_value(json_object_get(object, key));
}

// ---- everybody ----

static void add(struct report_people *people, const struct report_person *person)
{
    if (people->count == people->room) {
        size_t room = people->room ? 2 * people->room : 1024;
        struct report_person *list = mem_zero_array(room, sizeof *list);
        if (people->count > 0) memcpy(list, people->list, people->count * sizeof *list);
        free(people->list);
        people->list = list;
        people->room = room;
    }
    people->list[people->count++] = *person;
}

static char *copy(const char *text)
{
    size_t size = strlen(text) + 1;

    return memcpy(mem_zero(size), text, size);
}

static enum status add_guest(void *owner, const struct roster_entry *entry)
{
    const struct guest *guest = &entry->guest;

    add(owner, &(struct report_person){.ticket = guest->ticket,
                                       .person = guest->person,
                                       .class_id = guest->class_id,
                                       .group = guest->group,
                                       .may_come = guest->least_generation < GUEST_WITHDRAWN &&
                                                   guest->status != GUEST_STATUS_CANCELED &&
                                                   guest->status != GUEST_STATUS_BLOCKED,
                                       .name = copy(guest->name),
                                       .company = copy(guest->company)});
    return STATUS_OK;
}

static const char *name_key(const struct walk_in_rules *rules)
{
    for (size_t i = 0; i < rules->field_count; i++)
        if (rules->fields[i].kind == FIELD_NAME) return rules->fields[i].key;
    return "name";
}

static enum status add_walk_in(void *owner, const struct report_walk_in *walk_in)
{
    struct report_people *people = owner;
    const char *name = report_walk_in_text(walk_in, "fields", name_key(&people->event.walk_ins));
    const char *company = report_walk_in_text(walk_in, "fields", "company");

    add(people, &(struct report_person){.ticket = walk_in->record->ticket,
                                        .class_id = walk_in->record->class_id,
                                        .group = walk_in->record->group,
                                        .is_walk_in = true,
                                        .name = copy(name ? name : ""),
                                        .company = copy(company ? company : "")});
    return STATUS_OK;
}

static int compare_tickets(const void *one, const void *other, void *list)
{
    const struct report_person *people = list;
    uint64_t a = people[*(const uint32_t *)one].ticket, b = people[*(const uint32_t *)other].ticket;

    return a < b ? -1 : a > b;
}

static void sort(struct report_people *people)
{
    people->by_ticket = mem_zero_array(people->count + 1, sizeof *people->by_ticket);
    for (size_t i = 0; i < people->count; i++) people->by_ticket[i] = (uint32_t)i;
    qsort_r(people->by_ticket, people->count, sizeof *people->by_ticket, compare_tickets, people->list);
}

enum status report_people_open(struct inbox *inbox, uint32_t event, struct report_people **out)
{
    struct report_people *people = mem_zero(sizeof *people);
    struct inbox_event file = {0};
    struct event_flaw flaw;
    enum status status;

    if ((status = inbox_event(inbox, event, true, &file)) != STATUS_OK) goto fail;
    // It was checked when it was published.
    status = event_file_decode_unsigned(file.bytes, file.length, &people->event, add_guest, people, &flaw);
    if (status != STATUS_OK) goto fail;
    if ((status = report_each_walk_in(inbox, event, add_walk_in, people)) != STATUS_OK) goto fail;
    sort(people);
    people->zone = moment_hold(people->event.zone);
    free(file.bytes);
    *out = people;
    return STATUS_OK;
fail:
    free(file.bytes);
    report_people_close(people);
    return status;
}

void report_people_close(struct report_people *people)
{
    if (!people) return;
    for (size_t i = 0; i < people->count; i++) {
        free(people->list[i].name);
        free(people->list[i].company);
    }
    moment_let_go(people->zone);
    free(people->by_ticket);
    free(people->list);
    free(people);
}

const struct report_person *report_people_find(const struct report_people *people, uint64_t ticket)
{
    size_t low = 0, high = people->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (people->list[people->by_ticket[middle]].ticket < ticket) low = middle + 1;
        else high = middle;
    }
    if (low == people->count) return NULL;
    const struct report_person *found = &people->list[people->by_ticket[low]];
    return found->ticket == ticket ? found : NULL;
}
