#include "sync/network.h"

#include "base/digest.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

uint64_t network_print(void)
{
    struct ifaddrs *first = NULL;
    uint64_t print = 0;

    if (getifaddrs(&first) != 0) return 0;
    for (const struct ifaddrs *at = first; at; at = at->ifa_next) {
        if (!at->ifa_addr || !(at->ifa_flags & IFF_RUNNING) || at->ifa_flags & IFF_LOOPBACK) continue;
        if (print == 0) print = digest_of("", 0);
        print = digest_add(print, at->ifa_name, strlen(at->ifa_name));
        if (at->ifa_addr->sa_family == AF_INET) print = digest_add(print, at->ifa_addr, sizeof(struct sockaddr_in));
        if (at->ifa_addr->sa_family == AF_INET6) print = digest_add(print, at->ifa_addr, sizeof(struct sockaddr_in6));
    }
    freeifaddrs(first);
    return print;
}
