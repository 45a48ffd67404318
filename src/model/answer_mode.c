#include "model/answer_parts.h"

#include "base/text.h"
#include "model/day.h"

#include <stdio.h>
#include <string.h>

enum { LARGE_NAME_BYTES = 18 }; // stands beside a word of the largest type on every screen

static bool hands_out_boxes(const struct event *event)
{
    return !strcmp(event->kind, "boxes");
}

static struct phrase phrase_of_already(const struct notice *notice, const struct answer_scope *scope)
{
    const char *doubt = N_("Ein Irrtum? Bitte zum Team.");
    bool is_exit = notice->verdict.is_exit;

    if (scope->list->mode == LIST_MODE_HAND_OUT && hands_out_boxes(scope->event))
        return (struct phrase){N_("Box schon abgeholt"), N_("Für Sie wurde schon eine Box ausgegeben."), doubt};
    if (scope->list->mode == LIST_MODE_HAND_OUT)
        return (struct phrase){N_("Schon abgeholt"), N_("Für Sie wurde hier schon etwas ausgegeben."), doubt};
    if (scope->list->mode == LIST_MODE_ROLL_CALL)
        return (struct phrase){N_("Schon dabei"), N_("Alles gut, Sie sind schon gezählt."), N_("Einfach weitergehen.")};
    if (!notice->verdict.is_friendly)
        return (struct phrase){N_("Schon da"), N_("Dieses Ticket wurde schon gezeigt."), doubt};
    if (is_exit)
        return (struct phrase){N_("Gerade eben ausgecheckt"), N_("Alles gut, bis bald."),
                               N_("Doch wieder hinein? Bitte in einer halben Minute noch einmal zeigen.")};
    return (struct phrase){N_("Gerade eben eingecheckt"), N_("Alles gut, kommen Sie herein."),
                           N_("Sie möchten gehen? Bitte in einer halben Minute noch einmal zeigen.")};
}

struct phrase answer_phrase(const struct notice *notice, const struct answer_scope *scope)
{
    const char *team = N_("Bitte zum Team, es weiß, wie es weitergeht.");

    if (notice->verdict.reason == REASON_ALREADY_REDEEMED) return phrase_of_already(notice, scope);
    if (notice->verdict.reason == REASON_FULL && scope->list->mode == LIST_MODE_IN_OUT)
        return (struct phrase){N_("Alles besetzt"), "",
                               N_("Sobald jemand geht, ist wieder Platz. Bitte hier warten oder zum Team.")};
    if (notice->verdict.reason == REASON_FULL) return (struct phrase){N_("Alles besetzt"), "", team};
    if (notice->verdict.is_exit)
        return (struct phrase){N_("Auf Wiedersehen"), "",
                               N_("Zum Wiederkommen das Ticket einfach noch einmal zeigen.")};
    return (struct phrase){N_("Willkommen"), "", ""};
}

void answer_write_figure(const struct headcount *count, const struct answer_scope *scope, char *out, size_t out_size)
{
    out[0] = '\0';
    if (!scope->event->shows_headcount) return;
    if (count->expected > 0) snprintf(out, out_size, say(scope->words, "%u von %u"), count->inside, count->expected);
    else snprintf(out, out_size, "%u", count->inside);
}

void answer_write_left(int64_t left, const struct answer_scope *scope, char *out, size_t out_size)
{
    snprintf(out, out_size, say(scope->words, "noch %lld"), (long long)(left > 0 ? left : 0));
}

// Word and name in one, where both are short: "Danke, Lena".
static void join_name(struct answer *out, const char *with_name, const char *without)
{
    if (out->name[0] == '\0' || strlen(out->name) > LARGE_NAME_BYTES) {
        text_copy(out->word, sizeof out->word, without);
        return;
    }
    char name[GUEST_NAME_SIZE];
    text_copy(name, sizeof name, out->name);
    snprintf(out->word, sizeof out->word, with_name, name); // a translated format of ours
    out->name[0] = '\0';
}

