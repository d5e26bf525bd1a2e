#define _GNU_SOURCE
#include "CCurl.h"
#include "CCurlShared.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

// Each session has a multi handle of its own. Connections that were set up with CURLOPT_CONNECT_ONLY stay in their multi
// handle's cache, from which libcurl drops what it thinks old or dead whenever it opens another connection there.
struct ccurl_session {
    CURLM *multi;
    CURL *easy;
    struct curl_slist *route;
    int descriptor;
    int is_given;
    int is_secure;
    int awaited_events;
    long awaited_time;
    CURLcode result;
    char failure[CURL_ERROR_SIZE];
};

static curl_socket_t give_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    (void)purpose;
    (void)address;
    ccurl_session *session = context;
    // There is one, for one attempt.
    if (session->is_given) return CURL_SOCKET_BAD;
    session->is_given = 1;
    return session->descriptor;
}

static int leave_socket(void *context, curl_socket_t descriptor) {
    (void)context;
    (void)descriptor;
    return 0;
}

static int socket_wanted(CURL *easy, curl_socket_t descriptor, int what, void *context, void *socket_context) {
    (void)easy;
    (void)socket_context;
    ccurl_session *session = context;
    if (descriptor != session->descriptor) return 0;
    session->awaited_events = what == CURL_POLL_REMOVE ? 0
        : (what & CURL_POLL_IN ? CCURL_READABLE : 0) | (what & CURL_POLL_OUT ? CCURL_WRITABLE : 0);
    return 0;
}

static int time_wanted(CURLM *multi, long milliseconds, void *context) {
    (void)multi;
    ((ccurl_session *)context)->awaited_time = milliseconds;
    return 0;
}

static CURLcode set_options(ccurl_session *session, const ccurl_options *options) {
    CURLcode code = CURLE_OK;
#define SET(option, value)                                                           \
    do {                                                                             \
        if (code == CURLE_OK) code = curl_easy_setopt(session->easy, option, value); \
    } while (0)
    SET(CURLOPT_ERRORBUFFER, session->failure);
    SET(CURLOPT_URL, options->url);
    if (code == CURLE_OK) code = ccurl_confine(session->easy);
    SET(CURLOPT_CONNECT_ONLY, 1L);
    // The name has been resolved; it is only what the certificate must be for.
    SET(CURLOPT_CONNECT_TO, session->route);
    SET(CURLOPT_OPENSOCKETFUNCTION, give_socket);
    SET(CURLOPT_OPENSOCKETDATA, session);
    SET(CURLOPT_CLOSESOCKETFUNCTION, leave_socket);
    // How long it may take is the caller's to say.
    SET(CURLOPT_CONNECTTIMEOUT_MS, (long)INT_MAX);
    // The protocol that is offered by ALPN.
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
#undef SET
    if (code != CURLE_OK) return code;
    return ccurl_set_tls(session->easy, options->authorities_file, options->certificate_file, options->key_file);
}

ccurl_session *ccurl_open(const ccurl_options *options) {
    if (!ccurl_is_ready()) return NULL;
    ccurl_session *session = calloc(1, sizeof *session);
    if (session == NULL) return NULL;
    session->descriptor = options->descriptor;
    session->is_secure = strncasecmp(options->url, "https:", 6) == 0;
    session->awaited_time = -1;
    session->multi = curl_multi_init();
    session->easy = curl_easy_init();
    char route[128];
    int length = snprintf(route, sizeof route, "::%s", options->address);
    if (length > 0 && (size_t)length < sizeof route) session->route = curl_slist_append(NULL, route);
    if (session->multi == NULL || session->easy == NULL || session->route == NULL
        || set_options(session, options) != CURLE_OK
        || curl_multi_setopt(session->multi, CURLMOPT_SOCKETFUNCTION, socket_wanted) != CURLM_OK
        || curl_multi_setopt(session->multi, CURLMOPT_SOCKETDATA, session) != CURLM_OK
        || curl_multi_setopt(session->multi, CURLMOPT_TIMERFUNCTION, time_wanted) != CURLM_OK
        || curl_multi_setopt(session->multi, CURLMOPT_TIMERDATA, session) != CURLM_OK
        || curl_multi_add_handle(session->multi, session->easy) != CURLM_OK) {
        ccurl_close(session);
        return NULL;
    }
    return session;
}

