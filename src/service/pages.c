// The pages' files (assets/web), as they are in the program.
#include "service/parts.h"

#include <string.h>

#pragma GCC diagnostic ignored "-Woverlength-strings" // longer than C17 promises; gcc and clang take them

static const char page[] =
#include "service/office.html.inc"
    ;
static const char style[] =
#include "service/office.css.inc"
    ;
static const char program[] =
#include "service/office.js.inc"
    ;
static const char cards[] =
#include "service/office_cards.js.inc"
    ;
static const char logins[] =
#include "service/office_clerks.js.inc"
    ;
static const char drawing[] =
#include "service/office_draw.js.inc"
    ;
static const char words[] =
#include "service/office_words.js.inc"
    ;

static const struct {
    const char *path, *type, *text;
    size_t length;
} files[] = {
    {"/", "text/html; charset=utf-8", page, sizeof page - 1},
    {"/office.css", "text/css; charset=utf-8", style, sizeof style - 1},
    {"/office.js", "text/javascript; charset=utf-8", program, sizeof program - 1},
    {"/office_cards.js", "text/javascript; charset=utf-8", cards, sizeof cards - 1},
    {"/office_clerks.js", "text/javascript; charset=utf-8", logins, sizeof logins - 1},
    {"/office_draw.js", "text/javascript; charset=utf-8", drawing, sizeof drawing - 1},
    {"/office_words.js", "text/javascript; charset=utf-8", words, sizeof words - 1},
};

void page_file(struct call *call)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (strcmp(files[i].path, call->path) != 0) continue;
        call->reply->status = 200;
        call->reply->type = files[i].type;
        call->reply->fixed = files[i].text;
        call->reply->length = files[i].length;
    }
}

static void answer_board_file(struct call *call, const char *name)
{
    const struct http_reply *file = board_file(name);

    if (file) *call->reply = *file;
    else http_error(call->reply, 404, "there is nothing here");
}

void page_icon(struct call *call)
{
    answer_board_file(call, "icon.svg");
}

void page_board(struct call *call)
{
    answer_board_file(call, "");
}

void page_board_file(struct call *call)
{
    answer_board_file(call, call->request->parts[1]);
}
