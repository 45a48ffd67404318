// json_node.h -- a value inside a JSON document and the way to it, so that whatever is wrong with it is named:
// "roster[17].ticket: not 12 hex digits". For documents that come from outside (event file).
// Nodes are values on the stack and borrow the document and their parents. Getters answer false after writing the
// flaw; where the key is absent they leave `out` as it is and answer true: json_node_is_object() says what must be
// there. Flaws never quote a value (it may be personal). Pure; one document, one thread.
#ifndef EINLASS_RECORD_JSON_NODE_H
#define EINLASS_RECORD_JSON_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_t; // jansson's

struct json_node {
    const struct json_t *json;
    const struct json_node *parent; // NULL: the document itself
    const char *key;                // NULL: element `index` of an array
    size_t index;
    char *flaw; // where words go
    size_t flaw_size;
};

struct json_node_key {
    const char *name;
    bool is_required;
};

__attribute__((format(printf, 2, 3))) bool json_node_refuse(const struct json_node *node, const char *format,
                                                            ...); // false

// Whether it is an object that has each required key and none that isn't in `keys`.
bool json_node_is_object(const struct json_node *node, const struct json_node_key *keys, size_t count);
bool json_node_has_required(const struct json_node *node, const struct json_node_key *keys,
                            size_t count); // others are ignored

struct json_node json_node_at(const struct json_node *object, const char *key); // json is NULL where it is absent
bool json_node_array(const struct json_node *object, const char *key, size_t most,
                     struct json_node *out); // absent: empty
size_t json_node_count(const struct json_node *array);
struct json_node json_node_element(const struct json_node *array, size_t index);

bool json_node_integer(const struct json_node *node, uint64_t least, uint64_t most,
                       uint64_t *out); // of the node itself
bool json_node_u8(const struct json_node *object, const char *key, uint8_t least, uint8_t *out);
bool json_node_u16(const struct json_node *object, const char *key, uint16_t least, uint16_t *out);
bool json_node_u32(const struct json_node *object, const char *key, uint32_t least, uint32_t *out);
bool json_node_unix_ms(const struct json_node *object, const char *key, int64_t *out); // from 1970 to the year 9999
bool json_node_bool(const struct json_node *object, const char *key, bool *out);
bool json_node_text(const struct json_node *object, const char *key, char *out, size_t out_size);
bool json_node_word(const struct json_node *object, const char *key, const char **out); // borrowed from the document
bool json_node_hex(const struct json_node *object, const char *key, uint8_t *out, size_t length); // lower case only

#endif
