// front_settings.h -- what the settings say about the screen; channels, event and display are added by whoever opens
// it. The texts are borrowed from the settings. Pure, but that the folder for screenshots is made if it isn't there.
#ifndef EINLASS_APP_FRONT_SETTINGS_H
#define EINLASS_APP_FRONT_SETTINGS_H

#include "app/settings.h"
#include "screen/front.h"

struct front_config front_settings(const struct settings *settings);

#endif
