// corpus_folder.c -- photographs with a text file beside each.
#include "bench/scan/corpus.h"

#include "base/file.h"
#include "code/code.h"

#include <dirent.h>
#include <iconv.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { FOLDERS_DEEP_MOST = 8 };

static bool is_picture(const char *name)
{
    const char *ending = strrchr(name, '.');

    return ending && (!strcasecmp(ending, ".png") || !strcasecmp(ending, ".jpg") || !strcasecmp(ending, ".jpeg") ||
                      !strcasecmp(ending, ".pgm"));
}

// Texts are written down in UTF-8; a code may hold the same text in Shift-JIS, the older standard's character set.
static bool to_shift_jis(const uint8_t *bytes, size_t length, char out[CODE_MAX_BYTES], size_t *length_out)
{
    iconv_t converter = iconv_open("CP932", "UTF-8");
    char *from = (char *)bytes, *to = out;
    size_t from_left = length, to_left = CODE_MAX_BYTES;

    if (converter == (iconv_t)-1) return false;
    bool is_converted = iconv(converter, &from, &from_left, &to, &to_left) != (size_t)-1;
    iconv_close(converter);
    *length_out = CODE_MAX_BYTES - to_left;
    return is_converted;
}

static size_t without_line_end(const uint8_t *bytes, size_t length)
{
    if (length > 0 && bytes[length - 1] == '\n') length--;
    if (length > 0 && bytes[length - 1] == '\r') length--;
    return length;
}

// A slip of the pen in the public set of photographs: its text file says "photograph", the code "photography".
static bool correct_slip(const char *path, char out[CODE_MAX_BYTES], size_t *length_out)
{
    static const char picture[] = "qrcode-2/13.png";
    static const char text[] = "The 2005 USGS aerial photography of the Washington Monument is censored.";
    size_t length = strlen(path), end = sizeof picture - 1;

    if (length < end || strcmp(path + length - end, picture) != 0) return false;
    *length_out = sizeof text - 1;
    memcpy(out, text, sizeof text - 1);
    return true;
}

static enum status add_picture(struct corpus *corpus, const char *path, const char *name, char flaw[CORPUS_FLAW_SIZE])
{
    struct corpus_entry entry = {.corpus = (char *)name, .path = (char *)path, .frame = -1, .has_others = true};
    char text_path[PATH_MAX + 8], other[CODE_MAX_BYTES];
    int stem = (int)(strrchr(path, '.') - path);
    uint8_t *bytes = NULL;
    struct stat facts;
    enum status status;

    snprintf(text_path, sizeof text_path, "%.*s.txt", stem, path);
    if (stat(text_path, &facts) == 0) {
        size_t length;
        if ((status = file_read(text_path, CODE_MAX_BYTES, &bytes, &length)) != STATUS_OK) {
            snprintf(flaw, CORPUS_FLAW_SIZE, "%.400s: can't be read (%s)", text_path, status_words(status));
            return status;
        }
        entry.texts[entry.text_count++] = (struct corpus_text){(char *)bytes, length};
        size_t line = without_line_end(bytes, length); // as editors end a file
        if (line < length) entry.texts[entry.text_count++] = (struct corpus_text){(char *)bytes, line};
        if (correct_slip(path, other, &length) || to_shift_jis(bytes, length, other, &length))
            entry.texts[entry.text_count++] = (struct corpus_text){other, length};
    }
    corpus_add(corpus, &entry);
    free(bytes);
    return STATUS_OK;
}

static enum status add_folder(struct corpus *corpus, const char *folder, const char *name, int depth,
                              char flaw[CORPUS_FLAW_SIZE])
{
    struct dirent **found;
    int count = scandir(folder, &found, NULL, versionsort);
    enum status status = STATUS_OK;

    if (count < 0) {
        snprintf(flaw, CORPUS_FLAW_SIZE, "%s: no such folder, or it can't be listed", folder);
        return STATUS_MISSING;
    }
    for (int i = 0; i < count; i++) {
        char path[PATH_MAX], inner[PATH_MAX];
        struct stat facts;
        bool fits = snprintf(path, sizeof path, "%s/%s", folder, found[i]->d_name) < PATH_MAX &&
                    snprintf(inner, sizeof inner, "%s/%s", name, found[i]->d_name) < PATH_MAX;
        if (status == STATUS_OK && fits && found[i]->d_name[0] != '.' && stat(path, &facts) == 0) {
            if (S_ISDIR(facts.st_mode) && depth < FOLDERS_DEEP_MOST)
                status = add_folder(corpus, path, inner, depth + 1, flaw);
            else if (S_ISREG(facts.st_mode) && is_picture(path)) status = add_picture(corpus, path, name, flaw);
        }
        free(found[i]);
    }
    free(found);
    return status;
}

enum status corpus_add_folder(struct corpus *corpus, const char *folder, const char *name, char flaw[CORPUS_FLAW_SIZE])
{
    return add_folder(corpus, folder, name, 0, flaw);
}
