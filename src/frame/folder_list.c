#include "frame/folder_list.h"

#include "base/mem.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static int is_picture(const struct dirent *entry)
{
    static const char *const endings[] = {".png", ".jpg", ".jpeg"};
    const char *ending = strrchr(entry->d_name, '.');

    if (!ending || ending == entry->d_name) return 0; // ".png" is a hidden file
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (strcasecmp(ending, endings[i]) == 0) return 1;
    return 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strverscmp((*a)->d_name, (*b)->d_name);
}

// Both lists are in the same order, so one walk through both finds what stayed.
static void keep_knowledge(struct folder_list *list, const struct folder_list *before)
{
    size_t old = 0;

    for (size_t i = 0; i < list->count; i++) {
        struct folder_entry *entry = &list->entries[i];
        while (old < before->count && strverscmp(before->entries[old].name, entry->name) < 0) old++;
        if (old == before->count) return;
        if (strcmp(before->entries[old].name, entry->name) != 0) continue;
        entry->is_damaged = before->entries[old].is_damaged;
        entry->version = before->entries[old].version;
    }
}

enum status folder_list_read(struct folder_list *list, const char *folder)
{
    struct folder_list before = *list;
    struct dirent **found = NULL;
    int count = scandir(folder, &found, is_picture, by_name);

    *list = (struct folder_list){0};
    if (count > 0) list->entries = mem_zero_array((size_t)count, sizeof *list->entries);
    for (int i = 0; i < count; i++) {
        if (i < FOLDER_LIST_MAX_FILES) {
            size_t size = strlen(found[i]->d_name) + 1;
            char *name = mem_zero(size);
            memcpy(name, found[i]->d_name, size);
            list->entries[list->count++].name = name;
        }
        free(found[i]);
    }
    free(found);
    keep_knowledge(list, &before);
    folder_list_destroy(&before);
    return count < 0 ? STATUS_MISSING : STATUS_OK;
}

void folder_list_destroy(struct folder_list *list)
{
    for (size_t i = 0; i < list->count; i++) free(list->entries[i].name);
    free(list->entries);
    *list = (struct folder_list){0};
}

bool file_version_read(const char *path, struct file_version *out)
{
    struct stat facts;

    if (stat(path, &facts) != 0 || !S_ISREG(facts.st_mode)) return false;
    *out = (struct file_version){.modified = facts.st_mtim, .bytes = facts.st_size, .inode = facts.st_ino};
    return true;
}

bool file_version_equals(const struct file_version *a, const struct file_version *b)
{
    return a->modified.tv_sec == b->modified.tv_sec && a->modified.tv_nsec == b->modified.tv_nsec &&
           a->bytes == b->bytes && a->inode == b->inode;
}
