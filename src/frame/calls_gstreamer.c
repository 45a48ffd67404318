#include "frame/calls_gstreamer.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

// Between them they bring all others along. The numbers are GStreamer 1's for as long as it lives.
static const char *const libraries[] = {"libgstapp-1.0.so.0", "libgstvideo-1.0.so.0"};
enum { LIBRARY_COUNT = sizeof libraries / sizeof *libraries };

static void *look_up(void *const loaded[LIBRARY_COUNT], const char *name)
{
    void *found = NULL;

    for (int i = 0; i < LIBRARY_COUNT && !found; i++) found = dlsym(loaded[i], name);
    return found;
}

enum status gstreamer_calls_find(struct gstreamer_calls *out, char complaint[GSTREAMER_COMPLAINT_SIZE])
{
    void *loaded[LIBRARY_COUNT], *found;
    GError *error = NULL;

    for (int i = 0; i < LIBRARY_COUNT; i++) {
        loaded[i] = dlopen(libraries[i], RTLD_NOW | RTLD_NODELETE);
        if (loaded[i]) continue;
        snprintf(complaint, GSTREAMER_COMPLAINT_SIZE, "%s is not there; apt install gstreamer1.0-libcamera",
                 libraries[i]);
        return STATUS_MISSING;
    }
#define X(name)                                                                                                        \
    if (!(found = look_up(loaded, #name))) {                                                                           \
        snprintf(complaint, GSTREAMER_COMPLAINT_SIZE, "GStreamer lacks %s; install it anew", #name);                   \
        return STATUS_MISSING;                                                                                         \
    }                                                                                                                  \
    memcpy(&out->name, &found, sizeof found); // POSIX: a function's address fits a void pointer
    GSTREAMER_CALL_LIST(X)
#undef X
    if (out->gst_init_check(NULL, NULL, &error)) return STATUS_OK;
    snprintf(complaint, GSTREAMER_COMPLAINT_SIZE, "GStreamer doesn't begin: %s", error ? error->message : "no reason");
    if (error) out->g_error_free(error);
    return STATUS_MISSING;
}
