// folder_list.h -- the picture files of a folder, in order of their names (numbers count: 2 before 10).
// Ownership: init/destroy; holds names and what is known of each file. Threads: one.
#ifndef EINLASS_FRAME_FOLDER_LIST_H
#define EINLASS_FRAME_FOLDER_LIST_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

enum { FOLDER_LIST_MAX_FILES = 100000 }; // the rest is left out

// Tells one content of a file from the next without reading it.
struct file_version {
    struct timespec modified;
    off_t bytes;
    ino_t inode;
};

struct folder_entry {
    char *name;
    bool is_damaged;             // this version can't be read; not tried again
    struct file_version version; // as last tried
};

struct folder_list {
    size_t count;
    struct folder_entry *entries;
};

// Lists the folder anew; entries that stay keep what is known of them. MISSING: no such folder (the list is empty
// then).
enum status folder_list_read(struct folder_list *list, const char *folder) MUST_CHECK;
void folder_list_destroy(struct folder_list *list);

bool file_version_read(const char *path, struct file_version *out); // false: gone, or not a plain file
bool file_version_equals(const struct file_version *a, const struct file_version *b);

#endif
