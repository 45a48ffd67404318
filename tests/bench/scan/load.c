#include "bench/scan/load.h"

#include "base/file.h"
#include "frame/picture.h"
#include "frame/picture_png.h"
#include "frame/shrink.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SIDE_MOST_PX = 65535 };

// A number of a PGM's head, behind white space and comments; -1: there is none. Source: pgm(5) of Netpbm.
static int head_number(const uint8_t *bytes, size_t length, size_t *at)
{
    int number = 0, digits = 0;

    while (*at < length && (isspace(bytes[*at]) || bytes[*at] == '#')) {
        if (bytes[*at] == '#')
            while (*at < length && bytes[*at] != '\n') (*at)++;
        else (*at)++;
    }
    for (; *at < length && isdigit(bytes[*at]) && number <= SIDE_MOST_PX; (*at)++, digits++)
        number = number * 10 + (bytes[*at] - '0');
    return digits ? number : -1;
}

static enum status decode_pgm(const uint8_t *bytes, size_t length, struct frame *frame)
{
    size_t at = 2;

    if (length < 2 || memcmp(bytes, "P5", 2) != 0) return STATUS_INVALID;
    int width_px = head_number(bytes, length, &at), height_px = head_number(bytes, length, &at);
    int white = head_number(bytes, length, &at);
    at++; // one white space, then pixels
    if (width_px < 1 || height_px < 1 || width_px > SIDE_MOST_PX || height_px > SIDE_MOST_PX || white != 255)
        return STATUS_INVALID;
    if (at > length || (size_t)width_px * (size_t)height_px > length - at) return STATUS_INVALID;
    struct grey_picture picture = {bytes + at, width_px, height_px, width_px};
    shrink_to_frame(&picture, frame);
    return STATUS_OK;
}

static enum status read_pgm(const char *path, struct frame *frame)
{
    uint8_t *bytes;
    size_t length;
    enum status status = file_read(path, PICTURE_MAX_FILE_BYTES, &bytes, &length);

    if (status != STATUS_OK) return status;
    status = decode_pgm(bytes, length, frame);
    free(bytes);
    return status;
}

enum status load_frame(struct loader *loader, const char *path, struct frame *frame)
{
    const char *ending = strrchr(path, '.');
    enum status status;

    if (ending && strcasecmp(ending, ".png") == 0) status = picture_png_read(path, frame);
    else if (ending && strcasecmp(ending, ".pgm") == 0) status = read_pgm(path, frame);
    else if (loader->jpeg || (status = picture_jpeg_open(&loader->jpeg)) == STATUS_OK)
        status = picture_jpeg_read(loader->jpeg, path, frame);
    if (status == STATUS_OK) frame_seal(frame);
    return status;
}

enum status load_write_pgm(const char *path, const struct frame *frame)
{
    FILE *file = fopen(path, "we");
    size_t count = (size_t)frame->width_px * (size_t)frame->height_px;

    if (!file) return STATUS_LATER;
    fprintf(file, "P5\n%d %d\n255\n", frame->width_px, frame->height_px);
    bool is_written = fwrite(frame->pixels, 1, count, file) == count;
    is_written &= fclose(file) == 0;
    return is_written ? STATUS_OK : STATUS_LATER;
}

void load_destroy(struct loader *loader)
{
    picture_jpeg_close(loader->jpeg);
    loader->jpeg = NULL;
}
