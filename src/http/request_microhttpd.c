#include "http/exchange_microhttpd.h"

#include <string.h>
#include <strings.h>

static const char *look_up(const struct http_request *request, enum MHD_ValueKind kind, const char *name)
{
    return MHD_lookup_connection_value(request->exchange->connection, kind, name);
}

const char *http_header(const struct http_request *request, const char *name)
{
    return look_up(request, MHD_HEADER_KIND, name);
}

const char *http_query(const struct http_request *request, const char *name)
{
    return look_up(request, MHD_GET_ARGUMENT_KIND, name);
}

const char *http_cookie(const struct http_request *request, const char *name)
{
    return look_up(request, MHD_COOKIE_KIND, name);
}

const char *http_bearer(const struct http_request *request)
{
    static const char scheme[] = "Bearer ";
    const char *value = http_header(request, "Authorization");

    if (!value || strncasecmp(value, scheme, strlen(scheme)) != 0) return NULL;
    return value + strlen(scheme) + strspn(value + strlen(scheme), " ");
}
