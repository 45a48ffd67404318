#include "model/answer.h"

#include "base/text.h"
#include "model/answer_parts.h"
#include "model/day.h"

#include <stdio.h>
#include <string.h>

enum { LARGE_NAME_BYTES = 24 }; // stands in the largest type on every screen

// What doesn't depend on the list's mode.
static const struct phrase phrases[] = {
    [REASON_INVALID] = {N_("Nicht gültig"), N_("Das ist kein Ticket dieser Veranstaltung."),
                        N_("Bitte das Ticket aus der E-Mail zeigen oder auf „Ohne Ticket?“ tippen.")},
    [REASON_UNPAID] = {N_("Noch nicht bezahlt"), N_("Dieses Ticket ist noch nicht bezahlt."),
                       N_("Bitte zum Team, dort lässt sich das gleich klären.")},
    [REASON_BLOCKED] = {N_("Bitte zum Team"), N_("Dieses Ticket ist gerade gesperrt."),
                        N_("Das Team sieht nach, woran es liegt.")},
    [REASON_CANCELED] = {N_("Storniert"), N_("Dieses Ticket wurde storniert."), N_("Ein Irrtum? Bitte zum Team.")},
    [REASON_REVOKED] = {N_("Altes Ticket"), N_("Dieses Ticket wurde durch ein neues ersetzt."),
                        N_("Bitte das neueste Ticket aus der E-Mail zeigen.")},
    [REASON_INVALID_TIME] = {N_("Anderer Tag"), "", N_("Ein Irrtum? Bitte zum Team.")},
    [REASON_PRODUCT] = {N_("Nicht hier"), N_("Dieses Ticket gilt für etwas anderes."),
                        N_("Das Team zeigt den richtigen Weg.")},
    [REASON_RULES] = {N_("Noch ein Schritt"), N_("Vorher ist noch etwas anderes dran."),
                      N_("Danach bitte noch einmal hierher kommen.")},
    [REASON_AMBIGUOUS] = {N_("Nicht eindeutig"), N_("Dieser Code gehört zu mehreren Personen."),
                          N_("Bitte zum Team, es sucht nach dem Namen.")},
    [REASON_ERROR] = {N_("Nicht geprüft"), N_("Das Ticket konnte nicht geprüft werden."),
                      N_("Bitte das Ticket noch einmal zeigen.")},
    [REASON_WRONG_EVENT] = {N_("Anderes Event"), N_("Dieses Ticket gehört zu einer anderen Veranstaltung."),
                            N_("Bitte das passende Ticket zeigen oder zum Team gehen.")},
    [REASON_EXHAUSTED] = {N_("Alles ausgegeben"), N_("Hier ist nichts mehr übrig."),
                          N_("Bitte zum Team, es weiß, wo es noch etwas gibt.")},
};

static bool is_complete(const struct notice *notice, const struct list *list)
{
    const struct headcount *count = &notice->headcount;

    return list->mode == LIST_MODE_ROLL_CALL && count->expected > 0 && count->inside >= count->expected;
}

// On a tour the team reads a note when somebody first comes aboard, in whatever round: not at every stop again.
static bool was_counted_before(const struct notice *notice, const struct list *list)
{
    return list->mode == LIST_MODE_ROLL_CALL && notice->was_aboard;
}

enum answer_kind answer_kind_of(const struct notice *notice, const struct list *list)
{
    const struct verdict *verdict = &notice->verdict;

    if (notice->kind == NOTICE_DONE) return ANSWER_TAKEN_BACK;
    if (notice->kind == NOTICE_TOO_LATE) return ANSWER_NO;
    if (verdict->is_practice) return ANSWER_PRACTICE;
    if (verdict->reason == REASON_ALREADY_REDEEMED) return ANSWER_ALREADY;
    if (verdict->reason != REASON_OK) return ANSWER_NO;
    if (verdict->is_exit) return ANSWER_GOODBYE;
    if (notice->has_note && !was_counted_before(notice, list)) return ANSWER_ATTENTION;
    return is_complete(notice, list) ? ANSWER_ALL_HERE : ANSWER_WELCOME;
}

static void write_day_window(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    char from[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE];
    int today = clock_local_day(scope->unix_ms);

    day_write(notice->from_day, today, scope->language, from);
    day_write(notice->until_day, today, scope->language, until);
    if (notice->from_day == notice->until_day)
        snprintf(out->why, sizeof out->why, say(scope->words, "Dieses Ticket gilt am %s"), from);
    else snprintf(out->why, sizeof out->why, say(scope->words, "Dieses Ticket gilt vom %s bis %s"), from, until);
}

static void write_opening_hours(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    char moment[DAY_TEXT_SIZE];
    bool is_early = notice->opens_ms > 0 && scope->unix_ms < notice->opens_ms;
    const char *word = is_early ? say(scope->words, "Noch zu früh") : say(scope->words, "Schon zu Ende");
    const char *why = is_early ? say(scope->words, "Einlass ab %s") : say(scope->words, "Einlass war bis %s");

    text_copy(out->word, sizeof out->word, word);
    day_write_moment(is_early ? notice->opens_ms : notice->closes_ms, scope->unix_ms, scope->language, moment);
    snprintf(out->why, sizeof out->why, why, moment);
    if (is_early) text_copy(out->next, sizeof out->next, say(scope->words, "Bitte dann noch einmal kommen."));
}

