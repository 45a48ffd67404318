// The ready check: every fact with an icon and a word, so that nobody needs to know what is a good number.
#include "view/fit.h"
#include "view/view_staff.h"

#include "base/text.h"
#include "frame/sharpness.h"
#include "model/day.h"
#include "model/sync_words.h"

#include <stdio.h>
#include <string.h>

enum { FACT_SIZE = 192, MOST_FACTS = 11 };

enum health { HEALTH_UNKNOWN, HEALTH_GOOD, HEALTH_DOUBTFUL, HEALTH_BAD, HEALTH_PLAIN }; // PLAIN: neither good nor bad

struct fact {
    const char *name;
    enum health health;
    char words[FACT_SIZE];
};

static struct fact ticket_fact(const struct brush *brush, const struct readiness *now)
{
    struct fact fact = {brush_say(brush, "Tickets"), now->ticket_count > 0 ? HEALTH_GOOD : HEALTH_DOUBTFUL, ""};

    snprintf(fact.words, FACT_SIZE, brush_say(brush, "%u, Stand %u"), now->ticket_count, now->event_version);
    return fact;
}

static struct fact camera_fact(const struct brush *brush, const struct readiness *now)
{
    struct fact fact = {brush_say(brush, "Kamera"), HEALTH_BAD, ""};

    if (!now->has_camera) {
        snprintf(fact.words, FACT_SIZE, "%s", brush_say(brush, "keine gefunden"));
        return fact;
    }
    fact.health = now->frames_per_s >= 10 ? HEALTH_GOOD : HEALTH_DOUBTFUL;
    snprintf(fact.words, FACT_SIZE, brush_say(brush, "%.0f Bilder/s"), now->frames_per_s);
    return fact;
}

static struct fact sharpness_fact(const struct brush *brush, const struct readiness *now)
{
    struct fact fact = {brush_say(brush, "Schärfe"), HEALTH_UNKNOWN, ""};

    if (!now->has_camera || now->sharpness == 0) return fact;
    fact.health = now->sharpness >= SHARPNESS_BLURRED ? HEALTH_GOOD : HEALTH_DOUBTFUL;
    snprintf(fact.words, FACT_SIZE,
             now->sharpness >= SHARPNESS_BLURRED ? brush_say(brush, "%d von 100")
                                                 : brush_say(brush, "%d: Linse putzen"),
             now->sharpness);
    return fact;
}

static struct fact clock_fact(const struct brush *brush, const struct readiness *now)
{
    struct fact fact = {brush_say(brush, "Uhr"), HEALTH_GOOD, ""};
    char moment[DAY_TEXT_SIZE];

    if (brush->model->staff.unix_ms > 0) {
        day_write_moment(brush->model->staff.unix_ms, brush->model->staff.unix_ms, brush->model->language, moment);
        snprintf(fact.words, FACT_SIZE, "%s", moment);
    }
    if (!clock_state_is_trusted(now->clock)) fact.health = HEALTH_DOUBTFUL;
    if (fact.health != HEALTH_GOOD) snprintf(fact.words, FACT_SIZE, "%s", brush_say(brush, "nicht gestellt"));
    return fact;
}

static struct fact disk_fact(const struct brush *brush, const struct readiness *now)
{
    const uint64_t mb = 1024 * 1024;
    struct fact fact = {brush_say(brush, "Speicher"), HEALTH_GOOD, ""};
    char figure[32];

    if (now->disk_free_bytes < 500 * mb) fact.health = HEALTH_DOUBTFUL;
    if (now->disk_free_bytes < 50 * mb) fact.health = HEALTH_BAD;
    uint64_t tenths = (now->disk_free_bytes + 50000000) / 100000000;
    snprintf(figure, sizeof figure, "%llu%c%llu", (unsigned long long)(tenths / 10),
             brush->model->language == LANGUAGE_DE ? ',' : '.', (unsigned long long)(tenths % 10));
    snprintf(fact.words, FACT_SIZE, brush_say(brush, "%s GB frei"), figure);
    return fact;
}

