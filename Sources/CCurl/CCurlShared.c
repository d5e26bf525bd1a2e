#include "CCurlShared.h"

#include <pthread.h>

static pthread_once_t initialization = PTHREAD_ONCE_INIT;
static CURLcode initialization_result;

static void initialize(void) { initialization_result = curl_global_init(CURL_GLOBAL_DEFAULT); }

int ccurl_is_ready(void) {
    pthread_once(&initialization, initialize);
    return initialization_result == CURLE_OK;
}

#define SET(option, value)                                                  \
    do {                                                                    \
        if (code == CURLE_OK) code = curl_easy_setopt(easy, option, value); \
    } while (0)

CURLcode ccurl_confine(CURL *easy) {
    CURLcode code = CURLE_OK;
    SET(CURLOPT_NOSIGNAL, 1L);
#if LIBCURL_VERSION_NUM >= 0x075500
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
#else
    SET(CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
    SET(CURLOPT_FRESH_CONNECT, 1L);
    // Nothing of the environment or of the home directory.
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    return code;
}

CURLcode ccurl_set_tls(
    CURL *easy, const char *authorities_file, const char *certificate_file, const char *key_file) {
    CURLcode code = CURLE_OK;
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    if (authorities_file != NULL) {
        SET(CURLOPT_CAINFO, authorities_file);
        // Where libcurl was built with a folder of authorities, it would trust those as well.
        if (code == CURLE_OK) {
            code = curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
            if (code == CURLE_NOT_BUILT_IN || code == CURLE_UNKNOWN_OPTION) code = CURLE_OK;
        }
    }
    if (certificate_file != NULL) {
        SET(CURLOPT_SSLCERTTYPE, "PEM");
        SET(CURLOPT_SSLCERT, certificate_file);
    }
    if (key_file != NULL) {
        SET(CURLOPT_SSLKEYTYPE, "PEM");
        SET(CURLOPT_SSLKEY, key_file);
    }
    return code;
}
