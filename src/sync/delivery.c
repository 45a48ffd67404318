#include "sync/delivery.h"

#include <stdlib.h>

void delivery_free(struct delivery *delivery)
{
    free(delivery->bytes);
    feed_free(delivery->page);
    delivery->bytes = NULL;
    delivery->page = NULL;
}
