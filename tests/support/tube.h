// tube.h -- one end of a TLS connection that carries HTTP messages, for something in a test that stands between two
// programs. It trusts every certificate. Nothing here fails a test: whatever goes wrong is an end. One thread each.
#ifndef EINLASS_TESTS_SUPPORT_TUBE_H
#define EINLASS_TESTS_SUPPORT_TUBE_H

#include "support/identity.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tube;
struct tube *tube_accept(int fd, const struct identity *identity); // NULL: no handshake. The fd is the tube's
struct tube *tube_connect(uint16_t port);                          // at 127.0.0.1; NULL: nobody is there
void tube_close(struct tube *tube);                                // without goodbye, as a cable does. NULL is fine
int tube_descriptor(const struct tube *tube);
bool tube_has_bytes(const struct tube *tube); // that were read already: the descriptor may be quiet
bool tube_say(struct tube *tube, const char *bytes, size_t length);
// The next message, head and body, and a NUL behind it. Borrowed until the next call. NULL: the end came before.
char *tube_hear(struct tube *tube, size_t *length_out);

#endif
