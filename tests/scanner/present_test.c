// present: hand scanners by name, told once.
#include "support/check.h"

#include "base/mem.h"
#include "scanner/present.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST = 16 };

struct room {
    struct typist *typists;
    struct keyboard keyboard; // one that is there
    struct mailbox box;
    struct present told;
};

static void begin(struct room *room)
{
    *room = (struct room){.typists = mem_zero_array(MOST, sizeof *room->typists)};
    mailbox_init(&room->box, sizeof(struct present), NULL);
}

static void end(struct room *room)
{
    mailbox_destroy(&room->box);
    free(room->typists);
}

static void plug(struct room *room, size_t place, const char *name, enum keyboard_use use)
{
    room->typists[place].keyboard = &room->keyboard;
    room->typists[place].use = use;
    snprintf(room->typists[place].facts.name, sizeof room->typists[place].facts.name, "%s", name);
}

static const char *heard(struct room *room, const char *serial)
{
    present_tell(&room->told, room->typists, MOST, serial, &room->box);
    const struct present *present = mailbox_take(&room->box);
    return present ? present->names : NULL;
}

static void test_present__names_scanners_and_no_keyboards(void **state)
{
    struct room room;

    (void)state;
    begin(&room);
    assert_null(heard(&room, NULL)); // none, as before
    plug(&room, 0, "Logitech K120", KEYBOARD_USE_WATCH);
    assert_null(heard(&room, NULL));
    plug(&room, 3, "Netum C750", KEYBOARD_USE_SCANNER);
    assert_string_equal(heard(&room, NULL), "Netum C750");
    assert_null(heard(&room, NULL)); // said once
    assert_string_equal(heard(&room, "/dev/ttyUSB0"), "Netum C750, /dev/ttyUSB0");
    room.typists[0].is_learned = true; // it types as only a scanner does
    assert_string_equal(heard(&room, NULL), "Logitech K120, Netum C750");
    room.typists[0].keyboard = room.typists[3].keyboard = NULL;
    assert_string_equal(heard(&room, NULL), "");
    end(&room);
}

static void test_present__leaves_out_what_does_not_fit(void **state)
{
    char name[KEYBOARD_NAME_SIZE];
    struct room room;

    (void)state;
    begin(&room);
    for (size_t i = 0; i < MOST; i++) {
        snprintf(name, sizeof name, "Lesegerät mit einem langen Namen %zu", i);
        plug(&room, i, name, KEYBOARD_USE_SCANNER);
    }
    assert_string_equal(heard(&room, NULL), "Lesegerät mit einem langen Namen 0, Lesegerät mit einem langen Namen 1, "
                                            "Lesegerät mit einem langen Namen 2");
    end(&room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_present__names_scanners_and_no_keyboards),
        cmocka_unit_test(test_present__leaves_out_what_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
