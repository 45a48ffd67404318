// event_reader_walk_ins.c -- what is asked of somebody who comes without a ticket.
#include "record/event_reader.h"

#include "base/text.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

// Keys and versions stand in walk-ins' blobs and in exports' headings.
static bool read_word(const struct json_node *object, const char *key, const char *allowed, char out[EVENT_KEY_SIZE])
{
    struct json_node node = json_node_at(object, key);

    if (!json_node_text(object, key, out, EVENT_KEY_SIZE)) return false;
    if (out[0] && strspn(out, allowed) == strlen(out)) return true;
    return json_node_refuse(&node, "not a word of a-z, 0-9%s", strchr(allowed, '-') ? ", '.', '_' and '-'" : " and _");
}

static bool read_key(const struct json_node *object, char out[EVENT_KEY_SIZE])
{
    return read_word(object, "key", "abcdefghijklmnopqrstuvwxyz0123456789_", out);
}

static bool read_field_kind(const struct json_node *object, enum field_kind *out)
{
    struct json_node node = json_node_at(object, "kind");
    const char *word = "";

    if (!json_node_word(object, "kind", &word)) return false;
    return field_kind_of_word(word, out) == STATUS_OK ? true : json_node_refuse(&node, "unknown word");
}

static bool read_field(const struct json_node *node, struct walk_in_field *field)
{
    static const struct json_node_key keys[] = {{"key", true}, {"kind", true}, {"label", true}, {"required", false}};

    return json_node_is_object(node, keys, COUNT(keys)) && read_key(node, field->key) &&
           read_field_kind(node, &field->kind) &&
           event_reader_name(node, "label", field->label[0], sizeof field->label[0]) &&
           json_node_bool(node, "required", &field->is_required);
}

static bool has_field(const struct walk_in_rules *rules, const char *key)
{
    for (size_t i = 0; i < rules->field_count; i++)
        if (strcmp(rules->fields[i].key, key) == 0) return true;
    return false;
}

// Without a name nobody finds them again, and two names would be one too many for a list.
static bool check_name(const struct json_node *array, const struct walk_in_rules *rules)
{
    size_t name_count = 0;

    for (size_t i = 0; i < rules->field_count; i++) {
        struct json_node node = json_node_element(array, i);
        if (rules->fields[i].kind != FIELD_NAME) continue;
        if (!rules->fields[i].is_required) return json_node_refuse(&node, "the name must be required");
        name_count++;
    }
    return name_count == 1 ? true : json_node_refuse(array, "one of them, and only one, must be of kind name");
}

static bool read_fields(const struct json_node *walk_ins, struct walk_in_rules *rules)
{
    struct json_node array;

    if (!json_node_array(walk_ins, "fields", EVENT_MAX_FIELDS, &array)) return false;
    for (size_t i = 0; i < json_node_count(&array); i++) {
        struct json_node node = json_node_element(&array, i);
        if (!read_field(&node, &rules->fields[i])) return false;
        if (has_field(rules, rules->fields[i].key)) return json_node_refuse(&node, "key occurs twice");
        rules->field_count = i + 1;
    }
    return check_name(&array, rules);
}

static bool read_consent(const struct json_node *node, struct walk_in_consent *consent)
{
    static const struct json_node_key keys[] = {{"key", true}, {"version", true}, {"text", true}, {"required", false}};
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";

    return json_node_is_object(node, keys, COUNT(keys)) && read_key(node, consent->key) &&
           read_word(node, "version", allowed, consent->version) &&
           event_reader_name(node, "text", consent->text[0], sizeof consent->text[0]) &&
           json_node_bool(node, "required", &consent->is_required);
}

static bool has_consent(const struct walk_in_rules *rules, const char *key)
{
    for (size_t i = 0; i < rules->consent_count; i++)
        if (strcmp(rules->consents[i].key, key) == 0) return true;
    return false;
}

static bool read_consents(const struct json_node *walk_ins, struct walk_in_rules *rules)
{
    struct json_node array;

    if (!json_node_array(walk_ins, "consents", EVENT_MAX_CONSENTS, &array)) return false;
    for (size_t i = 0; i < json_node_count(&array); i++) {
        struct json_node node = json_node_element(&array, i);
        if (!read_consent(&node, &rules->consents[i])) return false;
        if (has_consent(rules, rules->consents[i].key)) return json_node_refuse(&node, "key occurs twice");
        rules->consent_count = i + 1;
    }
    return true;
}

// Anybody gets a ticket of this class who types a name: it must not open the staff pages.
static bool read_class(const struct json_node *walk_ins, const struct event *event, uint8_t *out)
{
    struct json_node node = json_node_at(walk_ins, "class");
    const struct event_label *label;

    if (!json_node_u8(walk_ins, "class", 0, out)) return false;
    label = event_class(event, *out);
    return label && label->is_staff ? json_node_refuse(&node, "is a class of staff") : true;
}

static bool read_plus_ones(const struct json_node *walk_ins, uint8_t *out)
{
    struct json_node node = json_node_at(walk_ins, "plus_ones");
    uint64_t most = 0;

    if (node.json && !json_node_integer(&node, 0, EVENT_MOST_PLUS_ONES, &most)) return false;
    *out = (uint8_t)most;
    return true;
}

bool event_reader_walk_ins(const struct json_node *document, struct event *event)
{
    static const struct json_node_key keys[] = {
        {"class", true}, {"plus_ones", false}, {"fields", true}, {"consents", false}};
    struct json_node node = json_node_at(document, "walk_ins");
    struct walk_in_rules *rules = &event->walk_ins;

    if (!node.json) return true;
    rules->is_welcome = true;
    return json_node_is_object(&node, keys, COUNT(keys)) && read_class(&node, event, &rules->class_id) &&
           read_plus_ones(&node, &rules->most_plus_ones) && read_fields(&node, rules) && read_consents(&node, rules);
}
