// calls_gstreamer.h -- GStreamer's functions, looked up when a camera needs them.
// Not linked: four libraries of five are of no use to a kiosk with a USB camera, and would cost each start 2 MB and its
// package a dozen others. Once looked up they stay for the program's life, as GLib's types can't be unloaded.
// Threads: any. Value; valid while the program runs.
#ifndef EINLASS_FRAME_CALLS_GSTREAMER_H
#define EINLASS_FRAME_CALLS_GSTREAMER_H

#include "base/status.h"

#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#define GSTREAMER_CALL_LIST(X)                                                                                         \
    X(g_error_free)                                                                                                    \
    X(g_free)                                                                                                          \
    X(g_object_class_find_property)                                                                                    \
    X(gst_app_sink_is_eos)                                                                                             \
    X(gst_app_sink_set_caps)                                                                                           \
    X(gst_app_sink_try_pull_sample)                                                                                    \
    X(gst_bin_get_by_name)                                                                                             \
    X(gst_buffer_map)                                                                                                  \
    X(gst_buffer_unmap)                                                                                                \
    X(gst_bus_pop_filtered)                                                                                            \
    X(gst_caps_from_string)                                                                                            \
    X(gst_caps_get_structure)                                                                                          \
    X(gst_element_get_bus)                                                                                             \
    X(gst_element_set_state)                                                                                           \
    X(gst_init_check)                                                                                                  \
    X(gst_message_parse_error)                                                                                         \
    X(gst_mini_object_unref)                                                                                           \
    X(gst_object_unref)                                                                                                \
    X(gst_parse_launch)                                                                                                \
    X(gst_sample_get_buffer)                                                                                           \
    X(gst_sample_get_caps)                                                                                             \
    X(gst_structure_has_name)                                                                                          \
    X(gst_util_set_object_arg)                                                                                         \
    X(gst_video_frame_map)                                                                                             \
    X(gst_video_frame_unmap)                                                                                           \
    X(gst_video_info_from_caps)

struct gstreamer_calls {
#define X(name) __typeof__(name) *(name);
    GSTREAMER_CALL_LIST(X)
#undef X
};

enum { GSTREAMER_COMPLAINT_SIZE = 160 };

// Loads, looks up and initialises. MISSING: not installed, or not as it should be; the complaint says what to do.
enum status gstreamer_calls_find(struct gstreamer_calls *out, char complaint[GSTREAMER_COMPLAINT_SIZE]) MUST_CHECK;

#endif
