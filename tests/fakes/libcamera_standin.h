// libcamera_standin.h -- GStreamer's element of libcamera where there is no such camera.
// Registered under its name, in this process only; sends videotestsrc's pictures, live. It has libcamera's properties
// with their types, and keeps in words what was set. One camera, as the names go: "/base/soc/i2c0mux/i2c@1/imx708@1a".
#ifndef EINLASS_TESTS_FAKES_LIBCAMERA_STANDIN_H
#define EINLASS_TESTS_FAKES_LIBCAMERA_STANDIN_H

#define LIBCAMERA_STANDIN_CAMERA "/base/soc/i2c0mux/i2c@1/imx708@1a"

void libcamera_standin_register(void); // as libcamera 0.5 has it
void libcamera_standin_age(void);      // from here on as 0.0.3: no property but the camera's name

// What was last set; "": nothing since it was forgotten.
const char *libcamera_standin_setting(const char *property);
void libcamera_standin_forget(void);

#endif
