// page.c -- the files the board's page consists of (assets/web), as they are in the program.
#include "board/board.h"

#include <string.h>

#pragma GCC diagnostic ignored "-Woverlength-strings" // longer than C17 promises; gcc and clang take them

static const char page[] =
#include "board/board.html.inc"
    ;
static const char style[] =
#include "board/board.css.inc"
    ;
static const char program[] =
#include "board/board.js.inc"
    ;
static const char drawing[] =
#include "board/board_draw.js.inc"
    ;
static const char chart[] =
#include "board/board_chart.js.inc"
    ;
static const char words[] =
#include "board/board_words.js.inc"
    ;
static const char icon[] =
#include "board/icon.svg.inc"
    ;

static const struct {
    const char *name;
    struct http_reply reply;
} files[] = {
    {"", {.status = 200, .type = "text/html; charset=utf-8", .fixed = page, .length = sizeof page - 1}},
    {"board.css", {.status = 200, .type = "text/css; charset=utf-8", .fixed = style, .length = sizeof style - 1}},
    {"board.js",
     {.status = 200, .type = "text/javascript; charset=utf-8", .fixed = program, .length = sizeof program - 1}},
    {"board_draw.js",
     {.status = 200, .type = "text/javascript; charset=utf-8", .fixed = drawing, .length = sizeof drawing - 1}},
    {"board_chart.js",
     {.status = 200, .type = "text/javascript; charset=utf-8", .fixed = chart, .length = sizeof chart - 1}},
    {"board_words.js",
     {.status = 200, .type = "text/javascript; charset=utf-8", .fixed = words, .length = sizeof words - 1}},
    {"icon.svg", {.status = 200, .type = "image/svg+xml", .fixed = icon, .length = sizeof icon - 1}},
};

const struct http_reply *board_file(const char *name)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (strcmp(files[i].name, name) == 0) return &files[i].reply;
    return NULL;
}
