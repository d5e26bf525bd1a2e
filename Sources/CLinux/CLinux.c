#define _GNU_SOURCE
#include "CLinux.h"

#include <malloc.h>
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

int clinux_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static int control(int epoll, int operation, int descriptor, uint32_t events, uint64_t data) {
    struct epoll_event event;
    memset(&event, 0, sizeof event);
    event.events = events;
    event.data.u64 = data;
    return epoll_ctl(epoll, operation, descriptor, &event);
}

int clinux_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t data) {
    return control(epoll, EPOLL_CTL_ADD, descriptor, events, data);
}

int clinux_epoll_modify(int epoll, int descriptor, uint32_t events, uint64_t data) {
    return control(epoll, EPOLL_CTL_MOD, descriptor, events, data);
}

int clinux_epoll_remove(int epoll, int descriptor) { return control(epoll, EPOLL_CTL_DEL, descriptor, 0, 0); }

int clinux_epoll_wait(int epoll, struct epoll_event *events, int capacity, int timeout_milliseconds) {
    return epoll_wait(epoll, events, capacity, timeout_milliseconds);
}

uint64_t clinux_event_data(const struct epoll_event *event) { return event->data.u64; }

uint32_t clinux_event_flags(const struct epoll_event *event) { return event->events; }

int clinux_stream_socket(int family) { return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); }

int clinux_datagram_socket(int family) { return socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); }

int clinux_accept(int listener, clinux_address *peer) {
    peer->length = sizeof peer->storage;
    return accept4(listener, (struct sockaddr *)&peer->storage, &peer->length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int clinux_bind(int descriptor, const clinux_address *address) {
    return bind(descriptor, (const struct sockaddr *)&address->storage, address->length);
}

int clinux_connect(int descriptor, const clinux_address *address) {
    return connect(descriptor, (const struct sockaddr *)&address->storage, address->length);
}

int clinux_local_address(int descriptor, clinux_address *address) {
    address->length = sizeof address->storage;
    return getsockname(descriptor, (struct sockaddr *)&address->storage, &address->length);
}

int clinux_set_option(int descriptor, int level, int name, int value) {
    return setsockopt(descriptor, level, name, &value, sizeof value);
}

int clinux_pending_error(int descriptor) {
    int error = 0;
    socklen_t length = sizeof error;
    if (getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length) != 0) return errno;
    return error;
}

int clinux_accept_queue(int descriptor) {
    struct tcp_info info = {0};
    socklen_t length = sizeof info;
    if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &length) != 0) return -1;
    // Of a listening socket this field is the length of its queue.
    return info.tcpi_state == TCP_LISTEN ? (int)info.tcpi_unacked : 0;
}

int clinux_reset_on_close(int descriptor) {
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    return setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

int clinux_parse_address(const char *host, uint16_t port, clinux_address *address) {
    memset(address, 0, sizeof *address);
    struct sockaddr_in *four = (struct sockaddr_in *)&address->storage;
    if (inet_pton(AF_INET, host, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons(port);
        address->length = sizeof *four;
        return 1;
    }
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)&address->storage;
    if (inet_pton(AF_INET6, host, &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons(port);
        address->length = sizeof *six;
        return 1;
    }
    return 0;
}

int clinux_format_address(const clinux_address *address, char *host, size_t capacity, uint16_t *port) {
    const void *bytes;
    if (address->storage.ss_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)&address->storage;
        bytes = &four->sin_addr;
        *port = ntohs(four->sin_port);
    } else if (address->storage.ss_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&address->storage;
        bytes = &six->sin6_addr;
        *port = ntohs(six->sin6_port);
    } else {
        errno = EAFNOSUPPORT;
        return -1;
    }
    return inet_ntop(address->storage.ss_family, bytes, host, (socklen_t)capacity) == NULL ? -1 : 0;
}

int clinux_resolve(const char *host, uint16_t port, clinux_address *addresses, int capacity) {
    struct addrinfo hints;
    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_STREAM;
    struct addrinfo *results = NULL;
    int code = getaddrinfo(host, NULL, &hints, &results);
    if (code != 0) return code < 0 ? code : -code;
    int count = 0;
    for (struct addrinfo *result = results; result != NULL && count < capacity; result = result->ai_next) {
        if (result->ai_family != AF_INET && result->ai_family != AF_INET6) continue;
        memset(&addresses[count], 0, sizeof addresses[count]);
        memcpy(&addresses[count].storage, result->ai_addr, result->ai_addrlen);
        addresses[count].length = result->ai_addrlen;
        if (result->ai_family == AF_INET)
            ((struct sockaddr_in *)&addresses[count].storage)->sin_port = htons(port);
        else
            ((struct sockaddr_in6 *)&addresses[count].storage)->sin6_port = htons(port);
        count++;
    }
    freeaddrinfo(results);
    return count == 0 ? EAI_NONAME : count;
}

const char *clinux_resolve_error(int code) { return gai_strerror(code); }

int clinux_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

void clinux_eventfd_signal(int descriptor) { (void)!eventfd_write(descriptor, 1); }

static void fill(sigset_t *set, const int *signals, int count) {
    sigemptyset(set);
    for (int index = 0; index < count; index++) sigaddset(set, signals[index]);
}

int clinux_block_signals(const int *signals, int count) {
    sigset_t set;
    fill(&set, signals, count);
    int error = pthread_sigmask(SIG_BLOCK, &set, NULL);
    if (error == 0) return 0;
    errno = error;
    return -1;
}

int clinux_signalfd(const int *signals, int count) {
    sigset_t set;
    fill(&set, signals, count);
    return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

int clinux_signalfd_read(int descriptor) {
    struct signalfd_siginfo info;
    return read(descriptor, &info, sizeof info) == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

void clinux_ignore_broken_pipe(void) { signal(SIGPIPE, SIG_IGN); }

static __thread void *thread_value;

void *clinux_thread_value(void) { return thread_value; }

void clinux_set_thread_value(void *value) { thread_value = value; }

int clinux_thread_start(unsigned long *thread, const char *name, void *(*body)(void *), void *argument) {
    pthread_t started;
    pthread_attr_t attributes;
    int error = pthread_attr_init(&attributes);
    if (error != 0) return error;
    if (thread == NULL) pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    error = pthread_create(&started, &attributes, body, argument);
    pthread_attr_destroy(&attributes);
    if (error != 0) return error;
    if (thread != NULL) {
        *thread = started;
        // A detached thread may be gone already; only a joinable one can be named from here.
        pthread_setname_np(started, name);
    }
    return 0;
}

int clinux_thread_detach(unsigned long thread) { return pthread_detach((pthread_t)thread); }

int clinux_thread_join(unsigned long thread) { return pthread_join((pthread_t)thread, NULL); }

uint64_t clinux_monotonic_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

int64_t clinux_realtime_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    return (int64_t)now.tv_sec;
}

int clinux_spare_descriptor(void) { return open("/dev/null", O_RDONLY | O_CLOEXEC); }

size_t clinux_allocated_bytes(void) {
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

void clinux_release_free_pages(void) { malloc_trim(0); }

int clinux_random(void *buffer, size_t size) {
    char *place = buffer;
    while (size > 0) {
        ssize_t count = getrandom(place, size, 0);
        if (count < 0) {
            if (errno == EINTR) continue;
            return -1;
        }
        place += count;
        size -= (size_t)count;
    }
    return 0;
}

uint64_t clinux_realtime_nanoseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}
