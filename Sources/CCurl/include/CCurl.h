// Two ways to use libcurl: sessions and calls.
//
// A session is one connection's transport: it connects a socket, makes the TLS session on it, then sends and receives
// through it. What goes over it is the caller's. The functions that libcurl has with a variable number of
// arguments, which Swift cannot call, stay behind this.
#ifndef CCURL_H
#define CCURL_H

#include <stddef.h>

typedef struct ccurl_session ccurl_session;

typedef struct {
    // A non-blocking stream socket for the address, not connected. It stays the caller's and must outlive the session.
    int descriptor;
    // A numeric address and its port: "127.0.0.1:443", "[::1]:443".
    const char *address;
    // "https://name:port/", or "http://…" for a session without TLS. The name is what the certificate must be for.
    const char *url;
    // Files in PEM, or NULL. Without the first the system's authorities are trusted, with it only those in it.
    const char *authorities_file;
    const char *certificate_file;
    const char *key_file;
} ccurl_options;

enum {
    CCURL_READABLE = 1,
    CCURL_WRITABLE = 2,
};

// How an attempt to receive or send ended, where it moved nothing.
enum {
    CCURL_END = 0,
    CCURL_BLOCKED = -1,
    CCURL_FAILED = -2,
};

// NULL where memory or libcurl is wanting.
ccurl_session *ccurl_open(const ccurl_options *options);
// Lets go of everything but the socket.
void ccurl_close(ccurl_session *session);

// Goes on with connecting and the handshake: the socket is ready for `events` (CCURL_READABLE, CCURL_WRITABLE), or, with 0, the time is
// up. 1 when the session stands, 0 while it does not, -1 when it will not.
int ccurl_advance(ccurl_session *session, int events);
// What the handshake waits for: CCURL_READABLE, CCURL_WRITABLE, both or 0.
int ccurl_awaited_events(const ccurl_session *session);
// In how many milliseconds it wants to be called with 0; -1 for never.
long ccurl_awaited_time(const ccurl_session *session);
// Why it failed. Valid as long as the session.
const char *ccurl_failure(const ccurl_session *session);

// Once the session stands: the number of bytes moved, or one of the results above.
long ccurl_receive(ccurl_session *session, void *buffer, size_t capacity);
long ccurl_send(ccurl_session *session, const void *bytes, size_t count);

// A call is one POST by HTTP/2, with trailers in its answer, on a connection of its own: with prior knowledge to an
// "http:" URL, by ALPN to an "https:" one. It blocks the thread that performs it.
typedef struct ccurl_call ccurl_call;

typedef struct {
    const char *url;
    // Files in PEM, or NULL, as for a session.
    const char *authorities_file;
    const char *certificate_file;
    const char *key_file;
    const void *body;
    size_t body_size;
    long connect_timeout_milliseconds;
    long timeout_milliseconds;
    // How large the answer's head, body and trailers may be, each for itself.
    size_t largest_answer;
} ccurl_call_options;

// How a call ended.
typedef enum {
    CCURL_CALL_ANSWERED,
    CCURL_CALL_CANCELLED,
    CCURL_CALL_TIMED_OUT,
    CCURL_CALL_CANNOT_CONNECT,
    // The connection or the stream was ended before the answer was whole.
    CCURL_CALL_CUT,
    // The answer is larger than allowed, or not by HTTP/2.
    CCURL_CALL_MALFORMED,
} ccurl_call_result;

// The parts of an answer.
typedef enum {
    CCURL_CALL_HEAD,
    CCURL_CALL_BODY,
    CCURL_CALL_TRAILERS,
} ccurl_call_part;

// NULL where memory or libcurl is wanting. The options, the body among them, are copied.
ccurl_call *ccurl_call_open(const ccurl_call_options *options);
// Adds a field, "name: value", to the request; -1 where memory is wanting.
int ccurl_call_add_field(ccurl_call *call, const char *field);
// Blocks until the call has ended. To be called once.
ccurl_call_result ccurl_call_perform(ccurl_call *call);
// Has the call end soon; from any thread, any number of times, as long as it is not closed.
void ccurl_call_cancel(ccurl_call *call);
// The answer's status, 0 if there is none.
long ccurl_call_status(const ccurl_call *call);
// Head and trailers as lines that end in CR LF, without the status line. Valid as long as the call.
const char *ccurl_call_bytes(const ccurl_call *call, ccurl_call_part part, size_t *count);
// Why it failed. Valid as long as the call.
const char *ccurl_call_failure(const ccurl_call *call);
void ccurl_call_close(ccurl_call *call);

// The name and version of libcurl and of its TLS library.
const char *ccurl_version(void);

#endif