static struct fact database_fact(const struct brush *brush, const struct readiness *now)
{
    struct fact fact = {brush_say(brush, "Daten"), HEALTH_UNKNOWN, ""};

    switch (now->database) {
    case PROOF_NONE:
        break;
    case PROOF_RUNNING:
        snprintf(fact.words, FACT_SIZE, "%s", brush_say(brush, "wird geprüft …"));
        break;
    case PROOF_FINE:
        fact.health = HEALTH_GOOD;
        snprintf(fact.words, FACT_SIZE, brush_say(brush, "%llu Einträge"), (unsigned long long)now->record_count);
        break;
    case PROOF_BROKEN:
        fact.health = HEALTH_BAD;
        snprintf(fact.words, FACT_SIZE, "%s", brush_say(brush, "beschädigt"));
        break;
    }
    return fact;
}

// What isn't there may well be meant to be so.
static struct fact device_fact(const char *name, const char *device, const char *none)
{
    struct fact fact = {name, device[0] ? HEALTH_GOOD : HEALTH_PLAIN, ""};

    text_make_showable(fact.words, FACT_SIZE, device[0] ? device : none, strlen(device[0] ? device : none));
    return fact;
}

static enum health health_of(enum mood mood)
{
    switch (mood) {
    case MOOD_PLAIN:
        break;
    case MOOD_GOOD:
        return HEALTH_GOOD;
    case MOOD_STAFF:
        return HEALTH_DOUBTFUL;
    }
    return HEALTH_PLAIN;
}

static struct fact sync_fact(const struct brush *brush)
{
    struct fact fact = {brush_say(brush, "Büro"), HEALTH_PLAIN, ""};
    const struct sync_words *words = sync_words_of_state(&brush->model->sync);

    if (!brush->model->has_sync) words = sync_words_of(SYNC_NOT_PAIRED);
    fact.health = health_of(words->mood);
    snprintf(fact.words, FACT_SIZE, "%s", brush_say(brush, words->title));
    return fact;
}

// Its address is in the code, with what opens it.
static struct fact board_fact(const struct brush *brush, const struct readiness *now)
{
    struct fact fact = {brush_say(brush, "Handys"), HEALTH_PLAIN, ""};
    if (!now->has_board) snprintf(fact.words, FACT_SIZE, "%s", brush_say(brush, "keine Seite für Handys"));
    else if (!now->board_url[0]) snprintf(fact.words, FACT_SIZE, "%s", brush_say(brush, "kein Netz"));
    else {
        fact.health = HEALTH_GOOD;
        snprintf(fact.words, FACT_SIZE, "%s", brush_say(brush, "siehe Code"));
    }
    return fact;
}

// Only what needs somebody: which version runs is on its own page.
static bool write_update_fact(const struct brush *brush, const struct readiness *now, struct fact *out)
{
    bool is_doubtful = now->update.phase == UPDATE_BACK && now->update.why != UPDATE_WHY_ASKED;

    *out = (struct fact){brush_say(brush, "Fassung"), HEALTH_DOUBTFUL, ""};
    snprintf(out->words, FACT_SIZE, brush_say(brush, "wieder %s"), now->update.installed);
    return is_doubtful;
}

static int write_facts(const struct brush *brush, struct fact facts[MOST_FACTS])
{
    const struct readiness *now = brush->model->readiness;
    int count = 0;

    facts[count++] = ticket_fact(brush, now);
    facts[count++] = camera_fact(brush, now);
    facts[count++] = sharpness_fact(brush, now);
    facts[count++] = clock_fact(brush, now);
    facts[count++] = disk_fact(brush, now);
    facts[count++] = database_fact(brush, now);
    facts[count++] = device_fact(brush_say(brush, "Scanner"), now->scanners, brush_say(brush, "keiner angeschlossen"));
    facts[count++] = device_fact(brush_say(brush, "Drucker"), now->printer, brush_say(brush, "keiner angeschlossen"));
    facts[count++] = sync_fact(brush);
    facts[count++] = board_fact(brush, now);
    if (write_update_fact(brush, now, &facts[count])) count++;
    return count;
}

