#pragma once
#include <string.h>
#include <zlib.h>

// zlib's initializers are macros, which Swift cannot call; the 16 asks for gzip's frame (RFC 1952) around the data.
static inline int czlib_start_gzip(z_stream *stream, int level) {
    memset(stream, 0, sizeof *stream);
    return deflateInit2(stream, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
}

static inline int czlib_start_gunzip(z_stream *stream) {
    memset(stream, 0, sizeof *stream);
    return inflateInit2(stream, MAX_WBITS + 16);
}
