#include "base/trim.h"

#include <link.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

enum { OWN_PAGES_BYTES = 64 * 1024 };

// Then pages that can't be written to were, while it was linked.
static bool has_changed_text(const struct dl_phdr_info *object)
{
    for (int i = 0; i < object->dlpi_phnum; i++) {
        if (object->dlpi_phdr[i].p_type != PT_DYNAMIC) continue;
        const ElfW(Dyn) *entry = (const void *)(object->dlpi_addr + object->dlpi_phdr[i].p_vaddr);
        for (; entry->d_tag != DT_NULL; entry++)
            if (entry->d_tag == DT_TEXTREL || (entry->d_tag == DT_FLAGS && entry->d_un.d_val & DF_TEXTREL)) return true;
    }
    return false;
}

// Of a segment that is never written to, each page is as it is in the file.
static int forget_object(struct dl_phdr_info *object, size_t size, void *owner)
{
    uintptr_t page_bytes = (uintptr_t)sysconf(_SC_PAGESIZE);

    (void)size;
    (void)owner;
    if (!object->dlpi_name || object->dlpi_name[0] != '/' || has_changed_text(object)) return 0; // the kernel's, ours
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        if (segment->p_type != PT_LOAD || segment->p_flags & PF_W) continue;
        if (segment->p_memsz != segment->p_filesz) continue;
        uintptr_t begin = (object->dlpi_addr + segment->p_vaddr) & ~(page_bytes - 1);
        uintptr_t end = object->dlpi_addr + segment->p_vaddr + segment->p_filesz;
        (void)madvise((void *)begin, end - begin, MADV_DONTNEED);
    }
    return 0;
}

// A heap for each thread keeps what any of them once needed; and ours hardly allocate once they run (mem.h).
void trim_begin(void)
{
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, OWN_PAGES_BYTES); // and stays so: else it grows with what is freed
    mallopt(M_TRIM_THRESHOLD, 2 * OWN_PAGES_BYTES);
}

void trim_memory(void)
{
    malloc_trim(0);
    dl_iterate_phdr(forget_object, NULL);
}
