// uplink_parts_curl.h -- what the files of the uplink over libcurl share: uplink_curl.c (calls),
// uplink_settings_curl.c, uplink_trouble_curl.c (what libcurl's many ways to fail mean for people).
#ifndef EINLASS_SYNC_UPLINK_PARTS_CURL_H
#define EINLASS_SYNC_UPLINK_PARTS_CURL_H

#include "sync/uplink.h"

#include <curl/curl.h>
#include <stdatomic.h>

enum { UPLINK_KEY_TEXT_SIZE = 64 }; // "sha256//…"

struct uplink_curl {
    struct uplink uplink; // first
    struct clock *clock;
    char url[PAIRING_URL_SIZE];
    const char *authorities; // NULL: the system's
    bool is_pinned, knows_key;
    uint8_t pin[PAIRING_PIN_BYTES];
    char key[UPLINK_KEY_TEXT_SIZE]; // of libcurl's kind
    CURLM *multi;
    CURL *easy;
    atomic_bool is_cancelled;
    bool has_head;
    char *body; // grows up to what a call allows, and is kept
    size_t size, length, most;
    struct uplink_answer answer;
};

// Of the next transfer; `address` is the whole URL.
void uplink_curl_set_usual(struct uplink_curl *self, const char *address, int64_t most_ms);
// False: a value that doesn't fit a header. `headers` is the caller's, also then.
bool uplink_curl_set_headers(struct uplink_curl *self, const struct uplink_request *request,
                             struct curl_slist **headers);
void uplink_curl_set_body(struct uplink_curl *self, const struct uplink_request *request);
size_t uplink_curl_take_body(char *bytes, size_t one, size_t count, void *owner); // libcurl's callbacks
size_t uplink_curl_take_header(char *bytes, size_t one, size_t count, void *owner);
enum uplink_trouble uplink_curl_trouble(CURL *easy, CURLcode code); // of the transfer that `easy` did last

#endif
