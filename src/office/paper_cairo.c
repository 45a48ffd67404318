#define LOG_MODULE "paper"

#include "office/paper.h"

#include "base/log.h"
#include "base/mem.h"
#include "office/fresh_file.h"
#include "office/paper_png.h"
#include "office/words_cairo.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

// Lengths are millimetres until the drawing is scaled.
#define PAGE_WIDTH 105.0
#define PAGE_HEIGHT 148.0
#define MARGIN 9.0
#define CODE_WIDTH 52.0
#define CODE_TOP 72.0
#define QUIET_ZONE (CODE_WIDTH * 4 / 37) // 4 modules of a ticket's code; ISO/IEC 18004, 6.3.8
#define POINTS_PER_MM (72.0 / 25.4)

static const struct colour INK = {0.07, 0.13, 0.11}, QUIET = {0.23, 0.29, 0.27}, LINE = {0.80, 0.84, 0.82},
                           PRACTICE = {0.29, 0.16, 0.51};

static void set_colour(cairo_t *cairo, struct colour colour)
{
    cairo_set_source_rgb(cairo, colour.red, colour.green, colour.blue);
}

// Between the margins; answers the y below the text.
static double draw_words(cairo_t *cairo, double y, const struct words *words)
{
    return y + words_draw(cairo, MARGIN, y, PAGE_WIDTH - 2 * MARGIN, words);
}

// Who it is for, in the middle between `top` and `bottom`.
static void draw_person(cairo_t *cairo, const struct paper_ticket *ticket, double top, double bottom)
{
    const struct words blocks[] = {
        {ticket->name, WEIGHT_BOLD, 20, 11, 2, 4, ticket->is_practice ? PRACTICE : INK},
        {ticket->company, WEIGHT_NORMAL, 10, 7.5, 2, 3, QUIET},
        {ticket->label, WEIGHT_SEMIBOLD, 10, 7.5, 1, 1, INK},
    };
    enum { BLOCK_COUNT = sizeof blocks / sizeof *blocks };
    const double gap = 1;
    double y = bottom - top - (BLOCK_COUNT - 1) * gap;

    for (size_t i = 0; i < BLOCK_COUNT; i++) y -= words_height(cairo, PAGE_WIDTH - 2 * MARGIN, &blocks[i]);
    y = top + (y > 0 ? y / 2 : 0);
    for (size_t i = 0; i < BLOCK_COUNT; i++) y = draw_words(cairo, y, &blocks[i]) + gap;
}

static void draw_line(cairo_t *cairo, double y)
{
    set_colour(cairo, LINE);
    cairo_set_line_width(cairo, 0.25);
    cairo_move_to(cairo, MARGIN, y);
    cairo_line_to(cairo, PAGE_WIDTH - MARGIN, y);
    cairo_stroke(cairo);
}

// On a pixel surface a module is a whole number of pixels and begins on one: sharp edges read best.
static void draw_code(cairo_t *cairo, const struct picture *picture, bool is_pixels)
{
    double module = CODE_WIDTH / picture->side, x = 0, y = 0;

    if (is_pixels) {
        double unit = 1, unused = 0;
        cairo_user_to_device_distance(cairo, &unit, &unused);
        module = floor(module * unit) / unit;
    }
    x = (PAGE_WIDTH - module * picture->side) / 2;
    y = CODE_TOP;
    if (is_pixels) {
        cairo_user_to_device(cairo, &x, &y);
        x = round(x), y = round(y);
        cairo_device_to_user(cairo, &x, &y);
    }
    set_colour(cairo, (struct colour){0, 0, 0});
    for (int row = 0; row < picture->side; row++)
        for (int first = 0, end; first < picture->side; first = end) { // runs: no seams between neighbours
            for (end = first + 1; end < picture->side && picture->modules[row * picture->side + end] ==
                                                             picture->modules[row * picture->side + first];)
                end++;
            if (picture->modules[row * picture->side + first])
                cairo_rectangle(cairo, x + first * module, y + row * module, (end - first) * module, module);
        }
    if (is_pixels) cairo_set_antialias(cairo, CAIRO_ANTIALIAS_NONE);
    cairo_fill(cairo);
    cairo_set_antialias(cairo, CAIRO_ANTIALIAS_DEFAULT);
}

static void draw(cairo_t *cairo, const struct paper_ticket *ticket, bool is_pixels)
{
    const struct words event = {ticket->event, WEIGHT_SEMIBOLD, 13, 9, 2, 2, INK};
    const struct words when = {ticket->when, WEIGHT_NORMAL, 9, 7, 1, 1, QUIET};
    const struct words number = {ticket->number, WEIGHT_MEDIUM, 11, 11, 1, 1, INK};
    const struct words please = {ticket->is_practice
                                     ? "Übungsticket · wird nicht gezählt\nPractice ticket · never counted"
                                     : "Bitte am Eingang zeigen, auf Papier oder Telefon\n"
                                       "Please show at the entrance, on paper or phone",
                                 WEIGHT_NORMAL,
                                 7,
                                 6,
                                 2,
                                 2,
                                 QUIET};

    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    double y = draw_words(cairo, MARGIN, &event);
    y = draw_words(cairo, y + 1, &when) + 3;
    draw_line(cairo, y);
    draw_person(cairo, ticket, y, CODE_TOP - QUIET_ZONE);
    draw_code(cairo, ticket->picture, is_pixels);
    (void)draw_words(cairo, CODE_TOP + CODE_WIDTH + QUIET_ZONE, &number);
    (void)draw_words(cairo, PAGE_HEIGHT - 11.5, &please);
}

