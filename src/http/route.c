#include "http/route.h"

#include "base/text.h"

#include <string.h>

static bool take_byte(const char *from, size_t length, size_t *at, char *out)
{
    uint8_t byte = (uint8_t)from[*at];
    char digits[3] = {0};

    if (byte == '%') {
        if (length - *at < 3) return false;
        memcpy(digits, from + *at + 1, 2);
        if (digits[0] >= 'A' && digits[0] <= 'F') digits[0] = (char)(digits[0] - 'A' + 'a');
        if (digits[1] >= 'A' && digits[1] <= 'F') digits[1] = (char)(digits[1] - 'A' + 'a');
        if (text_unhex(digits, &byte, 1) != STATUS_OK) return false;
        *at += 2;
    }
    *at += 1;
    *out = (char)byte;
    return byte >= ' ' && byte != 0x7F;
}

bool route_decode(const char *from, size_t length, char out[HTTP_PART_SIZE])
{
    size_t written = 0;

    for (size_t at = 0; at < length;) {
        if (written == HTTP_PART_SIZE - 1 || !take_byte(from, length, &at, &out[written])) return false;
        written++;
    }
    out[written] = '\0';
    return written > 0;
}

static bool fits(const char *pattern, const char *path, char parts[HTTP_MOST_PARTS][HTTP_PART_SIZE])
{
    size_t count = 0;

    for (;;) {
        size_t wanted = strcspn(pattern, "/"), given = strcspn(path, "/");
        if (pattern[0] == '{') {
            if (count == HTTP_MOST_PARTS || !route_decode(path, given, parts[count])) return false;
            count++;
        } else if (wanted != given || memcmp(pattern, path, given) != 0) {
            return false;
        }
        pattern += wanted;
        path += given;
        if (!*pattern || !*path) return *pattern == *path;
        pattern++;
        path++;
    }
}

void route_find(const struct http_route *routes, size_t count, enum http_method method, const char *path,
                struct route_match *out)
{
    *out = (struct route_match){0};
    for (size_t i = 0; i < count; i++) {
        char parts[HTTP_MOST_PARTS][HTTP_PART_SIZE] = {{0}};
        if (!fits(routes[i].path, path, parts)) continue;
        out->methods |= 1U << routes[i].method;
        if (routes[i].method != method || out->route) continue;
        out->route = &routes[i];
        memcpy(out->parts, parts, sizeof parts);
    }
}
