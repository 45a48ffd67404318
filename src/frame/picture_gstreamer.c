#include "frame/picture_gstreamer.h"

#include "base/text.h"
#include "frame/pixel_format.h"

#include <stdio.h>

static const struct {
    GstVideoFormat theirs;
    enum pixel_format ours;
} formats[] = {
    {GST_VIDEO_FORMAT_NV12, PIXEL_FORMAT_NV12},  {GST_VIDEO_FORMAT_NV21, PIXEL_FORMAT_NV12},
    {GST_VIDEO_FORMAT_GRAY8, PIXEL_FORMAT_GREY}, {GST_VIDEO_FORMAT_I420, PIXEL_FORMAT_GREY},
    {GST_VIDEO_FORMAT_YV12, PIXEL_FORMAT_GREY},  {GST_VIDEO_FORMAT_Y42B, PIXEL_FORMAT_GREY},
    {GST_VIDEO_FORMAT_YUY2, PIXEL_FORMAT_YUYV},  {GST_VIDEO_FORMAT_YVYU, PIXEL_FORMAT_YUYV},
};

void picture_gstreamer_caps(int most_width_px, int most_height_px, char out[PICTURE_GSTREAMER_CAPS_SIZE])
{
    static const char names[] = "NV12,NV21,GRAY8,I420,YV12,Y42B,YUY2,YVYU"; // of formats[]

    snprintf(out, PICTURE_GSTREAMER_CAPS_SIZE,
             "video/x-raw,format=NV12,width=%d,height=%d,framerate=30/1;"
             "video/x-raw,format={%s},width=[16,%d],height=[16,%d];"
             "image/jpeg,width=[16,%d],height=[16,%d]",
             most_width_px, most_height_px, names, most_width_px, most_height_px, most_width_px, most_height_px);
}

static bool find_format(const GstVideoInfo *info, enum pixel_format *out)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (formats[i].theirs != GST_VIDEO_INFO_FORMAT(info)) continue;
        *out = formats[i].ours;
        return true;
    }
    return false;
}

// A mapped picture's first plane: where it begins and how far its rows are apart says the buffer, else its form.
static struct raw_picture first_plane(const GstVideoFrame *mapped, enum pixel_format format)
{
    const uint8_t *bytes = GST_VIDEO_FRAME_PLANE_DATA(mapped, 0), *begin = mapped->map[0].data;

    return (struct raw_picture){
        .format = format,
        .width_px = GST_VIDEO_FRAME_WIDTH(mapped),
        .height_px = GST_VIDEO_FRAME_HEIGHT(mapped),
        .stride_bytes = GST_VIDEO_FRAME_PLANE_STRIDE(mapped, 0),
        .bytes = bytes,
        .length = mapped->map[0].size - (size_t)(bytes - begin),
    };
}

static enum status take_raw(const struct gstreamer_calls *calls, GstBuffer *buffer, const GstCaps *caps,
                            struct frame *frame, struct picture_form *form)
{
    GstVideoInfo info;
    GstVideoFrame mapped;
    enum pixel_format format;

    if (!calls->gst_video_info_from_caps(&info, caps) || !find_format(&info, &format)) return STATUS_INVALID;
    if (!calls->gst_video_frame_map(&mapped, &info, buffer, GST_MAP_READ)) return STATUS_INVALID;
    struct raw_picture raw = first_plane(&mapped, format);
    enum status status = pixel_format_to_frame(&raw, frame);
    calls->gst_video_frame_unmap(&mapped);
    text_copy(form->format, sizeof form->format, GST_VIDEO_INFO_NAME(&info));
    form->frames_per_s = info.fps_d > 0 ? (double)info.fps_n / info.fps_d : 0;
    return status;
}

static enum status take_jpeg(const struct gstreamer_calls *calls, struct picture_jpeg *jpeg, GstBuffer *buffer,
                             struct frame *frame)
{
    GstMapInfo mapped;

    if (!calls->gst_buffer_map(buffer, &mapped, GST_MAP_READ)) return STATUS_INVALID;
    enum status status = picture_jpeg_decode(jpeg, mapped.data, mapped.size, frame);
    calls->gst_buffer_unmap(buffer, &mapped);
    return status;
}

enum status picture_gstreamer_to_frame(const struct gstreamer_calls *calls, struct picture_jpeg *jpeg,
                                       GstSample *sample, struct frame *frame, struct picture_form *form)
{
    GstBuffer *buffer = calls->gst_sample_get_buffer(sample);
    GstCaps *caps = calls->gst_sample_get_caps(sample);

    if (!buffer || !caps) return STATUS_INVALID;
    if (!calls->gst_structure_has_name(calls->gst_caps_get_structure(caps, 0), "image/jpeg"))
        return take_raw(calls, buffer, caps, frame, form);
    *form = (struct picture_form){.format = "JPEG"};
    return take_jpeg(calls, jpeg, buffer, frame);
}
