// address.h -- where this machine is reached. Any thread.
#ifndef EINLASS_HTTP_ADDRESS_H
#define EINLASS_HTTP_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ADDRESS_URL_SIZE = 128 };

// "https://192.168.1.10:8443": the address that is listened at, or, where that is every one, this machine's first one
// that isn't only its own (IPv4 before IPv6: it is what people type); loopback if there is none.
void address_guess(const char *listened, uint16_t port, bool is_tls, char out[ADDRESS_URL_SIZE]);
// "https://[::1]:8443": "::1", of "http://office.example": "office.example". False: no such URL, or too long.
bool address_host(const char *url, char *out, size_t out_size);

#endif
