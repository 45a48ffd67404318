#include "http/server.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void http_json(struct http_reply *reply, int status, char *body)
{
    reply->status = status;
    reply->type = "application/json";
    reply->body = body;
    reply->length = strlen(body);
}

// `words` are ours, and plain: nothing in them needs escaping.
void http_error(struct http_reply *reply, int status, const char *words)
{
    size_t size = strlen(words) + sizeof "{\"error\": \"\"}";
    char *body = mem_zero(size);

    snprintf(body, size, "{\"error\": \"%s\"}", words);
    http_json(reply, status, body);
}
