// folder.h -- a folder of its own for a test, removed with all that is in it.
#ifndef EINLASS_TESTS_SUPPORT_FOLDER_H
#define EINLASS_TESTS_SUPPORT_FOLDER_H

struct folder {
    char path[64];
};

void folder_make(struct folder *folder);
void folder_remove(struct folder *folder); // and its files; no folders inside
void folder_file(const struct folder *folder, const char *name, char path_out[128]);

#endif
