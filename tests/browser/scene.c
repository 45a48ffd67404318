#include "browser/scene.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { MINUTE_MS = 60 * 1000 };

// ---- parts ----

static void name_event(struct tally *tally, const char *german, const char *english)
{
    text_copy(tally->name[LANGUAGE_DE], EVENT_NAME_SIZE, german);
    text_copy(tally->name[LANGUAGE_EN], EVENT_NAME_SIZE, english);
}

static size_t add_list(struct tally *tally, enum list_mode mode, const char *name, uint32_t inside, uint32_t expected)
{
    size_t index = tally->list_count++;

    tally->lists[index].id = (uint16_t)(index + 1);
    tally->lists[index].mode = mode;
    text_copy(tally->lists[index].name, LIST_NAME_SIZE, name);
    tally->lists[index].headcount.inside = inside;
    tally->lists[index].headcount.given = inside;
    tally->lists[index].headcount.expected = expected;
    tally->lists[index].last_unix_ms = inside > 0 ? tally->made_unix_ms - 40 * 1000 : 0;
    return index;
}

static void add_class(struct tally *tally, const char *german, const char *english, uint32_t inside, uint32_t expected)
{
    size_t index = tally->class_count++;

    tally->classes[index].id = (uint8_t)(index + 1);
    text_copy(tally->classes[index].name[LANGUAGE_DE], 64, german);
    text_copy(tally->classes[index].name[LANGUAGE_EN], 64, english);
    tally->lists[0].classes[index] = (struct tally_part){inside, expected};
}

static void add_group(struct tally *tally, const char *name, uint32_t inside, uint32_t expected)
{
    size_t index = tally->group_count++;

    tally->groups[index].id = (uint8_t)(index + 1);
    text_copy(tally->groups[index].name[LANGUAGE_DE], 64, name);
    text_copy(tally->groups[index].name[LANGUAGE_EN], 64, name);
    tally->lists[0].groups[index] = (struct tally_part){inside, expected};
}

static void add_kiosk(struct tally *tally, const char *gate, int64_t silent_ms, uint32_t waiting)
{
    struct tally_kiosk *kiosk = &tally->kiosks[tally->kiosk_count++];

    text_copy(kiosk->gate, GATE_SIZE, gate);
    kiosk->is_this = tally->kiosk_count == 1;
    kiosk->heard_unix_ms = silent_ms < 0 ? 0 : tally->made_unix_ms - silent_ms;
    kiosk->waiting = waiting;
}

// People come as they do: few, many, stragglers.
static void arrive(struct tally *tally, size_t list, size_t buckets, uint16_t most)
{
    tally->arrivals_from_ms = tally->made_unix_ms - (int64_t)buckets * TALLY_BUCKET_MS;
    tally->arrivals_from_ms -= tally->arrivals_from_ms % TALLY_BUCKET_MS;
    for (size_t i = 0; i < buckets && i < TALLY_BUCKETS; i++) {
        size_t far = i > buckets / 3 ? i - buckets / 3 : buckets / 3 - i;
        tally->lists[list].arrivals[i] = (uint16_t)(most * (i % 3 + 4) / (6 + far * far / 3));
    }
}

static void stop_at(struct tally *tally, size_t list, uint32_t round, const char *stop, uint32_t signed_off)
{
    tally->lists[list].headcount.round = round;
    tally->lists[list].headcount.signed_off = signed_off;
    text_copy(tally->lists[list].headcount.stop, RECORD_STOP_SIZE, stop);
}

static void stock(struct tally *tally, size_t list, int64_t left, int64_t left_here)
{
    struct headcount *headcount = &tally->lists[list].headcount;

    headcount->is_limited = headcount->is_stocked = true;
    headcount->left = left;
    headcount->left_here = left_here;
}

// ---- scenes ----

