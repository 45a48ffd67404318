#include "model/walk_stage.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

void walk_stage_field(struct walk_in_field *field, const char *key, enum field_kind kind, const char *de,
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
    walk_stage_field(&out->fields[0], "name", FIELD_NAME, "Name", "Name");
    walk_stage_field(&out->fields[1], "company", FIELD_TEXT, "Unternehmen oder Schule", "Company or school");
    walk_stage_field(&out->fields[2], "email", FIELD_EMAIL, "E-Mail", "E-mail");
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
    stage->list.after = 0; // it is the first one people come to
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
