#include "service/bureau.h"

#include "base/mem.h"
#include "board/board.h"
#include "office/draft.h"
#include "office/publish.h"
#include "service/boards.h"

#include <stdio.h>
#include <stdlib.h>

static void add_event(struct bureau *bureau, struct book *book, const char *number)
{
    struct draft draft = {
        .number = number,
        .name = "Netzwerktreffen",
        .kind = "netzwerktreffen",
        .starts = "2026-11-22T09:00",
        .ends = "2026-11-22T17:00",
    };
    struct event *event = mem_zero(sizeof *event);
    struct publication made;
    struct draft_flaw flaw;

    assert_int_equal(draft_event(&draft, event, &flaw), STATUS_OK);
    assert_int_equal(book_add_event(book, event), STATUS_OK);
    assert_int_equal(book_find_event(book, (uint32_t)atoi(number), event), STATUS_OK);
    assert_int_equal(publish_to_inbox(book, event, bureau->inbox, &made), STATUS_OK);
    free(event);
}

static void make_book(struct bureau *bureau)
{
    struct book *book;

    assert_int_equal(book_create(bureau->book_path, &book), STATUS_OK);
    add_event(bureau, book, "7");
    add_event(bureau, book, "8");
    book_close(book);
}

void bureau_pair(struct bureau *bureau, const char *name, char token_out[PAIRING_TOKEN_SIZE])
{
    struct wire_enroll enroll = {.version = "0.1.0"};
    struct device device;

    snprintf(enroll.name, sizeof enroll.name, "%s", name);
    memset(enroll.device_public_key, name[0], sizeof enroll.device_public_key);
    assert_int_equal(inbox_offer(bureau->inbox, name, BUREAU_EVENT, false, 60 * 1000, enroll.code), STATUS_OK);
    assert_int_equal(inbox_enroll(bureau->inbox, &enroll, &device, token_out), STATUS_OK);
}

static void let_in(struct bureau *bureau)
{
    static const char password[] = "zehn Zeichen und mehr";
    int64_t wait_ms;

    bureau_pair(bureau, "Nord", bureau->kiosk_token);
    bureau_pair(bureau, "Gestohlen", bureau->revoked_token);
    assert_int_equal(inbox_revoke(bureau->inbox, "Gestohlen"), STATUS_OK);
    assert_int_equal(clerk_set(bureau->inbox, "sommer", password), STATUS_OK);
    assert_int_equal(clerk_log_in(bureau->inbox, "sommer", password, "127.0.0.1", bureau->clerk_token, &wait_ms),
                     STATUS_OK);
}

static void open_board(struct bureau *bureau)
{
    char token[BOARD_TOKEN_SIZE], body[128], header[256];
    struct web_answer answer;

    assert_int_equal(boards_token(bureau->inbox, BUREAU_EVENT, token), STATUS_OK);
    snprintf(body, sizeof body, "{\"token\":\"%s\"}", token);
    bureau_ask(bureau, "POST /board/7/session", "", body, &answer);
    assert_int_equal(answer.status, 204);
    assert_non_null(web_answer_header(&answer, "Set-Cookie", header));
    snprintf(bureau->board_cookie, sizeof bureau->board_cookie, "%.*s", (int)strcspn(header, ";"), header);
    web_answer_free(&answer);
}

int bureau_open(void **state)
{
    struct bureau *bureau = calloc(1, sizeof *bureau);
    struct service_config config = {.address = "127.0.0.1", .clock = clock_system()};

    folder_make(&bureau->folder);
    folder_file(&bureau->folder, "book", bureau->book_path);
    folder_file(&bureau->folder, "book.records", bureau->records_path);
    assert_int_equal(inbox_open(bureau->records_path, clock_system(), &bureau->inbox), STATUS_OK);
    make_book(bureau);
    let_in(bureau);
    config.book = bureau->book_path;
    config.database = bureau->records_path;
    assert_int_equal(service_open(&config, &bureau->service), STATUS_OK);
    open_board(bureau);
    *state = bureau;
    return 0;
}

int bureau_close(void **state)
{
    struct bureau *bureau = *state;

    service_close(bureau->service);
    inbox_close(bureau->inbox);
    folder_remove(&bureau->folder);
    free(bureau);
    return 0;
}

void bureau_ask(struct bureau *bureau, const char *request, const char *headers, const char *body,
                struct web_answer *out)
{
    struct web *web = web_open(service_port(bureau->service), false);

    memset(out, 0, sizeof *out);
    web_ask(web, request, headers, body, out);
    web_close(web);
}

void bureau_clerk_headers(const struct bureau *bureau, char out[256])
{
    snprintf(out, 256, "Cookie: clerk=%s\r\nX-Einlass: 1\r\n", bureau->clerk_token);
}
