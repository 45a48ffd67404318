// Sponsors' pictures: whatever lies in their folder, the door goes on; and who holds up a ticket is answered at once.
#include "support/check.h"

#include "frame/picture_png.h"
#include "support/folder.h"
#include "ui/attract.h"
#include "ui/stage.h"

#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { EACH_MS = 8000 };

struct fixture {
    struct stage stage;
    struct mailbox pictures;
    struct attract *attract;
    char folder[FOLDER_PATH_SIZE];
    int64_t now_ms;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    stage_init(&f->stage);
    folder_make(f->folder);
    mailbox_init(&f->pictures, sizeof(struct attract_picture), NULL);
    struct attract_config config = {f->folder, EACH_MS, 800, 480, &f->stage.clock, &f->pictures};
    if (attract_open(&config, &f->attract) != STATUS_OK) return -1;
    f->now_ms = 1000;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    attract_close(f->attract);
    mailbox_destroy(&f->pictures);
    stage_destroy(&f->stage);
    folder_remove(f->folder);
    free(f);
    return 0;
}
