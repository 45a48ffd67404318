// liar.h -- an HTTP server that answers whatever a test wants, over real sockets and, if it has an identity, TLS: wrong
// words, half an answer, none, late ones. One thread per connection; `answer` is called by one at a time.
#ifndef EINLASS_TESTS_SUPPORT_LIAR_H
#define EINLASS_TESTS_SUPPORT_LIAR_H

#include "support/identity.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct liar_request {
    char method[8], path[512], token[64], type[64], encoding[16], if_none_match[128];
    const char *body;
    size_t length;
};

struct liar_reply {
    int status;
    const char *type; // NULL: application/json
    char *body;       // malloc'ed or NULL; the liar frees it
    size_t length;
    char headers[256]; // more of them: "Retry-After: 7\r\n"
    const char *raw;   // instead of all that: these bytes, as they are
    size_t cut_after;  // > 0: so many bytes of the whole answer, then the connection ends
    bool is_silent;    // no answer: the connection ends
    int wait_ms;       // before the answer
};
void liar_say(struct liar_reply *reply, int status, const char *text); // a copy

typedef void liar_answer(void *owner, const struct liar_request *request, struct liar_reply *reply);

struct liar;
// port 0: a free one. identity NULL: plain HTTP.
struct liar *liar_open(unsigned short port, const struct identity *identity, liar_answer *answer, void *owner);
const char *liar_url(const struct liar *liar); // "https://127.0.0.1:40001"
unsigned short liar_port(const struct liar *liar);
// Between calls: what a test did to `owner` before is seen by the next answer, and the other way round.
void liar_meet(struct liar *liar);
pthread_mutex_t *liar_lock(struct liar *liar); // held during each answer
void liar_close(struct liar *liar);            // ends all connections

#endif
