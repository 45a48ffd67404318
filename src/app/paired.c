#include "app/paired.h"

#include "base/text.h"

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

void paired_gate(const struct settings *settings, char out[GATE_SIZE])
{
    char set[GATE_SIZE];
    struct pairing pairing;

    text_copy(set, sizeof set, settings->gate); // `out` may be the same
    if (!set[0] && paired_office(settings, &pairing) == STATUS_OK) text_copy(set, sizeof set, pairing.device);
    text_copy(out, GATE_SIZE, set[0] ? set : "Eingang");
}
