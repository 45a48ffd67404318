// What happens to a kiosk besides people: it is killed, the office sends another roster, staff come with a ticket.
#include "support/check.h"
#include "support/world.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_DATABASE_BYTES = 64 << 20 };

struct kept_file {
    char path[160];
    uint8_t *bytes; // NULL: there was none
    size_t length;
};

static void keep(struct kept_file *file, const char *path, const char *suffix)
{
    *file = (struct kept_file){0};
    snprintf(file->path, sizeof file->path, "%s%s", path, suffix);
    if (file_read(file->path, MOST_DATABASE_BYTES, &file->bytes, &file->length) != STATUS_OK) file->bytes = NULL;
}

static void put_back(struct kept_file *file)
{
    unlink(file->path);
    if (!file->bytes) return;
    FILE *out = fopen(file->path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(file->bytes, 1, file->length, out), file->length);
    assert_int_equal(fclose(out), 0);
    free(file->bytes);
}

// The files are what they were while the program ran: closing it leaves no trace.
static void kill_kiosk(struct world_kiosk *kiosk)
{
    struct kept_file database, journal;
    char shared[160];

    keep(&database, kiosk->path, "");
    keep(&journal, kiosk->path, "-wal");
    assert_non_null(database.bytes);
    world_stop_kiosk(kiosk);
    put_back(&database);
    put_back(&journal);
    snprintf(shared, sizeof shared, "%s-shm", kiosk->path);
    unlink(shared);
}

static void expect_session_is_over(struct world *world, struct world_kiosk *kiosk)
{
    struct command command = {.kind = COMMAND_FORCE, .session = kiosk->session, .ticket = 1, .text = "von vorhin"};

    kiosk->session = 0;
    world_obey(world, kiosk, &command);
    assert_int_equal(kiosk->answer.kind, NOTICE_LOCKED);
}

void world_restart(struct world *world, struct world_kiosk *kiosk, bool has_new_list)
{
    kill_kiosk(kiosk);
    assert_int_equal(store_sqlite_open(kiosk->path, kiosk->device_key.public_key, &world->hand.clock, &kiosk->store),
                     STATUS_OK);
    if (has_new_list) world_install(world, kiosk);
    world_start_kiosk(world, kiosk);
    expect_session_is_over(world, kiosk);
}

void world_change_people(struct world *world)
{
    free(world->document);
    world->document = NULL;
    world->event.version++;
    world_write_document(world);
}

void world_show_staff_ticket(struct world *world, struct world_kiosk *kiosk, struct who who)
{
    struct command wait = {.kind = COMMAND_UNLOCK, .number = 1, .mono_ms = world->hand.now_ms};

    assert_int_equal(queue_put(desk_commands(kiosk->desk), &wait), STATUS_OK); // nothing is answered
    (void)desk_step(kiosk->desk, world->hand.now_ms);
    world_scan(world, kiosk, who);
    if (kiosk->answer.kind == NOTICE_UNLOCKED) kiosk->session = kiosk->answer.session;
}
