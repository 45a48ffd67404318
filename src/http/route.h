// route.h -- which of a server's routes a request is for.
// Paths are matched as they were sent, part by part between slashes; only what stands for {…} is decoded (RFC 3986,
// section 2.1). So "%2F" never parts anything, and a path has one spelling. Pure; any thread; never fails.
#ifndef EINLASS_HTTP_ROUTE_H
#define EINLASS_HTTP_ROUTE_H

#include "http/server.h"

struct route_match {
    const struct http_route *route; // NULL: none
    unsigned methods;               // what the path knows instead, as bits 1 << enum http_method; 0: no such path
    char parts[HTTP_MOST_PARTS][HTTP_PART_SIZE];
};

void route_find(const struct http_route *routes, size_t count, enum http_method method, const char *path,
                struct route_match *out);

// What a part says: false where it is empty, too long, wrongly encoded, or holds control characters.
bool route_decode(const char *from, size_t length, char out[HTTP_PART_SIZE]);

#endif
