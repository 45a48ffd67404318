#define LOG_MODULE "sponsors"

#include "screen/attract.h"

#include "base/log.h"
#include "base/mem.h"
#include "frame/folder_list.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { LOWEST_NICE = 19 };

struct attract {
    struct attract_config config;
    struct doorbell bell;
    struct worker worker;
    struct folder_list list;
    size_t next;        // of the list
    size_t found_count; // pictures in this round through the folder
    struct file_version shown;
    int64_t due_ms;  // when the next one is wanted
    bool is_lowered; // this thread's priority
    bool has_shown, was_empty;
    uint32_t number;
};

static int64_t run(void *owner, int64_t mono_ms)
{
    struct attract *attract = owner;

    if (!attract->is_lowered) (void)setpriority(PRIO_PROCESS, 0, LOWEST_NICE); // of this thread alone
    attract->is_lowered = true;
    return attract_step(attract, mono_ms);
}

enum status attract_open(const struct attract_config *config, struct attract **out)
{
    struct attract *attract = mem_zero(sizeof *attract);

    attract->config = *config;
    doorbell_init(&attract->bell);
    attract->worker = (struct worker){.name = "attract",
                                      .step = run,
                                      .owner = attract,
                                      .bell = &attract->bell,
                                      .clock = config->clock,
                                      .watch = config->watch};
    *out = attract;
    return STATUS_OK;
}

void attract_start(struct attract *attract)
{
    worker_start(&attract->worker);
}

void attract_close(struct attract *attract)
{
    if (!attract) return;
    worker_stop(&attract->worker);
    folder_list_destroy(&attract->list);
    doorbell_destroy(&attract->bell);
    free(attract);
}

static void publish(struct attract *attract, struct attract_picture *picture)
{
    picture->number = ++attract->number;
    attract->has_shown = picture->width_px > 0;
    mailbox_put(attract->config.pictures);
}

// Nothing to show: what is shown goes too, and the folder is looked into again later.
static int64_t rest(struct attract *attract, int64_t mono_ms)
{
    if (attract->has_shown) {
        struct attract_picture *none = mailbox_writable(attract->config.pictures);
        none->width_px = none->height_px = 0;
        publish(attract, none);
    }
    if (!attract->was_empty) log_info("no pictures in the folder of sponsors");
    attract->was_empty = true;
    attract->shown = (struct file_version){0};
    attract->due_ms = mono_ms + ATTRACT_RETRY_MS;
    return ATTRACT_RETRY_MS;
}

// True: it is the mailbox's picture now. A file that can't be read isn't tried again until it changes.
static bool show(struct attract *attract, struct folder_entry *entry)
{
    const struct attract_config *config = &attract->config;
    struct file_version version;
    char path[PATH_MAX];

    if (snprintf(path, sizeof path, "%s/%s", config->folder, entry->name) >= (int)sizeof path) return false;
    if (!file_version_read(path, &version)) return false; // gone meanwhile
    if (entry->is_damaged && file_version_equals(&version, &entry->version)) return false;
    if (attract->has_shown && file_version_equals(&version, &attract->shown)) return true; // the only one
    struct attract_picture *picture = mailbox_writable(config->pictures);
    entry->version = version;
    entry->is_damaged = attract_read(path, config->width_px, config->height_px, picture) != STATUS_OK;
    if (entry->is_damaged) {
        log_warn("a sponsor's picture is left out path=%s", path);
        return false;
    }
    attract->shown = version;
    publish(attract, picture);
    return true;
}

int64_t attract_step(void *owner, int64_t mono_ms)
{
    struct attract *attract = owner;

    if (mono_ms < attract->due_ms) return attract->due_ms - mono_ms;
    if (attract->next >= attract->list.count) {
        bool was_fruitless = attract->list.count > 0 && attract->found_count == 0;
        bool is_missing = folder_list_read(&attract->list, attract->config.folder) != STATUS_OK;
        attract->next = attract->found_count = 0;
        if (was_fruitless || is_missing || attract->list.count == 0) return rest(attract, mono_ms);
    }
    if (!show(attract, &attract->list.entries[attract->next++])) return 0; // the next file at once
    attract->found_count++;
    attract->was_empty = false;
    attract->due_ms = mono_ms + attract->config.each_ms;
    return attract->config.each_ms;
}
