// view_keys.h -- the keyboard on the screen, drawn. Its state, and what it types into: model/keys.h.
// Landscape: eleven columns of 12 mm where the screen has room for them (see layout.h); portrait: ten narrower columns,
// and higher keys. Pure.
#ifndef EINLASS_VIEW_VIEW_KEYS_H
#define EINLASS_VIEW_VIEW_KEYS_H

#include "view/brush.h"

int view_keys_height_px(const struct brush *brush, const struct keys *keys); // it wants
// Keys stand on a panel that is one gap larger than the box on all sides. Targets {ACT_KEY, code point}, {ACT_ERASE,
// 0}, {ACT_LAYER, enum keys_layer}.
void view_keys(const struct brush *brush, struct box box, const struct keys *keys);

#endif