static void make_tour(struct tally *tally)
{
    name_event(tally, "StudiTour Brilon", "StudiTour Brilon");
    stop_at(tally, add_list(tally, LIST_MODE_ROLL_CALL, "Bus 2", 42, 45), 3, "Firma Oventrop, Olsberg", 2);
    add_list(tally, LIST_MODE_ROLL_CALL, "Bus 1", 48, 48);
    add_list(tally, LIST_MODE_HAND_OUT, "Lunchpakete", 61, 93);
    add_group(tally, "Oventrop", 14, 15);
    add_group(tally, "Centrotherm", 15, 15);
    add_group(tally, "Egger Holzwerkstoffe", 13, 15);
    add_class(tally, "Teilnehmende", "Participants", 40, 43);
    add_class(tally, "Begleitung", "Staff", 2, 2);
    add_kiosk(tally, "Bus 2", 0, 12);
    add_kiosk(tally, "Bus 1", 4 * MINUTE_MS, 0);
    arrive(tally, 0, 9, 14);
}

static void make_complete(struct tally *tally)
{
    make_tour(tally);
    tally->lists[0].headcount.inside = 45;
    tally->lists[0].groups[0].inside = tally->lists[0].groups[2].inside = 15;
    tally->lists[0].classes[0].inside = 43;
}

static void make_meeting(struct tally *tally)
{
    name_event(tally, "Netzwerktreffen Arnsberg", "Network meeting Arnsberg");
    add_list(tally, LIST_MODE_IN_OUT, "Eingang", 1284, 1500);
    add_list(tally, LIST_MODE_ONCE, "Namensschilder", 1190, 1500);
    add_list(tally, LIST_MODE_ONCE, "Workshop „Zurück nach Hause“", 38, 40);
    add_class(tally, "Gäste", "Guests", 1004, 1160);
    add_class(tally, "Firmen", "Companies", 212, 260);
    add_class(tally, "Vortragende", "Speakers", 12, 12);
    add_class(tally, "Ohne Anmeldung", "Walk-ins", 41, 0);
    add_class(tally, "Team", "Staff", 15, 18);
    add_kiosk(tally, "Nord", 0, 0);
    add_kiosk(tally, "Süd", 20 * 1000, 0);
    add_kiosk(tally, "Tiefgarage", 4 * MINUTE_MS, 0);
    add_kiosk(tally, "Presse", -1, 0);
    arrive(tally, 0, 40, 90);
}

static void make_boxes(struct tally *tally)
{
    name_event(tally, "Heimvorteil2GO, Berufskolleg Meschede", "Heimvorteil2GO, Meschede college");
    stock(tally, add_list(tally, LIST_MODE_HAND_OUT, "Boxen", 182, 300), 118, 40);
    add_group(tally, "Abitur", 120, 180);
    add_group(tally, "Fachabitur", 62, 120);
    add_kiosk(tally, "Station 1", 0, 182);
    add_kiosk(tally, "Station 2", 70 * 1000, 0);
    arrive(tally, 0, 14, 40);
}

static void make_short(struct tally *tally)
{
    make_boxes(tally);
    tally->lists[0].headcount.given = tally->lists[0].headcount.inside = 291;
    stock(tally, 0, 9, 2);
}

static void make_gone(struct tally *tally)
{
    make_boxes(tally);
    tally->lists[0].headcount.given = tally->lists[0].headcount.inside = 300;
    stock(tally, 0, 0, 0);
}

static void make_empty(struct tally *tally)
{
    name_event(tally, "Stammtisch Winterberg", "Regulars' table Winterberg");
    add_list(tally, LIST_MODE_ONCE, "Eingang", 0, 0);
    add_kiosk(tally, "Eingang", 0, 0);
}

