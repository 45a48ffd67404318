#include "record/event_reader.h"

#include "base/text.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

bool event_reader_texts(const struct json_node *object, const char *key, char *texts, size_t size)
{
    static const struct json_node_key keys[] = {{"de", true}, {"en", false}};
    struct json_node node = json_node_at(object, key);

    if (!node.json) return true;
    if (!json_node_is_object(&node, keys, COUNT(keys)) || !json_node_text(&node, "de", texts, size) ||
        !json_node_text(&node, "en", texts + size, size))
        return false;
    return texts[size] ? true : json_node_text(&node, "de", texts + size, size);
}

bool event_reader_name(const struct json_node *object, const char *key, char *texts, size_t size)
{
    struct json_node node = json_node_at(object, key);

    if (!event_reader_texts(object, key, texts, size)) return false;
    return texts[0] ? true : json_node_refuse(&node, "empty");
}

// The organisation in the usual form of a UUID: 8-4-4-4-12 hex digits.
static bool read_organisation(const struct json_node *document, uint8_t out[ORGANISATION_BYTES])
{
    char text[37] = "", hex[2 * ORGANISATION_BYTES + 1];
    struct json_node node = json_node_at(document, "organisation");
    size_t used = 0;
    bool is_right = true;

    if (!json_node_text(document, "organisation", text, sizeof text)) return false;
    for (size_t i = 0; text[i]; i++) {
        bool is_hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (is_hyphen != (text[i] == '-') || (text[i] >= 'A' && text[i] <= 'F')) is_right = false;
        if (!is_hyphen && used < sizeof hex - 1) hex[used++] = text[i];
    }
    hex[used] = '\0';
    if (!is_right || strlen(text) != sizeof text - 1 || text_unhex(hex, out, ORGANISATION_BYTES) != STATUS_OK)
        return json_node_refuse(&node, "not a lower-case UUID");
    return true;
}

static bool read_kind(const struct json_node *object, char *out, size_t out_size)
{
    struct json_node node = json_node_at(object, "kind");

    if (!json_node_text(object, "kind", out, out_size)) return false;
    if (!out[0] || out[strspn(out, "abcdefghijklmnopqrstuvwxyz0123456789_")] != '\0')
        return json_node_refuse(&node, "not a word of a-z, 0-9 and _");
    return true;
}

// The zone becomes part of a file name inside the C library, so it may not climb out of its folder.
static bool read_zone(const struct json_node *object, char *out, size_t out_size)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
    struct json_node node = json_node_at(object, "zone");

    if (!json_node_text(object, "zone", out, out_size)) return false;
    if (!out[0] || out[0] == '/' || strstr(out, "//") || out[strspn(out, allowed)] != '\0')
        return json_node_refuse(&node, "not a time zone's name");
    return true;
}

static bool read_about(const struct json_node *document, struct event *event)
{
    static const struct json_node_key keys[] = {
        {"number", true},  {"kind", true},     {"name", true},     {"zone", true},         {"starts_ms", true},
        {"ends_ms", true}, {"welcome", false}, {"privacy", false}, {"shows_names", false}, {"shows_headcount", false},
    };
    struct json_node node = json_node_at(document, "event");

    if (!json_node_is_object(&node, keys, COUNT(keys))) return false;
    if (!json_node_u32(&node, "number", 1, &event->number) || !read_kind(&node, event->kind, sizeof event->kind))
        return false;
    if (!event_reader_name(&node, "name", event->name[0], EVENT_NAME_SIZE) ||
        !read_zone(&node, event->zone, sizeof event->zone))
        return false;
    if (!json_node_unix_ms(&node, "starts_ms", &event->starts_ms) ||
        !json_node_unix_ms(&node, "ends_ms", &event->ends_ms))
        return false;
    if (event->ends_ms < event->starts_ms) return json_node_refuse(&node, "ends before it starts");
    return event_reader_texts(&node, "welcome", event->welcome[0], sizeof event->welcome[0]) &&
           event_reader_texts(&node, "privacy", event->privacy[0], EVENT_TEXT_SIZE) &&
           json_node_bool(&node, "shows_names", &event->shows_names) &&
           json_node_bool(&node, "shows_headcount", &event->shows_headcount);
}

static bool read_key(const struct json_node *node, struct ticket_key *key)
{
    static const struct json_node_key keys[] = {{"kid", true}, {"public_key", true}, {"walk_in_class", false}};

    if (!json_node_is_object(node, keys, COUNT(keys))) return false;
    key->is_walk_in_only = json_node_at(node, "walk_in_class").json != NULL;
    return json_node_u8(node, "kid", 0, &key->kid) &&
           json_node_hex(node, "public_key", key->public_key, sizeof key->public_key) &&
           json_node_u8(node, "walk_in_class", 0, &key->walk_in_class);
}

