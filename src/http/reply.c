#include "http/server.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void http_json(struct http_reply *reply, int status, char *body)
{
    reply->status = status;
    reply->type = "application/json";
    reply->body = body;
    reply->length = strlen(body);
}

// `words` are ours, but may quote what came in: what would end the text or be no JSON in it becomes a space.
void http_error(struct http_reply *reply, int status, const char *words)
{
    static const char begin[] = "{\"error\": \"", end[] = "\"}";
    size_t length = strlen(words);
    char *body = mem_zero(sizeof begin + length + sizeof end), *to = body + sizeof begin - 1;

    memcpy(body, begin, sizeof begin - 1);
    for (size_t i = 0; i < length; i++) {
        bool is_plain = (unsigned char)words[i] >= ' ' && words[i] != '"' && words[i] != '\\';
        *to++ = is_plain ? words[i] : ' ';
    }
    memcpy(to, end, sizeof end);
    http_json(reply, status, body);
}
