// service.h -- `einlass office`: the inbox, the sync API (FORMATS: sync), the clerk's pages and the boards behind one
// address. Also a hub: the same for kiosks in one LAN, which later forwards everything to the real office, byte for
// byte. Ownership: open() borrows all of the config until close(). Threads: the server's own runs every handler;
// what takes long has threads and database connections of its own: "boards" counts, "reports" and "press" write
// reports and publish, and a hub's "forward" hands on. Failure of open: as db.h and server.h; MISSING: no such book.
#ifndef EINLASS_SERVICE_SERVICE_H
#define EINLASS_SERVICE_SERVICE_H

#include "http/certificate.h"
#include "office/book.h"
#include "office/inbox.h"

enum { SERVICE_ORIGIN_SIZE = 128 };

struct service_config {
    const char *database; // path, or postgresql://…
    const char *book;     // path; NULL: a hub, which has the office's events by its pairing
    const char *address;  // to listen at; NULL: everywhere
    uint16_t port;
    const struct certificate *certificate; // NULL: plain HTTP (loopback only, or behind a reverse proxy)
    const char *url;                       // how kiosks reach it, for pairing texts: "https://192.168.1.10:8443";
                                           // NULL: this machine's first address and the port that is listened at
    bool is_pinned;                        // pairing texts carry the certificate's pin; false: "CA"
    const char *upstream;                  // a hub: path of its pairing with the office; NULL: none (yet)
    const char *least_version;             // older kiosks are asked for an update (426); NULL: none are
    struct clock *clock;
};

struct service;
enum status service_open(const struct service_config *config, struct service **out) MUST_CHECK;
uint16_t service_port(const struct service *service);
const char *service_url(const struct service *service); // as kiosks and clerks reach it
// Whoever has it may make the first login, on the page; "" where there is a login already. Made anew at each start.
const char *service_setup_code(const struct service *service);
void service_close(struct service *service); // NULL is fine

#endif
