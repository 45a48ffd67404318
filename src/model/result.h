// result.h -- the model's results: how a scan's answer is shown and heard, how long, and what may be done about it.
// Used by model.c.
#ifndef EINLASS_MODEL_RESULT_H
#define EINLASS_MODEL_RESULT_H

#include "model/answer.h"
#include "model/model.h"

enum answer_kind result_kind(const struct model *model); // of what PAGE_RESULT shows

void result_take(struct model *model, const struct notice *notice, int64_t unix_ms, int64_t mono_ms);
// What became of an undo: NOTICE_DONE or NOTICE_TOO_LATE. Shown here only if it was asked here.
void result_take_undone(struct model *model, const struct notice *notice, int64_t unix_ms, int64_t mono_ms);
void result_leave(struct model *model, int64_t mono_ms); // back to what is under it

// The button on a welcome or goodbye, for as long as it is shown. Without a session the PIN is asked for first, and
// model.staff remembers what for.
bool result_can_be_undone(const struct model *model);
void result_undo(struct model *model, int64_t mono_ms);

// Staff with a session read the note of the one who is shown: it is asked of the desk, and then stands on the result.
void result_ask_note(struct model *model, int64_t mono_ms);
bool result_take_note(struct model *model, const struct notice *notice); // true: it was for this

#endif
