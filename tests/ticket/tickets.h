// tickets.h -- random tickets and keys for tests; the same ones in every run.
#ifndef EINLASS_TESTS_TICKET_TICKETS_H
#define EINLASS_TESTS_TICKET_TICKETS_H

#include "ticket/ticket.h"

#include <sodium.h>
#include <string.h>

struct signer {
    uint8_t organisation[ORGANISATION_BYTES];
    uint8_t public_key[TICKET_PUBLIC_KEY_BYTES], secret_key[TICKET_SECRET_KEY_BYTES];
};

static inline struct signer signer_of(uint8_t name)
{
    uint8_t seed[crypto_sign_SEEDBYTES];
    struct signer signer;

    memset(seed, name, sizeof seed);
    memset(signer.organisation, name, sizeof signer.organisation);
    (void)crypto_sign_seed_keypair(signer.public_key, signer.secret_key, seed);
    return signer;
}

// The n-th ticket: every field random, signed.
static inline struct ticket random_ticket(uint32_t n, const struct signer *signer)
{
    uint8_t seed[randombytes_SEEDBYTES] = {(uint8_t)n, (uint8_t)(n >> 8), (uint8_t)(n >> 16), 42};
    uint64_t dice[4];
    struct ticket ticket = {0};

    randombytes_buf_deterministic(dice, sizeof dice, seed);
    ticket.is_practice = dice[0] & 1;
    ticket.kid = (uint8_t)(dice[0] >> 8);
    ticket.event = (uint32_t)(dice[0] >> 32);
    ticket.number = dice[1] >> 16;
    ticket.from_day = (uint16_t)dice[2];
    ticket.until_day = (uint16_t)(dice[2] >> 16);
    ticket.class_id = (uint8_t)(dice[2] >> 32);
    ticket.generation = (uint8_t)(dice[2] >> 40);
    ticket.group = (uint8_t)(dice[2] >> 48);
    ticket_sign(&ticket, signer->organisation, signer->secret_key);
    return ticket;
}

#endif
