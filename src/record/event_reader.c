#include "record/event_reader.h"

#include "base/text.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

// A text per language. German must be there; where English is missing or empty, German is shown.
static bool read_texts(const struct json_node *object, const char *key, char *texts, size_t size)
{
    static const struct json_node_key keys[] = {{"de", true}, {"en", false}};
    struct json_node node = json_node_at(object, key);

    if (!node.json) return true;
    if (!json_node_is_object(&node, keys, COUNT(keys)) || !json_node_text(&node, "de", texts, size) ||
        !json_node_text(&node, "en", texts + size, size))
        return false;
    return texts[size] ? true : json_node_text(&node, "de", texts + size, size);
}

static bool read_name(const struct json_node *object, char *texts, size_t size)
{
    struct json_node node = json_node_at(object, "name");

    if (!read_texts(object, "name", texts, size)) return false;
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
    if (!read_name(&node, event->name[0], EVENT_NAME_SIZE) || !read_zone(&node, event->zone, sizeof event->zone))
        return false;
    if (!json_node_unix_ms(&node, "starts_ms", &event->starts_ms) ||
        !json_node_unix_ms(&node, "ends_ms", &event->ends_ms))
        return false;
    if (event->ends_ms < event->starts_ms) return json_node_refuse(&node, "ends before it starts");
    return read_texts(&node, "welcome", event->welcome[0], sizeof event->welcome[0]) &&
           read_texts(&node, "privacy", event->privacy[0], EVENT_TEXT_SIZE) &&
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

static bool read_labels(const struct json_node *document, const char *section, struct event_label *labels,
                        size_t *count)
{
    static const struct json_node_key keys[] = {{"id", true}, {"name", true}, {"hint", false}};
    struct id_set ids = {{0}};
    struct json_node array;

    if (!json_node_array(document, section, EVENT_MAX_LABELS, &array)) return false;
    for (size_t i = 0; i < json_node_count(&array); i++) {
        struct json_node node = json_node_element(&array, i);
        struct event_label *label = &labels[i];
        uint8_t least = strcmp(section, "groups") == 0; // group 0 means "any", so it has no name
        if (!json_node_is_object(&node, keys, COUNT(keys)) || !json_node_u8(&node, "id", least, &label->id) ||
            !read_name(&node, label->name[0], sizeof label->name[0]) ||
            !read_texts(&node, "hint", label->hint[0], sizeof label->hint[0]))
            return false;
        if (id_set_has(&ids, label->id)) return json_node_refuse(&node, "id occurs twice");
        id_set_add(&ids, label->id);
    }
    *count = json_node_count(&array);
    return true;
}

static bool read_id_set(const struct json_node *object, const char *key, uint8_t least, struct id_set *out)
{
    struct json_node array;

    if (!json_node_array(object, key, 256, &array)) return false;
    for (size_t i = 0; i < json_node_count(&array); i++) {
        struct json_node node = json_node_element(&array, i);
        uint64_t id;
        if (!json_node_integer(&node, least, UINT8_MAX, &id)) return false;
        id_set_add(out, (uint8_t)id);
    }
    return true;
}

static bool read_list(const struct json_node *node, struct list *list)
{
    static const struct json_node_key keys[] = {
        {"id", true},        {"mode", true},       {"name", true},      {"classes", false}, {"groups", false},
        {"opens_ms", false}, {"closes_ms", false}, {"capacity", false}, {"stock", false},   {"after", false},
    };
    struct json_node mode_node = json_node_at(node, "mode");
    const char *mode = "";

    if (!json_node_is_object(node, keys, COUNT(keys)) || !json_node_word(node, "mode", &mode)) return false;
    if (list_mode_of_word(mode, &list->mode) != STATUS_OK) {
        char shown[24];
        text_make_showable(shown, sizeof shown, mode, strlen(mode));
        return json_node_refuse(&mode_node, "unknown word '%s'", shown);
    }
    if (!json_node_u16(node, "id", 1, &list->id) || !json_node_text(node, "name", list->name, sizeof list->name))
        return false;
    if (!list->name[0]) return json_node_refuse(node, "name is empty");
    if (!read_id_set(node, "classes", 0, &list->classes) || !read_id_set(node, "groups", 1, &list->groups))
        return false;
    if (!json_node_unix_ms(node, "opens_ms", &list->opens_ms) ||
        !json_node_unix_ms(node, "closes_ms", &list->closes_ms))
        return false;
    if (list->closes_ms && list->closes_ms <= list->opens_ms) return json_node_refuse(node, "closes before it opens");
    return json_node_u32(node, "capacity", 0, &list->capacity) && json_node_u32(node, "stock", 0, &list->stock) &&
           json_node_u16(node, "after", 0, &list->after);
}

// `after` must lead to a list of this event and never in a circle: nobody could pass such lists.
static bool check_after(const struct json_node *array, const struct event *event)
{
    for (size_t i = 0; i < event->list_count; i++) {
        const struct list *list = &event->lists[i];
        struct json_node node = json_node_element(array, i);
        for (size_t steps = 0; list->after; steps++) {
            if (steps == event->list_count) return json_node_refuse(&node, "after leads in a circle");
            list = event_list(event, list->after);
            if (!list) return json_node_refuse(&node, "after names no list");
        }
    }
    return true;
}

static bool read_lists(const struct json_node *document, struct event *event)
{
    struct json_node array;

    if (!json_node_array(document, "lists", EVENT_MAX_LISTS, &array)) return false;
    if (json_node_count(&array) == 0) return json_node_refuse(&array, "empty: nothing could be counted");
    for (size_t i = 0; i < json_node_count(&array); i++) {
        struct json_node node = json_node_element(&array, i);
        if (!read_list(&node, &event->lists[i])) return false;
        if (event_list(event, event->lists[i].id)) return json_node_refuse(&node, "id occurs twice");
        event->list_count = i + 1;
    }
    return check_after(&array, event);
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
           read_labels(document, "groups", out->groups, &out->group_count) && read_lists(document, out) &&
           read_pins(document, out);
}

static bool read_status(const struct json_node *entry, enum guest_status *out)
{
    const char *word = guest_status_word(GUEST_STATUS_OK);
    struct json_node node = json_node_at(entry, "status");

    if (!json_node_word(entry, "status", &word)) return false;
    if (guest_status_of_word(word, out) == STATUS_OK) return true;
    return json_node_refuse(&node, "unknown word");
}

static bool read_foreign_code(const struct json_node *entry, const char **out)
{
    struct json_node node = json_node_at(entry, "code");

    if (!json_node_word(entry, "code", out)) return false;
    if (!*out || (**out && strlen(*out) <= FOREIGN_CODE_MAX_BYTES)) return true;
    return json_node_refuse(&node, "not 1 to %d bytes", FOREIGN_CODE_MAX_BYTES);
}

bool event_reader_entry(const struct json_node *entry, struct roster_entry *out)
{
    static const struct json_node_key keys[] = {
        {"ticket", true},  {"class", true}, {"group", false},   {"status", false}, {"least_generation", false},
        {"person", false}, {"name", false}, {"company", false}, {"note", false},   {"code", false},
    };
    struct guest *guest = &out->guest;
    uint8_t ticket[6];

    if (!json_node_is_object(entry, keys, COUNT(keys)) || !json_node_hex(entry, "ticket", ticket, sizeof ticket))
        return false;
    guest->is_listed = true;
    guest->ticket = 0;
    for (size_t i = 0; i < sizeof ticket; i++) guest->ticket = guest->ticket << 8 | ticket[i];
    if (!json_node_u8(entry, "class", 0, &guest->class_id) || !json_node_u8(entry, "group", 0, &guest->group))
        return false;
    if (!json_node_u16(entry, "least_generation", 0, &guest->least_generation)) return false;
    if (guest->least_generation > GUEST_WITHDRAWN)
        return json_node_refuse(entry, "least_generation is more than %d", GUEST_WITHDRAWN);
    return read_status(entry, &guest->status) && json_node_u32(entry, "person", 0, &guest->person) &&
           json_node_text(entry, "name", guest->name, sizeof guest->name) &&
           json_node_text(entry, "company", guest->company, sizeof guest->company) &&
           json_node_text(entry, "note", guest->note, sizeof guest->note) &&
           read_foreign_code(entry, &out->foreign_code);
}
