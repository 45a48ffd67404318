// event.h -- an event as the kiosk needs it while the door runs: everything of the event file but the roster.
// Value (about 60 kB: lives in a resource, never on a stack). Texts are per language: [LANGUAGE_DE], [LANGUAGE_EN].
#ifndef EINLASS_RECORD_EVENT_H
#define EINLASS_RECORD_EVENT_H

#include "ticket/keyset.h"
#include "verdict/list.h"

enum language { LANGUAGE_DE, LANGUAGE_EN, LANGUAGE_COUNT };

enum {
    EVENT_NAME_SIZE = 128,
    EVENT_TEXT_SIZE = 4096,
    EVENT_MAX_LISTS = 32,
    EVENT_MAX_LABELS = 64,
    EVENT_MAX_PINS = 8,
    EVENT_PIN_SIZE = 128, // crypto_pwhash_STRBYTES
    EVENT_ZONE_SIZE = 64,
    EVENT_MAX_STOPS = 24,
    EVENT_MAX_FIELDS = 6,
    EVENT_MAX_CONSENTS = 4,
    EVENT_MOST_PLUS_ONES = 9,
    EVENT_KEY_SIZE = 24,
    EVENT_VALUE_SIZE = 160, // of what a walk-in types into a field
};

struct event_stop { // where a tour stops, for starting a round with one tap
    char name[LANGUAGE_COUNT][64];
};

enum field_kind { FIELD_TEXT, FIELD_NAME, FIELD_EMAIL }; // FIELD_NAME: exactly one; the person's name in lists

const char *field_kind_word(enum field_kind kind); // text, name, email
enum status field_kind_of_word(const char *word, enum field_kind *out) MUST_CHECK;

struct walk_in_field {
    char key[EVENT_KEY_SIZE]; // a-z0-9_, in the blob
    enum field_kind kind;
    bool is_required;
    char label[LANGUAGE_COUNT][64];
};

struct walk_in_consent { // asked with an unticked box
    char key[EVENT_KEY_SIZE];
    char version[EVENT_KEY_SIZE]; // of the text; kept with the answer
    bool is_required;
    char text[LANGUAGE_COUNT][512];
};

struct walk_in_rules {
    bool is_welcome;  // false: nobody is registered at the door, the rest is zero
    uint8_t class_id; // of their tickets; kiosks' keys are good for it
    uint8_t most_plus_ones;
    size_t field_count, consent_count;
    struct walk_in_field fields[EVENT_MAX_FIELDS];
    struct walk_in_consent consents[EVENT_MAX_CONSENTS];
};
// Whether whoever was asked by the one was asked the same by the other.
bool walk_in_rules_are_same(const struct walk_in_rules *one, const struct walk_in_rules *other);

struct event_label { // what a class or a group is called
    uint8_t id;
    char name[LANGUAGE_COUNT][64];
    char hint[LANGUAGE_COUNT][96]; // group: where it is, e.g. "steht vor dem Rathaus"; may be empty
    bool is_staff;                 // class: its tickets open the staff pages, where a PIN would
};

struct event {
    uint32_t number, version;
    char kind[24]; // "studitour", "netzwerktreffen", "boxes"
    char name[LANGUAGE_COUNT][EVENT_NAME_SIZE];
    char zone[EVENT_ZONE_SIZE];        // IANA, e.g. Europe/Berlin
    int64_t starts_ms, ends_ms;        // unix
    char welcome[LANGUAGE_COUNT][256]; // a line under the welcome, may be empty
    char privacy[LANGUAGE_COUNT][EVENT_TEXT_SIZE];
    bool shows_names, shows_headcount;
    struct keyset keyset;
    size_t list_count, class_count, group_count, pin_count, stop_count;
    struct list lists[EVENT_MAX_LISTS];
    struct event_label classes[EVENT_MAX_LABELS], groups[EVENT_MAX_LABELS];
    char pins[EVENT_MAX_PINS][EVENT_PIN_SIZE]; // argon2id verifiers of staff PINs
    struct event_stop stops[EVENT_MAX_STOPS];
    struct walk_in_rules walk_ins;
};

const struct list *event_list(const struct event *event, uint16_t id);        // NULL: no such list
const struct event_label *event_group(const struct event *event, uint8_t id); // NULL: no such group
const struct event_label *event_class(const struct event *event, uint8_t id);

#endif
