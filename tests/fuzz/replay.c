// replay.c -- runs a fuzz target over a folder of inputs, so that every build tests what fuzzing once found.
// Also feeds it each input cut at every length up to 512 bytes and with each of its first 512 bytes changed: cheap
// neighbours of inputs that are nearly right.
#include "base/file.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { MAX_INPUT_BYTES = 1 << 20, NEIGHBOURS = 512 };

static void feed(uint8_t *bytes, size_t length)
{
    (void)LLVMFuzzerTestOneInput(bytes, length);
    for (size_t i = 0; i < length && i < NEIGHBOURS; i++) {
        (void)LLVMFuzzerTestOneInput(bytes, i);
        bytes[i] ^= (uint8_t)(1 + i % 255);
        (void)LLVMFuzzerTestOneInput(bytes, length);
        bytes[i] ^= (uint8_t)(1 + i % 255);
    }
}

static int feed_folder(const char *folder)
{
    DIR *entries = opendir(folder);
    int count = 0;

    if (!entries) return 0;
    for (struct dirent *entry; (entry = readdir(entries));) {
        char path[4096];
        uint8_t *bytes;
        size_t length;
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (file_read(path, MAX_INPUT_BYTES, &bytes, &length) != STATUS_OK) continue;
        feed(bytes, length);
        free(bytes);
        count++;
    }
    closedir(entries);
    return count;
}

int main(int argc, char **argv)
{
    int count = argc == 2 ? feed_folder(argv[1]) : 0;

    printf("%d inputs replayed\n", count);
    return count > 0 ? 0 : 1; // an empty corpus tests nothing
}
