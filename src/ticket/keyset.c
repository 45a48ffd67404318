#include "ticket/keyset.h"

static const struct ticket_key *find(const struct keyset *keyset, uint8_t kid)
{
    for (size_t i = 0; i < keyset->count; i++)
        if (keyset->keys[i].kid == kid) return &keyset->keys[i];
    return NULL;
}

enum status keyset_add(struct keyset *keyset, const struct ticket_key *key)
{
    if (keyset->count == KEYSET_MAX_KEYS || find(keyset, key->kid)) return STATUS_INVALID;
    keyset->keys[keyset->count++] = *key;
    return STATUS_OK;
}

bool keyset_is_walk_in_only(const struct keyset *keyset, const struct ticket *ticket)
{
    const struct ticket_key *key = find(keyset, ticket->kid);

    return key && key->is_walk_in_only;
}

bool keyset_vouches_for(const struct keyset *keyset, const struct ticket *ticket)
{
    const struct ticket_key *key = find(keyset, ticket->kid);

    if (!key) return false;
    if (key->is_walk_in_only && ticket->class_id != key->walk_in_class) return false;
    return ticket_is_genuine(ticket, keyset->organisation, key->public_key);
}
