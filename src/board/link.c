#include "board/board.h"

#include <sodium.h>
#include <stdio.h>

void board_new_token(char out[BOARD_TOKEN_SIZE])
{
    unsigned char bytes[(BOARD_TOKEN_SIZE - 1) / 2];

    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(out, BOARD_TOKEN_SIZE, bytes, sizeof bytes);
}

// Behind the #, so that no browser sends it to any server or writes it into a log.
void board_link(const char *origin, const char *path, const char *token, char out[BOARD_LINK_SIZE])
{
    snprintf(out, BOARD_LINK_SIZE, "%s%s#%s", origin, path, token);
}
