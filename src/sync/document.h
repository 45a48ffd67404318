// document.h -- a JSON object that came from the other side, for what this stage reads: bounded, no key twice, its
// flaw in words that quote no value. Getters: record/json_node.h. Pure; any thread.
#ifndef EINLASS_SYNC_DOCUMENT_H
#define EINLASS_SYNC_DOCUMENT_H

#include "record/json_node.h"

// The document and a node to read it by; json_decref() it. NULL: no JSON object, or one of `keys` is missing.
// Keys that aren't asked for are ignored: a newer other side may send more.
struct json_t *document_open(const char *json, size_t length, const struct json_node_key *keys, size_t count,
                             char *flaw, size_t flaw_size, struct json_node *out);
bool document_u64(const struct json_node *object, const char *key, uint64_t least, uint64_t *out); // up to INT64_MAX
// Only these characters: what goes on into a URL or a header as it stands.
bool document_plain(const struct json_node *object, const char *key, const char *allowed, char *out, size_t out_size);
// A text without control characters, as people and logs may see it.
bool document_showable(const struct json_node *object, const char *key, char *out, size_t out_size);

#define DOCUMENT_BASE64URL "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

#endif