static void make_many(struct tally *tally)
{
    char name[64];

    name_event(tally, "StudiTour Hochsauerland", "StudiTour Hochsauerland");
    for (int i = 1; i <= 30; i++) {
        snprintf(name, sizeof name, "Bus %d", i);
        stop_at(tally, add_list(tally, LIST_MODE_ROLL_CALL, name, (uint32_t)(50 - i % 4), 50), 2, "Rathaus Meschede",
                0);
    }
    for (int i = 1; i <= 24; i++) {
        snprintf(name, sizeof name, "Betrieb %d", i);
        add_group(tally, name, (uint32_t)(i % 3), 2);
    }
    for (int i = 1; i <= 12; i++) {
        snprintf(name, sizeof name, "Bus %d", i);
        add_kiosk(tally, name, (i - 1) * 7 * MINUTE_MS, 0);
    }
    arrive(tally, 0, 96, 60);
}

// Long ones, right-to-left ones, and those that want to be markup.
static void make_names(struct tally *tally)
{
    name_event(tally, "Jahresempfang der Rückkehrerinnen und Rückkehrer des Hochsauerlandkreises 2026 mit Podium",
               "<b>Annual</b> reception <img src=x onerror=\"document.title='owned'\"> & \"friends\" 2026");
    stop_at(tally,
            add_list(tally, LIST_MODE_ROLL_CALL, "Reisebus der Rhein-Lippe-Verkehrsgesellschaft am Busbahnhof Steig 4b",
                     7, 18),
            1, "Landwirtschaftskammerversuchsanstaltsgelände Haus Düsse", 1);
    add_list(tally, LIST_MODE_ONCE, "قائمة الضيوف في القاعة الكبرى", 12, 40);
    add_list(tally, LIST_MODE_ONCE, "=HYPERLINK(\"http://x\")", 0, 4);
    add_list(tally, LIST_MODE_ONCE, "<script>document.title='owned'</script>", 3, 3);
    add_group(tally, "Donaudampfschifffahrtsgesellschaftskapitänsmützen", 3, 9);
    add_group(tally, "קבוצת הבוקר (3)", 4, 9);
    add_class(tally, "Ansprechpartnerinnen und -partner der Betriebe", "Contacts of the companies", 5, 9);
    add_class(tally, "ضيوف 2026", "ضيوف 2026", 2, 9);
    add_kiosk(tally, "Haupteingang Bürgerzentrum, Seiteneingang links", 0, 3);
    add_kiosk(tally, "البوابة الشمالية", 3 * 60 * MINUTE_MS, 0);
    arrive(tally, 0, 6, 4);
}

static void make_lonely(struct tally *tally) // a tour before its first stop
{
    name_event(tally, "StudiTour Brilon", "StudiTour Brilon");
    add_list(tally, LIST_MODE_ROLL_CALL, "Bus 1", 0, 45);
    add_kiosk(tally, "Bus 1", 0, 0);
}

static const struct {
    const char *name;
    void (*make)(struct tally *tally);
} scenes[] = {
    {"tour", make_tour},   {"complete", make_complete}, {"meeting", make_meeting}, {"boxes", make_boxes},
    {"short", make_short}, {"gone", make_gone},         {"empty", make_empty},     {"many", make_many},
    {"names", make_names}, {"lonely", make_lonely},
};

enum status scene_make(const char *name, int64_t now_ms, struct tally *out)
{
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) {
        if (strcmp(scenes[i].name, name) != 0) continue;
        memset(out, 0, sizeof *out);
        out->event = 7;
        out->version = 1;
        out->made_unix_ms = now_ms;
        out->list = 1;
        text_copy(out->zone, sizeof out->zone, "Europe/Berlin");
        scenes[i].make(out);
        return STATUS_OK;
    }
    return STATUS_MISSING;
}

void scene_enter(struct tally *tally, uint32_t count, int64_t now_ms)
{
    struct headcount *headcount = &tally->lists[0].headcount;

    headcount->inside += count;
    headcount->given += count;
    tally->lists[0].last_unix_ms = now_ms;
    int64_t bucket = (now_ms - tally->arrivals_from_ms) / TALLY_BUCKET_MS;
    if (bucket >= 0 && bucket < TALLY_BUCKETS)
        tally->lists[0].arrivals[bucket] = (uint16_t)((uint32_t)tally->lists[0].arrivals[bucket] + count);
}
