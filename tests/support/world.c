#include "support/check.h"
#include "support/world.h"

#include "base/mem.h"
#include "base/text.h"
#include "record/event_file.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { NOTICES_DEEP = 16, RESULT_MS = 4000, FIRST_KIOSK_KID = 10 };

static void make_key(uint8_t name, uint8_t *public_key, uint8_t *secret_key)
{
    uint8_t seed[crypto_sign_SEEDBYTES];

    memset(seed, name, sizeof seed);
    assert_int_equal(crypto_sign_seed_keypair(public_key, secret_key, seed), 0);
}

void world_init(struct world *world)
{
    struct event *event = &world->event;
    struct ticket_key *key = &event->keyset.keys[0];

    assert_true(sodium_init() >= 0);
    memset(world, 0, sizeof *world);
    snprintf(world->folder, sizeof world->folder, "%s/einlass-world-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(world->folder));
    clock_hand_init(&world->hand, WORLD_MIDNIGHT_MS);
    assert_true(clock_use_zone("Europe/Berlin"));
    make_key(1, world->root_key, world->root_secret_key);
    event->number = WORLD_EVENT;
    event->version = 1;
    strcpy(event->kind, "studitour");
    strcpy(event->name[LANGUAGE_DE], "Geschichte");
    strcpy(event->name[LANGUAGE_EN], "Story");
    strcpy(event->zone, "Europe/Berlin");
    event->starts_ms = WORLD_MIDNIGHT_MS;
    event->ends_ms = WORLD_MIDNIGHT_MS + 2 * INT64_C(86400000);
    event->shows_names = event->shows_headcount = true;
    memset(event->keyset.organisation, 0x42, ORGANISATION_BYTES);
    event->keyset.count = 1;
    key->kid = 1;
    make_key(2, key->public_key, world->ticket_secret_key);
    event->pin_count = 1;
    assert_int_equal(crypto_pwhash_str(event->pins[0], WORLD_PIN, strlen(WORLD_PIN), crypto_pwhash_OPSLIMIT_MIN,
                                       crypto_pwhash_MEMLIMIT_MIN),
                     0);
}

// Every kiosk may sign tickets of walk-ins.
static void list_kiosk_keys(struct world *world)
{
    struct keyset *keyset = &world->event.keyset;

    for (size_t i = 0; i < world->kiosk_count; i++) {
        struct world_kiosk *kiosk = &world->kiosks[i];
        make_key((uint8_t)(100 + i), kiosk->device_key.public_key, kiosk->device_key.secret_key);
        if (!world->event.walk_ins.is_welcome) continue;
        struct ticket_key *key = &keyset->keys[keyset->count++];
        *key = (struct ticket_key){.kid = (uint8_t)(FIRST_KIOSK_KID + i),
                                   .is_walk_in_only = true,
                                   .walk_in_class = world->event.walk_ins.class_id};
        memcpy(key->public_key, kiosk->device_key.public_key, sizeof key->public_key);
    }
}

uint64_t world_walk_in_ticket(const struct world *world, size_t number)
{
    struct ticket ticket;
    struct ticket_flaw flaw;

    assert_in_range(number, 1, world->walk_in_count);
    assert_int_equal(ticket_parse(world->walk_ins[number - 1], TICKET_TEXT_DIGITS, &ticket, &flaw), STATUS_OK);
    return ticket.number;
}

static void add_person(const struct world *world, struct event_writer *writer, size_t number)
{
    const struct world_person *person = &world->people[number];

    for (int i = 0; i < person->ticket_count; i++) {
        struct roster_entry entry = {.guest = {.is_listed = true,
                                               .ticket = world_ticket((struct who){.number = number, .ticket = i}),
                                               .class_id = person->class_id,
                                               .group = person->group,
                                               .status = person->status,
                                               .least_generation = person->generation,
                                               .person = person->is_unnumbered ? 0 : (uint32_t)number}};
        if (person->walk_in > 0) entry.guest.ticket = world_walk_in_ticket(world, person->walk_in);
        if (person->is_withdrawn) entry.guest.least_generation = GUEST_WITHDRAWN;
        snprintf(entry.guest.name, sizeof entry.guest.name, "Muster, Vorname%zu", number);
        snprintf(entry.guest.company, sizeof entry.guest.company, "Schule %zu", number % 19 + 1);
        assert_int_equal(event_writer_add(writer, &entry), STATUS_OK);
    }
}

void world_write_document(struct world *world)
{
    struct event_writer *writer = NULL;

    assert_int_equal(event_writer_open(&world->event, &writer), STATUS_OK);
    for (size_t i = 1; i <= world->people_count; i++) add_person(world, writer, i);
    assert_int_equal(event_writer_finish(writer, &world->document, &world->document_length), STATUS_OK);
    event_writer_close(writer);
    event_file_sign(world->document, world->document_length, world->root_secret_key, world->signature);
}

void world_install(struct world *world, struct world_kiosk *kiosk)
{
    struct record stamp = {.unix_ms = world->hand.unix_now_ms, .clock = world->hand.clock_state};
    struct event_flaw flaw = {0};
    uint32_t number = 0;

    assert_int_equal(kiosk->store->ops->install_event(kiosk->store, world->document, world->document_length,
                                                      world->signature, world->root_key, &stamp, &number, &flaw),
                     STATUS_OK);
}

// As app/assemble.c does: what staff chose wins over what the kiosk was told.
static void recall_choices(const struct world *world, struct world_kiosk *kiosk)
{
    struct store *store = kiosk->store;
    char value[STORE_VALUE_SIZE];

    kiosk->list = kiosk->told_list;
    kiosk->direction = kiosk->told_direction;
    if (store->ops->recall(store, "list", value) == STATUS_OK) kiosk->list = (uint16_t)atoi(value);
    assert_non_null(event_list(&world->event, kiosk->list));
    if (store->ops->recall(store, "direction", value) == STATUS_OK)
        assert_int_equal(direction_of_word(value, &kiosk->direction), STATUS_OK);
}

static void start_desk(struct world *world, struct world_kiosk *kiosk)
{
    struct desk_config config = {.store = kiosk->store,
                                 .clock = &world->hand.clock,
                                 .event = &world->event,
                                 .list = kiosk->list,
                                 .direction = kiosk->direction,
                                 .device_key = &kiosk->device_key,
                                 .notices = &kiosk->notices,
                                 .rows = &kiosk->rows};

    queue_init(&kiosk->notices, sizeof(struct notice), NOTICES_DEEP, NULL);
    mailbox_init(&kiosk->rows, sizeof(struct rows), NULL);
    text_copy(config.gate, sizeof config.gate, kiosk->name);
    assert_int_equal(desk_open(&config, &kiosk->desk), STATUS_OK);
}

// Its database has an event, and may have been used before.
void world_start_kiosk(struct world *world, struct world_kiosk *kiosk)
{
    recall_choices(world, kiosk);
    start_desk(world, kiosk);

    struct model_config model = {.event = &world->event,
                                 .list = event_list(&world->event, kiosk->list),
                                 .language = LANGUAGE_DE,
                                 .result_ms = RESULT_MS};
    model_init(&kiosk->model, &model, world->hand.now_ms);
}

static void open_kiosk(struct world *world, struct world_kiosk *kiosk)
{
    kiosk->told_list = kiosk->list;
    kiosk->told_direction = kiosk->direction;
    snprintf(kiosk->path, sizeof kiosk->path, "%s/%s.db", world->folder, kiosk->name);
    assert_int_equal(store_sqlite_open(kiosk->path, kiosk->device_key.public_key, &world->hand.clock, &kiosk->store),
                     STATUS_OK);
    world_install(world, kiosk);
    world_start_kiosk(world, kiosk);
}

void world_open(struct world *world)
{
    list_kiosk_keys(world);
    world_write_document(world);
    for (size_t i = 0; i < world->kiosk_count; i++) open_kiosk(world, &world->kiosks[i]);
}

void world_stop_kiosk(struct world_kiosk *kiosk)
{
    desk_close(kiosk->desk);
    store_close(kiosk->store);
    queue_destroy(&kiosk->notices);
    mailbox_destroy(&kiosk->rows);
}

static void remove_database(const struct world_kiosk *kiosk)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", ".lock", "-journal"};
    char path[160];

    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        snprintf(path, sizeof path, "%s%s", kiosk->path, suffixes[i]);
        unlink(path);
    }
}

void world_destroy(struct world *world)
{
    for (size_t i = 0; i < world->kiosk_count; i++) {
        struct world_kiosk *kiosk = &world->kiosks[i];
        world_stop_kiosk(kiosk);
        remove_database(kiosk);
    }
    rmdir(world->folder);
    free(world->document);
}

struct world_kiosk *world_kiosk(struct world *world, const char *name)
{
    for (size_t i = 0; i < world->kiosk_count; i++)
        if (strcmp(world->kiosks[i].name, name) == 0) return &world->kiosks[i];
    return NULL;
}

uint64_t world_ticket(struct who who)
{
    uint64_t counted = (uint64_t)who.number + (uint64_t)who.ticket * WORLD_MOST_PEOPLE;

    return counted * UINT64_C(0x9E3779B97F4B) & ((UINT64_C(1) << 48) - 1); // odd factor: all distinct
}

size_t world_index(struct who who)
{
    return who.is_walk_in ? WORLD_MOST_PEOPLE + who.number - 1 : who.number;
}
