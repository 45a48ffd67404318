#include "sync/document.h"

#include "base/text.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

struct json_t *document_open(const char *json, size_t length, const struct json_node_key *keys, size_t count,
                             char *flaw, size_t flaw_size, struct json_node *out)
{
    json_t *document = json_loadb(json, length, JSON_REJECT_DUPLICATES, NULL);

    if (!document) {
        snprintf(flaw, flaw_size, "document: not JSON");
        return NULL;
    }
    *out = (struct json_node){.json = document, .flaw = flaw, .flaw_size = flaw_size};
    if (json_node_has_required(out, keys, count)) return document;
    json_decref(document);
    return NULL;
}

bool document_u64(const struct json_node *object, const char *key, uint64_t least, uint64_t *out)
{
    struct json_node node = json_node_at(object, key);

    return !node.json || json_node_integer(&node, least, INT64_MAX, out);
}

bool document_plain(const struct json_node *object, const char *key, const char *allowed, char *out, size_t out_size)
{
    struct json_node node = json_node_at(object, key);
    const char *text = "";

    if (!node.json) return true;
    if (!json_node_word(object, key, &text)) return false;
    if (strlen(text) >= out_size || json_string_length(node.json) != strspn(text, allowed))
        return json_node_refuse(&node, "not a word of at most %zu plain characters", out_size - 1);
    memcpy(out, text, strlen(text) + 1);
    return true;
}

bool document_showable(const struct json_node *object, const char *key, char *out, size_t out_size)
{
    struct json_node node = json_node_at(object, key);
    const char *text = "";

    if (!node.json) return true;
    if (!json_node_word(object, key, &text)) return false;
    text_make_showable(out, out_size, text, strlen(text));
    return true;
}