void ccurl_close(ccurl_session *session) {
    // Taking the easy handle out ends its connection, with TLS' closing alert where the socket takes it.
    if (session->multi != NULL && session->easy != NULL) curl_multi_remove_handle(session->multi, session->easy);
    curl_easy_cleanup(session->easy);
    curl_multi_cleanup(session->multi);
    curl_slist_free_all(session->route);
    free(session);
}

int ccurl_advance(ccurl_session *session, int events) {
    curl_socket_t socket = events == 0 ? CURL_SOCKET_TIMEOUT : session->descriptor;
    int mask = (events & CCURL_READABLE ? CURL_CSELECT_IN : 0) | (events & CCURL_WRITABLE ? CURL_CSELECT_OUT : 0);
    int running = 0;
    // It may want to be called again at once, a few times in a row.
    for (int round = 0; round < 16; round++) {
        if (socket == CURL_SOCKET_TIMEOUT) session->awaited_time = -1;
        if (curl_multi_socket_action(session->multi, socket, mask, &running) != CURLM_OK) {
            session->result = CURLE_FAILED_INIT;
            return -1;
        }
        CURLMsg *message;
        int left;
        while ((message = curl_multi_info_read(session->multi, &left)) != NULL) {
            if (message->msg != CURLMSG_DONE) continue;
            session->result = message->data.result;
            return session->result == CURLE_OK ? 1 : -1;
        }
        if (session->awaited_time != 0) break;
        socket = CURL_SOCKET_TIMEOUT;
        mask = 0;
    }
    return 0;
}

int ccurl_awaited_events(const ccurl_session *session) { return session->awaited_events; }

long ccurl_awaited_time(const ccurl_session *session) { return session->awaited_time; }

const char *ccurl_failure(const ccurl_session *session) {
    return session->failure[0] != 0 ? session->failure : curl_easy_strerror(session->result);
}

// Whether what libcurl reports as the end was said by the upstream, over TLS by its closing alert. With OpenSSL libcurl
// takes any end of the connection for one, so that whoever is on the way could cut a body short.
static int end_is_proven(const ccurl_session *session) {
    if (!session->is_secure) return 1;
    struct curl_tlssessioninfo *tls = NULL;
    if (curl_easy_getinfo(session->easy, CURLINFO_TLS_SSL_PTR, &tls) != CURLE_OK || tls == NULL) return 0;
    switch (tls->backend) {
    // An error where there was no alert.
    case CURLSSLBACKEND_GNUTLS: return 1;
    case CURLSSLBACKEND_OPENSSL: {
        // Of the library that libcurl has loaded; its headers need not be installed.
        int (*get_shutdown)(const void *) = (int (*)(const void *))dlsym(RTLD_DEFAULT, "SSL_get_shutdown");
        const int received_shutdown = 2;
        return get_shutdown != NULL && tls->internals != NULL && (get_shutdown(tls->internals) & received_shutdown);
    }
    default: return 0;
    }
}

long ccurl_receive(ccurl_session *session, void *buffer, size_t capacity) {
    size_t count = 0;
    switch (curl_easy_recv(session->easy, buffer, capacity, &count)) {
    case CURLE_OK: return count > 0 ? (long)count : end_is_proven(session) ? CCURL_END : CCURL_FAILED;
    case CURLE_AGAIN: return CCURL_BLOCKED;
    default: return CCURL_FAILED;
    }
}

long ccurl_send(ccurl_session *session, const void *bytes, size_t count) {
    size_t sent = 0;
    switch (curl_easy_send(session->easy, bytes, count, &sent)) {
    case CURLE_OK: return sent > 0 ? (long)sent : CCURL_BLOCKED;
    case CURLE_AGAIN: return CCURL_BLOCKED;
    default: return CCURL_FAILED;
    }
}

const char *ccurl_version(void) { return curl_version(); }
