#include "http/host.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { HOST_SIZE = 256 }; // a name in the DNS has at most 253 characters

// Nothing, or ":" and a port.
static bool is_port(const char *text)
{
    if (!*text) return true;
    if (*text++ != ':' || strlen(text) > 5) return false;
    for (; *text; text++)
        if (!isdigit((unsigned char)*text)) return false;
    return true;
}

static bool is_six(const char *host)
{
    const char *end = strchr(host, ']');
    char address[INET6_ADDRSTRLEN] = {0};
    struct in6_addr six;

    if (!end || (size_t)(end - host) > sizeof address || !is_port(end + 1)) return false;
    memcpy(address, host + 1, (size_t)(end - host) - 1);
    return inet_pton(AF_INET6, address, &six) == 1;
}

bool host_is_ours(const char *host, const char *const *names, size_t count)
{
    char name[HOST_SIZE] = {0};
    struct in_addr four;

    if (!host || strlen(host) >= sizeof name) return false;
    if (host[0] == '[') return is_six(host);
    size_t length = strcspn(host, ":");
    if (!is_port(host + length)) return false;
    memcpy(name, host, length);
    if (inet_pton(AF_INET, name, &four) == 1 || strcasecmp(name, "localhost") == 0) return true;
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(name, names[i]) == 0) return true;
    return false;
}
