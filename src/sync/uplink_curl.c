// uplink_curl.c -- calls to the office over libcurl (uplink.h).
// A pin is half of the hash of the server's key. So a handshake that asks for nothing shows the key first; if its hash
// begins like the pin, libcurl is held to the whole hash from then on, before it sends a byte.
#define LOG_MODULE "uplink"

#include "sync/uplink.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "sync/server_key.h"
#include "sync/uplink_answer.h"
#include "sync/uplink_parts_curl.h"

#include <curl/curl.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ADDRESS_SIZE = PAIRING_URL_SIZE + 512,
    FIRST_BYTES = 16 * 1024,
    POLL_MS = 1000,
};

size_t uplink_curl_take_body(char *bytes, size_t one, size_t count, void *owner)
{
    struct uplink_curl *self = owner;
    size_t length = one * count, needed = self->length + length + 1;

    if (length > self->most - self->length) return 0; // ends the call
    if (needed > self->size) {
        size_t size = needed > 2 * self->size ? needed : 2 * self->size;
        char *larger = realloc(self->body, size);
        if (!larger) return 0;
        self->body = larger;
        self->size = size;
    }
    memcpy(self->body + self->length, bytes, length);
    self->length += length;
    self->body[self->length] = '\0';
    return length;
}

size_t uplink_curl_take_header(char *bytes, size_t one, size_t count, void *owner)
{
    struct uplink_curl *self = owner;

    self->has_head = one * count <= 2; // the empty line; libcurl takes a head that was cut off for a whole one
    uplink_answer_header(&self->answer, bytes, one * count);
    return one * count;
}

// ---- a call ----

// A call may take as long as its request allows; what counts is that it is looked after.
static void go_on(struct uplink_curl *self)
{
    struct watch_mark *mark = self->uplink.mark;

    if (mark) watch_promise(mark, self->clock->ops->mono_ms(self->clock) + UPLINK_PATIENCE_MS);
}

// Until the transfer ended, or somebody cancelled.
static enum status run(struct uplink_curl *self, CURLcode *code_out)
{
    int running = 1, left;
    CURLMsg *message;

    *code_out = CURLE_FAILED_INIT;
    if (curl_multi_add_handle(self->multi, self->easy) != CURLM_OK) return STATUS_OK;
    while (running > 0 && !atomic_load(&self->is_cancelled)) {
        go_on(self);
        if (curl_multi_perform(self->multi, &running) != CURLM_OK) break;
        if (running > 0 && curl_multi_poll(self->multi, NULL, 0, POLL_MS, NULL) != CURLM_OK) break;
    }
    while ((message = curl_multi_info_read(self->multi, &left)))
        if (message->msg == CURLMSG_DONE) *code_out = message->data.result;
    curl_multi_remove_handle(self->multi, self->easy);
    return atomic_load(&self->is_cancelled) ? STATUS_GONE : STATUS_OK;
}

// The key of who answers there, once per uplink. LATER: none that fits; the answer's trouble says why.
static enum status learn_key(struct uplink_curl *self)
{
    uint8_t key[SERVER_KEY_BYTES];
    char text[sodium_base64_ENCODED_LEN(SERVER_KEY_BYTES, sodium_base64_VARIANT_ORIGINAL)];
    struct curl_certinfo *chain = NULL;
    enum status status = STATUS_INVALID;
    CURLcode code;

    uplink_curl_set_usual(self, self->url, UPLINK_CONNECT_MS * 2);
    curl_easy_setopt(self->easy, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(self->easy, CURLOPT_CERTINFO, 1L);
    if (run(self, &code) == STATUS_GONE) return STATUS_GONE;
    self->answer.trouble = uplink_curl_trouble(self->easy, code);
    if (code != CURLE_OK) return STATUS_LATER;
    self->answer.trouble = UPLINK_WRONG_KEY;
    curl_easy_getinfo(self->easy, CURLINFO_CERTINFO, &chain);
    for (struct curl_slist *at = chain && chain->num_of_certs > 0 ? chain->certinfo[0] : NULL; at; at = at->next)
        if (strncmp(at->data, "Cert:", 5) == 0) status = server_key_of_pem(at->data + 5, key);
    if (status != STATUS_OK || sodium_memcmp(key, self->pin, PAIRING_PIN_BYTES) != 0) return STATUS_LATER;
    sodium_bin2base64(text, sizeof text, key, sizeof key, sodium_base64_VARIANT_ORIGINAL);
    snprintf(self->key, sizeof self->key, "sha256//%s", text);
    self->knows_key = true;
    return STATUS_OK;
}

// When the request began to leave, and when the first of the answer came: what was between is the way and the office.
static void note_times(struct uplink_curl *self, int64_t begun_mono_ms)
{
    curl_off_t sent_us = 0, answered_us = 0;

    curl_easy_getinfo(self->easy, CURLINFO_PRETRANSFER_TIME_T, &sent_us);
    curl_easy_getinfo(self->easy, CURLINFO_STARTTRANSFER_TIME_T, &answered_us);
    self->answer.sent_mono_ms = begun_mono_ms + sent_us / 1000;
    self->answer.answered_mono_ms = begun_mono_ms + (answered_us + 999) / 1000;
}

static enum status transfer(struct uplink_curl *self, const struct uplink_request *request)
{
    struct curl_slist *headers = NULL;
    char address[ADDRESS_SIZE];
    enum status status = STATUS_INVALID;
    CURLcode code = CURLE_OK;
    long number = 0;
    int64_t begun_mono_ms = self->clock->ops->mono_ms(self->clock);

