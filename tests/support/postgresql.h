// postgresql.h -- a PostgreSQL server of a test's own: in a new folder, reached by a socket there, ended with the test
// program, whatever ends that. As an unprivileged user, for PostgreSQL refuses to be root. Without fsync.
#ifndef EINLASS_TESTS_SUPPORT_POSTGRESQL_H
#define EINLASS_TESTS_SUPPORT_POSTGRESQL_H

#include <stdbool.h>
#include <stddef.h>

enum { POSTGRESQL_URL_SIZE = 256 };

struct postgresql;
struct postgresql *postgresql_start(void);                                         // NULL: none is installed
void postgresql_new(struct postgresql *server, char url_out[POSTGRESQL_URL_SIZE]); // an empty database
void postgresql_restart(struct postgresql *server);                                // all connections are lost
void postgresql_stop(struct postgresql *server);                                   // NULL is fine

#endif
