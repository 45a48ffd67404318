#define LOG_MODULE "paper"

#include "office/paper_png.h"

#include "base/log.h"
#include "base/mem.h"
#include "office/fresh_file.h"

#include <math.h>
#include <png.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { COMPRESSION = 3, RGB_BYTES = 3 };

static void keep_words(png_structp png, png_const_charp words)
{
    log_error("can't make the picture: %s", words);
    png_longjmp(png, 1);
}

static void write_bytes(png_structp png, png_bytep bytes, size_t length)
{
    if (!fresh_file_write(png_get_io_ptr(png), bytes, length)) png_error(png, "it can't be written");
}

static void flush(png_structp png)
{
    (void)png; // fresh_file_finish does
}

static void write_header(png_structp png, png_infop about, const struct paper_pixels *pixels, int dpi)
{
    png_uint_32 per_metre = (png_uint_32)lround(dpi / 0.0254);

    png_set_IHDR(png, about, pixels->width, pixels->height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(png, about, per_metre, per_metre, PNG_RESOLUTION_METER);
    png_set_compression_level(png, COMPRESSION);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP); // most rows are like the one above
    png_write_info(png, about);
}

static void write_row(png_structp png, const uint8_t *from, uint32_t width, uint8_t *row)
{
    uint8_t *first = row;

    for (uint32_t x = 0; x < width; x++, from += 4) {
        uint32_t pixel;
        memcpy(&pixel, from, sizeof pixel);
        *row++ = (uint8_t)(pixel >> 16);
        *row++ = (uint8_t)(pixel >> 8);
        *row++ = (uint8_t)pixel;
    }
    png_write_row(png, first);
}

// False: libpng gave up. Nothing that changes after setjmp is used behind it.
static bool write_picture(png_structp png, png_infop about, struct fresh_file *file, const struct paper_pixels *pixels,
                          int dpi, uint8_t *row)
{
    if (setjmp(png_jmpbuf(png))) return false;
    png_set_write_fn(png, file, write_bytes, flush);
    write_header(png, about, pixels, dpi);
    for (uint32_t y = 0; y < pixels->height; y++)
        write_row(png, pixels->bytes + y * pixels->stride_bytes, pixels->width, row);
    png_write_end(png, NULL);
    return true;
}

enum status paper_png_write(const struct paper_pixels *pixels, int dpi, const char *path)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, keep_words, NULL);
    png_infop about = png ? png_create_info_struct(png) : NULL;
    uint8_t *row = mem_zero_array(pixels->width, RGB_BYTES);
    struct fresh_file *file = NULL;
    enum status status = about ? fresh_file_open(path, &file) : STATUS_LATER;

    if (status == STATUS_OK && !write_picture(png, about, file, pixels, dpi, row)) status = STATUS_LATER;
    if (status == STATUS_OK) status = fresh_file_finish(file);
    fresh_file_close(file);
    png_destroy_write_struct(&png, &about);
    free(row);
    return status;
}
