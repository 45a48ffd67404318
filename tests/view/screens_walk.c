// What people without a ticket see; and the pages that anybody may read.
#include "view/screens.h"
#include "model/walk_stage.h"

#include <assert.h>
#include <string.h>

static void privacy(struct stage *stage, struct model *model)
{
    screen_act(stage, model, ACT_PRIVACY, 0);
    model_leaves(model, 3);
}

static void privacy_short(struct stage *stage, struct model *model)
{
    for (int language = 0; language < LANGUAGE_COUNT; language++) stage->event.privacy[language][0] = '\0';
    screen_act(stage, model, ACT_PRIVACY, 0);
}

static void tell(struct stage *stage, struct model *model, enum notice_kind kind, size_t ticket_count)
{
    struct notice notice;

    walk_stage_answer(model, kind, ticket_count, &notice);
    stage->mono_ms += 20;
    model_notice(model, &notice, stage->unix_ms, stage->mono_ms);
}

static void show_help(struct stage *stage, struct model *model)
{
    walk_stage_rules(&stage->event.walk_ins);
    stage->list.after = 0; // where it isn't, the number is typed at once
    walk_stage_act(stage, model, ACT_HELP, 0);
    assert(model->page == PAGE_HELP);
}

static void show_help_full(struct stage *stage, struct model *model)
{
    stage->list.capacity = 100;
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_COUNT, .headcount = {.inside = 100}});
    show_help(stage, model);
}

static void show_help_early(struct stage *stage, struct model *model)
{
    struct readiness *readiness = mailbox_writable(&stage->readiness);

    *readiness = (struct readiness){.mono_ms = 1, .clock = CLOCK_STATE_NTP};
    mailbox_put(&stage->readiness);
    model->readiness = mailbox_take(&stage->readiness);
    stage->list.opens_ms = stage->unix_ms + 86400000;
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_COUNT});
    show_help(stage, model);
}

static void show_signs(struct stage *stage, struct model *model)
{
    walk_stage_open(stage, model);
    walk_stage_act(stage, model, ACT_LAYER, KEYS_SIGNS);
}

static void show_filled(struct stage *stage, struct model *model)
{
    walk_stage_open(stage, model);
    walk_stage_fill(stage, model);
    walk_stage_act(stage, model, ACT_WALK, walk_key(WALK_ACT_BACK, 0));
    walk_stage_act(stage, model, ACT_WALK, walk_key(WALK_ACT_PLUS, 1));
    walk_stage_act(stage, model, ACT_WALK, walk_key(WALK_ACT_PLUS, 1));
}

static void show_empty(struct stage *stage, struct model *model)
{
    walk_stage_open(stage, model);
    walk_stage_enter(stage, model);
}

static void show_no_address(struct stage *stage, struct model *model)
{
    walk_stage_open(stage, model);
    walk_stage_fill(stage, model);
    walk_stage_act(stage, model, ACT_WALK, walk_key(WALK_ACT_BACK, 0));
    for (int i = 0; i < 4; i++) walk_stage_act(stage, model, ACT_ERASE, 0);
    walk_stage_enter(stage, model);
}

static void show_six_fields(struct stage *stage, struct model *model)
{
    struct walk_in_rules *rules = &stage->event.walk_ins;

    walk_stage_rules(rules);
    rules->field_count = 6;
    walk_stage_field(&rules->fields[3], "job", FIELD_TEXT, "Beruf oder Studienfach", "Profession or subject");
    walk_stage_field(&rules->fields[4], "town", FIELD_TEXT, "Wohnort", "Town");
    walk_stage_field(&rules->fields[5], "from", FIELD_TEXT, "Woher kennen Sie uns?", "How do you know us?");
    rules->fields[5].is_required = false;
    walk_stage_open(stage, model);
    walk_stage_fill(stage, model);
    walk_stage_type(stage, model, "Wirtschaftsingenieurin");
}

