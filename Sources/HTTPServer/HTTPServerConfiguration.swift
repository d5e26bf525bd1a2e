public import HTTP1

/// How a server listens and what it grants its clients.
public struct HTTPServerConfiguration: Sendable {
    /// A place to listen at.
    public struct Listen: Sendable, Equatable {
        /// A numeric address or a name that resolves to one.
        public var host: String
        /// The port; 0 lets the system choose one.
        public var port: UInt16

        /// A place to listen at.
        public init(host: String, port: UInt16) {
            self.host = host
            self.port = port
        }
    }

    /// Where to listen, at each of these.
    public var listen: [Listen]
    /// With it the server speaks TLS at every place, else not at any.
    public var tls: ServerTLS?
    /// How large heads may be.
    public var limits = HTTP1Limits()
    /// The largest request body in bytes. One that is announced as larger is refused with 413 before it is read.
    public var maximumBodyBytes = 1_048_576
    /// Within this time after the connection was accepted, or after the first byte of a further request, a request's
    /// head must be complete. It is absolute: single bytes do not extend it.
    public var headerTimeout = Duration.seconds(10)
    /// How long a connection may stay open without a request.
    public var idleTimeout = Duration.seconds(75)
    /// Within this time after its head a request's body must be complete. The time in which the handler does not take
    /// what has arrived is granted on top.
    public var bodyTimeout = Duration.seconds(30)
    /// How long a client may take nothing of an answer that is ready for it.
    public var writeTimeout = Duration.seconds(30)
    /// How long a connection that is to be closed may linger until the client has read the last answer.
    public var lingerTimeout = Duration.seconds(2)
    /// A client that finishes sending while its request is answered either waits for the answer or has left. With this,
    /// an interim `100 Continue` finds out at once, so that the request of one that has left is cancelled.
    public var probesFinishedClients = true
    /// How many connections may be open at once, over all shards; further ones are closed at once.
    public var maximumConnections = 65_536
    /// How many connections may wait to be accepted, on each shard.
    public var backlog: Int32 = 1_024
    /// An answer's body is asked for more only while fewer bytes than this wait to be sent.
    public var highWatermark = 262_144
    /// A body that was held back is asked for more once no more bytes than this wait.
    public var lowWatermark = 65_536

    /// A configuration with the defaults.
    public init(listen: [Listen]) {
        self.listen = listen
    }

    /// A configuration with the defaults for one place.
    public init(host: String, port: UInt16) {
        self.init(listen: [Listen(host: host, port: port)])
    }
}
