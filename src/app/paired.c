#include "app/paired.h"

enum status paired_office(const struct settings *settings, struct pairing *out)
{
    char path[SETTING_PATH_SIZE];

    settings_beside_database(settings, settings->is_hub ? "upstream.json" : "pairing.json", path);
    return pairing_load(path, out);
}

uint32_t paired_event(const struct settings *settings)
{
    struct pairing pairing;

    if (settings_command_event(settings) || paired_office(settings, &pairing) != STATUS_OK) return 0;
    return pairing.event;
}
