// Whatever stands in a request's first line and in its Host: parts are short, printable, and as the path has them; a
// host is ours only as figures, as localhost, or under a name of ours. Input: a path, a line's end, a host.
#include "base/mem.h"
#include "http/host.h"
#include "http/route.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const struct http_route routes[] = {
    {.method = HTTP_GET, .path = "/"},
    {.method = HTTP_GET, .path = "/{a}"},
    {.method = HTTP_POST, .path = "/v1/logs/{log}/records"},
    {.method = HTTP_PUT, .path = "/{a}/{b}/{c}"},
};

static void judge_path(const char *path)
{
    static const enum http_method methods[] = {HTTP_GET, HTTP_POST, HTTP_PUT, HTTP_DELETE};
    struct route_match match;

    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        route_find(routes, sizeof routes / sizeof *routes, methods[i], path, &match);
        assert(!match.route || (match.route->method == methods[i] && match.methods & 1U << methods[i]));
        for (size_t part = 0; part < HTTP_MOST_PARTS; part++) {
            const char *text = match.parts[part];
            size_t size = strnlen(text, HTTP_PART_SIZE);
            assert(size < HTTP_PART_SIZE && size <= strlen(path));
            for (size_t at = 0; at < size; at++) assert((unsigned char)text[at] >= ' ' && text[at] != 0x7F);
        }
    }
}

static void judge_host(const char *host)
{
    static const char *const names[] = {"kiosk.example"};

    if (!host_is_ours(host, names, 1)) return;
    size_t letters = strcspn(host, ":");
    bool is_named = (letters == 9 && strncasecmp(host, "localhost", 9) == 0) ||
                    (letters == 13 && strncasecmp(host, "kiosk.example", 13) == 0);
    assert(is_named || strspn(host, "0123456789abcdefABCDEF.:[]") == strlen(host));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char *text = mem_zero(length + 1);

    memcpy(text, bytes, length);
    char *host = strchr(text, '\n');
    if (host) *host++ = '\0';
    judge_path(text);
    judge_host(host);
    free(text);
    return 0;
}
