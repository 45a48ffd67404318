// uplink_settings_curl.c -- what libcurl is told for each call (uplink_curl.c).
#include "sync/uplink_parts_curl.h"

#include <stdio.h>
#include <string.h>

enum {
    HEADER_LINE_SIZE = 256,
    QUIET_S = 32, // longer than the office keeps a call back (FEED_MOST_WAIT_S)
};

static void set_trust(struct uplink_curl *self)
{
    curl_easy_setopt(self->easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(self->easy, CURLOPT_SSL_VERIFYPEER, self->is_pinned ? 0L : 1L);
    curl_easy_setopt(self->easy, CURLOPT_SSL_VERIFYHOST, self->is_pinned ? 0L : 2L);
    if (self->knows_key) curl_easy_setopt(self->easy, CURLOPT_PINNEDPUBLICKEY, self->key);
    if (self->authorities) curl_easy_setopt(self->easy, CURLOPT_CAINFO, self->authorities);
}

void uplink_curl_set_usual(struct uplink_curl *self, const char *address, int64_t most_ms)
{
    curl_easy_reset(self->easy); // connections are kept
    curl_easy_setopt(self->easy, CURLOPT_URL, address);
    curl_easy_setopt(self->easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(self->easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(self->easy, CURLOPT_PROXY, "");
    curl_easy_setopt(self->easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(self->easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(self->easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(self->easy, CURLOPT_USERAGENT, "einlass-kiosk/" EINLASS_VERSION);
    curl_easy_setopt(self->easy, CURLOPT_CONNECTTIMEOUT_MS, (long)UPLINK_CONNECT_MS);
    curl_easy_setopt(self->easy, CURLOPT_TIMEOUT_MS, (long)most_ms);
    curl_easy_setopt(self->easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(self->easy, CURLOPT_LOW_SPEED_TIME, (long)QUIET_S);
    curl_easy_setopt(self->easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(self->easy, CURLOPT_QUICK_EXIT, 1L); // a name that isn't found must not hold up the end
    curl_easy_setopt(self->easy, CURLOPT_WRITEFUNCTION, uplink_curl_take_body);
    curl_easy_setopt(self->easy, CURLOPT_WRITEDATA, self);
    curl_easy_setopt(self->easy, CURLOPT_HEADERFUNCTION, uplink_curl_take_header);
    curl_easy_setopt(self->easy, CURLOPT_HEADERDATA, self);
    set_trust(self);
}

static bool add_header(struct curl_slist **headers, const char *name, const char *value)
{
    char line[HEADER_LINE_SIZE];
    struct curl_slist *longer;
    int length = snprintf(line, sizeof line, "%s:%s%s", name, *value ? " " : "", value);

    if (length < 0 || length >= (int)sizeof line || strpbrk(value, "\r\n")) return false;
    longer = curl_slist_append(*headers, line);
    if (longer) *headers = longer;
    return longer != NULL;
}

bool uplink_curl_set_headers(struct uplink_curl *self, const struct uplink_request *request,
                             struct curl_slist **headers)
{
    char bearer[HEADER_LINE_SIZE];

    // No "Expect: 100-continue": it costs a round trip, and the office reads what is sent anyway.
    if (!add_header(headers, "Expect", "")) return false;
    if (request->token) {
        snprintf(bearer, sizeof bearer, "Bearer %s", request->token);
        if (!add_header(headers, "Authorization", bearer)) return false;
    }
    if (request->type && !add_header(headers, "Content-Type", request->type)) return false;
    if (request->is_gzip && !add_header(headers, "Content-Encoding", "gzip")) return false;
    if (request->if_none_match && !add_header(headers, "If-None-Match", request->if_none_match)) return false;
    return curl_easy_setopt(self->easy, CURLOPT_HTTPHEADER, *headers) == CURLE_OK;
}

void uplink_curl_set_body(struct uplink_curl *self, const struct uplink_request *request)
{
    if (strcmp(request->method, "GET") == 0) return;
    curl_easy_setopt(self->easy, CURLOPT_CUSTOMREQUEST, request->method);
    curl_easy_setopt(self->easy, CURLOPT_POSTFIELDS, request->body ? request->body : "");
    curl_easy_setopt(self->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->length);
}
