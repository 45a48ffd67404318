#define LOG_MODULE "mem"

#include "base/mem.h"

#include "base/log.h"

#include <stdlib.h>

void *mem_zero(size_t bytes)
{
    return mem_zero_array(1, bytes);
}

void *mem_zero_array(size_t count, size_t bytes)
{
    void *memory = calloc(count, bytes);

    if (!memory) {
        log_error("out of memory count=%zu bytes=%zu", count, bytes);
        abort();
    }
    return memory;
}