static void write_time(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    if (notice->from_day != 0 || notice->until_day != 0) write_day_window(notice, scope, out);
    else if (notice->opens_ms > 0 || notice->closes_ms > 0) write_opening_hours(notice, scope, out);
    else text_copy(out->why, sizeof out->why, say(scope->words, "Dieses Ticket gilt zu einer anderen Zeit."));
}

static void write_wrong_class(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    const struct event_label *label = event_class(scope->event, notice->class_id);

    if (label)
        snprintf(out->why, sizeof out->why, say(scope->words, "Dieses Ticket (%s) gilt hier nicht."),
                 label->name[scope->language]);
}

static void write_wrong_group(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    const struct event_label *group = event_group(scope->event, notice->group);

    if (!group) return;
    const char *name = group->name[scope->language], *hint = group->hint[scope->language];
    if (strlen(name) <= LARGE_NAME_BYTES) text_copy(out->word, sizeof out->word, name); // a long one is read below
    snprintf(out->why, sizeof out->why, say(scope->words, "Dieses Ticket gilt für %s.\nHier ist %s."), name,
             scope->list->name);
    if (hint[0]) snprintf(out->next, sizeof out->next, "%s %s.", name, hint);
}

// The class is told first: where it is wrong, the right bus would refuse it too.
static void write_product(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    if (!list_takes_class(scope->list, notice->class_id)) write_wrong_class(notice, scope, out);
    else if (!list_takes_group(scope->list, notice->group)) write_wrong_group(notice, scope, out);
}

static void write_wrong_event(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    char other[EVENT_NAME_SIZE];
    const char *name = notice->event_name[scope->language];

    text_make_showable(other, sizeof other, name, strlen(name));
    if (other[0])
        snprintf(out->why, sizeof out->why, say(scope->words, "Dieses Ticket gilt für „%s“.\nHier ist „%s“."), other,
                 scope->event->name[scope->language]);
}

static void write_full(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    snprintf(out->why, sizeof out->why, say(scope->words, "Alle Plätze (%u) sind besetzt."), notice->capacity);
}

static void write_exhausted(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    if (notice->headcount.given > 0)
        snprintf(out->why, sizeof out->why, say(scope->words, "Hier ist nichts mehr übrig, %u sind schon ausgegeben."),
                 notice->headcount.given);
}

static void write_rules(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    uint16_t after = notice->after ? notice->after : scope->list->after;
    const struct list *before = event_list(scope->event, after);

    if (!before || after == 0) return;
    snprintf(out->why, sizeof out->why, say(scope->words, "Bitte zuerst zu: %s"), before->name);
}

// What became of an undo.
static void write_undo(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    bool is_done = notice->kind == NOTICE_DONE;

    text_copy(out->word, sizeof out->word, is_done ? say(scope->words, "Rückgängig") : say(scope->words, "Zu spät"));
    text_copy(out->why, sizeof out->why,
              is_done ? say(scope->words, "Der Check-in zählt nicht mehr.")
                      : say(scope->words, "Ohne Grund geht das nur eine Minute lang."));
    text_copy(out->next, sizeof out->next,
              is_done ? say(scope->words, "Das Ticket kann wieder gezeigt werden.")
                      : say(scope->words, "Das Team kann es mit einem Grund noch zurücknehmen."));
}

static void write_practice(const struct answer_scope *scope, struct answer *out)
{
    text_copy(out->word, sizeof out->word, say(scope->words, "Übungsticket – zählt nicht"));
    text_copy(out->next, sizeof out->next, say(scope->words, "Zum Einlass bitte das eigene Ticket zeigen."));
}

static void write_verdict(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    enum reason reason = notice->verdict.reason;
    struct phrase phrase = phrases[reason].word ? phrases[reason] : answer_phrase(notice, scope);

    text_copy(out->word, sizeof out->word, say(scope->words, phrase.word));
    if (phrase.why[0]) text_copy(out->why, sizeof out->why, say(scope->words, phrase.why));
    if (phrase.next[0]) text_copy(out->next, sizeof out->next, say(scope->words, phrase.next));
    if (reason == REASON_OK) answer_write_ok(notice, scope, out);
    if (reason == REASON_ALREADY_REDEEMED) answer_write_already(notice, scope, out);
    if (reason == REASON_INVALID_TIME) write_time(notice, scope, out);
    if (reason == REASON_PRODUCT) write_product(notice, scope, out);
    if (reason == REASON_WRONG_EVENT) write_wrong_event(notice, scope, out);
    if (reason == REASON_FULL) write_full(notice, scope, out);
    if (reason == REASON_EXHAUSTED) write_exhausted(notice, scope, out);
    if (reason == REASON_RULES) write_rules(notice, scope, out);
}

void answer_write(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    memset(out, 0, sizeof *out);
    out->kind = answer_kind_of(notice, scope->list);
    out->is_clock_doubtful = notice->verdict.is_clock_doubtful;
    if (notice->kind != NOTICE_VERDICT) write_undo(notice, scope, out);
    else if (out->kind == ANSWER_PRACTICE) write_practice(scope, out);
    else write_verdict(notice, scope, out);
}
