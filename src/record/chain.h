// chain.h -- the hash chain over the lines of a log (FORMATS: record log). libsodium SHA-256. Pure; any thread.
// hash_0 = SHA-256("einlass-log/1", log, device public key); hash_n = SHA-256(hash_n-1, seq as u64be, line).
#ifndef EINLASS_RECORD_CHAIN_H
#define EINLASS_RECORD_CHAIN_H

#include <stddef.h>
#include <stdint.h>

enum { CHAIN_HASH_BYTES = 32, LOG_ID_BYTES = 16, DEVICE_KEY_BYTES = 32 };

void chain_begin(const uint8_t log[LOG_ID_BYTES], const uint8_t device_public_key[DEVICE_KEY_BYTES],
                 uint8_t out[CHAIN_HASH_BYTES]);
void chain_add(uint8_t hash[CHAIN_HASH_BYTES], uint64_t seq, const char *line, size_t length); // in place

#endif
