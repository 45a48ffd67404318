// Whom staff find by what they type.
#include "support/check.h"

#include "support/door.h"

#include <stdio.h>
#include <stdlib.h>

static struct roster_entry person(uint64_t ticket, const char *name, const char *company)
{
    struct roster_entry entry = {.guest = {.is_listed = true, .ticket = ticket, .class_id = 1, .person = (uint32_t)ticket}};

    strcpy(entry.guest.name, name);
    strcpy(entry.guest.company, company);
    return entry;
}

static struct rows *search(struct store *store, struct door *door, const char *text)
{
    static struct rows rows;

    assert_int_equal(store->ops->search(store, DOOR_EVENT, &door->event.lists[0], text, &rows), STATUS_OK);
    assert_int_equal(rows.kind, ROWS_FOUND);
    return &rows;
}

static void test_search__thin(void **state)
{
    struct door door;
    struct store *store = NULL;
    struct roster_entry people[] = {person(1, "Müller-Lüdenscheidt, Anna", "Berufskolleg"), person(2, "Zäh, Otto", "")};

    (void)state;
    door_init(&door, NULL);
    door_document_with(&door, 1, 10, people, 2);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    assert_int_equal(door_install(&door, store), STATUS_OK);
    assert_int_equal(search(store, &door, "ann mue")->count, 1);
    assert_int_equal(search(store, &door, "muster")->count, 10);
    assert_int_equal(search(store, &door, "berufskolleg")->count, 1);
    bool has = false;
    assert_int_equal(store->ops->has_namesake(store, DOOR_EVENT, "otto zaeh", &has), STATUS_OK);
    assert_true(has);
    store_close(store);
    door_destroy(&door);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_search__thin)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