static bool read_keys(const struct json_node *document, struct keyset *keyset)
{
    struct id_set kids = {{0}};
    struct json_node array;

    if (!json_node_array(document, "keys", KEYSET_MAX_KEYS, &array)) return false;
    for (size_t i = 0; i < json_node_count(&array); i++) {
        struct json_node node = json_node_element(&array, i);
        if (!read_key(&node, &keyset->keys[i])) return false;
        if (id_set_has(&kids, keyset->keys[i].kid)) return json_node_refuse(&node, "kid occurs twice");
        id_set_add(&kids, keyset->keys[i].kid);
    }
    keyset->count = json_node_count(&array);
    return true;
}

static bool read_label(const struct json_node *node, bool is_class, struct event_label *label)
{
    static const struct json_node_key keys[] = {{"id", true}, {"name", true}, {"hint", false}, {"staff", false}};
    uint8_t least = is_class ? 0 : 1; // group 0 means "any", so it has no name
    size_t key_count = is_class ? COUNT(keys) : COUNT(keys) - 1;

    return json_node_is_object(node, keys, key_count) && json_node_u8(node, "id", least, &label->id) &&
           event_reader_name(node, "name", label->name[0], sizeof label->name[0]) &&
           event_reader_texts(node, "hint", label->hint[0], sizeof label->hint[0]) &&
           json_node_bool(node, "staff", &label->is_staff);
}

static bool read_labels(const struct json_node *document, const char *section, struct event_label *labels,
                        size_t *count)
{
    bool is_class = strcmp(section, "classes") == 0;
    struct id_set ids = {{0}};
    struct json_node array;

    if (!json_node_array(document, section, EVENT_MAX_LABELS, &array)) return false;
    for (size_t i = 0; i < json_node_count(&array); i++) {
        struct json_node node = json_node_element(&array, i);
        if (!read_label(&node, is_class, &labels[i])) return false;
        if (id_set_has(&ids, labels[i].id)) return json_node_refuse(&node, "id occurs twice");
        id_set_add(&ids, labels[i].id);
    }
    *count = json_node_count(&array);
    return true;
}

// A kiosk signs tickets of these classes by itself: they must not open the staff pages.
static bool check_kiosk_keys(const struct json_node *document, const struct event *event)
{
    struct json_node array = json_node_at(document, "keys");

    for (size_t i = 0; i < event->keyset.count; i++) {
        const struct ticket_key *key = &event->keyset.keys[i];
        const struct event_label *label = event_class(event, key->walk_in_class);
        struct json_node node = json_node_element(&array, i);
        if (key->is_walk_in_only && label && label->is_staff)
            return json_node_refuse(&node, "walk_in_class is a class of staff");
    }
    return true;
}

static bool read_pins(const struct json_node *document, struct event *event)
{
    static const struct json_node_key keys[] = {{"verifier", true}};
    static const char prefix[] = "$argon2id$";
    struct json_node array;

    if (!json_node_array(document, "pins", EVENT_MAX_PINS, &array)) return false;
    for (size_t i = 0; i < json_node_count(&array); i++) {
        struct json_node node = json_node_element(&array, i);
        if (!json_node_is_object(&node, keys, COUNT(keys)) ||
            !json_node_text(&node, "verifier", event->pins[i], EVENT_PIN_SIZE))
            return false;
        if (strncmp(event->pins[i], prefix, sizeof prefix - 1) != 0)
            return json_node_refuse(&node, "verifier is not one of argon2id");
    }
    event->pin_count = json_node_count(&array);
    return true;
}

bool event_reader_event(const struct json_node *document, struct event *out)
{
    static const struct json_node_key keys[] = {
        {"organisation", true}, {"version", true}, {"event", true}, {"lists", true}, {"roster", true}};

    return json_node_has_required(document, keys, COUNT(keys)) &&
           read_organisation(document, out->keyset.organisation) &&
           json_node_u32(document, "version", 1, &out->version) && read_about(document, out) &&
           read_keys(document, &out->keyset) && read_labels(document, "classes", out->classes, &out->class_count) &&
           read_labels(document, "groups", out->groups, &out->group_count) && event_reader_lists(document, out) &&
           read_pins(document, out) && event_reader_stops(document, out) && event_reader_walk_ins(document, out) &&
           check_kiosk_keys(document, out);
}