static void write_roll_call(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    if (notice->is_signed_off)
        text_copy(out->why, sizeof out->why, say(scope->words, "Schön, dass Sie wieder dabei sind."));
    join_name(out, say(scope->words, "Danke, %s"), say(scope->words, "Danke"));
    answer_write_figure(&notice->headcount, scope, out->figure, sizeof out->figure);
    if (out->figure[0] == '\0' && out->why[0] == '\0')
        text_copy(out->why, sizeof out->why, say(scope->words, "Sie sind dabei."));
}

static void write_all_here(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    char thanks[sizeof out->word];

    answer_write_figure(&notice->headcount, scope, out->figure, sizeof out->figure);
    join_name(out, say(scope->words, "Danke, %s"), say(scope->words, "Danke"));
    text_copy(thanks, sizeof thanks, out->word);
    text_copy(out->place, sizeof out->place, thanks);
    text_copy(out->word, sizeof out->word, say(scope->words, "Alle da"));
    out->name[0] = '\0';
}

static void write_hand_out(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    if (hands_out_boxes(scope->event)) join_name(out, say(scope->words, "Box für %s"), say(scope->words, "Ihre Box"));
    else join_name(out, say(scope->words, "Bitte sehr, %s"), say(scope->words, "Bitte sehr"));
    if (notice->headcount.is_limited) answer_write_left(notice->headcount.left, scope, out->figure, sizeof out->figure);
}

static void write_group(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    const struct event_label *group = event_group(scope->event, notice->group);

    if (!group || notice->group == 0) return;
    text_copy(out->place, sizeof out->place, group->name[scope->language]);
    text_copy(out->why, sizeof out->why, group->hint[scope->language]);
}

static void write_attention(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    text_copy(out->word, sizeof out->word, say(scope->words, "Bitte kurz zum Team"));
    text_copy(out->why, sizeof out->why, say(scope->words, "Alles in Ordnung, Sie sind eingecheckt."));
    text_copy(out->next, sizeof out->next, say(scope->words, "Das Team hat eine Nachricht für Sie."));
    if (notice->note[0] == '\0') return; // staff alone get to see it
    out->why[0] = '\0';
    text_make_showable(out->next, sizeof out->next, notice->note, strlen(notice->note));
}

void answer_write_ok(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    bool is_staff_s = notice->asked == COMMAND_FORCE;

    text_make_showable(out->name, sizeof out->name, notice->first_name, strlen(notice->first_name));
    if (out->kind == ANSWER_ATTENTION) {
        write_attention(notice, scope, out);
        return;
    }
    if (notice->verdict.is_exit) return;
    if (out->kind == ANSWER_ALL_HERE) write_all_here(notice, scope, out);
    else if (scope->list->mode == LIST_MODE_ROLL_CALL) write_roll_call(notice, scope, out);
    else if (scope->list->mode == LIST_MODE_HAND_OUT) write_hand_out(notice, scope, out);
    else {
        write_group(notice, scope, out);
        text_copy(out->next, sizeof out->next, scope->event->welcome[scope->language]);
    }
    if (is_staff_s) text_copy(out->why, sizeof out->why, say(scope->words, "Vom Team bestätigt."));
}

void answer_write_already(const struct notice *notice, const struct answer_scope *scope, struct answer *out)
{
    char moment[DAY_TEXT_SIZE], gate[GATE_SIZE];

    if (scope->list->mode == LIST_MODE_ROLL_CALL)
        answer_write_figure(&notice->headcount, scope, out->figure, sizeof out->figure);
    if (notice->earlier_unix_ms == 0) return;
    day_write_moment(notice->earlier_unix_ms, scope->unix_ms, scope->language, moment);
    text_make_showable(gate, sizeof gate, notice->earlier_gate, strlen(notice->earlier_gate));
    snprintf(out->place, sizeof out->place, gate[0] ? "%s · %s" : "%s", moment, gate);
}
