#include "support/check.h"

#include "desk/scene.h"

#include "sync/sync.h"

#include <sodium.h>

static void add_walk_ins(struct event *event)
{
    struct walk_in_rules *rules = &event->walk_ins;

    *rules = (struct walk_in_rules){
        .is_welcome = true, .class_id = SCENE_WALK_IN_CLASS, .most_plus_ones = 2, .field_count = 3, .consent_count = 2};
    rules->fields[0] =
        (struct walk_in_field){.key = "name", .kind = FIELD_NAME, .is_required = true, .label = {"Name", "Name"}};
    rules->fields[1] = (struct walk_in_field){.key = "company", .kind = FIELD_TEXT, .label = {"Firma", "Company"}};
    rules->fields[2] = (struct walk_in_field){.key = "email", .kind = FIELD_EMAIL, .label = {"E-Mail", "E-mail"}};
    rules->consents[0] =
        (struct walk_in_consent){.key = "newsletter", .version = "2", .text = {"Post von uns", "Our letters"}};
    rules->consents[1] =
        (struct walk_in_consent){.key = "privacy", .version = "1", .is_required = true, .text = {"Gelesen", "Read"}};
}

static void fill_event(struct scene *scene)
{
    struct event *event = &scene->door.event;
    struct ticket_key key = {.kid = SCENE_WALK_IN_KID, .is_walk_in_only = true, .walk_in_class = SCENE_WALK_IN_CLASS};

    event->lists[1].groups = (struct id_set){0};
    event->lists[2] = (struct list){.id = SCENE_IN_OUT, .mode = LIST_MODE_IN_OUT, .name = "Halle"};
    event->lists[3] = (struct list){.id = SCENE_HAND_OUT, .mode = LIST_MODE_HAND_OUT, .name = "Boxen"};
    event->list_count = 4;
    event->classes[0] = (struct event_label){.id = 1, .name = {"Gast", "Guest"}};
    event->classes[1] = (struct event_label){.id = SCENE_WALK_IN_CLASS, .name = {"Spontan", "Walk-in"}};
    event->classes[2] = (struct event_label){.id = SCENE_STAFF_CLASS, .name = {"Team", "Staff"}, .is_staff = true};
    event->class_count = 3;
    add_walk_ins(event);
    memcpy(key.public_key, scene->device_key.public_key, sizeof key.public_key);
    assert_int_equal(keyset_add(&event->keyset, &key), STATUS_OK);
}

void scene_init(struct scene *scene)
{
    uint8_t seed[crypto_sign_SEEDBYTES];

    *scene = (struct scene){0};
    door_init(&scene->door, NULL);
    memset(seed, 3, sizeof seed); // door.device_key's
    assert_int_equal(crypto_sign_seed_keypair(scene->device_key.public_key, scene->device_key.secret_key, seed), 0);
    assert_memory_equal(scene->device_key.public_key, scene->door.device_key, sizeof scene->door.device_key);
    fill_event(scene);
}

void scene_open_desk(struct scene *scene)
{
    desk_close(scene->desk);
    assert_int_equal(desk_open(&scene->config, &scene->desk), STATUS_OK);
    (void)desk_step(scene->desk, scene->door.hand.now_ms);
    assert_true(queue_take(&scene->notices, &scene->notice));
    assert_int_equal(scene->notice.kind, NOTICE_COUNT);
}

void scene_open(struct scene *scene, size_t guest_count, uint16_t list)
{
    scene->store = door_store(&scene->door, guest_count);
    queue_init(&scene->notices, sizeof(struct notice), 16, NULL);
    queue_init(&scene->requests, sizeof(struct sync_request), 4, NULL);
    queue_init(&scene->receipts, sizeof(struct receipt), 16, NULL);
    doorbell_init(&scene->outbox_bell);
    mailbox_init(&scene->rows, sizeof(struct rows), NULL);
    scene->config = (struct desk_config){.store = scene->store,
                                         .clock = scene->door.clock,
                                         .event = &scene->door.event,
                                         .list = list,
                                         .gate = "Nord",
                                         .device_key = &scene->device_key,
                                         .notices = &scene->notices,
                                         .requests = &scene->requests,
                                         .receipts = &scene->receipts,
                                         .outbox_bell = &scene->outbox_bell,
                                         .rows = &scene->rows};
    scene_open_desk(scene);
}

