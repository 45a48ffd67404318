// bureau.h -- an office for tests: a book with two published events (7, and 8 for others), the service on loopback, and
// somebody of each kind who may ask it: a paired kiosk, a revoked one, a clerk, a phone with the board's cookie.
#ifndef EINLASS_TESTS_SERVICE_BUREAU_H
#define EINLASS_TESTS_SERVICE_BUREAU_H

#include "support/check.h"

#include "office/book.h"
#include "office/clerk.h"
#include "service/service.h"
#include "support/folder.h"
#include "support/web.h"

enum { BUREAU_EVENT = 7 }; // who is paired, is paired for this one

struct bureau {
    struct folder folder;
    char book_path[128], records_path[128];
    struct inbox *inbox; // a connection of the test's own
    struct service *service;
    char kiosk_token[PAIRING_TOKEN_SIZE], revoked_token[PAIRING_TOKEN_SIZE];
    char clerk_token[CLERK_TOKEN_SIZE];
    char board_cookie[64];
};

int bureau_open(void **state);
int bureau_close(void **state);
void bureau_pair(struct bureau *bureau, const char *name, char token_out[PAIRING_TOKEN_SIZE]);
// One call over a connection of its own; `headers` as in web_ask.
void bureau_ask(struct bureau *bureau, const char *request, const char *headers, const char *body,
                struct web_answer *out);
// The headers of a clerk who is logged in, as the page sends them.
void bureau_clerk_headers(const struct bureau *bureau, char out[256]);

#define bureau_test(test) cmocka_unit_test_setup_teardown(test, bureau_open, bureau_close)

#endif
