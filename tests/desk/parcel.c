#include "support/check.h"

#include "desk/parcel.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>

struct neighbour neighbour_of(uint8_t id, const char *gate)
{
    struct neighbour neighbour = {.seq = 0};

    memset(neighbour.log, id, sizeof neighbour.log);
    snprintf(neighbour.gate, sizeof neighbour.gate, "%s", gate);
    return neighbour;
}

struct record neighbour_record(const struct scene *scene, const struct neighbour *neighbour, enum record_kind kind,
                               size_t guest)
{
    struct record record = door_entry(&scene->door, guest);

    record.kind = kind;
    record.list = scene->config.list;
    record.unix_ms = record.hlc = scene->door.hand.unix_now_ms;
    snprintf(record.gate, sizeof record.gate, "%s", neighbour->gate);
    return record;
}

struct delivery parcel_records(struct neighbour *neighbour, const struct record records[], size_t count,
                               const char *cursor)
{
    struct feed_page *page = mem_zero(sizeof *page);
    static char lines[DELIVERY_MOST_LINES][RECORD_LINE_SIZE];
    struct delivery delivery = {.kind = DELIVERY_RECORDS, .serial = 77, .count = count};
    char *json;

    assert_true(count <= DELIVERY_MOST_LINES);
    snprintf(page->cursor, sizeof page->cursor, "%s", cursor);
    snprintf(delivery.cursor, sizeof delivery.cursor, "%s", cursor);
    page->count = count;
    for (size_t i = 0; i < count; i++) {
        struct foreign_line *line = &page->items[i].record;
        line->seq = ++neighbour->seq;
        memcpy(line->log, neighbour->log, sizeof line->log);
        assert_int_equal(record_write_line(&records[i], line->seq, lines[i]), STATUS_OK);
        line->line = lines[i];
        line->length = strlen(lines[i]);
    }
    json = feed_write(page);
    assert_int_equal(feed_read(json, strlen(json), &delivery.page), STATUS_OK);
    free(json);
    free(page);
    return delivery;
}

struct delivery parcel_event(const struct door *door)
{
    struct delivery delivery = {.kind = DELIVERY_EVENT, .serial = 78, .length = door->document_length};

    delivery.bytes = mem_zero(door->document_length);
    memcpy(delivery.bytes, door->document, door->document_length);
    memcpy(delivery.signature, door->signature, sizeof delivery.signature);
    memcpy(delivery.root_key, door->root_key, sizeof delivery.root_key);
    return delivery;
}

bool parcel_step(struct scene *scene, struct receipt *out)
{
    struct notice notice;

    (void)desk_step(scene->desk, scene->door.hand.now_ms);
    while (queue_take(&scene->notices, &notice)) scene->notice = notice;
    return queue_take(&scene->receipts, out);
}

struct receipt parcel_hand_over(struct scene *scene, const struct delivery *delivery)
{
    struct receipt receipt, other;

    scene->notice = (struct notice){.kind = NOTICE_NONE};
    assert_int_equal(queue_put(desk_deliveries(scene->desk), delivery), STATUS_OK);
    for (int step = 0; step < 3; step++) {
        if (!parcel_step(scene, &receipt)) continue;
        assert_int_equal(receipt.serial, delivery->serial);
        assert_int_equal(receipt.kind, delivery->kind);
        scene_move(scene, DESK_NEWS_MS);
        assert_false(parcel_step(scene, &other)); // the screen is told of it
        return receipt;
    }
    fail_msg("no receipt of delivery %d", (int)delivery->kind);
    return receipt;
}

struct receipt parcel_entry(struct scene *scene, struct neighbour *neighbour, size_t guest)
{
    struct record record = neighbour_record(scene, neighbour, RECORD_KIND_ENTRY, guest);
    char cursor[STORE_CURSOR_SIZE];

    snprintf(cursor, sizeof cursor, "%u.%08x", (unsigned)neighbour->seq + 1, (unsigned)neighbour->log[0]);
    struct delivery delivery = parcel_records(neighbour, &record, 1, cursor);
    return parcel_hand_over(scene, &delivery);
}
