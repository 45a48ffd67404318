// places_microhttpd.h -- who is connected, for how long, and who has to go.
// Each connection has a place, and each stage of a request its time (exchange_microhttpd.h). Whose time is over is cut
// off, or, if it waits, asked again. Who is silent for longest goes when all places are taken: nobody keeps others out
// by connecting. Threads: the server's own.
#ifndef EINLASS_HTTP_PLACES_MICROHTTPD_H
#define EINLASS_HTTP_PLACES_MICROHTTPD_H

#include "http/exchange_microhttpd.h"

void places_open(struct http_server *server);  // most_connections of them
void places_close(struct http_server *server); // after libmicrohttpd was stopped

void places_take_arrivals(struct http_server *server, int64_t mono_ms);
void places_make_room(struct http_server *server); // after libmicrohttpd knows those who arrived
void places_take_due(struct http_server *server, int64_t mono_ms);
void places_resume(struct http_server *server); // all that are suspended

// libmicrohttpd's word that a connection began or ended.
void places_follow(void *server, struct MHD_Connection *connection, void **exchange,
                   enum MHD_ConnectionNotificationCode what);

#endif
