// clerk.h -- who may look at the office's pages: names with passwords (argon2id), and sessions. Over db.h.
// Threads: one at a time. A check takes tens of ms (argon2id, 19 MiB); wrong ones are slowed down for that name
// from that peer, and many of them for the peer; nobody can lock a clerk out from elsewhere.
#ifndef EINLASS_OFFICE_CLERK_H
#define EINLASS_OFFICE_CLERK_H

#include "office/inbox.h"

enum { CLERK_HASH_TURNS = 2, CLERK_HASH_BYTES = 19 * 1024 * 1024 }; // source: OWASP, Password Storage
enum { CLERK_NAME_SIZE = 64, CLERK_TOKEN_SIZE = 44, CLERK_SESSION_MS = 8 * 60 * 60 * 1000, CLERK_LEAST_PASSWORD = 10 };

// Adds, or gives a new password (which ends their sessions). INVALID: no name, or a password that is too short.
enum status clerk_set(struct inbox *inbox, const char *name, const char *password) MUST_CHECK;
enum status clerk_remove(struct inbox *inbox, const char *name) MUST_CHECK; // MISSING
// By name, each once.
typedef enum status clerk_visitor(void *owner, const char *name);
enum status clerk_each(struct inbox *inbox, clerk_visitor *visit, void *owner) MUST_CHECK;
enum status clerk_count(struct inbox *inbox, size_t *out) MUST_CHECK;
// MISSING: wrong name or password; LATER: too many wrong ones, wait_ms_out says how long to wait.
enum status clerk_log_in(struct inbox *inbox, const char *name, const char *password, const char *peer,
                         char token_out[CLERK_TOKEN_SIZE], int64_t *wait_ms_out) MUST_CHECK;
enum status clerk_of(struct inbox *inbox, const char *token, char name_out[CLERK_NAME_SIZE]) MUST_CHECK; // MISSING
enum status clerk_log_out(struct inbox *inbox, const char *token) MUST_CHECK;

#endif
