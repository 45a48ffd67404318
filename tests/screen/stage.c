#include "screen/stage.h"

#include "base/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { DAY_MS = 86400000 };
static const int64_t noon_ms = 1795348800000; // 2026-11-22T12:00Z

static struct stage *of_clock(struct clock *clock)
{
    return (struct stage *)((char *)clock - offsetof(struct stage, clock));
}

static int64_t mono(struct clock *clock)
{
    return of_clock(clock)->mono_ms;
}

static int64_t wall(struct clock *clock)
{
    return of_clock(clock)->unix_ms;
}

static enum clock_state state(struct clock *clock)
{
    (void)clock;
    return CLOCK_STATE_NTP;
}

static void label(struct event_label *out, uint8_t id, const char *de, const char *en, const char *hint_de,
                  const char *hint_en)
{
    out->id = id;
    text_copy(out->name[LANGUAGE_DE], sizeof out->name[0], de);
    text_copy(out->name[LANGUAGE_EN], sizeof out->name[0], en);
    text_copy(out->hint[LANGUAGE_DE], sizeof out->hint[0], hint_de);
    text_copy(out->hint[LANGUAGE_EN], sizeof out->hint[0], hint_en);
}

static void repeat(char *to, size_t size, const char *paragraph, int times)
{
    to[0] = '\0';
    for (int i = 0; i < times; i++) strncat(to, paragraph, size - strlen(to) - 1);
}

void stage_event(struct event *out)
{
    memset(out, 0, sizeof *out);
    out->number = 7;
    text_copy(out->name[LANGUAGE_DE], EVENT_NAME_SIZE, "StudiTour Brilon 2026");
    text_copy(out->name[LANGUAGE_EN], EVENT_NAME_SIZE, "StudiTour Brilon 2026");
    text_copy(out->welcome[LANGUAGE_DE], sizeof out->welcome[0], "Namensschild am Tisch 2");
    text_copy(out->welcome[LANGUAGE_EN], sizeof out->welcome[0], "Your badge is at table 2");
    repeat(out->privacy[LANGUAGE_DE], EVENT_TEXT_SIZE,
           "Wir speichern, wann Ihr Ticket gezeigt wurde, damit wir wissen, wer da ist. Das Kamerabild wird nur zum "
           "Lesen des Codes benutzt und nicht aufgezeichnet.\nNach der Veranstaltung werden die Zeiten gelöscht, "
           "sobald die Abrechnung fertig ist. Auskunft gibt das Team am Eingang.\n",
           8);
    repeat(out->privacy[LANGUAGE_EN], EVENT_TEXT_SIZE,
           "We store when your ticket was shown, so that we know who is here. The camera's picture is used to read "
           "the code only and is never recorded.\n",
           8);
    out->shows_names = out->shows_headcount = true;
    out->group_count = 2;
    label(&out->groups[0], 2, "Bus 2 · Gruppe Oventrop", "Bus 2 · Oventrop group", "", "");
    label(&out->groups[1], 3, "Bus 3", "Bus 3", "steht vor dem Rathaus", "waits in front of the town hall");
    out->class_count = 1;
    label(&out->classes[0], 1, "Studierende", "Students", "", "");
    out->pin_count = 1; // the desk checks it, the screen only knows that there is one
    out->list_count = 2;
    out->lists[0] = (struct list){.id = 1, .name = "Bus 2", .after = 2};
    out->lists[1] = (struct list){.id = 2, .name = "Anmeldung im Foyer"};
    id_set_add(&out->lists[0].groups, 2);
}

void stage_init(struct stage *stage)
{
    static const struct clock_ops ops = {mono, mono, wall, state};

    memset(stage, 0, sizeof *stage);
    stage_event(&stage->event);
    stage->list = stage->event.lists[0];
    stage->clock.ops = &ops;
    stage->mono_ms = 1000;
    stage->unix_ms = noon_ms;
    queue_init(&stage->notices, sizeof(struct notice), 8, NULL);
    queue_init(&stage->commands, sizeof(struct command), 2, NULL);
    mailbox_init(&stage->frames, sizeof(struct frame), NULL);
    mailbox_init(&stage->cameras, sizeof(struct camera_state), NULL);
    mailbox_init(&stage->sightings, sizeof(struct sighting), NULL);
    mailbox_init(&stage->hints, sizeof(enum hint), NULL);
    mailbox_init(&stage->rows, sizeof(struct rows), NULL);
    mailbox_init(&stage->readiness, sizeof(struct readiness), NULL);
}

void stage_destroy(struct stage *stage)
{
    queue_destroy(&stage->notices);
    queue_destroy(&stage->commands);
    mailbox_destroy(&stage->frames);
    mailbox_destroy(&stage->cameras);
    mailbox_destroy(&stage->sightings);
    mailbox_destroy(&stage->hints);
    mailbox_destroy(&stage->rows);
    mailbox_destroy(&stage->readiness);
}

struct model_config stage_model_config(const struct stage *stage)
{
    return (struct model_config){
        .event = &stage->event, .list = &stage->list, .language = LANGUAGE_DE, .result_ms = 3000, .is_mirrored = true};
}

struct front_config stage_front_config(struct stage *stage, int width_px, int height_px)
{
    return (struct front_config){
        .event = &stage->event,
        .list = &stage->list,
        .clock = &stage->clock,
        .notices = &stage->notices,
        .commands = &stage->commands,
        .frames = &stage->frames,
        .cameras = &stage->cameras,
        .sightings = &stage->sightings,
        .hints = &stage->hints,
        .rows = &stage->rows,
        .readiness = &stage->readiness,
        .width_px = width_px,
        .height_px = height_px,
        .inch_px = 133,
        .result_ms = 3000,
        .volume = 40,
        .is_mirrored = true,
        .fonts = FONTS_CONF,
        .locale_folder = LOCALE_FOLDER,
    };
}

