#include "service/parts.h"

#include "base/text.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool refuse(struct call *call, int status, const char *words)
{
    http_error(call->reply, status, words);
    return false;
}

// What a kiosk says of itself in its User-Agent; "" = nothing.
static void read_version(const struct http_request *request, char out[32])
{
    static const char program[] = "einlass-kiosk/";
    const char *agent = http_header(request, "User-Agent");

    out[0] = '\0';
    if (!agent || strncmp(agent, program, sizeof program - 1) != 0) return;
    agent += sizeof program - 1;
    text_make_showable(out, 32, agent, strlen(agent));
}

// "0.1.9" is below "0.10". A program that doesn't say which it is, is served.
static bool is_outdated(const char *version, const char *least)
{
    int have[3] = {0}, want[3] = {0};

    if (!least || sscanf(version, "%d.%d.%d", &have[0], &have[1], &have[2]) < 1) return false;
    if (sscanf(least, "%d.%d.%d", &want[0], &want[1], &want[2]) < 1) return false;
    for (size_t i = 0; i < 3; i++)
        if (have[i] != want[i]) return have[i] < want[i];
    return false;
}

static bool is_device(struct call *call)
{
    const char *token = http_bearer(call->request);
    char version[sizeof call->device.version];
    enum status status;

    if (!token || !*token) return refuse(call, 401, "unknown");
    status = inbox_device_of(call->service->inbox, token, &call->device);
    if (status == STATUS_MISSING) return refuse(call, 401, "unknown");
    if (status != STATUS_OK) return call_refuse(call, status, "busy"), false;
    if (call->device.is_revoked) return refuse(call, 403, "revoked");
    read_version(call->request, version);
    // Only for the list of kiosks: when it can't be kept, the call goes on all the same.
    (void)!inbox_heard(call->service->inbox, call->device.id, version);
    return !is_outdated(version, call->service->config.least_version) || refuse(call, 426, "outdated");
}

bool call_may_have(const struct call *call, uint32_t event)
{
    const struct device *device = &call->device;

    return device->is_hub || device->event == 0 || device->event == event;
}

static enum status find_clerk(struct call *call)
{
    const char *token = http_cookie(call->request, "clerk");

    if (!token || !*token) return STATUS_MISSING;
    return clerk_of(call->service->inbox, token, call->clerk);
}

static bool is_clerk(struct call *call)
{
    enum status status = find_clerk(call);

    if (status == STATUS_MISSING) return refuse(call, 401, "log in");
    if (status != STATUS_OK) return call_refuse(call, status, "busy"), false;
    return true;
}

static bool is_at_board(struct call *call)
{
    enum status status;

    call->event = call_number(call->request->parts[0]);
    if (boards_knows(call->service->inbox, call->event, http_cookie(call->request, "board"))) return true;
    status = find_clerk(call);
    if (status == STATUS_OK) return true;
    return refuse(call, 401, "this board needs its link");
}

// A page of another site can make a browser send our cookie along, but not this header.
static bool is_ours(const struct call *call)
{
    const char *header = http_header(call->request, "X-Einlass");

    return header && strcmp(header, "1") == 0;
}

bool call_is_allowed(struct call *call, const struct service_route *route)
{
    const char *proxied = http_header(call->request, "X-Forwarded-Proto");
    bool is_changing = route->method != HTTP_GET && strncmp(route->path, "/office/", 8) == 0;

    call->is_secure = call->request->is_secure || (proxied && strcmp(proxied, "https") == 0);
    if (is_changing && !is_ours(call)) return refuse(call, 403, "X-Einlass is missing");
    switch (route->access) {
    case ACCESS_ANYBODY:
        return true;
    case ACCESS_DEVICE:
        return is_device(call);
    case ACCESS_CLERK:
        return is_clerk(call);
    case ACCESS_BOARD:
        return is_at_board(call);
    }
    return false;
}

void call_refuse(struct call *call, enum status status, const char *words)
{
    switch (status) {
    case STATUS_MISSING:
        http_error(call->reply, 404, words);
        return;
    case STATUS_INVALID:
        http_error(call->reply, 400, words);
        return;
    case STATUS_CORRUPT:
        http_error(call->reply, 500, words);
        return;
    case STATUS_OK:
    case STATUS_LATER:
    case STATUS_GONE:
        break;
    }
    http_error(call->reply, 503, words);
    call->reply->retry_after_s = 5;
}

void call_answer(struct call *call, int status, struct json_t *json)
{
    char *text = json ? json_dumps(json, JSON_COMPACT) : NULL;

    json_decref(json);
    if (text) http_json(call->reply, status, text);
    else call_refuse(call, STATUS_LATER, "no memory for this answer");
}

uint32_t call_number(const char *text)
{
    char *end;

    if (!text || *text < '0' || *text > '9') return 0;
    unsigned long long number = strtoull(text, &end, 10);
    return *end || number > UINT32_MAX ? 0 : (uint32_t)number;
}

struct json_t *call_body(const struct call *call)
{
    json_t *json = json_loadb((const char *)call->request->body, call->request->length, JSON_REJECT_DUPLICATES, NULL);

    if (json_is_object(json)) return json;
    json_decref(json);
    return NULL;
}

const char *call_text(const struct json_t *body, const char *key)
{
    return json_string_value(json_object_get(body, key));
}