static void show_consents(struct stage *stage, struct model *model)
{
    walk_stage_open(stage, model);
    walk_stage_fill(stage, model);
    walk_stage_act(stage, model, ACT_WALK, walk_key(WALK_ACT_CONSENT, 0));
}

static void show_missing_consent(struct stage *stage, struct model *model)
{
    show_consents(stage, model);
    walk_stage_enter(stage, model);
}

static void show_long_consent(struct stage *stage, struct model *model)
{
    struct walk_in_rules *rules = &stage->event.walk_ins;

    walk_stage_rules(rules);
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        char *text = rules->consents[1].text[language];
        text[0] = '\0';
        while (strlen(text) < 460)
            strncat(text, "Fotos und Filme, auf denen ich zu sehen bin, dürfen veröffentlicht werden, auch im Netz. ",
                    sizeof rules->consents[1].text[0] - strlen(text) - 1);
    }
    walk_stage_open(stage, model);
    walk_stage_fill(stage, model);
    walk_stage_enter(stage, model);
}

static void show_four_consents(struct stage *stage, struct model *model)
{
    struct walk_in_rules *rules = &stage->event.walk_ins;

    walk_stage_rules(rules);
    rules->consents[2] = rules->consents[0];
    rules->consents[3] = rules->consents[1];
    rules->consent_count = 4;
    walk_stage_open(stage, model);
    walk_stage_fill(stage, model);
}

static void show_waiting(struct stage *stage, struct model *model)
{
    walk_stage_send(stage, model);
}

static void show_no_answer(struct stage *stage, struct model *model)
{
    walk_stage_send(stage, model);
    stage->mono_ms += MODEL_ANSWER_MS;
    model_tick(model, stage->mono_ms);
}

static void show_namesake(struct stage *stage, struct model *model)
{
    walk_stage_send(stage, model);
    tell(stage, model, NOTICE_NAMESAKE, 0);
}

static void show_ticket(struct stage *stage, struct model *model)
{
    walk_stage_send(stage, model);
    tell(stage, model, NOTICE_WALK_IN, 1);
}

static void show_plus_ticket(struct stage *stage, struct model *model)
{
    walk_stage_send(stage, model);
    tell(stage, model, NOTICE_WALK_IN, 3);
    walk_stage_act(stage, model, ACT_WALK, walk_key(WALK_ACT_NEXT_TICKET, 0));
}

static void show_no_ticket(struct stage *stage, struct model *model)
{
    walk_stage_send(stage, model);
    tell(stage, model, NOTICE_WALK_IN, 0);
}

static void show_sponsor(struct stage *stage, struct model *model)
{
    model->config.attract_after_ms = 30000;
    model_sponsor(model, true);
    stage->mono_ms += 40000;
    model_tick(model, stage->mono_ms);
    assert(model->page == PAGE_ATTRACT);
}

struct screen_table screens_walk(void)
{
    static const struct screen_case cases[] = {
        {"privacy", privacy},
        {"privacy-none", privacy_short},
        {"help", show_help},
        {"help-full", show_help_full},
        {"help-early", show_help_early},
        {"walk-in", walk_stage_open},
        {"walk-in-signs", show_signs},
        {"walk-in-filled", show_filled},
        {"walk-in-empty", show_empty},
        {"walk-in-address", show_no_address},
        {"walk-in-six", show_six_fields},
        {"walk-in-consents", show_consents},
        {"walk-in-consent-missing", show_missing_consent},
        {"walk-in-consent-long", show_long_consent},
        {"walk-in-consents-four", show_four_consents},
        {"walk-in-waiting", show_waiting},
        {"walk-in-no-answer", show_no_answer},
        {"walk-in-namesake", show_namesake},
        {"walk-in-ticket", show_ticket},
        {"walk-in-ticket-plus-one", show_plus_ticket},
        {"walk-in-no-ticket", show_no_ticket},
        {"sponsor", show_sponsor},
    };

    return (struct screen_table){cases, sizeof cases / sizeof *cases};
}
