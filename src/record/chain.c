#include "record/chain.h"

#include <sodium.h>

void chain_begin(const uint8_t log[LOG_ID_BYTES], const uint8_t device_public_key[DEVICE_KEY_BYTES],
                 uint8_t out[CHAIN_HASH_BYTES])
{
    static const char domain[] = "einlass-log/1"; // without its NUL: what follows has fixed lengths
    crypto_hash_sha256_state sha;

    crypto_hash_sha256_init(&sha);
    crypto_hash_sha256_update(&sha, (const uint8_t *)domain, sizeof domain - 1);
    crypto_hash_sha256_update(&sha, log, LOG_ID_BYTES);
    crypto_hash_sha256_update(&sha, device_public_key, DEVICE_KEY_BYTES);
    crypto_hash_sha256_final(&sha, out);
}

void chain_add(uint8_t hash[CHAIN_HASH_BYTES], uint64_t seq, const char *line, size_t length)
{
    crypto_hash_sha256_state sha;
    uint8_t seq_be[8];

    for (int i = 0; i < 8; i++) seq_be[i] = (uint8_t)(seq >> (56 - 8 * i));
    crypto_hash_sha256_init(&sha);
    crypto_hash_sha256_update(&sha, hash, CHAIN_HASH_BYTES);
    crypto_hash_sha256_update(&sha, seq_be, sizeof seq_be);
    crypto_hash_sha256_update(&sha, (const uint8_t *)line, length);
    crypto_hash_sha256_final(&sha, hash);
}
