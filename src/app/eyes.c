#include "app/eyes.h"

#include "app/cameras.h"
#include "app/programs.h"
#include "base/mem.h"
#include "code/scan.h"
#include "frame/capture.h"

#include <stdlib.h>

struct eyes {
    struct reader *reader;
    struct scan *scan;
    struct capture *capture;
};

static enum status open_reader(const struct settings *settings, struct clock *clock, struct reader **out)
{
    char program[PROGRAM_PATH_SIZE];
    struct reader_config config = {clock, settings->scan_budget_ms, program};

    program_find("einlass-reader", program);
    return reader_child_open(&config, out);
}

enum status eyes_open(const struct settings *settings, const struct eyes_config *config, struct eyes **out)
{
    struct eyes *eyes = mem_zero(sizeof *eyes);
    enum status status;

    if ((status = open_reader(settings, config->clock, &eyes->reader)) != STATUS_OK) goto fail;
    struct scan_config scan = {
        .reader = eyes->reader,
        .clock = config->clock,
        .watch = config->watch,
        .quiet_ms = settings->scan_quiet_ms,
        .codes = config->codes,
        .sightings = config->sightings,
        .unsaved = config->unsaved,
        .aside = config->aside,
        .hints = config->hints,
    };
    if ((status = scan_open(&scan, &eyes->scan)) != STATUS_OK) goto fail;
    struct capture_config capture = {
        .open = cameras_open,
        .clock = config->clock,
        .watch = config->watch,
        .scan_frames = scan_frames(eyes->scan),
        .preview_frames = config->previews,
        .states = config->cameras,
        .vitals = config->vitals,
    };
    settings_camera(settings, &capture.camera);
    if ((status = capture_open(&capture, &eyes->capture)) != STATUS_OK) goto fail;
    *out = eyes;
    return STATUS_OK;
fail:
    eyes_close(eyes);
    return status;
}

void eyes_start(struct eyes *eyes)
{
    scan_start(eyes->scan);
    capture_start(eyes->capture);
}

void eyes_close(struct eyes *eyes)
{
    if (!eyes) return;
    capture_close(eyes->capture);
    scan_close(eyes->scan);
    reader_close(eyes->reader);
    free(eyes);
}
