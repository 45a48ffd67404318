#include "sync/sync.h"

const char *sync_trouble_words(enum sync_trouble trouble)
{
    static const char *const words[] = {
        [SYNC_FINE] = "all is well",
        [SYNC_NOT_PAIRED] = "not paired with an office",
        [SYNC_NO_NETWORK] = "there is no network",
        [SYNC_UNREACHABLE] = "nobody answers at the office's address",
        [SYNC_TOO_SLOW] = "the network is too slow",
        [SYNC_WRONG_KEY] = "another server answers there, with another key",
        [SYNC_EXPIRED] = "the office's certificate has expired",
        [SYNC_NOT_YET] = "the office's certificate is not valid yet",
        [SYNC_WRONG_NAME] = "the office's certificate is for another name",
        [SYNC_NO_OFFICE] = "who answers there is no office",
        [SYNC_REVOKED] = "the office doesn't take anything from this device",
        [SYNC_FORKED] = "the office has other records of this log",
        [SYNC_BAD_CHAIN] = "the office says that the records don't follow from each other",
        [SYNC_NOT_TAKEN] = "the office doesn't understand what it is sent",
        [SYNC_OUTDATED] = "the office wants a newer version of this program",
        [SYNC_BUSY] = "the office asks for patience",
        [SYNC_BAD_EVENT] = "the office's event file can't be taken",
        [SYNC_OLDER_EVENT] = "the office has an older version of the event",
        [SYNC_DISK] = "what arrives can't be stored here",
        [SYNC_BAD_CODE] = "the code is unknown, used, or too old",
    };

    return words[trouble];
}
