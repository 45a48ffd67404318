#include "code/reader.h"

enum status reader_local_open(const struct reader_config *config, struct reader **out)
{
    return reader_zbar_open(config->clock, config->budget_ms, out);
}
