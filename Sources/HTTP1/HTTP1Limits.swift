/// How much of a message is taken before it is refused. All sizes are bytes as they stand on the wire.
public struct HTTP1Limits: Sendable {
    /// The longest request line or status line, without its line end. A longer request line is answered with 414.
    public var maximumLineBytes = 16_384
    /// The longest head: start line, fields, the empty line, and all line ends. A longer one is answered with 431.
    public var maximumHeaderBytes = 32_768
    /// The most field lines in a head, and the most in a trailer section. More are answered with 431.
    public var maximumHeaderCount = 100
    /// The longest line that announces a chunk, without its line end. Sixteen digits is the longest accepted anyway.
    public var maximumChunkLineBytes = 256
    /// The longest trailer section with all line ends. A longer one is answered with 431.
    public var maximumTrailerBytes = 4_096

    /// The defaults.
    public init() {}
}
