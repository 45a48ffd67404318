#include "app/wifi_file.h"

#include "app/lines.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_SIZE = 80, ESCAPED_SIZE = 2 * WORD_SIZE };

static bool is_that(const struct sockaddr *address, const char *figures)
{
    char here[INET_ADDRSTRLEN];
    struct sockaddr_in in;

    if (!address || address->sa_family != AF_INET) return false;
    memcpy(&in, address, sizeof in);
    return inet_ntop(AF_INET, &in.sin_addr, here, sizeof here) && strcmp(here, figures) == 0;
}

// The machine has it while its Wi-Fi is on.
static bool has_address(const char *figures)
{
    struct ifaddrs *all = NULL;
    bool has = false;

    if (getifaddrs(&all) != 0) return false;
    for (const struct ifaddrs *at = all; at && !has; at = at->ifa_next) has = is_that(at->ifa_addr, figures);
    freeifaddrs(all);
    return has;
}

static void escape(const char *word, char out[ESCAPED_SIZE])
{
    size_t used = 0;

    for (; *word && used + 2 < ESCAPED_SIZE; word++) {
        if (strchr("\\;,:\"", *word)) out[used++] = '\\';
        out[used++] = *word;
    }
    out[used] = '\0';
}

void wifi_file_read(const char *path, char *name_out, size_t name_size, char *code_out, size_t code_size)
{
    char name[WORD_SIZE], passphrase[WORD_SIZE], address[WORD_SIZE], words[2][ESCAPED_SIZE], *lines = lines_read(path);

    name_out[0] = code_out[0] = '\0';
    if (!lines) return;
    lines_value(lines, "ssid", name, sizeof name);
    lines_value(lines, "passphrase", passphrase, sizeof passphrase);
    lines_value(lines, "address", address, sizeof address);
    free(lines);
    if (!name[0] || !passphrase[0] || (address[0] && !has_address(address))) return;
    escape(name, words[0]);
    escape(passphrase, words[1]);
    int length = snprintf(code_out, code_size, "WIFI:T:WPA;S:%s;P:%s;;", words[0], words[1]);
    if (length < 0 || (size_t)length >= code_size) code_out[0] = '\0'; // half of one is none
    else snprintf(name_out, name_size, "%s", name);
}
