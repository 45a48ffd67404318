#define LOG_MODULE "sound"

#include "screen/sound.h"

#include "base/log.h"
#include "base/mem.h"

#include <SDL.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BUFFER_SAMPLES = 1024 }; // 46 ms: soon enough, and few wake-ups while nothing sounds

struct sound {
    int volume;
    int64_t next_look_ms, wait_ms;
    bool is_told;             // that there is none
    SDL_AudioDeviceID device; // 0: silent
    int16_t samples[TONE_MAX_SAMPLES];
};

// Asked to open what isn't there, ALSA writes a dozen lines of its own to standard error; so look first.
static bool has_loudspeaker(void)
{
    const char *run = getenv("XDG_RUNTIME_DIR");
    char server[512];

    if (getenv("SDL_AUDIODRIVER") || getenv("PULSE_SERVER") || !access("/dev/snd/controlC0", F_OK)) return true;
    snprintf(server, sizeof server, "%s/pulse/native", run ? run : "/run/user/0");
    return !access(server, F_OK);
}

// 0 and why not, if it can't be opened.
static SDL_AudioDeviceID open_device(const char **why)
{
    SDL_AudioSpec wanted = {.freq = TONE_RATE_HZ, .format = AUDIO_S16SYS, .channels = 1, .samples = BUFFER_SAMPLES};
    SDL_AudioDeviceID device = 0;

    *why = "none is there";
    if (!has_loudspeaker()) return 0;
    if (!SDL_InitSubSystem(SDL_INIT_AUDIO)) device = SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0);
    if (device == 0) *why = SDL_GetError();
    return device;
}

void sound_open(int volume, struct sound **out)
{
    struct sound *sound = mem_zero(sizeof *sound);

    sound->wait_ms = SOUND_LOOK_MS;
    sound_set_volume(sound, volume);
    *out = sound;
}

void sound_set_volume(struct sound *sound, int volume)
{
    sound->volume = volume;
}

static void forget_lost_device(struct sound *sound)
{
    if (sound->device == 0 || SDL_GetAudioDeviceStatus(sound->device) != SDL_AUDIO_STOPPED) return;
    log_info("the loudspeaker is gone");
    SDL_CloseAudioDevice(sound->device);
    sound->device = 0;
}

static void find_device(struct sound *sound)
{
    const char *why;

    sound->device = open_device(&why);
    if (sound->device != 0) {
        if (sound->is_told) log_info("a loudspeaker is there now");
        SDL_PauseAudioDevice(sound->device, 0);
    } else if (!sound->is_told) {
        log_info("no loudspeaker, going on in silence: %s", why);
    }
    sound->is_told = sound->device == 0;
}

// One that is there and can't be opened (a display's, which has none) is tried ever more seldom: ALSA writes its dozen
// lines each time.
static void wait_longer(struct sound *sound)
{
    bool is_mute = sound->device == 0 && has_loudspeaker();

    sound->wait_ms = is_mute ? 2 * sound->wait_ms : SOUND_LOOK_MS;
    if (sound->wait_ms > SOUND_MOST_LOOK_MS) sound->wait_ms = SOUND_MOST_LOOK_MS;
}

// Who wants silence needs no device.
void sound_look(struct sound *sound, int64_t mono_ms)
{
    if (sound->volume <= 0 || mono_ms < sound->next_look_ms) return;
    sound->next_look_ms = mono_ms + sound->wait_ms;
    forget_lost_device(sound);
    if (sound->device != 0) return;
    find_device(sound);
    wait_longer(sound);
}

void sound_play(struct sound *sound, enum tone tone)
{
    if (sound->device == 0 || sound->volume <= 0 || tone == TONE_NONE) return;
    size_t count = tone_render(tone, sound->volume, sound->samples);
    SDL_ClearQueuedAudio(sound->device);
    if (SDL_QueueAudio(sound->device, sound->samples, (Uint32)(count * sizeof *sound->samples)))
        log_debug("a tone was lost: %s", SDL_GetError());
}

void sound_close(struct sound *sound)
{
    if (!sound) return;
    if (sound->device != 0) SDL_CloseAudioDevice(sound->device);
    free(sound);
}
