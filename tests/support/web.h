// web.h -- a client of HTTP servers for tests: says exactly the bytes it is given, over TCP or TLS, and reads answers.
// It trusts every certificate. Whatever takes longer than WEB_PATIENCE_MS fails the test. One thread each.
#ifndef EINLASS_TESTS_SUPPORT_WEB_H
#define EINLASS_TESTS_SUPPORT_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WEB_PATIENCE_MS = 20 * 1000, WEB_HEAD_SIZE = 4096 };

struct web;
struct web *web_open(uint16_t port, bool is_secure); // at 127.0.0.1
struct web *web_open_from(const char *address, uint16_t port);
void web_close(struct web *web); // says goodbye; NULL is fine
int web_descriptor(const struct web *web);

void web_say(struct web *web, const void *bytes, size_t length);
void web_says(struct web *web, const char *text);
bool web_is_closed(struct web *web);                      // by the other side, before anything more comes
size_t web_hear(struct web *web, char *out, size_t most); // some bytes; 0: closed
bool web_waits_for(struct web *web, const char *text);    // until it stands in what came since; false: closed
bool web_is_quiet(const struct web *web, int for_ms);     // nothing comes

struct web_answer {
    int status; // 0: closed without one
    char head[WEB_HEAD_SIZE];
    char *body; // [length], and a NUL
    size_t length;
};
// Reads one answer; `is_head`: to HEAD, so without a body. Free it before it is filled again.
void web_answer_read(struct web *web, bool is_head, struct web_answer *out);
void web_answer_free(struct web_answer *answer);
const char *web_answer_header(const struct web_answer *answer, const char *name, char out[256]); // NULL: not there

// "GET /path" with Host and further header lines ("" or "Name: value\r\n…"); the body's length is added.
void web_ask(struct web *web, const char *request, const char *headers, const char *body, struct web_answer *out);

#endif
