#include "fakes/libcamera_standin.h"

#include <stdio.h>
#include <string.h>

#include <gst/gst.h>

static const GEnumValue modes[] = {{0, "Automatic", "auto"}, {1, "By hand", "manual"}, {0, NULL, NULL}};
static const GEnumValue exposure_modes[] = {
    {0, "Normal", "normal"}, {1, "Short", "short"}, {2, "Long", "long"}, {3, "Custom", "custom"}, {0, NULL, NULL}};
static const GEnumValue flicker_modes[] = {
    {0, "Off", "off"}, {1, "By hand", "manual"}, {2, "Automatic", "auto"}, {0, NULL, NULL}};
static const GEnumValue focus_modes[] = {
    {0, "By hand", "manual"}, {1, "Once", "auto"}, {2, "All the time", "continuous"}, {0, NULL, NULL}};

enum kind { TEXT, SWITCH, WHOLE, REAL, CHOICE };

static const struct property {
    const char *name;
    enum kind kind;
    const GEnumValue *choices;
} properties[] = {
    {"camera-name", TEXT, NULL},
    {"ae-exposure-mode", CHOICE, exposure_modes},
    {"exposure-time-mode", CHOICE, modes},
    {"exposure-time", WHOLE, NULL},
    {"analogue-gain-mode", CHOICE, modes},
    {"analogue-gain", REAL, NULL},
    {"ae-flicker-mode", CHOICE, flicker_modes},
    {"ae-flicker-period", WHOLE, NULL},
    {"awb-enable", SWITCH, NULL},
    {"colour-temperature", WHOLE, NULL},
    {"af-mode", CHOICE, focus_modes},
    {"lens-position", REAL, NULL},
};
enum { PROPERTY_COUNT = sizeof properties / sizeof *properties, SETTING_SIZE = 64 };

static char settings[PROPERTY_COUNT][SETTING_SIZE];

const char *libcamera_standin_setting(const char *property)
{
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (strcmp(properties[i].name, property) == 0) return settings[i];
    return "no such property";
}

void libcamera_standin_forget(void)
{
    memset(settings, 0, sizeof settings);
}

static void set_property(GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
    char *text = gst_value_serialize(value);
    const GEnumValue *choice = G_IS_PARAM_SPEC_ENUM(spec)
                                   ? g_enum_get_value(((GParamSpecEnum *)spec)->enum_class, g_value_get_enum(value))
                                   : NULL;

    (void)object;
    snprintf(settings[id - 1], SETTING_SIZE, "%s",
             choice                        ? choice->value_nick
             : G_VALUE_HOLDS_STRING(value) ? g_value_get_string(value)
                                           : text);
    g_free(text);
}

static GParamSpec *spec_of(const struct property *property)
{
    const char *name = property->name;
    char type[SETTING_SIZE];

    switch (property->kind) {
    case TEXT:
        return g_param_spec_string(name, name, name, NULL, G_PARAM_WRITABLE);
    case SWITCH:
        return g_param_spec_boolean(name, name, name, TRUE, G_PARAM_WRITABLE);
    case WHOLE:
        return g_param_spec_int(name, name, name, 0, G_MAXINT, 0, G_PARAM_WRITABLE);
    case REAL:
        return g_param_spec_float(name, name, name, 0, G_MAXFLOAT, 0, G_PARAM_WRITABLE);
    case CHOICE:
        break;
    }
    snprintf(type, sizeof type, "Standin-%s", name);
    return g_param_spec_enum(name, name, name, g_enum_register_static(type, property->choices), 0, G_PARAM_WRITABLE);
}

static void parent_class_of(gpointer class, GstElementClass **out)
{
    *out = g_type_class_peek_parent(class);
}

static GstStateChangeReturn change_state(GstElement *element, GstStateChange change)
{
    GstElementClass *parent;

    if (change == GST_STATE_CHANGE_NULL_TO_READY && settings[0][0] &&
        strcmp(settings[0], LIBCAMERA_STANDIN_CAMERA) != 0) {
        GST_ELEMENT_ERROR(element, RESOURCE, NOT_FOUND, ("Could not find a camera named '%s'.", settings[0]), (NULL));
        return GST_STATE_CHANGE_FAILURE;
    }
    parent_class_of(G_OBJECT_GET_CLASS(element), &parent);
    return parent->change_state(element, change);
}

static void begin_class(gpointer class, gpointer property_count)
{
    ((GObjectClass *)class)->set_property = set_property;
    ((GstElementClass *)class)->change_state = change_state;
    for (int i = 0; i < GPOINTER_TO_INT(property_count); i++)
        g_object_class_install_property(class, (guint)i + 1, spec_of(&properties[i]));
}

static void begin(GTypeInstance *instance, gpointer class)
{
    (void)class;
    g_object_set(instance, "is-live", TRUE, NULL);
}

static void register_as(const char *type_name, int property_count)
{
    GstElementFactory *factory;
    GTypeQuery parent;

    gst_init(NULL, NULL);
    factory = gst_element_factory_find("videotestsrc");
    gst_object_unref(gst_plugin_feature_load((GstPluginFeature *)factory));
    g_type_query(gst_element_factory_get_element_type(factory), &parent);
    gst_object_unref(factory);
    GTypeInfo about = {
        .class_size = (guint16)parent.class_size,
        .class_init = begin_class,
        .class_data = GINT_TO_POINTER(property_count),
        .instance_size = (guint16)parent.instance_size,
        .instance_init = begin,
    };
    GType type = g_type_register_static(parent.type, type_name, &about, 0);
    gst_element_register(NULL, "libcamerasrc", GST_RANK_NONE, type);
}

void libcamera_standin_register(void)
{
    register_as("LibcameraStandin", PROPERTY_COUNT);
}

void libcamera_standin_age(void)
{
    register_as("OldLibcameraStandin", 1);
}
