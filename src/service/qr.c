#include "service/qr.h"

#include "base/mem.h"
#include "ticket/picture.h"

#include <jansson.h>
#include <stdlib.h>

struct json_t *qr_rows(const char *text)
{
    struct picture *picture = mem_zero(sizeof *picture);
    json_t *rows = json_null();

    if (picture_of_text(text, picture) == STATUS_OK) {
        size_t side = (size_t)picture->side;
        char row[PICTURE_MAX_SIDE];
        rows = json_array();
        for (size_t y = 0; y < side; y++) {
            for (size_t x = 0; x < side; x++) row[x] = picture->modules[y * side + x] ? '1' : '0';
            json_array_append_new(rows, json_stringn(row, side));
        }
    }
    free(picture);
    return rows;
}
