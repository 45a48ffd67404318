// network.h -- whether the machine's network changed, to try at once when it came back. Any thread.
#ifndef EINLASS_SYNC_NETWORK_H
#define EINLASS_SYNC_NETWORK_H

#include <stdint.h>

// A number made of the interfaces that are up and their addresses: another one after each change. 0: none is up.
uint64_t network_print(void);

#endif
