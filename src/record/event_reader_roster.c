#include "record/event_reader.h"

#include "base/text.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool read_status(const struct json_node *entry, enum guest_status *out)
{
    const char *word = guest_status_word(GUEST_STATUS_OK);
    struct json_node node = json_node_at(entry, "status");

    if (!json_node_word(entry, "status", &word)) return false;
    if (guest_status_of_word(word, out) == STATUS_OK) return true;
    return json_node_refuse(&node, "unknown word");
}

static bool read_foreign_code(const struct json_node *entry, const char **out)
{
    struct json_node node = json_node_at(entry, "code");

    if (!json_node_word(entry, "code", out)) return false;
    if (!*out || (**out && strlen(*out) <= FOREIGN_CODE_MAX_BYTES)) return true;
    return json_node_refuse(&node, "not 1 to %d bytes", FOREIGN_CODE_MAX_BYTES);
}

static bool read_language(const struct json_node *entry, char out[GUEST_LANGUAGE_SIZE])
{
    struct json_node node = json_node_at(entry, "language");
    const char *word = NULL;

    if (!json_node_word(entry, "language", &word)) return false;
    if (!word) return true;
    if (strlen(word) != GUEST_LANGUAGE_SIZE - 1 || strspn(word, "abcdefghijklmnopqrstuvwxyz") != strlen(word))
        return json_node_refuse(&node, "not two letters a-z");
    text_copy(out, GUEST_LANGUAGE_SIZE, word);
    return true;
}

bool event_reader_entry(const struct json_node *entry, struct roster_entry *out)
{
    static const struct json_node_key keys[] = {
        {"ticket", true},    {"class", true}, {"group", false},   {"status", false}, {"least_generation", false},
        {"person", false},   {"name", false}, {"company", false}, {"note", false},   {"code", false},
        {"language", false},
    };
    struct guest *guest = &out->guest;
    uint8_t ticket[6];

    if (!json_node_is_object(entry, keys, COUNT(keys)) || !json_node_hex(entry, "ticket", ticket, sizeof ticket))
        return false;
    guest->is_listed = true;
    guest->ticket = 0;
    for (size_t i = 0; i < sizeof ticket; i++) guest->ticket = guest->ticket << 8 | ticket[i];
    if (!json_node_u8(entry, "class", 0, &guest->class_id) || !json_node_u8(entry, "group", 0, &guest->group))
        return false;
    if (!json_node_u16(entry, "least_generation", 0, &guest->least_generation)) return false;
    if (guest->least_generation > GUEST_WITHDRAWN)
        return json_node_refuse(entry, "least_generation is more than %d", GUEST_WITHDRAWN);
    return read_status(entry, &guest->status) && json_node_u32(entry, "person", 0, &guest->person) &&
           json_node_text(entry, "name", guest->name, sizeof guest->name) &&
           json_node_text(entry, "company", guest->company, sizeof guest->company) &&
           json_node_text(entry, "note", guest->note, sizeof guest->note) &&
           read_foreign_code(entry, &out->foreign_code) && read_language(entry, guest->language);
}