bool paper_has_boxes(const struct paper_ticket *ticket)
{
    return words_have_boxes(ticket->event) || words_have_boxes(ticket->name) || words_have_boxes(ticket->company) ||
           words_have_boxes(ticket->label);
}

static enum status check(cairo_status_t status, const char *path)
{
    if (status == CAIRO_STATUS_SUCCESS) return STATUS_OK;
    log_error("can't write the ticket file=%s: %s", path, cairo_status_to_string(status));
    return STATUS_LATER;
}

enum status paper_write_png(const struct paper_ticket *ticket, int dpi, const char *path)
{
    double pixels_per_mm = dpi / 25.4;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)round(PAGE_WIDTH * pixels_per_mm),
                                                          (int)round(PAGE_HEIGHT * pixels_per_mm));
    cairo_t *cairo = cairo_create(surface);

    cairo_scale(cairo, pixels_per_mm, pixels_per_mm);
    draw(cairo, ticket, true);
    enum status status = check(cairo_status(cairo), path);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    const struct paper_pixels pixels = {
        .bytes = cairo_image_surface_get_data(surface),
        .width = (uint32_t)cairo_image_surface_get_width(surface),
        .height = (uint32_t)cairo_image_surface_get_height(surface),
        .stride_bytes = (size_t)cairo_image_surface_get_stride(surface),
    };
    if (status == STATUS_OK) status = paper_png_write(&pixels, dpi, path);
    cairo_surface_destroy(surface);
    return status;
}

// Cairo forgets that a write failed once a file is finished, so the file is ours and keeps it.
static cairo_status_t write_bytes(void *file, const unsigned char *bytes, unsigned length)
{
    return fresh_file_write(file, bytes, length) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

enum status paper_write_svg(const struct paper_ticket *ticket, const char *path)
{
    struct fresh_file *file;
    enum status status = fresh_file_open(path, &file);

    if (status != STATUS_OK) return status;
    cairo_surface_t *surface =
        cairo_svg_surface_create_for_stream(write_bytes, file, PAGE_WIDTH * POINTS_PER_MM, PAGE_HEIGHT * POINTS_PER_MM);
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, POINTS_PER_MM, POINTS_PER_MM);
    draw(cairo, ticket, false);
    status = check(cairo_status(cairo), path);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    if (status == STATUS_OK) status = check(cairo_surface_status(surface), path);
    cairo_surface_destroy(surface);
    if (status == STATUS_OK) status = fresh_file_finish(file);
    fresh_file_close(file);
    return status;
}

struct paper_pdf {
    char *path;
    struct fresh_file *file;
    cairo_surface_t *surface;
    cairo_t *cairo;
};

enum status paper_pdf_open(const char *path, struct paper_pdf **out)
{
    struct paper_pdf *pdf = mem_zero(sizeof *pdf);
    enum status status = STATUS_LATER;

    pdf->path = strdup(path);
    if (!pdf->path) goto fail;
    if ((status = fresh_file_open(path, &pdf->file)) != STATUS_OK) goto fail;
    pdf->surface = cairo_pdf_surface_create_for_stream(write_bytes, pdf->file, PAGE_WIDTH * POINTS_PER_MM,
                                                       PAGE_HEIGHT * POINTS_PER_MM);
    pdf->cairo = cairo_create(pdf->surface);
    cairo_scale(pdf->cairo, POINTS_PER_MM, POINTS_PER_MM);
    if ((status = check(cairo_status(pdf->cairo), path)) != STATUS_OK) goto fail;
    *out = pdf;
    return STATUS_OK;
fail:
    paper_pdf_close(pdf);
    return status;
}

enum status paper_pdf_add(struct paper_pdf *pdf, const struct paper_ticket *ticket)
{
    draw(pdf->cairo, ticket, false);
    cairo_show_page(pdf->cairo);
    return check(cairo_status(pdf->cairo), pdf->path);
}

enum status paper_pdf_finish(struct paper_pdf *pdf)
{
    cairo_surface_finish(pdf->surface);
    enum status status = check(cairo_surface_status(pdf->surface), pdf->path);
    return status == STATUS_OK ? fresh_file_finish(pdf->file) : status;
}

void paper_pdf_close(struct paper_pdf *pdf)
{
    if (!pdf) return;
    cairo_destroy(pdf->cairo);
    cairo_surface_destroy(pdf->surface); // writes what it still holds
    fresh_file_close(pdf->file);
    free(pdf->path);
    free(pdf);
}
