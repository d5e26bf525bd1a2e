#include "CCurl.h"
#include "CCurlShared.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct {
    char *bytes;
    size_t count;
    size_t capacity;
} buffer;

struct ccurl_call {
    CURLM *multi;
    CURL *easy;
    struct curl_slist *fields;
    atomic_int is_cancelled;
    size_t largest_answer;
    buffer parts[3];
    int head_is_complete;
    int is_too_large;
    CURLcode result;
    char failure[CURL_ERROR_SIZE];
};

static int append(ccurl_call *call, ccurl_call_part part, const char *bytes, size_t count) {
    buffer *buffer = &call->parts[part];
    if (count > call->largest_answer - buffer->count) {
        call->is_too_large = 1;
        return 0;
    }
    if (count > buffer->capacity - buffer->count) {
        size_t capacity = 2 * (buffer->count + count);
        char *larger = realloc(buffer->bytes, capacity);
        if (larger == NULL) return 0;
        buffer->bytes = larger;
        buffer->capacity = capacity;
    }
    memcpy(buffer->bytes + buffer->count, bytes, count);
    buffer->count += count;
    return 1;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *context) {
    return append(context, CCURL_CALL_BODY, bytes, size * count) ? size * count : 0;
}

// Lines of the head, of informational heads before it, and, behind its empty line, of the trailers.
static size_t take_line(char *bytes, size_t size, size_t count, void *context) {
    ccurl_call *call = context;
    size_t length = size * count;
    if (length >= 5 && memcmp(bytes, "HTTP/", 5) == 0) {
        call->parts[CCURL_CALL_HEAD].count = 0;
        call->head_is_complete = 0;
        return length;
    }
    if (length == 2 && memcmp(bytes, "\r\n", 2) == 0) {
        call->head_is_complete = 1;
        return length;
    }
    return append(call, call->head_is_complete ? CCURL_CALL_TRAILERS : CCURL_CALL_HEAD, bytes, length) ? length : 0;
}

static CURLcode set_options(ccurl_call *call, const ccurl_call_options *options) {
    CURL *easy = call->easy;
    CURLcode code = ccurl_confine(easy);
#define SET(option, value)                                                  \
    do {                                                                    \
        if (code == CURLE_OK) code = curl_easy_setopt(easy, option, value); \
    } while (0)
    SET(CURLOPT_ERRORBUFFER, call->failure);
    SET(CURLOPT_URL, options->url);
    // Some releases of libcurl fail when such a connection is used again.
    SET(CURLOPT_FORBID_REUSE, 1L);
    SET(CURLOPT_HTTP_VERSION, (long)(strncasecmp(options->url, "https:", 6) == 0
                                         ? CURL_HTTP_VERSION_2TLS
                                         : CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE));
    SET(CURLOPT_CONNECTTIMEOUT_MS, options->connect_timeout_milliseconds);
    SET(CURLOPT_TIMEOUT_MS, options->timeout_milliseconds);
    SET(CURLOPT_POST, 1L);
    SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)options->body_size);
    SET(CURLOPT_COPYPOSTFIELDS, options->body_size > 0 ? options->body : "");
    SET(CURLOPT_WRITEFUNCTION, take_body);
    SET(CURLOPT_WRITEDATA, call);
    SET(CURLOPT_HEADERFUNCTION, take_line);
    SET(CURLOPT_HEADERDATA, call);
#undef SET
    if (code != CURLE_OK) return code;
    return ccurl_set_tls(easy, options->authorities_file, options->certificate_file, options->key_file);
}

ccurl_call *ccurl_call_open(const ccurl_call_options *options) {
    if (!ccurl_is_ready()) return NULL;
    ccurl_call *call = calloc(1, sizeof *call);
    if (call == NULL) return NULL;
    call->largest_answer = options->largest_answer;
    call->multi = curl_multi_init();
    call->easy = curl_easy_init();
    // Fields that libcurl would add by itself.
    if (call->multi == NULL || call->easy == NULL || set_options(call, options) != CURLE_OK
        || ccurl_call_add_field(call, "Accept:") != 0 || ccurl_call_add_field(call, "Expect:") != 0) {
        ccurl_call_close(call);
        return NULL;
    }
    return call;
}

void ccurl_call_close(ccurl_call *call) {
    if (call->multi != NULL && call->easy != NULL) curl_multi_remove_handle(call->multi, call->easy);
    curl_easy_cleanup(call->easy);
    curl_multi_cleanup(call->multi);
    curl_slist_free_all(call->fields);
    for (int part = 0; part < 3; part++) free(call->parts[part].bytes);
    free(call);
}

int ccurl_call_add_field(ccurl_call *call, const char *field) {
    struct curl_slist *longer = curl_slist_append(call->fields, field);
    if (longer == NULL) return -1;
    call->fields = longer;
    return 0;
}

void ccurl_call_cancel(ccurl_call *call) {
    atomic_store(&call->is_cancelled, 1);
    curl_multi_wakeup(call->multi);
}

static ccurl_call_result result_of(ccurl_call *call) {
    if (call->is_too_large) {
        strcpy(call->failure, "the answer is too large");
        return CCURL_CALL_MALFORMED;
    }
    switch (call->result) {
    case CURLE_OK: {
        long version = 0;
        curl_easy_getinfo(call->easy, CURLINFO_HTTP_VERSION, &version);
        if (version == CURL_HTTP_VERSION_2_0) return CCURL_CALL_ANSWERED;
        strcpy(call->failure, "the answer is not by HTTP/2");
        return CCURL_CALL_MALFORMED;
    }
    case CURLE_OPERATION_TIMEDOUT: return CCURL_CALL_TIMED_OUT;
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE: return CCURL_CALL_CUT;
    case CURLE_WRITE_ERROR:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY: return CCURL_CALL_MALFORMED;
    // What is left comes before a request: names, addresses, TLS.
    default: return CCURL_CALL_CANNOT_CONNECT;
    }
}

ccurl_call_result ccurl_call_perform(ccurl_call *call) {
    call->result = CURLE_FAILED_INIT;
    if (curl_easy_setopt(call->easy, CURLOPT_HTTPHEADER, call->fields) != CURLE_OK
        || curl_multi_add_handle(call->multi, call->easy) != CURLM_OK)
        return CCURL_CALL_CANNOT_CONNECT;
    while (!atomic_load(&call->is_cancelled)) {
        int running = 0;
        if (curl_multi_perform(call->multi, &running) != CURLM_OK) return CCURL_CALL_CANNOT_CONNECT;
        CURLMsg *message;
        int left;
        while ((message = curl_multi_info_read(call->multi, &left)) != NULL) {
            if (message->msg != CURLMSG_DONE) continue;
            call->result = message->data.result;
            return result_of(call);
        }
        // It ends early where libcurl's own timers are due, and where the call is cancelled.
        if (curl_multi_poll(call->multi, NULL, 0, 60000, NULL) != CURLM_OK) return CCURL_CALL_CANNOT_CONNECT;
    }
    return CCURL_CALL_CANCELLED;
}

long ccurl_call_status(const ccurl_call *call) {
    long status = 0;
    curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

const char *ccurl_call_bytes(const ccurl_call *call, ccurl_call_part part, size_t *count) {
    *count = call->parts[part].count;
    return call->parts[part].bytes;
}

const char *ccurl_call_failure(const ccurl_call *call) {
    return call->failure[0] != 0 ? call->failure : curl_easy_strerror(call->result);
}
