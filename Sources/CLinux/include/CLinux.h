// Linux calls that Swift's Glibc module does not export, or only in a shape that cannot be called.
#ifndef CLINUX_H
#define CLINUX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/socket.h>

// A socket's address of any family.
typedef struct {
    struct sockaddr_storage storage;
    socklen_t length;
} clinux_address;

// All calls return -1 and set errno where they fail, unless they say otherwise.

// epoll(7). `data` comes back with the event.
int clinux_epoll_create(void);
int clinux_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t data);
int clinux_epoll_modify(int epoll, int descriptor, uint32_t events, uint64_t data);
int clinux_epoll_remove(int epoll, int descriptor);
int clinux_epoll_wait(int epoll, struct epoll_event *events, int capacity, int timeout_milliseconds);
uint64_t clinux_event_data(const struct epoll_event *event);
uint32_t clinux_event_flags(const struct epoll_event *event);

// Sockets: always non-blocking and closed on exec.
int clinux_stream_socket(int family);
int clinux_datagram_socket(int family);
int clinux_accept(int listener, clinux_address *peer);
int clinux_bind(int descriptor, const clinux_address *address);
int clinux_connect(int descriptor, const clinux_address *address);
int clinux_local_address(int descriptor, clinux_address *address);
int clinux_set_option(int descriptor, int level, int name, int value);
// The error pending on a socket (SO_ERROR), 0 for none.
int clinux_pending_error(int descriptor);
// How many connections wait to be accepted at a listening socket.
int clinux_accept_queue(int descriptor);
// Makes the next close(2) send RST instead of FIN.
int clinux_reset_on_close(int descriptor);

// Numeric addresses and names. `clinux_parse_address` returns 1 where the text is a numeric address.
int clinux_parse_address(const char *host, uint16_t port, clinux_address *address);
int clinux_format_address(const clinux_address *address, char *host, size_t capacity, uint16_t *port);
// Up to `capacity` stream addresses of a name; their number, or a negative EAI_ code.
int clinux_resolve(const char *host, uint16_t port, clinux_address *addresses, int capacity);
const char *clinux_resolve_error(int code);

// Wake-ups and signals.
int clinux_eventfd(void);
void clinux_eventfd_signal(int descriptor);
int clinux_block_signals(const int *signals, int count);
int clinux_signalfd(const int *signals, int count);
// The next signal's number, 0 where there is none.
int clinux_signalfd_read(int descriptor);
void clinux_ignore_broken_pipe(void);

// One pointer a thread.
void *clinux_thread_value(void);
void clinux_set_thread_value(void *value);

// Bytes that malloc(3) has given out and that are not freed, in all its arenas.
size_t clinux_allocated_bytes(void);
// Gives pages that hold nothing back to the system; see malloc_trim(3).
void clinux_release_free_pages(void);

// Starts a detached (thread = NULL) or joinable thread with the given name; 0 or an errno value.
int clinux_thread_start(unsigned long *thread, const char *name, void *(*body)(void *), void *argument);
int clinux_thread_join(unsigned long thread);
// What the thread has goes back to the system when it ends: nobody will join it.
int clinux_thread_detach(unsigned long thread);

// CLOCK_MONOTONIC in nanoseconds; CLOCK_REALTIME_COARSE in seconds.
uint64_t clinux_monotonic_nanoseconds(void);
int64_t clinux_realtime_seconds(void);

// Fills the buffer with random bytes of the system (getrandom(2)); 0, or -1.
int clinux_random(void *buffer, size_t size);

// CLOCK_REALTIME in nanoseconds.
uint64_t clinux_realtime_nanoseconds(void);

// A descriptor on /dev/null, to be given up when descriptors run out.
int clinux_spare_descriptor(void);

#endif
