#include "bench/scan/corpus.h"

#include "base/file.h"
#include "code/code.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

enum { MANIFEST_MOST_BYTES = 256 << 20 };

struct manifest {
    const char *path;
    char *flaw;
    size_t at; // the entry being read
};

static enum status __attribute__((format(printf, 2, 3)))
refuse(const struct manifest *manifest, const char *format, ...)
{
    va_list arguments;
    int length = snprintf(manifest->flaw, CORPUS_FLAW_SIZE, "%s: entry %zu: ", manifest->path, manifest->at);

    if (length < 0 || length >= CORPUS_FLAW_SIZE) return STATUS_INVALID;
    va_start(arguments, format);
    vsnprintf(manifest->flaw + length, (size_t)(CORPUS_FLAW_SIZE - length), format, arguments);
    va_end(arguments);
    return STATUS_INVALID;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static enum status read_expected(const struct manifest *manifest, const json_t *value, char *bytes,
                                 struct corpus_entry *entry)
{
    const char *hex = json_string_value(value);

    if (json_is_null(value)) return STATUS_OK; // no code in it
    if (!hex) return refuse(manifest, "\"exp\" is neither hex digits in quotes nor null");
    size_t digits = strlen(hex);
    if (digits == 0 || digits % 2 || digits / 2 > CODE_MAX_BYTES)
        return refuse(manifest, "\"exp\" has %zu hex digits, but needs an even number from 2 to %d", digits,
                      2 * CODE_MAX_BYTES);
    for (size_t i = 0; i < digits / 2; i++) {
        int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) return refuse(manifest, "\"exp\" holds something that is no hex digit");
        bytes[i] = (char)(high << 4 | low);
    }
    entry->text_count = 1;
    entry->texts[0] = (struct corpus_text){bytes, digits / 2};
    return STATUS_OK;
}

static enum status read_path(const struct manifest *manifest, const char *path, char out[PATH_MAX])
{
    const char *slash = strrchr(manifest->path, '/');
    int folder_length = path[0] == '/' || !slash ? 0 : (int)(slash - manifest->path) + 1;
    int length = snprintf(out, PATH_MAX, "%.*s%s", folder_length, manifest->path, path);

    return length > 0 && length < PATH_MAX ? STATUS_OK : refuse(manifest, "\"path\" is too long");
}

static enum status read_entry(const struct manifest *manifest, struct corpus *corpus, const json_t *node)
{
    struct corpus_entry entry = {.frame = -1};
    const json_t *frame = json_object_get(node, "frame"), *module_px = json_object_get(node, "mpx");
    const char *name = json_string_value(json_object_get(node, "corpus"));
    const char *path = json_string_value(json_object_get(node, "path"));
    char bytes[CODE_MAX_BYTES], full_path[PATH_MAX];
    enum status status;

    if (!name || !path) return refuse(manifest, "\"corpus\" and \"path\" must be texts");
    if (!json_object_get(node, "exp")) return refuse(manifest, "there is no \"exp\" (null: no code in the picture)");
    if (frame && (!json_is_integer(frame) || json_integer_value(frame) < 0 || json_integer_value(frame) > INT_MAX))
        return refuse(manifest, "\"frame\" is no number from 0");
    if (module_px && !json_is_number(module_px)) return refuse(manifest, "\"mpx\" is no number");
    if ((status = read_path(manifest, path, full_path)) != STATUS_OK) return status;
    if ((status = read_expected(manifest, json_object_get(node, "exp"), bytes, &entry)) != STATUS_OK) return status;
    char *copy = strdup(name);
    entry.corpus = copy;
    entry.path = full_path;
    if (frame) entry.frame = (int)json_integer_value(frame);
    entry.is_whole = json_is_true(json_object_get(node, "vis"));
    entry.module_px = json_number_value(module_px);
    corpus_add(corpus, &entry);
    free(copy);
    return STATUS_OK;
}

enum status corpus_add_manifest(struct corpus *corpus, const char *path, char flaw[CORPUS_FLAW_SIZE])
{
    struct manifest manifest = {.path = path, .flaw = flaw};
    uint8_t *bytes = NULL;
    json_t *root = NULL;
    size_t length = 0;
    json_error_t error;
    enum status status = file_read(path, MANIFEST_MOST_BYTES, &bytes, &length);

    if (status != STATUS_OK) {
        snprintf(flaw, CORPUS_FLAW_SIZE, "%s: can't be read (%s)", path, status_words(status));
        goto done;
    }
    root = json_loadb((const char *)bytes, length, 0, &error);
    if (!json_is_array(root)) {
        if (root) snprintf(flaw, CORPUS_FLAW_SIZE, "%s: not a JSON array", path);
        else snprintf(flaw, CORPUS_FLAW_SIZE, "%s: line %d: %s", path, error.line, error.text);
        status = STATUS_INVALID;
        goto done;
    }
    for (; manifest.at < json_array_size(root) && status == STATUS_OK; manifest.at++)
        status = read_entry(&manifest, corpus, json_array_get(root, manifest.at));
done:
    json_decref(root);
    free(bytes);
    return status;
}
