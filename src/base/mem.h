// mem.h -- memory is sized and taken at start-up.
// Running out of memory at start is not survivable: the program says so and ends, and the service
// manager starts it again. The running loops allocate nothing of ours. Any thread.
#ifndef EINLASS_BASE_MEM_H
#define EINLASS_BASE_MEM_H

#include <stddef.h>

void *mem_zero(size_t bytes);                     // never NULL; free() it
void *mem_zero_array(size_t count, size_t bytes); // never NULL; overflow-checked

#endif
