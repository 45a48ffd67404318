#include "ui/walk_stage.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

static void set_field(struct walk_in_field *field, const char *key, enum field_kind kind, const char *de,
                      const char *en)
{
    text_copy(field->key, sizeof field->key, key);
    field->kind = kind;
    field->is_required = true;
    text_copy(field->label[LANGUAGE_DE], sizeof field->label[0], de);
    text_copy(field->label[LANGUAGE_EN], sizeof field->label[0], en);
}

void walk_stage_rules(struct walk_in_rules *out)
{
    *out = (struct walk_in_rules){
        .is_welcome = true, .class_id = 1, .most_plus_ones = 9, .field_count = 3, .consent_count = 2};
    set_field(&out->fields[0], "name", FIELD_NAME, "Name", "Name");
    set_field(&out->fields[1], "company", FIELD_TEXT, "Unternehmen oder Schule", "Company or school");
    set_field(&out->fields[2], "email", FIELD_EMAIL, "E-Mail", "E-mail");
    text_copy(out->consents[0].key, EVENT_KEY_SIZE, "newsletter");
    text_copy(out->consents[0].text[LANGUAGE_DE], sizeof out->consents[0].text[0],
              "Ich möchte Einladungen zu weiteren Treffen per E-Mail bekommen. Abbestellen geht jederzeit.");
    text_copy(out->consents[0].text[LANGUAGE_EN], sizeof out->consents[0].text[0],
              "I would like to be invited to further meetings by e-mail. I can unsubscribe at any time.");
    text_copy(out->consents[1].key, EVENT_KEY_SIZE, "rules");
    out->consents[1].is_required = true;
    text_copy(out->consents[1].text[LANGUAGE_DE], sizeof out->consents[1].text[0],
              "Meine Angaben dürfen für diese Veranstaltung gespeichert werden.");
    text_copy(out->consents[1].text[LANGUAGE_EN], sizeof out->consents[1].text[0],
              "My details may be stored for this event.");
}

void walk_stage_act(struct stage *stage, struct model *model, enum act act, int key)
{
    stage->mono_ms += 100;
    model_act(model, (struct action){act, key}, stage->mono_ms);
}

void walk_stage_type(struct stage *stage, struct model *model, const char *text)
{
    stage->mono_ms += 100;
    model_type(model, text, stage->mono_ms);
}

void walk_stage_enter(struct stage *stage, struct model *model)
{
    walk_stage_act(stage, model, ACT_DEFAULT, 0);
}

void walk_stage_open(struct stage *stage, struct model *model)
{
    if (!stage->event.walk_ins.is_welcome) walk_stage_rules(&stage->event.walk_ins);
    walk_stage_act(stage, model, ACT_HELP, 0);
    walk_stage_act(stage, model, ACT_WALK_IN, 0);
    assert(model->page == PAGE_WALK_IN);
}

void walk_stage_fill(struct stage *stage, struct model *model)
{
    static const char *const values[] = {"Anna Vogt", "TH Köln", "a.vogt@example.org"};

    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        walk_stage_type(stage, model, values[i]);
        walk_stage_enter(stage, model);
    }
}

void walk_stage_send(struct stage *stage, struct model *model)
{
    walk_stage_open(stage, model);
    walk_stage_fill(stage, model);
    walk_stage_act(stage, model, ACT_WALK, walk_key(WALK_ACT_CONSENT, 1));
    walk_stage_enter(stage, model);
    assert(model->has_command && model->command.kind == COMMAND_WALK_IN);
    model_drop_command(model);
}

void walk_stage_answer(const struct model *model, enum notice_kind kind, size_t ticket_count, struct notice *out)
{
    struct ticket ticket = {.event = 7, .from_day = 691, .until_day = 691, .class_id = 1};

    memset(out, 0, sizeof *out);
    out->kind = kind;
    out->mono_ms = model->walk.sent_ms;
    out->headcount = (struct headcount){.inside = 43, .expected = 45};
    out->ticket_count = ticket_count;
    if (kind == NOTICE_VERDICT) out->verdict.reason = REASON_FULL, out->capacity = 45;
    for (size_t i = 0; i < ticket_count; i++) {
        ticket.number = 0xA1B2C3D4E5 + i;
        for (size_t at = 0; at < TICKET_SIGNATURE_BYTES; at++) ticket.signature[at] = (uint8_t)(at * 37 + i * 11);
        ticket_write(&ticket, out->tickets[i]);
    }
}

static void tell(struct stage *stage, struct model *model, enum notice_kind kind, size_t ticket_count)
{
    struct notice notice;

    walk_stage_answer(model, kind, ticket_count, &notice);
    stage->mono_ms += 20;
    model_notice(model, &notice, stage->unix_ms, stage->mono_ms);
}

// ---- the pages ----

static void show_help(struct stage *stage, struct model *model)
{
    walk_stage_rules(&stage->event.walk_ins);
    walk_stage_act(stage, model, ACT_HELP, 0);
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
    set_field(&rules->fields[3], "job", FIELD_TEXT, "Beruf oder Studienfach", "Profession or subject");
    set_field(&rules->fields[4], "town", FIELD_TEXT, "Wohnort", "Town");
    set_field(&rules->fields[5], "from", FIELD_TEXT, "Woher kennen Sie uns?", "How do you know us?");
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

const struct walk_case walk_cases[] = {
    {"help", show_help},
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

size_t walk_case_count(void)
{
    return sizeof walk_cases / sizeof *walk_cases;
}
