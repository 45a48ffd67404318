// walk_stage.h -- walk-ins at the stage's event: what they type and touch, and what the desk answers.
#ifndef EINLASS_TESTS_MODEL_WALK_STAGE_H
#define EINLASS_TESTS_MODEL_WALK_STAGE_H

#include "screen/stage.h"

// Name, firm and e-mail; a newsletter (may be refused) and photographs (needed); nine plus-ones.
void walk_stage_rules(struct walk_in_rules *out);
void walk_stage_field(struct walk_in_field *field, const char *key, enum field_kind kind, const char *de,
                      const char *en);

void walk_stage_act(struct stage *stage, struct model *model, enum act act, int key);
void walk_stage_type(struct stage *stage, struct model *model, const char *text);
void walk_stage_enter(struct stage *stage, struct model *model);
void walk_stage_open(struct stage *stage, struct model *model); // the rules are in force, the form is open
void walk_stage_fill(struct stage *stage, struct model *model); // Anna Vogt, TH Köln, a.vogt@example.org, Enter
void walk_stage_send(struct stage *stage, struct model *model); // and agreed; the command is taken
// What the desk answers to it. `kind`: WALK_IN, NAMESAKE, VERDICT.
void walk_stage_answer(const struct model *model, enum notice_kind kind, size_t ticket_count, struct notice *out);

#endif