// ---- drawing ----

struct sign {
    enum icon icon;
    const char *word;
    uint32_t rgb;
};

static struct sign sign_of(const struct brush *brush, enum health health)
{
    switch (health) {
    case HEALTH_UNKNOWN:
        break;
    case HEALTH_GOOD:
        return (struct sign){ICON_TICK, brush_say(brush, "gut"), LOOK_WELCOME};
    case HEALTH_DOUBTFUL:
        return (struct sign){ICON_WARNING, brush_say(brush, "prüfen"), LOOK_INK};
    case HEALTH_BAD:
        return (struct sign){ICON_CROSS, brush_say(brush, "schlecht"), LOOK_ALARM};
    case HEALTH_PLAIN:
        return (struct sign){ICON_DISC, "", LOOK_INK_QUIET};
    }
    return (struct sign){ICON_CLOCK, brush_say(brush, "unklar"), LOOK_INK_QUIET};
}

static void draw_fact(const struct brush *brush, struct box box, const struct fact *fact)
{
    const struct layout *l = brush->layout;
    struct sign sign = sign_of(brush, fact->health);
    int line_px = fit_line_px(l->small_px), most_px = box.h * 9 / 10, icon_px = line_px < most_px ? line_px : most_px,
        name_px = box.w * (l->is_portrait ? 32 : 27) / 100, word_px = box.w * (l->is_portrait ? 24 : 19) / 100;
    struct box icon = {box.x, box.y + (box.h - icon_px) / 2, icon_px, icon_px};
    struct box name = {icon.x + icon_px + l->unit_px, box.y, name_px - icon_px, box.h};
    struct box word = {box.x + box.w - word_px, box.y, word_px, box.h};
    struct box words = {name.x + name.w + l->unit_px, box.y, word.x - name.x - name.w - 2 * l->unit_px, box.h};
    struct text_style bold = {.size_px = l->small_px, .is_bold = true, .down = ALIGN_CENTRE, .is_one_line = true};
    struct text_style plain = {.size_px = l->small_px, .is_tabular = true, .down = ALIGN_CENTRE, .is_one_line = true};
    struct text_style end = bold;

    end.across = ALIGN_END;
    if (!sign.word[0]) words.w = box.x + box.w - words.x;
    if (fact->health == HEALTH_PLAIN) icon = box_inside(icon, icon_px / 3);
    brush_icon(brush, icon, sign.icon, sign.rgb);
    brush_text(brush, name, LOOK_INK, &bold, fact->name);
    brush_text(brush, words, LOOK_INK, &plain, fact->words);
    brush_text(brush, word, sign.rgb, &end, sign.word);
}

void view_staff_check(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    const struct readiness *now = brush->model->readiness;
    struct fact facts[MOST_FACTS];
    struct box room = staff_room(brush);
    struct text_style wait = {.size_px = l->line_px, .across = ALIGN_CENTRE, .down = ALIGN_CENTRE};

    if (!now || now->mono_ms == 0) {
        staff_frame(brush, brush_say(brush, "Alles bereit?"), "", NULL);
        brush_text(brush, room, LOOK_INK_QUIET, &wait, brush_say(brush, "Einen Moment …"));
        return;
    }
    room = view_staff_draw_codes(brush, room);
    int count = write_facts(brush, facts), most_px = l->touch_px, row_px = room.h / count;
    if (row_px > most_px) row_px = most_px;
    for (int i = 0; i < count; i++)
        draw_fact(brush, (struct box){room.x, room.y + i * row_px, room.w, row_px}, &facts[i]);
    staff_frame(brush, brush_say(brush, "Alles bereit?"), "", NULL);
}
