// mdns.h -- a network of its own for a test: loopback, a private D-Bus, avahi-daemon. Nothing of it is seen outside,
// and nothing outside is heard. Linux only; needs the right to make namespaces (root, or a container's root).
#ifndef EINLASS_TESTS_SUPPORT_MDNS_H
#define EINLASS_TESTS_SUPPORT_MDNS_H

struct mdns;
// NULL: it is there; the whole process is in it from now on. Else why this machine can't, for skipping in words.
const char *mdns_open(struct mdns **out);
void mdns_stop_daemon(struct mdns *mdns); // avahi-daemon goes away, D-Bus stays
const char *mdns_start_daemon(struct mdns *mdns);
void mdns_close(struct mdns *mdns); // NULL is fine

#endif
