// event_writer.c -- the office's side of event_file.h. The order of keys is fixed here, so equal content gives equal
// bytes. One roster entry a line: the file can be read and compared by people too.
#define LOG_MODULE "event"

#include "record/event_file.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct event_writer {
    FILE *stream; // into bytes
    char *bytes;
    size_t length, roster_count;
};

// json_pack: 's*' and 'o*' leave out the key where the value is NULL; 'o' steals its value and fails on NULL, as 's'
// does on what is not UTF-8. So 'o*' is for numbers only: a bad text must not vanish.

static json_t *unless_zero(uint64_t number)
{
    return number ? json_integer((json_int_t)number) : NULL;
}

static const char *unless_empty(const char *text)
{
    return text[0] ? text : NULL;
}

static json_t *pack_texts(const char *german, const char *english)
{
    return json_pack("{s:s, s:s*}", "de", german, "en", unless_empty(english));
}

static json_t *pack_organisation(const uint8_t organisation[ORGANISATION_BYTES])
{
    char hex[2 * ORGANISATION_BYTES + 1];

    text_hex(organisation, ORGANISATION_BYTES, hex);
    return json_sprintf("%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

static json_t *pack_about(const struct event *event)
{
    return json_pack("{s:I, s:s, s:o, s:s, s:I, s:I, s:o, s:o, s:b, s:b}", "number", (json_int_t)event->number, "kind",
                     event->kind, "name", pack_texts(event->name[LANGUAGE_DE], event->name[LANGUAGE_EN]), "zone",
                     event->zone, "starts_ms", (json_int_t)event->starts_ms, "ends_ms", (json_int_t)event->ends_ms,
                     "welcome", pack_texts(event->welcome[LANGUAGE_DE], event->welcome[LANGUAGE_EN]), "privacy",
                     pack_texts(event->privacy[LANGUAGE_DE], event->privacy[LANGUAGE_EN]), "shows_names",
                     event->shows_names, "shows_headcount", event->shows_headcount);
}

static json_t *pack_key(const struct ticket_key *key)
{
    char hex[2 * TICKET_PUBLIC_KEY_BYTES + 1];

    text_hex(key->public_key, TICKET_PUBLIC_KEY_BYTES, hex);
    return json_pack("{s:i, s:s, s:o*}", "kid", key->kid, "public_key", hex, "walk_in_class",
                     key->is_walk_in_only ? json_integer(key->walk_in_class) : NULL);
}

static json_t *unless_false(bool value)
{
    return value ? json_true() : NULL;
}

static json_t *pack_label(const struct event_label *label)
{
    return json_pack("{s:i, s:o, s:o, s:o*}", "id", label->id, "name",
                     pack_texts(label->name[LANGUAGE_DE], label->name[LANGUAGE_EN]), "hint",
                     pack_texts(label->hint[LANGUAGE_DE], label->hint[LANGUAGE_EN]), "staff",
                     unless_false(label->is_staff));
}

static json_t *pack_id_set(const struct id_set *set)
{
    json_t *array = id_set_is_empty(set) ? NULL : json_array();

    for (int id = 0; array && id < 256; id++)
        if (id_set_has(set, (uint8_t)id)) json_array_append_new(array, json_integer(id));
    return array;
}

static json_t *pack_list(const struct list *list)
{
    return json_pack("{s:i, s:s, s:s, s:o*, s:o*, s:o*, s:o*, s:o*, s:o*, s:o*}", "id", list->id, "mode",
                     list_mode_word(list->mode), "name", list->name, "classes", pack_id_set(&list->classes), "groups",
                     pack_id_set(&list->groups), "opens_ms", unless_zero((uint64_t)list->opens_ms), "closes_ms",
                     unless_zero((uint64_t)list->closes_ms), "capacity", unless_zero(list->capacity), "stock",
                     unless_zero(list->stock), "after", unless_zero(list->after));
}

static json_t *pack_field(const struct walk_in_field *field)
{
    return json_pack("{s:s, s:s, s:o, s:o*}", "key", field->key, "kind", field_kind_word(field->kind), "label",
                     pack_texts(field->label[LANGUAGE_DE], field->label[LANGUAGE_EN]), "required",
                     unless_false(field->is_required));
}

static json_t *pack_consent(const struct walk_in_consent *consent)
{
    return json_pack("{s:s, s:s, s:o, s:o*}", "key", consent->key, "version", consent->version, "text",
                     pack_texts(consent->text[LANGUAGE_DE], consent->text[LANGUAGE_EN]), "required",
                     unless_false(consent->is_required));
}

// One element of a section that is an array; `event` holds them all.
static json_t *pack_key_at(const struct event *event, size_t i)
{
    return pack_key(&event->keyset.keys[i]);
}

static json_t *pack_class_at(const struct event *event, size_t i)
{
    return pack_label(&event->classes[i]);
}

static json_t *pack_group_at(const struct event *event, size_t i)
{
    return pack_label(&event->groups[i]);
}

static json_t *pack_list_at(const struct event *event, size_t i)
{
    return pack_list(&event->lists[i]);
}

static json_t *pack_pin_at(const struct event *event, size_t i)
{
    return json_pack("{s:s}", "verifier", event->pins[i]);
}

static json_t *pack_stop_at(const struct event *event, size_t i)
{
    const struct event_stop *stop = &event->stops[i];

    return json_pack("{s:o}", "name", pack_texts(stop->name[LANGUAGE_DE], stop->name[LANGUAGE_EN]));
}

static json_t *pack_field_at(const struct event *event, size_t i)
{
    return pack_field(&event->walk_ins.fields[i]);
}

static json_t *pack_consent_at(const struct event *event, size_t i)
{
    return pack_consent(&event->walk_ins.consents[i]);
}

// A text that is not UTF-8 makes an element NULL, and that the whole document fail.
static bool add_array(json_t *object, const char *key, const struct event *event, size_t count,
                      json_t *(*pack_at)(const struct event *event, size_t i))
{
    json_t *array = json_array();
    bool is_packed = true;

    for (size_t i = 0; i < count; i++) is_packed = json_array_append_new(array, pack_at(event, i)) == 0 && is_packed;
    return json_object_set_new(object, key, array) == 0 && is_packed;
}

static bool add_walk_ins(json_t *document, const struct event *event)
{
    const struct walk_in_rules *rules = &event->walk_ins;
    json_t *section;
    bool is_packed;

    if (!rules->is_welcome) return true;
    section = json_pack("{s:i, s:o*}", "class", rules->class_id, "plus_ones", unless_zero(rules->most_plus_ones));
    is_packed = section && add_array(section, "fields", event, rules->field_count, pack_field_at) &&
                add_array(section, "consents", event, rules->consent_count, pack_consent_at);
    return json_object_set_new(document, "walk_ins", section) == 0 && is_packed;
}

static bool add_sections(json_t *document, const struct event *event)
{
    return add_array(document, "keys", event, event->keyset.count, pack_key_at) &&
           add_array(document, "classes", event, event->class_count, pack_class_at) &&
           add_array(document, "groups", event, event->group_count, pack_group_at) &&
           add_array(document, "lists", event, event->list_count, pack_list_at) &&
           add_array(document, "pins", event, event->pin_count, pack_pin_at) &&
           add_array(document, "stops", event, event->stop_count, pack_stop_at) && add_walk_ins(document, event);
}

// Everything up to the roster's bracket: a document with nothing behind it is dumped, its closing brace left out.
static bool write_head(FILE *stream, const struct event *event)
{
    json_t *document = json_pack("{s:s, s:o, s:I, s:o}", "format", "einlass-event/1", "organisation",
                                 pack_organisation(event->keyset.organisation), "version", (json_int_t)event->version,
                                 "event", pack_about(event));
    bool is_packed = document && add_sections(document, event);
    char *text = is_packed ? json_dumps(document, JSON_COMPACT) : NULL;
    bool is_written = text && fwrite(text, 1, strlen(text) - 1, stream) == strlen(text) - 1;

    free(text);
    json_decref(document);
    return is_written && fputs(",\"roster\":[", stream) >= 0;
}

enum status event_writer_open(const struct event *event, struct event_writer **out)
{
    struct event_writer *writer = mem_zero(sizeof *writer);

    writer->stream = open_memstream(&writer->bytes, &writer->length);
    if (!writer->stream || !write_head(writer->stream, event)) {
        log_error("event can't be written: a text is not UTF-8, or memory ran out event=%u", (unsigned)event->number);
        event_writer_close(writer);
        return STATUS_INVALID;
    }
    *out = writer;
    return STATUS_OK;
}

static json_t *pack_entry(const struct roster_entry *entry)
{
    const struct guest *guest = &entry->guest;
    bool is_ok = guest->status == GUEST_STATUS_OK;
    char ticket[17];

    snprintf(ticket, sizeof ticket, "%012llx", (unsigned long long)guest->ticket);
    return json_pack("{s:s, s:i, s:o*, s:s*, s:o*, s:o*, s:s*, s:s*, s:s*, s:s*, s:s*}", "ticket", ticket, "class",
                     guest->class_id, "group", unless_zero(guest->group), "status",
                     is_ok ? NULL : guest_status_word(guest->status), "least_generation",
                     unless_zero(guest->least_generation), "person", unless_zero(guest->person), "name",
                     unless_empty(guest->name), "company", unless_empty(guest->company), "note",
                     unless_empty(guest->note), "code", entry->foreign_code, "language", unless_empty(guest->language));
}

enum status event_writer_add(struct event_writer *writer, const struct roster_entry *entry)
{
    json_t *json = pack_entry(entry);
    bool is_written = json && fputs(writer->roster_count ? ",\n" : "\n", writer->stream) >= 0 &&
                      json_dumpf(json, writer->stream, JSON_COMPACT) == 0;

    json_decref(json);
    if (!is_written) {
        log_error("roster entry can't be written: a text is not UTF-8, or memory ran out entry=%zu",
                  writer->roster_count);
        return STATUS_INVALID;
    }
    writer->roster_count++;
    return STATUS_OK;
}

enum status event_writer_finish(struct event_writer *writer, uint8_t **bytes_out, size_t *length_out)
{
    bool is_written = fputs("\n]}\n", writer->stream) >= 0;
    struct event *event = mem_zero(sizeof *event);
    struct event_flaw flaw = {.words = "memory ran out"};
    enum status status = STATUS_INVALID;

    is_written = fclose(writer->stream) == 0 && is_written;
    writer->stream = NULL;
    if (is_written && writer->length > EVENT_FILE_MAX_BYTES)
        snprintf(flaw.words, sizeof flaw.words, "larger than %d bytes", EVENT_FILE_MAX_BYTES);
    else if (is_written)
        status = event_file_decode_unsigned((const uint8_t *)writer->bytes, writer->length, event, NULL, NULL, &flaw);
    free(event);
    if (status != STATUS_OK) {
        log_error("event can't be written: %s", flaw.words);
        return status;
    }
    *bytes_out = (uint8_t *)writer->bytes;
    *length_out = writer->length;
    writer->bytes = NULL;
    return STATUS_OK;
}

void event_writer_close(struct event_writer *writer)
{
    if (!writer) return;
    if (writer->stream) fclose(writer->stream);
    free(writer->bytes);
    free(writer);
}
