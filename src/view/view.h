// view.h -- what a model looks like on a screen of given measures. Pure; any thread.
// Changes with time only while a colour fades, a countdown line shrinks, or a sighting fades.
#ifndef EINLASS_VIEW_VIEW_H
#define EINLASS_VIEW_VIEW_H

#include "view/layout.h"
#include "view/scene.h"
#include "model/model.h"
#include "model/words.h"

// `words` must be set to the model's language.
void view_draw(const struct model *model, const struct words *words, const struct layout *layout, int64_t mono_ms,
               struct scene *out);

// False while the colour of a result comes up.
bool view_is_settled(const struct model *model, int64_t mono_ms);

// What the log and the screenshots call what is shown.
enum { VIEW_NAME_SIZE = 48 };
void view_name(const struct model *model, char out[VIEW_NAME_SIZE]);       // e.g. "no-wrong_event"
void view_log_line(const struct model *model, char *out, size_t out_size); // e.g. "no shown reason=full seq=3"

#endif
