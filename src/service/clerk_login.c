// The clerk's login, and the first one of all.
#include "service/parts.h"

#include "base/text.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { MOST_WRONG_SETUPS = 10 };

// A first login that was made elsewhere (einlass clerk add) ends it too.
static bool is_setup_open(struct service *service)
{
    size_t count = 0;

    if (service->setup_code[0] && clerk_count(service->inbox, &count) == STATUS_OK && count > 0)
        service->setup_code[0] = '\0';
    return service->setup_code[0] != '\0';
}

// {"clerk": name or null, "setup": no login exists yet, "hub": …}: what the page begins with.
void clerk_who(struct call *call)
{
    const char *token = http_cookie(call->request, "clerk");
    bool is_in = token && *token && clerk_of(call->service->inbox, token, call->clerk) == STATUS_OK;
    json_t *json = json_pack("{s:b, s:b, s:s}", "setup", is_setup_open(call->service), "hub", !call->service->book,
                             "url", call->service->url);

    json_object_set_new(json, "clerk", is_in ? json_string(call->clerk) : json_null());
    call_answer(call, 200, json);
}

static void log_in(struct call *call, const char *name, const char *password)
{
    char token[CLERK_TOKEN_SIZE];
    int64_t wait_ms = 0;
    enum status status = clerk_log_in(call->service->inbox, name, password, call->request->peer, token, &wait_ms);

    if (status == STATUS_MISSING) {
        http_error(call->reply, 401, "wrong");
    } else if (status != STATUS_OK) {
        http_error(call->reply, wait_ms > 0 ? 429 : 503, wait_ms > 0 ? "too often" : "busy");
        call->reply->retry_after_s = (int)(wait_ms / 1000) + 1;
    } else {
        call->reply->status = 204;
        snprintf(call->reply->cookie, sizeof call->reply->cookie,
                 "clerk=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s", token, CLERK_SESSION_MS / 1000,
                 call->is_secure ? "; Secure" : "");
    }
}

void clerk_enter(struct call *call)
{
    json_t *body = call_body(call);
    const char *name = call_text(body, "name"), *password = call_text(body, "password");

    if (name && password) log_in(call, name, password);
    else http_error(call->reply, 400, "name and password are missing");
    json_decref(body);
}

void clerk_leave(struct call *call)
{
    enum status status = clerk_log_out(call->service->inbox, http_cookie(call->request, "clerk"));

    if (status != STATUS_OK && status != STATUS_MISSING) {
        call_refuse(call, status, "busy");
        return;
    }
    call->reply->status = 204;
    snprintf(call->reply->cookie, sizeof call->reply->cookie, "clerk=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict%s",
             call->is_secure ? "; Secure" : "");
}

static bool set(struct call *call, const char *name, const char *password)
{
    enum status status = clerk_set(call->service->inbox, name, password);

    if (status == STATUS_INVALID) http_error(call->reply, 400, "too short");
    else if (status != STATUS_OK) call_refuse(call, status, "busy");
    return status == STATUS_OK;
}

void clerk_add(struct call *call)
{
    json_t *body = call_body(call);
    const char *name = call_text(body, "name"), *password = call_text(body, "password");

    if (!name || !password) http_error(call->reply, 400, "name and password are missing");
    else if (set(call, name, password)) call->reply->status = 204;
    json_decref(body);
}

static enum status add_name(void *owner, const char *name)
{
    return json_array_append_new(owner, json_string(name)) == 0 ? STATUS_OK : STATUS_LATER;
}

void clerk_logins(struct call *call)
{
    json_t *names = json_array();
    enum status status = clerk_each(call->service->inbox, add_name, names);

    if (status == STATUS_OK) {
        call_answer(call, 200, json_pack("{s:o}", "clerks", names));
        return;
    }
    json_decref(names);
    call_refuse(call, status, "the logins can't be read");
}

// Not one's own: somebody is always left who can log in.
void clerk_dismiss(struct call *call)
{
    const char *name = call->request->parts[0];
    enum status status;

    if (strcmp(name, call->clerk) == 0) {
        http_error(call->reply, 409, "your own");
        return;
    }
    status = clerk_remove(call->service->inbox, name);
    if (status == STATUS_OK) call->reply->status = 204;
    else call_refuse(call, status, "there is no such login");
}

// Only while there is no login, and only for who has the code that this program printed at its start.
static bool may_set_up(struct call *call, const char *typed)
{
    struct service *service = call->service;
    char code[PAIRING_CODE_SIZE];

    if (!is_setup_open(service)) return false;
    if (typed && pairing_read_code(typed, code) == STATUS_OK &&
        sodium_memcmp(code, service->setup_code, sizeof code - 1) == 0)
        return true;
    if (++service->wrong_setups >= MOST_WRONG_SETUPS) service->setup_code[0] = '\0';
    return false;
}

void clerk_setup(struct call *call)
{
    json_t *body = call_body(call);
    const char *name = call_text(body, "name"), *password = call_text(body, "password");

    if (!may_set_up(call, call_text(body, "code"))) http_error(call->reply, 403, "code");
    else if (!name || !password) http_error(call->reply, 400, "name and password are missing");
    else if (set(call, name, password)) {
        call->service->setup_code[0] = '\0';
        log_in(call, name, password);
    }
    json_decref(body);
}
