#include "support/check.h"

#include "support/folder.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void folder_make(struct folder *folder)
{
    strcpy(folder->path, "/tmp/einlass-test-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
}

void folder_file(const struct folder *folder, const char *name, char path_out[128])
{
    int length = snprintf(path_out, 128, "%s/%s", folder->path, name);
    assert_true(length > 0 && length < 128);
}

void folder_remove(struct folder *folder)
{
    DIR *open_folder = opendir(folder->path);
    const struct dirent *entry;

    if (!open_folder) return; // the test removed it
    while ((entry = readdir(open_folder)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            assert_int_equal(unlinkat(dirfd(open_folder), entry->d_name, 0), 0);
    closedir(open_folder);
    assert_int_equal(rmdir(folder->path), 0);
}
