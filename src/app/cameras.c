#include "app/cameras.h"

#include "base/text.h"
#include "frame/module.h"

// Nobody named a camera, and a module is there.
static bool may_be_module(const struct camera_config *config)
{
    return config->device[0] == '\0' && module_is_connected(MODULE_DEVICES);
}

static struct camera_config of_module(const struct camera_config *config)
{
    struct camera_config module = *config;

    text_copy(module.device, sizeof module.device, "libcamera");
    return module;
}

// Without a word in the log: there is another one to try.
static struct camera_config quiet(const struct camera_config *config)
{
    struct camera_config first = *config;

    first.is_retry = true;
    return first;
}

enum status cameras_open(const struct camera_config *config, struct camera **out)
{
    struct camera_config first = quiet(config), module = of_module(config);

    if (config->folder[0]) return camera_folder_open(config, out);
    if (camera_is_gstreamer(config->device)) return camera_gstreamer_open(config, out);
    if (!may_be_module(config)) return camera_v4l2_open(config, out);
    return camera_v4l2_open(&first, out) == STATUS_OK ? STATUS_OK : camera_gstreamer_open(&module, out);
}

enum status cameras_describe(const struct camera_config *config, struct camera_description *out)
{
    struct camera_config first = quiet(config), module = of_module(config);

    if (camera_is_gstreamer(config->device)) return camera_gstreamer_describe(config, out);
    if (!may_be_module(config)) return camera_v4l2_describe(config, out);
    return camera_v4l2_describe(&first, out) == STATUS_OK ? STATUS_OK : camera_gstreamer_describe(&module, out);
}