    snprintf(address, sizeof address, "%s%s", self->url, request->path);
    uplink_curl_set_usual(self, address, request->most_ms ? request->most_ms : UPLINK_TOTAL_MS);
    uplink_curl_set_body(self, request);
    if (uplink_curl_set_headers(self, request, &headers)) status = run(self, &code);
    curl_easy_getinfo(self->easy, CURLINFO_RESPONSE_CODE, &number);
    note_times(self, begun_mono_ms);
    curl_easy_setopt(self->easy, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all(headers);
    if (status != STATUS_OK) return status;
    self->answer.status = (int)number;
    self->answer.body = self->body;
    self->answer.length = self->length;
    self->answer.trouble = code == CURLE_OK && !self->has_head ? UPLINK_CUT_OFF : uplink_curl_trouble(self->easy, code);
    return self->answer.trouble == UPLINK_FINE ? uplink_answer_judge(&self->answer, request) : STATUS_LATER;
}

// An event file may be large, and comes once.
static void shrink(struct uplink_curl *self)
{
    char *smaller = self->size > UPLINK_MOST_ANSWER_BYTES ? realloc(self->body, FIRST_BYTES) : NULL;

    if (!smaller) return;
    self->body = smaller;
    self->size = FIRST_BYTES;
}

static enum status curl_call(struct uplink *uplink, const struct uplink_request *request, struct uplink_answer *out)
{
    struct uplink_curl *self = (struct uplink_curl *)uplink;
    enum status status = STATUS_OK;

    shrink(self);
    self->answer = (struct uplink_answer){.retry_after_s = -1, .body = self->body};
    self->most = request->most_bytes ? request->most_bytes : UPLINK_MOST_ANSWER_BYTES;
    self->length = 0;
    self->body[0] = '\0';
    if (self->is_pinned && !self->knows_key) status = learn_key(self);
    if (status == STATUS_OK) {
        uplink_answer_begin(&self->answer);
        self->length = 0;
        status = transfer(self, request);
    }
    *out = self->answer;
    return status;
}

static void curl_cancel(struct uplink *uplink)
{
    struct uplink_curl *self = (struct uplink_curl *)uplink;

    atomic_store(&self->is_cancelled, true);
    curl_multi_wakeup(self->multi);
}

static void curl_close(struct uplink *uplink)
{
    struct uplink_curl *self = (struct uplink_curl *)uplink;

    curl_easy_cleanup(self->easy);
    curl_multi_cleanup(self->multi);
    free(self->body);
    free(self);
}

static const struct uplink_ops curl_ops = {.call = curl_call, .cancel = curl_cancel, .close = curl_close};

static enum status open_uplink(const char *url, const uint8_t *pin, const char *authorities, struct clock *clock,
                               struct uplink **out)
{
    struct uplink_curl *self;

    if (!pairing_is_url(url) || sodium_init() < 0 || curl_global_init(CURL_GLOBAL_DEFAULT) != 0) return STATUS_INVALID;
    self = mem_zero(sizeof *self);
    self->uplink.ops = &curl_ops;
    self->clock = clock;
    self->authorities = authorities;
    self->is_pinned = pin && strncmp(url, "https:", 6) == 0;
    if (pin) memcpy(self->pin, pin, sizeof self->pin);
    text_copy(self->url, sizeof self->url, url);
    self->size = FIRST_BYTES;
    self->body = mem_zero(self->size);
    self->multi = curl_multi_init();
    self->easy = curl_easy_init();
    if (!self->multi || !self->easy) {
        log_error("libcurl could not be started");
        curl_close(&self->uplink);
        return STATUS_LATER;
    }
    *out = &self->uplink;
    return STATUS_OK;
}

enum status uplink_curl_open(const char *url, const uint8_t *pin, struct clock *clock, struct uplink **out)
{
    return open_uplink(url, pin, getenv("SSL_CERT_FILE"), clock, out); // as every program with OpenSSL, but libcurl
}

enum status uplink_curl_open_trusting(const char *url, const char *authorities, struct clock *clock,
                                      struct uplink **out)
{
    return open_uplink(url, NULL, authorities, clock, out);
}
