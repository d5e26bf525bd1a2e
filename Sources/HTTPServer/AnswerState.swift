import APIRuntime

/// What is known of the answer to the present request.
struct AnswerState {
    /// The request's method is HEAD.
    var isHead = false
    /// The request's HTTP/1 minor version.
    var minorVersion = 1
    /// The connection stays open after this answer.
    var keepAlive = false
    /// An interim answer was sent to find out whether the client is still there.
    var isProbed = false
    /// The head stands in the output.
    var hasBegun = false
    /// The whole answer stands in the output, or is out.
    var isQueued = false
    /// Bytes of the body that were put into the output.
    var bodyBytes = 0
    /// The body's source while it is being read.
    var source: (any ByteStream)?
    /// The response's own.
    var onEnd: ((ResponseEnd) -> Void)?
}
