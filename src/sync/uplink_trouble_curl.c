#include "sync/uplink_parts_curl.h"

#include <errno.h>
#include <stdbool.h>

static enum uplink_trouble trouble_of_tls(CURL *easy)
{
    // Source: OpenSSL's x509_vfy.h. The name is looked at by libcurl itself, after OpenSSL found nothing.
    enum { OK = 0, UNSPECIFIED = 1, NOT_YET_VALID = 9, HAS_EXPIRED = 10 };
    long result = 0;

    curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &result);
    if (result == NOT_YET_VALID) return UPLINK_NOT_YET;
    if (result == HAS_EXPIRED) return UPLINK_EXPIRED;
    return result == OK || result == UNSPECIFIED ? UPLINK_WRONG_NAME : UPLINK_WRONG_KEY;
}

static bool was_connected(CURL *easy)
{
    curl_off_t connected_us = 0;

    curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &connected_us);
    return connected_us > 0;
}

static enum uplink_trouble trouble_of_connect(CURL *easy)
{
    long number = 0;

    curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &number);
    return number == ENETUNREACH || number == ENETDOWN ? UPLINK_NO_NETWORK : UPLINK_UNREACHABLE;
}

enum uplink_trouble uplink_curl_trouble(CURL *easy, CURLcode code)
{
    switch ((int)code) { // of some hundred
    case CURLE_OK:
        return UPLINK_FINE;
    case CURLE_COULDNT_RESOLVE_HOST:
        return UPLINK_NO_NETWORK;
    case CURLE_COULDNT_CONNECT:
        return trouble_of_connect(easy);
    case CURLE_OPERATION_TIMEDOUT:
        return was_connected(easy) ? UPLINK_TOO_SLOW : UPLINK_UNREACHABLE;
    case CURLE_PEER_FAILED_VERIFICATION:
        return trouble_of_tls(easy);
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_ISSUER_ERROR:
        return UPLINK_WRONG_KEY;
    case CURLE_SSL_CONNECT_ERROR: // no TLS there, or a very old one
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR: // more than we take
        return UPLINK_NO_OFFICE;
    default:
        return UPLINK_CUT_OFF;
    }
}
