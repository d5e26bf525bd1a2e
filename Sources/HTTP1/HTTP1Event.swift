/// What a parser found. A message is one `head`, any number of `body`, and one `end`.
public enum HTTP1Event<Head: Sendable>: Sendable {
    /// The whole head.
    case head(Head)
    /// A piece of the body: offsets into the input of this very call, never empty, always within what was consumed.
    case body(Range<Int>)
    /// The message is over, trailers included. The next byte belongs to the next message.
    case end
}

/// How far one call of a parser came.
public struct HTTP1Progress<Head: Sendable>: Sendable {
    /// How many bytes of the input are done with; the caller drops them, with or without an event.
    public let consumed: Int
    /// What was found; `nil` if more input is needed.
    public let event: HTTP1Event<Head>?
}