void scene_begin(struct scene *scene, size_t guest_count, uint16_t list)
{
    scene_init(scene);
    scene_open(scene, guest_count, list);
}

void scene_serve_copy(struct scene *scene)
{
    scene->served = scene->door.event;
    scene->config.event = &scene->served;
    scene_open_desk(scene);
}

void scene_reopen(struct scene *scene)
{
    desk_close(scene->desk);
    scene->desk = NULL;
    store_close(scene->store);
    assert_int_equal(door_open(&scene->door, &scene->store), STATUS_OK);
    scene->config.store = scene->store;
    scene->session = 0;
    scene_open_desk(scene);
}

void scene_end(struct scene *scene)
{
    desk_close(scene->desk);
    store_close(scene->store);
    assert_int_equal(door_audit(&scene->door), 0);
    queue_destroy(&scene->notices);
    queue_destroy(&scene->requests);
    queue_destroy(&scene->receipts);
    doorbell_destroy(&scene->outbox_bell);
    mailbox_destroy(&scene->rows);
    door_destroy(&scene->door);
}

static bool ask(struct scene *scene, const struct command *command)
{
    struct command asked = *command;

    if (asked.session == 0) asked.session = scene->session;
    assert_int_equal(queue_put(desk_commands(scene->desk), &asked), STATUS_OK);
    for (size_t step = 0; step <= EVENT_MAX_PINS; step++) {
        (void)desk_step(scene->desk, scene->door.hand.now_ms);
        if (queue_take(&scene->notices, &scene->notice)) return true;
    }
    return false;
}

const struct notice *scene_ask(struct scene *scene, const struct command *command)
{
    struct notice second;

    if (!ask(scene, command)) fail_msg("no answer to command %d", (int)command->kind);
    assert_false(queue_take(&scene->notices, &second));
    return &scene->notice;
}

bool scene_is_silent(struct scene *scene, const struct command *command)
{
    return !ask(scene, command);
}

const struct notice *scene_ask_kind(struct scene *scene, enum command_kind kind, uint64_t ticket, const char *text)
{
    struct command command = {.kind = kind, .ticket = ticket};

    strcpy(command.text, text);
    return scene_ask(scene, &command);
}

void scene_unlock(struct scene *scene)
{
    struct command command = {.kind = COMMAND_UNLOCK, .text = DOOR_PIN};

    assert_int_equal(scene_ask(scene, &command)->kind, NOTICE_UNLOCKED);
    assert_int_not_equal(scene->notice.session, 0);
    scene->session = scene->notice.session;
}

static const struct notice *scan(struct scene *scene, const struct code *code)
{
    desk_admit(scene->desk, code, &scene->notice);
    return &scene->notice;
}

const struct notice *scene_scan(struct scene *scene, size_t guest)
{
    struct code code = door_code(&scene->door, guest);
    return scan(scene, &code);
}

const struct notice *scene_scan_ticket(struct scene *scene, struct ticket *ticket)
{
    ticket_sign(ticket, scene->door.event.keyset.organisation, scene->door.ticket_secret_key);
    struct code code = door_code_of(ticket);
    return scan(scene, &code);
}

const struct notice *scene_scan_text(struct scene *scene, const char *text)
{
    struct code code = door_code_of_text(text, strlen(text));
    return scan(scene, &code);
}

void scene_move(struct scene *scene, int64_t by_ms)
{
    clock_hand_move(&scene->door.hand, by_ms);
}

void scene_line(const struct scene *scene, uint64_t seq, char out[RECORD_LINE_SIZE])
{
    door_read_line(&scene->door, seq, out);
}

bool scene_says(const struct scene *scene, uint64_t seq, const char *part)
{
    char line[RECORD_LINE_SIZE];

    scene_line(scene, seq, line);
    return strstr(line, part) != NULL;
}

struct command scene_walk_in(const char *name, uint8_t plus_ones)
{
    struct command command = {.kind = COMMAND_WALK_IN, .walk_in = {.plus_ones = plus_ones, .consents = 2}};

    strcpy(command.walk_in.values[0], name);
    strcpy(command.walk_in.values[1], "Sägewerk Hof");
    strcpy(command.walk_in.values[2], "gast@example.org");
    strcpy(command.walk_in.language, "de");
    return command;
}
