#include "record/json_node.h"

#include "base/text.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { PATH_SIZE = 96 };
static const int64_t unix_ms_end = INT64_C(253402300800000); // year 10000: more digits than screens and exports expect

static void write_path(const struct json_node *node, char *out, size_t out_size)
{
    size_t length;

    out[0] = '\0';
    if (!node->parent) return;
    write_path(node->parent, out, out_size);
    length = strlen(out);
    if (node->key) snprintf(out + length, out_size - length, "%s%s", length ? "." : "", node->key);
    else snprintf(out + length, out_size - length, "[%zu]", node->index);
}

bool json_node_refuse(const struct json_node *node, const char *format, ...)
{
    char path[PATH_SIZE];
    int length;
    va_list words;

    write_path(node, path, sizeof path);
    length = snprintf(node->flaw, node->flaw_size, "%s: ", path[0] ? path : "document");
    if (length < 0 || (size_t)length >= node->flaw_size) return false;
    va_start(words, format);
    vsnprintf(node->flaw + length, node->flaw_size - (size_t)length, format, words);
    va_end(words);
    return false;
}

bool json_node_has_required(const struct json_node *node, const struct json_node_key *keys, size_t count)
{
    if (!json_is_object(node->json)) return json_node_refuse(node, "not an object");
    for (size_t i = 0; i < count; i++)
        if (keys[i].is_required && !json_object_get(node->json, keys[i].name))
            return json_node_refuse(node, "key '%s' is missing", keys[i].name);
    return true;
}

static bool is_known(const char *name, const struct json_node_key *keys, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, keys[i].name) == 0) return true;
    return false;
}

bool json_node_is_object(const struct json_node *node, const struct json_node_key *keys, size_t count)
{
    if (!json_node_has_required(node, keys, count)) return false;
    // json_object_iter wants a mutable object but only looks.
    for (void *at = json_object_iter((json_t *)node->json); at; at = json_object_iter_next((json_t *)node->json, at)) {
        const char *name = json_object_iter_key(at);
        char shown[40];
        if (is_known(name, keys, count)) continue;
        text_make_showable(shown, sizeof shown, name, strlen(name));
        return json_node_refuse(node, "unknown key '%s'", shown);
    }
    return true;
}

struct json_node json_node_at(const struct json_node *object, const char *key)
{
    return (struct json_node){.json = json_object_get(object->json, key),
                              .parent = object,
                              .key = key,
                              .flaw = object->flaw,
                              .flaw_size = object->flaw_size};
}

bool json_node_array(const struct json_node *object, const char *key, size_t most, struct json_node *out)
{
    struct json_node array = json_node_at(object, key);

    if (array.json && !json_is_array(array.json)) return json_node_refuse(&array, "not an array");
    if (json_array_size(array.json) > most) return json_node_refuse(&array, "more than %zu elements", most);
    *out = array;
    return true;
}

size_t json_node_count(const struct json_node *array)
{
    return json_array_size(array->json);
}

struct json_node json_node_element(const struct json_node *array, size_t index)
{
    return (struct json_node){.json = json_array_get(array->json, index),
                              .parent = array,
                              .index = index,
                              .flaw = array->flaw,
                              .flaw_size = array->flaw_size};
}

bool json_node_integer(const struct json_node *node, uint64_t least, uint64_t most, uint64_t *out)
{
    json_int_t value = json_integer_value(node->json); // 0 for anything else

    if (!json_is_integer(node->json) || value < 0 || (uint64_t)value < least || (uint64_t)value > most)
        return json_node_refuse(node, "not a whole number from %llu to %llu", (unsigned long long)least,
                                (unsigned long long)most);
    *out = (uint64_t)value;
    return true;
}

bool json_node_u8(const struct json_node *object, const char *key, uint8_t least, uint8_t *out)
{
    struct json_node node = json_node_at(object, key);
    uint64_t value = 0;

    if (!node.json) return true;
    if (!json_node_integer(&node, least, UINT8_MAX, &value)) return false;
    *out = (uint8_t)value;
    return true;
}

bool json_node_u16(const struct json_node *object, const char *key, uint16_t least, uint16_t *out)
{
    struct json_node node = json_node_at(object, key);
    uint64_t value = 0;

    if (!node.json) return true;
    if (!json_node_integer(&node, least, UINT16_MAX, &value)) return false;
    *out = (uint16_t)value;
    return true;
}

bool json_node_u32(const struct json_node *object, const char *key, uint32_t least, uint32_t *out)
{
    struct json_node node = json_node_at(object, key);
    uint64_t value = 0;

    if (!node.json) return true;
    if (!json_node_integer(&node, least, UINT32_MAX, &value)) return false;
    *out = (uint32_t)value;
    return true;
}

bool json_node_unix_ms(const struct json_node *object, const char *key, int64_t *out)
{
    struct json_node node = json_node_at(object, key);
    uint64_t value = 0;

    if (!node.json) return true;
    if (!json_node_integer(&node, 0, (uint64_t)unix_ms_end - 1, &value)) return false;
    *out = (int64_t)value;
    return true;
}

bool json_node_bool(const struct json_node *object, const char *key, bool *out)
{
    struct json_node node = json_node_at(object, key);

    if (!node.json) return true;
    if (!json_is_boolean(node.json)) return json_node_refuse(&node, "neither true nor false");
    *out = json_is_true(node.json);
    return true;
}

bool json_node_text(const struct json_node *object, const char *key, char *out, size_t out_size)
{
    struct json_node node = json_node_at(object, key);

    if (!node.json) return true;
    if (!json_is_string(node.json)) return json_node_refuse(&node, "not a text");
    if (json_string_length(node.json) >= out_size)
        return json_node_refuse(&node, "longer than %zu bytes", out_size - 1);
    memcpy(out, json_string_value(node.json), json_string_length(node.json) + 1);
    return true;
}

bool json_node_word(const struct json_node *object, const char *key, const char **out)
{
    struct json_node node = json_node_at(object, key);

    if (!node.json) return true;
    if (!json_is_string(node.json)) return json_node_refuse(&node, "not a text");
    *out = json_string_value(node.json);
    return true;
}

bool json_node_hex(const struct json_node *object, const char *key, uint8_t *out, size_t length)
{
    struct json_node node = json_node_at(object, key);
    const char *digits;

    if (!node.json) return true;
    digits = json_string_value(node.json);
    // One value has one text, so upper case is out.
    if (!digits || digits[strspn(digits, "0123456789abcdef")] != '\0' || text_unhex(digits, out, length) != STATUS_OK)
        return json_node_refuse(&node, "not %zu lower-case hex digits", 2 * length);
    return true;
}
