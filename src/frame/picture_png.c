#define LOG_MODULE "picture"

#include "frame/picture_png.h"

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "frame/picture.h"
#include "frame/shrink.h"

#include <stdlib.h>

#include <png.h>

static enum status refuse(const char *path, const char *why)
{
    log_warn("can't use this picture file=%s: %s", path, why);
    return STATUS_INVALID;
}

static enum status decode(png_image *image, const char *path, const uint8_t *bytes, size_t length, struct frame *frame)
{
    static const png_color white = {255, 255, 255};
    enum status status = STATUS_OK;

    if (!png_image_begin_read_from_memory(image, bytes, length)) return refuse(path, image->message);
    if ((uint64_t)image->width * image->height > PICTURE_MAX_PIXELS) return refuse(path, "too many pixels");
    image->format = PNG_FORMAT_GRAY;
    uint8_t *pixels = mem_zero_array(image->width, image->height);
    if (png_image_finish_read(image, &white, pixels, (png_int_32)image->width, NULL)) {
        int width = (int)image->width, height = (int)image->height;
        shrink_to_frame(&(struct grey_picture){pixels, width, height, width}, frame);
    } else status = refuse(path, image->message);
    free(pixels);
    return status;
}

enum status picture_png_read(const char *path, struct frame *frame)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    uint8_t *bytes;
    size_t length;
    enum status status = file_read(path, PICTURE_MAX_FILE_BYTES, &bytes, &length);

    if (status != STATUS_OK) return status;
    status = decode(&image, path, bytes, length, frame);
    png_image_free(&image);
    free(bytes);
    return status;
}

enum status picture_png_write(const char *path, const uint8_t *rgb, int width_px, int height_px, int stride_bytes)
{
    png_image image = {
        .version = PNG_IMAGE_VERSION,
        .width = (png_uint_32)width_px,
        .height = (png_uint_32)height_px,
        .format = PNG_FORMAT_RGB,
        .flags = PNG_IMAGE_FLAG_FAST,
    };

    if (png_image_write_to_file(&image, path, 0, rgb, stride_bytes, NULL)) return STATUS_OK;
    log_error("can't write this picture file=%s: %s", path, image.message);
    return STATUS_LATER;
}
