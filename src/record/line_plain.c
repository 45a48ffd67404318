#include "record/line_plain.h"

#include "base/text.h"

#include <jansson.h>
#include <string.h>

enum { MOST_DIGITS = 18 }; // always within 64 bits

// What stands at `at` is cut into `line->text`; every function moves it on, or answers that this is not plain.

static bool read_text(char **at, const char **text_out, size_t *length_out)
{
    char *end = *at + 1;

    if (**at != '"') return false;
    while (*end != '"' && *end != '\\' && (unsigned char)*end >= ' ') end++; // the NUL at its end is less
    if (*end != '"') return false;
    *end = '\0';
    *text_out = *at + 1;
    *length_out = (size_t)(end - *text_out);
    *at = end + 1;
    return true;
}

static bool read_integer(char **at, int64_t *out)
{
    bool is_negative = **at == '-';
    const char *digit = *at + is_negative, *first = digit;
    int64_t number = 0;

    for (; *digit >= '0' && *digit <= '9' && digit - first < MOST_DIGITS; digit++)
        number = number * 10 + (*digit - '0');
    if (digit == first || (*first == '0' && (digit - first > 1 || is_negative))) return false;
    if (*digit != ',' && *digit != '}') return false;
    *out = is_negative ? -number : number;
    *at += digit - *at;
    return true;
}

// Which key it is was not read before: two of one name are refused, and the long way says so.
static bool read_key(char **at, const struct plain_value *values, size_t count, struct plain_value *out)
{
    size_t length;

    if (!read_text(at, &out->key, &length) || **at != ':') return false;
    for (size_t i = 0; i < count; i++)
        if (values[i].key[0] == out->key[0] && strcmp(values[i].key, out->key) == 0) return false;
    ++*at;
    return true;
}

static bool read_object(char **at, struct plain_line *line)
{
    if (line->seen_count > 0) return false;
    do {
        struct plain_value *value = &line->seen[line->seen_count];
        ++*at; // { or ,
        if (line->seen_count == RECORD_MOST_SEEN || !read_key(at, line->seen, line->seen_count, value)) return false;
        if (!read_integer(at, &value->number)) return false;
        value->type = PLAIN_INTEGER;
        line->seen_count++;
    } while (**at == ',');
    return *(*at)++ == '}';
}

static bool read_value(char **at, struct plain_line *line, struct plain_value *out)
{
    if (**at == '"') {
        out->type = PLAIN_TEXT;
        return read_text(at, &out->text, &out->length);
    }
    if (**at == '{') {
        out->type = PLAIN_OBJECT;
        return read_object(at, line);
    }
    if (strncmp(*at, "true", 4) == 0) {
        out->type = PLAIN_TRUE;
        *at += 4;
        return true;
    }
    out->type = PLAIN_INTEGER;
    return read_integer(at, &out->number);
}

static bool is_plain(struct plain_line *line, const char *end)
{
    char *at = line->text;

    if (*at != '{') return false;
    do {
        struct plain_value *value = &line->values[line->count];
        at++; // { or ,
        if (line->count == PLAIN_MOST_VALUES || !read_key(&at, line->values, line->count, value)) return false;
        if (!read_value(&at, line, value)) return false;
        line->count++;
    } while (*at == ',');
    return *at == '}' && at + 1 == end;
}

// ---- the long way ----

static void take_json(const char *key, const json_t *json, struct plain_value *out)
{
    *out = (struct plain_value){.key = key};
    if (json_is_integer(json)) {
        out->type = PLAIN_INTEGER;
        out->number = json_integer_value(json);
    } else if (json_is_string(json)) {
        out->type = PLAIN_TEXT;
        out->text = json_string_value(json);
        out->length = json_string_length(json);
    } else if (json_is_true(json)) out->type = PLAIN_TRUE;
}

// Of the one that is asked for: a line may have any number of keys that mean nothing here.
static const struct plain_value *get_json(struct plain_line *line, const char *key)
{
    json_t *json = json_object_get(line->tree, key), *inner;
    struct plain_value *value = &line->values[line->count++ % PLAIN_MOST_VALUES];
    const char *inner_key;

    if (!json) return NULL;
    take_json(key, json, value);
    if (!json_is_object(json) || json_object_size(json) > RECORD_MOST_SEEN) return value;
    value->type = PLAIN_OBJECT;
    line->seen_count = 0;
    json_object_foreach(json, inner_key, inner) take_json(inner_key, inner, &line->seen[line->seen_count++]);
    return value;
}

enum status plain_read(const char *line, size_t length, struct plain_line *out)
{
    if (length >= RECORD_LINE_SIZE) return STATUS_INVALID;
    memcpy(out->text, line, length);
    out->text[length] = '\0';
    out->count = out->seen_count = out->at = 0;
    out->tree = NULL;
    if (text_is_utf8(line, length) && is_plain(out, out->text + length)) return STATUS_OK;
    out->count = out->seen_count = 0;
    out->tree = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(out->tree)) return STATUS_OK;
    plain_close(out);
    return STATUS_INVALID;
}

void plain_close(struct plain_line *line)
{
    json_decref(line->tree);
    line->tree = NULL;
}

const struct plain_value *plain_get(struct plain_line *line, const char *key)
{
    if (line->tree) return get_json(line, key);
    for (size_t i = 0; i < line->count; i++) {
        const struct plain_value *value = &line->values[line->at];
        line->at = line->at + 1 < line->count ? line->at + 1 : 0;
        if (strcmp(value->key, key) == 0) return value;
    }
    return NULL;
}
