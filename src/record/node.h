// node.h -- a value inside a JSON document and the way to it, so that whatever is wrong with it is named:
// "roster[17].ticket: not 12 hex digits". For documents that come from outside (event file).
// Nodes are values on the stack and borrow the document and their parents. Getters answer false after writing the
// flaw; where the key is absent they leave `out` as it is and answer true: node_is_object() says what must be there.
// Flaws never quote a value (it may be personal). Pure; one document, one thread.
#ifndef EINLASS_RECORD_NODE_H
#define EINLASS_RECORD_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_t; // jansson's

struct node {
    const struct json_t *json;
    const struct node *parent; // NULL: the document itself
    const char *key;           // NULL: element `index` of an array
    size_t index;
    char *flaw; // where words go
    size_t flaw_size;
};

struct node_key {
    const char *name;
    bool is_required;
};

__attribute__((format(printf, 2, 3))) bool node_refuse(const struct node *node, const char *format, ...); // false

// Whether it is an object that has each required key and none that isn't in `keys`.
bool node_is_object(const struct node *node, const struct node_key *keys, size_t count);
bool node_has_required(const struct node *node, const struct node_key *keys, size_t count); // others are ignored

bool node_child(const struct node *object, const char *key, struct node *out);              // false: absent; no flaw
bool node_array(const struct node *object, const char *key, size_t most, struct node *out); // absent: empty
size_t node_count(const struct node *array);
struct node node_element(const struct node *array, size_t index);

bool node_integer(const struct node *node, uint64_t least, uint64_t most, uint64_t *out); // of the node itself
bool node_u8(const struct node *object, const char *key, uint8_t least, uint8_t *out);
bool node_u16(const struct node *object, const char *key, uint16_t least, uint16_t *out);
bool node_u32(const struct node *object, const char *key, uint32_t least, uint32_t *out);
bool node_unix_ms(const struct node *object, const char *key, int64_t *out); // from 1970 to the year 9999
bool node_bool(const struct node *object, const char *key, bool *out);
bool node_text(const struct node *object, const char *key, char *out, size_t out_size);
bool node_word(const struct node *object, const char *key, const char **out);           // borrowed from the document
bool node_hex(const struct node *object, const char *key, uint8_t *out, size_t length); // lower case only

#endif
