// Whatever an event file contains: it is refused with words that say where, or every value it gives is one that the
// header promises, and writing them again gives a document that reads the same.
#include "base/text.h"
#include "record/event_file.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static bool is_text(const char *text, size_t size)
{
    size_t length = strnlen(text, size);

    return length < size && text_is_utf8(text, length);
}

struct copy {
    struct event_writer *writer;
    size_t count;
};

static enum status copy_entry(void *owner, const struct roster_entry *entry)
{
    struct copy *copy = owner;
    const struct guest *guest = &entry->guest;

    assert(guest->is_listed && guest->ticket < UINT64_C(1) << 48 && guest->least_generation <= GUEST_WITHDRAWN);
    assert(is_text(guest->name, sizeof guest->name) && is_text(guest->company, sizeof guest->company));
    assert(is_text(guest->note, sizeof guest->note) && guest->status <= GUEST_STATUS_CANCELED);
    assert(is_text(guest->language, sizeof guest->language) && strlen(guest->language) % 2 == 0);
    if (entry->foreign_code) assert(is_text(entry->foreign_code, FOREIGN_CODE_MAX_BYTES + 1));
    copy->count++;
    return copy->writer ? event_writer_add(copy->writer, entry) : STATUS_OK;
}

static void check_walk_ins(const struct walk_in_rules *rules)
{
    size_t name_count = 0;

    assert(rules->field_count <= EVENT_MAX_FIELDS && rules->consent_count <= EVENT_MAX_CONSENTS);
    assert(rules->most_plus_ones <= EVENT_MOST_PLUS_ONES);
    for (size_t i = 0; i < rules->field_count; i++) {
        const struct walk_in_field *field = &rules->fields[i];
        assert(field->key[0] && field->kind <= FIELD_EMAIL && field->label[LANGUAGE_EN][0]);
        assert(is_text(field->label[LANGUAGE_DE], sizeof field->label[LANGUAGE_DE]));
        name_count += field->kind == FIELD_NAME && field->is_required;
    }
    assert(name_count == (rules->is_welcome ? 1 : 0));
    for (size_t i = 0; i < rules->consent_count; i++) {
        const struct walk_in_consent *consent = &rules->consents[i];
        assert(consent->key[0] && consent->version[0] && consent->text[LANGUAGE_EN][0]);
        assert(is_text(consent->text[LANGUAGE_DE], sizeof consent->text[LANGUAGE_DE]));
    }
}

static void check_event(const struct event *event)
{
    assert(event->number > 0 && event->version > 0 && event->starts_ms <= event->ends_ms);
    assert(event->list_count > 0 && event->list_count <= EVENT_MAX_LISTS && event->keyset.count <= KEYSET_MAX_KEYS);
    assert(event->class_count <= EVENT_MAX_LABELS && event->group_count <= EVENT_MAX_LABELS);
    assert(event->pin_count <= EVENT_MAX_PINS && !strstr(event->zone, "..") && event->zone[0] != '/');
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        assert(is_text(event->name[language], EVENT_NAME_SIZE));
        assert(is_text(event->privacy[language], EVENT_TEXT_SIZE));
    }
    assert(event->stop_count <= EVENT_MAX_STOPS);
    for (size_t i = 0; i < event->stop_count; i++)
        assert(event->stops[i].name[LANGUAGE_EN][0] && is_text(event->stops[i].name[LANGUAGE_DE], 64));
    check_walk_ins(&event->walk_ins);
    for (size_t i = 0; i < event->list_count; i++) {
        const struct list *list = &event->lists[i];
        assert(list->id > 0 && is_text(list->name, sizeof list->name) && list->mode <= LIST_MODE_HAND_OUT);
        assert(event_list(event, list->id) == list && (!list->after || event_list(event, list->after)));
    }
}

static void check_document(const uint8_t *bytes, size_t length, struct event *event, struct event *again)
{
    struct event_flaw flaw = {0};
    struct copy copy = {0}, recount = {0};
    uint8_t *written;
    size_t written_length;

    if (event_file_decode_unsigned(bytes, length, event, NULL, NULL, &flaw) != STATUS_OK) {
        assert(flaw.words[0] && is_text(flaw.words, sizeof flaw.words));
        return;
    }
    check_event(event);
    if (event_writer_open(event, &copy.writer) != STATUS_OK) abort();
    if (event_file_decode_unsigned(bytes, length, event, copy_entry, &copy, &flaw) != STATUS_OK) abort();
    if (event_writer_finish(copy.writer, &written, &written_length) != STATUS_OK) abort();
    event_writer_close(copy.writer);
    if (event_file_decode_unsigned(written, written_length, again, copy_entry, &recount, &flaw) != STATUS_OK) abort();
    assert(recount.count == copy.count);
    assert(memcmp(event->lists, again->lists, sizeof event->lists) == 0);
    assert(memcmp(event->stops, again->stops, sizeof event->stops) == 0);
    assert(memcmp(&event->walk_ins, &again->walk_ins, sizeof event->walk_ins) == 0);
    assert(memcmp(&event->keyset, &again->keyset, sizeof event->keyset) == 0);
    free(written);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct event *event = calloc(1, sizeof *event), *again = calloc(1, sizeof *again);

    if (!event || !again) abort();
    check_document(bytes, length, event, again);
    free(event);
    free(again);
    return 0;
}
