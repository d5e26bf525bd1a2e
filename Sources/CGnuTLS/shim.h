#pragma once

#include <gnutls/gnutls.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>

// gnutls_free is a variable that holds a function, which Swift takes for shared mutable state.
static inline void cgnutls_free(void *pointer) {
    (gnutls_free)(pointer);
}
