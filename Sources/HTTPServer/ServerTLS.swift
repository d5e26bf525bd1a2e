import Synchronization
public import TLS

/// The credentials that a server's connections begin with. They can be replaced while it runs: connections that are open
/// stay as they are.
public final class ServerTLS: Sendable {
    private let current: Mutex<TLSCredentials>

    /// Begins with these.
    public init(_ credentials: TLSCredentials) {
        current = Mutex(credentials)
    }

    /// What new connections begin with.
    public var credentials: TLSCredentials {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }
}
