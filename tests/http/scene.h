// scene.h -- a server that tells what it was asked, for tests; and its clock, which can be put forward.
#ifndef EINLASS_TESTS_HTTP_SCENE_H
#define EINLASS_TESTS_HTTP_SCENE_H

#include "http/certificate.h"
#include "http/server.h"
#include "support/check.h"
#include "support/folder.h"
#include "support/web.h"

#include <stdatomic.h>

// Routes: GET /tell/{}/{}, POST /tell/{} (1,000 bytes), PUT /large (3,000,000 bytes, of those with a bearer token):
//   "part|part|X-Word|after=|session cookie|bearer|length:body|peer"
// GET /file · GET /stream: "data: VERSION" · GET /wait?after=VERSION&ms=: the version, once it is above
struct scene {
    struct http_server *server;
    struct http_config config;
    struct certificate *certificate; // NULL: plain
    struct folder folder;
    struct clock clock; // the system's, and ahead_ms
    _Atomic int64_t ahead_ms;
    atomic_int version;
    atomic_int asked; // how often /wait was
};

void scene_open(struct scene *scene);
void scene_open_small(struct scene *scene, size_t most, size_t most_per_peer); // instead of the one that is open

int scene_set_up(void **state);        // cmocka's: *state is the scene, its server open
int scene_set_up_secure(void **state); // over TLS
int scene_tear_down(void **state);
#define PLAIN(test) cmocka_unit_test_setup_teardown(test, scene_set_up, scene_tear_down)
#define SECURE(test)                                                                                                   \
    {                                                                                                                  \
#test "_over_tls", test, scene_set_up_secure, scene_tear_down, NULL                                            \
    }

struct web *scene_visit(const struct scene *scene);
void scene_pass(struct scene *scene, int64_t ms); // time: the server sees it at once

// Asks, and compares; `wanted` NULL: whatever the body is.
void scene_expect(struct web *web, const char *request, const char *headers, const char *body, int status,
                  const char *wanted);

#endif
