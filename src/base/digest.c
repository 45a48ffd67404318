#include "base/digest.h"

uint64_t digest_add(uint64_t digest, const void *bytes, size_t length)
{
    const uint8_t *at = bytes;

    for (size_t i = 0; i < length; i++) digest = (digest ^ at[i]) * 0x100000001B3U;
    return digest;
}

uint64_t digest_of(const void *bytes, size_t length)
{
    return digest_add(0xCBF29CE484222325U, bytes, length);
}
