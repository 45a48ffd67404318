#include "support/check.h"

#include "record/names.h"

#include <stdio.h>

struct roster_entry names_person(uint64_t ticket, const char *name, const char *company)
{
    struct roster_entry entry = {
        .guest = {.is_listed = true, .ticket = ticket, .class_id = 1, .group = 1, .person = (uint32_t)ticket}};

    strcpy(entry.guest.name, name);
    strcpy(entry.guest.company, company);
    return entry;
}

void names_install(struct door *door, struct store *store, const struct roster_entry *people, size_t count)
{
    door_document_with(door, door->event.version + 1, 0, people, count);
    assert_int_equal(door_install(door, store), STATUS_OK);
}

struct store *names_open(struct door *door)
{
    const struct roster_entry people[] = {
        names_person(1, "Müller-Lüdenscheidt", "Berufskolleg Olsberg"),
        names_person(2, "von der Heide, Anna-Lena", "Hochschule Südwestfalen"),
        names_person(3, "Özdemir, Zeynep", "Gymnasium der Stadt Meschede"),
        names_person(4, "Łukasz Wójcik", ""),
        names_person(5, "Seán O'Neill", "O’Neill & Söhne GmbH"),
        names_person(6, "Åse Ørsted", "Æther"),
        names_person(7, "Nguyễn Thị Hương", "Straßenbau Groß"),
        names_person(8, "", "Sägewerk Bäuerle KG"),
        names_person(9, "Baeuerle, Jörg", "Sägewerk Bäuerle KG"),
        names_person(10, "Mueller, Hans Peter", ""),
        names_person(11, "Muller, Hans-Peter", ""),
        names_person(12, "Щукина, Ольга", "한글 학교"),
    };
    struct store *store = NULL;

    door_init(door, NULL);
    door_welcome_walk_ins(door);
    assert_int_equal(door_open(door, &store), STATUS_OK);
    names_install(door, store, people, sizeof people / sizeof *people);
    return store;
}

struct rows *names_search(struct store *store, struct door *door, const char *text)
{
    static struct rows rows;

    memset(&rows, 0x5A, sizeof rows); // whatever stood there
    assert_int_equal(store->ops->search(store, DOOR_EVENT, &door->event.lists[0], text, &rows), STATUS_OK);
    assert_int_equal(rows.kind, ROWS_FOUND);
    assert_int_equal(rows.from, 0);
    assert_int_equal(rows.total, 0);
    return &rows;
}

void names_check(struct store *store, struct door *door, const char *text, const char *tickets)
{
    const struct rows *rows = names_search(store, door, text);
    char found[1024] = "";

    for (size_t i = 0; i < rows->count; i++) {
        size_t used = strlen(found);
        snprintf(found + used, sizeof found - used, "%llu ", (unsigned long long)rows->rows[i].ticket);
    }
    if (strcmp(found, tickets) != 0) fail_msg("'%s' finds %s, not %s", text, found, tickets);
    assert_false(rows->has_more);
}

void names_walk_in(struct door *door, struct store *store, uint64_t ticket, const char *name, const char *company)
{
    struct record record = door_entry(door, 0);
    struct walk_in walk_in = {.ticket = ticket};
    uint64_t seq = 0;

    record.kind = RECORD_KIND_WALK_IN;
    record.ticket = ticket;
    record.person = 0;
    record.class_id = DOOR_CLASS_WALK_IN;
    strcpy(walk_in.values[0], name);
    strcpy(walk_in.values[1], company);
    assert_int_equal(store->ops->begin(store), STATUS_OK);
    enum status status = store->ops->append_walk_in(store, &record, &walk_in, &door->event.walk_ins, &seq);
    assert_int_equal(store->ops->end(store, status), STATUS_OK);
}
