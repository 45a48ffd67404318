// board_stage.c -- the headcount page over a tally made by hand, for the browser's tests.
//   board_stage --print SCENE   what base/numbers answers
//   board_stage SCENE [PORT]    serves it on loopback; says "http://127.0.0.1:PORT TOKEN". Then takes, a line each:
//     scene NAME   another tally     hostile SEED   its names anew (hostile.h)     enter N   N persons come
//     mute, speak   nothing more is put, or again
//     close, open  the server goes away, and comes back at its port     end
#include "board/board.h"
#include "browser/hostile.h"
#include "browser/scene.h"

#include <poll.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FRESH_MS = 1000, COMMAND_SIZE = 128 };

struct stage {
    struct tally tally;
    struct board *board;
    struct http_route routes[BOARD_MOST_ROUTES];
    size_t route_count;
    struct http_server *server; // NULL: closed
    uint16_t port;
    bool is_mute;
};

static int64_t now_ms(void)
{
    struct clock *clock = clock_system();
    return clock->ops->unix_ms(clock);
}

static void put(struct stage *stage)
{
    if (stage->is_mute) return;
    stage->tally.made_unix_ms = now_ms();
    board_put(stage->board, &stage->tally);
    if (stage->server) http_ring(stage->server);
}

static void open_server(struct stage *stage)
{
    struct http_config config = {
        .address = "127.0.0.1",
        .port = stage->port,
        .routes = stage->routes,
        .route_count = stage->route_count,
        .clock = clock_system(),
    };

    if (stage->server) return;
    if (http_open(&config, &stage->server) != STATUS_OK) exit(EXIT_FAILURE);
    stage->port = http_port(stage->server);
}

static bool obey(struct stage *stage, char *line)
{
    char *word = strtok(line, " \n"), *rest = strtok(NULL, " \n");

    if (!word || strcmp(word, "end") == 0) return false;
    if (strcmp(word, "mute") == 0) stage->is_mute = true;
    if (strcmp(word, "speak") == 0) stage->is_mute = false;
    if (strcmp(word, "hostile") == 0 && rest) hostile_name(&stage->tally, strtoull(rest, NULL, 10));
    if (strcmp(word, "open") == 0) open_server(stage);
    if (strcmp(word, "enter") == 0 && rest) scene_enter(&stage->tally, (uint32_t)atoi(rest), now_ms());
    if (strcmp(word, "scene") == 0 && rest && scene_make(rest, now_ms(), &stage->tally) != STATUS_OK) return false;
    if (strcmp(word, "close") == 0) {
        http_close(stage->server);
        stage->server = NULL;
    }
    put(stage);
    return true;
}

static void serve(struct stage *stage)
{
    char token[BOARD_TOKEN_SIZE], line[COMMAND_SIZE];
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};

    board_new_token(token);
    board_open(token, clock_system(), &stage->board);
    stage->route_count = board_routes(stage->board, stage->routes);
    open_server(stage);
    put(stage);
    printf("http://127.0.0.1:%u %s\n", stage->port, token);
    fflush(stdout);
    setvbuf(stdin, NULL, _IONBF, 0); // so that poll() sees what is there
    for (;;) {
        if (poll(&in, 1, FRESH_MS) <= 0) put(stage);
        else if (!fgets(line, sizeof line, stdin) || !obey(stage, line)) break;
    }
    http_close(stage->server);
    board_close(stage->board);
}

static void print(struct stage *stage)
{
    board_open("", clock_system(), &stage->board);
    put(stage);
    char *json = board_json(stage->board);
    puts(json);
    free(json);
    board_close(stage->board);
}

int main(int count, char **arguments)
{
    bool is_print = count == 3 && strcmp(arguments[1], "--print") == 0;
    struct stage *stage = calloc(1, sizeof *stage);

    if (sodium_init() < 0 || !stage || count < 2 || count > 3) return EXIT_FAILURE;
    if (scene_make(is_print ? arguments[2] : arguments[1], now_ms(), &stage->tally) != STATUS_OK) return EXIT_FAILURE;
    if (is_print) print(stage);
    else {
        if (count == 3) stage->port = (uint16_t)atoi(arguments[2]);
        serve(stage);
    }
    free(stage);
    return EXIT_SUCCESS;
}
