// One connection's transport by libcurl: it connects a socket, makes the TLS session on it, then sends and receives
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

// The name and version of libcurl and of its TLS library.
const char *ccurl_version(void);

#endif
