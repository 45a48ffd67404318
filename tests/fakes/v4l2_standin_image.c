#include "fakes/v4l2_standin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/videodev2.h>
#include <turbojpeg.h>

enum { BACKGROUND = 128, PICTURE_MOST_PX = 4096 };

int standin_picture_read(const char *path, struct standin_picture *out)
{
    FILE *file = path ? fopen(path, "rb") : NULL;
    int width = 0, height = 0, result = -1;

    if (!file) return -1;
    if (fscanf(file, "P5 %d %d 255", &width, &height) == 2 && fgetc(file) != EOF && width > 0 && height > 0 &&
        width <= PICTURE_MOST_PX && height <= PICTURE_MOST_PX) {
        size_t bytes = (size_t)width * (size_t)height;
        uint8_t *pixels = malloc(bytes);
        if (pixels && fread(pixels, 1, bytes, file) == bytes) {
            free(out->pixels);
            *out = (struct standin_picture){width, height, pixels};
            result = 0;
        } else free(pixels);
    }
    fclose(file);
    return result;
}

int standin_image_bytes(const struct standin_image *image)
{
    int plane = image->stride_bytes * image->height_px;

    if (image->code == V4L2_PIX_FMT_NV12) return plane + plane / 2;
    return image->code == V4L2_PIX_FMT_MJPEG ? 2 * image->width_px * image->height_px : plane;
}

static uint8_t lit(const struct standin_image *image, int grey)
{
    int64_t brightness = (int64_t)grey * image->light_percent / 100;

    return (uint8_t)(brightness > 255 ? 255 : brightness);
}

// Brightness at (x, y): the picture in the middle, grey around it.
static uint8_t grey_at(const struct standin_image *image, const struct standin_picture *picture, int x, int y)
{
    int column = x - (image->width_px - picture->width_px) / 2;
    int row = y - (image->height_px - picture->height_px) / 2;

    if (column < 0 || row < 0 || column >= picture->width_px || row >= picture->height_px)
        return lit(image, BACKGROUND);
    return lit(image, picture->pixels[(size_t)row * (size_t)picture->width_px + (size_t)column]);
}

static int draw_jpeg(const struct standin_image *image, const struct standin_picture *picture, uint8_t *to)
{
    size_t width = (size_t)image->width_px;
    uint8_t *grey = malloc(width * (size_t)image->height_px);
    tjhandle encoder = tjInitCompress();
    unsigned long length = (unsigned long)standin_image_bytes(image);
    unsigned char *at = to;

    for (int y = 0; y < image->height_px; y++)
        for (int x = 0; x < image->width_px; x++) grey[(size_t)y * width + (size_t)x] = grey_at(image, picture, x, y);
    if (tjCompress2(encoder, grey, image->width_px, 0, image->height_px, TJPF_GRAY, &at, &length, TJSAMP_GRAY, 80,
                    TJFLAG_NOREALLOC) != 0)
        length = 0;
    tjDestroy(encoder);
    free(grey);
    return (int)length;
}

int standin_image_draw(const struct standin_image *image, const struct standin_picture *picture, uint8_t *to)
{
    int step = image->code == V4L2_PIX_FMT_YUYV ? 2 : 1;

    if (image->code == V4L2_PIX_FMT_MJPEG) return draw_jpeg(image, picture, to);
    memset(to, 0x55, (size_t)standin_image_bytes(image)); // padding and colours: nothing that looks like grey
    for (int y = 0; y < image->height_px; y++)
        for (int x = 0; x < image->width_px; x++)
            to[(size_t)y * (size_t)image->stride_bytes + (size_t)(step * x)] = grey_at(image, picture, x, y);
    return standin_image_bytes(image);
}
