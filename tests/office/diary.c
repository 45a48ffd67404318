#include "office/diary.h"

#include "base/mem.h"
#include "base/text.h"

#include <sodium.h>
#include <stdlib.h>

enum { MOST_BYTES = 200 * 1024 };

struct diary *diary_open(uint8_t number, const char *gate)
{
    struct diary *diary = mem_zero(sizeof *diary);
    uint8_t seed[crypto_sign_SEEDBYTES] = {number};

    assert_true(sodium_init() >= 0);
    assert_int_equal(crypto_sign_seed_keypair(diary->key.public_key, diary->key.secret_key, seed), 0);
    memset(diary->log, number, sizeof diary->log);
    chain_begin(diary->log, diary->key.public_key, diary->head);
    memcpy(diary->prev, diary->head, sizeof diary->prev);
    diary->next = 1;
    diary->gate = gate;
    diary->unix_ms = COUNTER_UNIX_MS + number * 1000;
    diary->lines = mem_zero(MOST_BYTES + RECORD_LINE_SIZE);
    return diary;
}

void diary_close(struct diary *diary)
{
    if (diary) free(diary->lines);
    free(diary);
}

uint64_t diary_note(struct diary *diary, struct inbox *inbox, struct record record)
{
    char line[RECORD_LINE_SIZE];

    diary->unix_ms += 60 * 1000;
    record.event = DIARY_EVENT;
    if (!*record.gate) text_copy(record.gate, sizeof record.gate, diary->gate);
    record.boot = 1;
    record.boot_ms = record.unix_ms = diary->unix_ms;
    if (!record.clock) record.clock = CLOCK_STATE_NTP;
    if (!record.hlc) record.hlc = diary->unix_ms;
    assert_int_equal(record_write_line(&record, diary->next, line), STATUS_OK);
    chain_add(diary->head, diary->next, line, strlen(line));
    memcpy(diary->lines + diary->length, line, strlen(line));
    diary->length += strlen(line);
    diary->lines[diary->length++] = '\n';
    diary->count++;
    if (diary->length > MOST_BYTES || diary->count == OUTBOX_MOST_LINES) diary_send(diary, inbox);
    return diary->next++;
}

uint64_t diary_enter(struct diary *diary, struct inbox *inbox, uint16_t list, uint64_t ticket, uint32_t person)
{
    struct record record = {.kind = RECORD_KIND_ENTRY,
                            .list = list,
                            .has_ticket = true,
                            .ticket = ticket,
                            .person = person,
                            .reason = REASON_OK};

    return diary_note(diary, inbox, record);
}

void diary_send(struct diary *diary, struct inbox *inbox)
{
    struct wire_header header = {.first = diary->sent + 1, .count = diary->count, .clock = CLOCK_STATE_NTP};
    struct wire_place place;
    struct wire_flaw flaw = {{0}};
    enum inbox_answer answer = INBOX_REFUSED;
    uint64_t new_count = 0;
    char *batch = mem_zero(WIRE_HEADER_SIZE + diary->length + 1);

    if (diary->count > 0) {
        memcpy(header.log, diary->log, sizeof header.log);
        memcpy(header.prev, diary->prev, sizeof header.prev);
        memcpy(header.head, diary->head, sizeof header.head);
        text_copy(header.gate, sizeof header.gate, diary->gate);
        wire_sign(&diary->key, &header);
        assert_int_equal(wire_write_header(&header, batch), STATUS_OK);
        size_t length = strlen(batch);
        memcpy(batch + length, diary->lines, diary->length);
        assert_int_equal(inbox_append(inbox, NULL, batch, length + diary->length, &answer, &place, &new_count, &flaw),
                         STATUS_OK);
        if (answer != INBOX_TAKEN || new_count != diary->count) fail_msg("answer %d %s", (int)answer, flaw.words);
    }
    memcpy(diary->prev, diary->head, sizeof diary->prev);
    diary->sent += diary->count;
    diary->count = diary->length = 0;
    free(batch);
}

struct event *diary_event(void)
{
    struct event *event = mem_zero(sizeof *event);

    *event = (struct event){
        .number = DIARY_EVENT,
        .kind = "netzwerktreffen",
        .name = {"Messe", "Fair"},
        .zone = "Europe/Berlin",
        .starts_ms = COUNTER_UNIX_MS,
        .ends_ms = COUNTER_UNIX_MS + 8 * 60 * 60 * 1000,
        .list_count = 4,
        .lists = {{.id = DIARY_DOOR, .mode = LIST_MODE_ONCE, .name = "Einlass"},
                  {.id = DIARY_BOXES, .mode = LIST_MODE_HAND_OUT, .name = "Boxen", .stock = 10},
                  {.id = DIARY_HALL, .mode = LIST_MODE_IN_OUT, .name = "Halle"},
                  {.id = DIARY_BUS, .mode = LIST_MODE_ROLL_CALL, .name = "Bus"}},
        .class_count = 2,
        .classes = {{.id = DIARY_GUEST, .name = {"Gäste", "Guests"}},
                    {.id = DIARY_WALK_IN, .name = {"Spontan dabei", "Walk-ins"}}},
        .walk_ins = {.is_welcome = true,
                     .class_id = DIARY_WALK_IN,
                     .field_count = 2,
                     .consent_count = 1,
                     .fields = {{"name", FIELD_NAME, true, {"Name", "Name"}},
                                {"company", FIELD_TEXT, false, {"Firma", "Company"}}},
                     .consents = {{"photos", "2026-11", false, {"Fotos sind in Ordnung.", "Photos are fine."}}}},
    };
    return event;
}

void diary_publish(struct inbox *inbox, struct event *event, const struct guest *guests, size_t count)
{
    struct event_writer *writer = NULL;
    struct event_edition edition = {.event = event->number};
    uint8_t *bytes = NULL, signature[TICKET_SIGNATURE_BYTES] = {0};
    size_t length = 0;

    edition.version = ++event->version;
    assert_int_equal(event_writer_open(event, &writer), STATUS_OK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(event_writer_add(writer, &(struct roster_entry){guests[i], NULL}), STATUS_OK);
    assert_int_equal(event_writer_finish(writer, &bytes, &length), STATUS_OK);
    event_writer_close(writer);
    event_file_digest(bytes, length, edition.digest);
    assert_int_equal(inbox_put_event(inbox, &edition, bytes, length, signature), STATUS_OK);
    free(bytes);
}
