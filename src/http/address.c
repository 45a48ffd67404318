#include "http/address.h"

#include "base/text.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

// In figures; false: not one that others could use.
static bool write_address(const struct ifaddrs *interface, int family, char out[INET6_ADDRSTRLEN])
{
    const struct sockaddr *address = interface->ifa_addr;

    if (!address || address->sa_family != family) return false;
    if (!(interface->ifa_flags & IFF_UP) || interface->ifa_flags & IFF_LOOPBACK) return false;
    if (family == AF_INET)
        return inet_ntop(family, &((const struct sockaddr_in *)(const void *)address)->sin_addr, out, INET6_ADDRSTRLEN);
    const struct in6_addr *six = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
    return !IN6_IS_ADDR_LINKLOCAL(six) && inet_ntop(family, six, out, INET6_ADDRSTRLEN);
}

static void find_own(char out[INET6_ADDRSTRLEN])
{
    static const int families[] = {AF_INET, AF_INET6};
    struct ifaddrs *all = NULL;
    bool is_found = false;

    snprintf(out, INET6_ADDRSTRLEN, "127.0.0.1");
    if (getifaddrs(&all) != 0) return;
    for (size_t i = 0; i < 2 && !is_found; i++)
        for (const struct ifaddrs *one = all; one && !is_found; one = one->ifa_next)
            is_found = write_address(one, families[i], out);
    freeifaddrs(all);
}

void address_guess(const char *listened, uint16_t port, bool is_tls, char out[ADDRESS_URL_SIZE])
{
    char own[INET6_ADDRSTRLEN];
    bool is_every = !listened || strcmp(listened, "0.0.0.0") == 0 || strcmp(listened, "::") == 0;
    const char *address = is_every ? own : listened;

    if (is_every) find_own(own);
    snprintf(out, ADDRESS_URL_SIZE, strchr(address, ':') ? "%s://[%s]:%u" : "%s://%s:%u", is_tls ? "https" : "http",
             address, port);
}

bool address_host(const char *url, char *out, size_t out_size)
{
    const char *begin = strstr(url, "://"), *end;

    if (!begin) return false;
    begin += 3;
    if (*begin == '[') end = strchr(++begin, ']');
    else end = begin + strcspn(begin, ":/");
    if (!end || end == begin || (size_t)(end - begin) >= out_size) return false;
    memcpy(out, begin, (size_t)(end - begin));
    out[end - begin] = '\0';
    return true;
}