void stage_notice(enum reason reason, struct notice *out)
{
    memset(out, 0, sizeof *out);
    out->kind = NOTICE_VERDICT;
    out->verdict.reason = reason;
    out->seq = 17;
    out->headcount = (struct headcount){.inside = 42, .expected = 45};
    out->group = 2;
    if (reason == REASON_OK) text_copy(out->first_name, sizeof out->first_name, "Lena");
    if (reason == REASON_PRODUCT) out->group = 3;
    if (reason == REASON_ALREADY_REDEEMED) {
        out->earlier_unix_ms = noon_ms - 7080000; // 10:02
        text_copy(out->earlier_gate, sizeof out->earlier_gate, "Tor Nord");
    }
    if (reason == REASON_INVALID_TIME) out->from_day = out->until_day = 691; // 2026-11-23
    if (reason == REASON_FULL) out->capacity = 45;
    if (reason == REASON_WRONG_EVENT) {
        text_copy(out->event_name[LANGUAGE_DE], EVENT_NAME_SIZE, "Netzwerktreffen Winterberg");
        text_copy(out->event_name[LANGUAGE_EN], EVENT_NAME_SIZE, "Winterberg network evening");
    }
}

void stage_found(struct notice *out)
{
    memset(out, 0, sizeof *out);
    out->kind = NOTICE_FOUND;
    out->is_found = true;
    out->ticket = 0xA1B2C3D4E5;
    out->group = 2;
    text_copy(out->first_name, sizeof out->first_name, "Lena");
}

void stage_person(struct notice *out)
{
    stage_found(out);
    out->is_unlocked = true;
    out->class_id = 1;
    out->earlier_unix_ms = noon_ms - 7080000; // 10:02
    text_copy(out->earlier_gate, sizeof out->earlier_gate, "Tor Nord");
    text_copy(out->full_name, sizeof out->full_name, "Lena Müller-Lüdenscheidt");
    text_copy(out->company, sizeof out->company, "Berufskolleg Olsberg");
    text_copy(out->note, sizeof out->note, "Fährt im Bus 3 zurück");
}

// Of a missing list nobody is there; of a search some are, one hasn't paid, one has a note.
static void fill_row(enum rows_kind kind, size_t at, struct row *out)
{
    static const char *const names[] = {"Lena Müller",     "Maximilian von Hohenlohe",
                                        "Yusuf Öztürk",    "Annabelle Schulte-Wrede",
                                        "Kim Thuy Nguyễn", "Jonas Weiß"};
    static const char *const firms[] = {"BK Olsberg", "IHK Arnsberg", ""};

    *out = (struct row){.ticket = 100 + at, .person = (uint32_t)(1 + at), .class_id = 1, .group = 2};
    text_copy(out->name, sizeof out->name, names[at % 6]);
    text_copy(out->company, sizeof out->company, firms[at % 3]);
    out->has_note = at % 4 == 1;
    out->is_walk_in = at % 5 == 3;
    out->can_be_undone = at < 3;
    if (kind == ROWS_FOUND && at % 6 == 3) out->status = GUEST_STATUS_UNPAID;
    if (kind == ROWS_RECENT || (kind == ROWS_FOUND && at % 3 == 1))
        out->past = (struct past){true, at % 5 != 4, noon_ms - 7080000 - (int64_t)at * 60000, 17 + at, "Tor Nord"};
}

void stage_rows(enum rows_kind kind, size_t count, struct rows *out)
{
    out->kind = kind;
    out->mono_ms = 0;
    out->from = 0;
    out->total = kind == ROWS_MISSING ? (uint32_t)count : 0;
    out->has_more = false;
    out->count = count;
    for (size_t i = 0; i < count; i++) fill_row(kind, i, &out->rows[i]);
}

void stage_tell(struct stage *stage, const struct notice *notice)
{
    struct notice told = *notice;

    told.mono_ms = stage->mono_ms;
    enum status status = queue_put(&stage->notices, &told);

    assert(status == STATUS_OK);
}

void stage_camera(struct stage *stage, bool is_present)
{
    struct camera_state *camera = mailbox_writable(&stage->cameras);

    *camera = (struct camera_state){is_present, is_present ? 640 : 0, is_present ? 480 : 0};
    mailbox_put(&stage->cameras);
}

void stage_hint(struct stage *stage, enum hint hint)
{
    *(enum hint *)mailbox_writable(&stage->hints) = hint;
    mailbox_put(&stage->hints);
}

void stage_frame(struct stage *stage, int shade)
{
    struct frame *frame = mailbox_writable(&stage->frames);

    frame->width_px = 640;
    frame->height_px = 480;
    frame->mono_ms = stage->mono_ms;
    for (int y = 0; y < 480; y++)
        for (int x = 0; x < 640; x++) {
            bool is_card = x > 190 && x < 450 && y > 110 && y < 370;
            bool is_dark =
                is_card && x > 215 && x < 425 && y > 135 && y < 345 && ((x / 15) * 7 + (y / 15) * 5) % 3 == 0;
            int grey = is_dark ? 30 : is_card ? 235 : 70 + (x + y) / 10;
            frame->pixels[y * 640 + x] = (uint8_t)(grey + shade % 8);
        }
    frame_seal(frame);
    mailbox_put(&stage->frames);
}
