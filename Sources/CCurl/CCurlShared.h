// What sessions and calls have in common.
#ifndef CCURL_SHARED_H
#define CCURL_SHARED_H

#include <curl/curl.h>

// Whether libcurl can be used; the first call prepares it.
int ccurl_is_ready(void);

// Nothing of the environment, http and https alone, no signals.
CURLcode ccurl_confine(CURL *easy);

// TLS 1.2 or newer, and whom to trust: files in PEM, or NULL. Without the first the system's authorities are trusted,
// with it only those in it.
CURLcode ccurl_set_tls(
    CURL *easy, const char *authorities_file, const char *certificate_file, const char *key_file);

#endif
