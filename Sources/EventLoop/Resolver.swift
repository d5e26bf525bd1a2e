import CLinux

/// A host name that could not be resolved.
public struct ResolverError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The name.
    public let host: String
    /// The resolver's words.
    public let reason: String

    /// The name and the resolver's words.
    public var description: String { "cannot resolve \(host): \(reason)" }
}

/// Host names to addresses, by the system's resolver.
public enum Resolver {
    private static let capacity = 16

    /// The addresses of a host, in the order in which they should be tried; at least one.
    ///
    /// A numeric address (an IPv6 one with or without brackets) is answered at once. A name is resolved on a thread of
    /// its own, since the system's resolver blocks.
    ///
    /// - Throws: ``ResolverError`` where the name has no address.
    nonisolated(nonsending) public static func addresses(
        host: String, port: UInt16
    ) async throws(ResolverError) -> [SocketAddress] {
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        if let address = SocketAddress(numericHost: bare, port: port) { return [address] }
        guard !bare.isEmpty, !bare.utf8.contains(0) else {
            throw ResolverError(host: host, reason: "the name is empty or contains a NUL")
        }
        let result = await withUnsafeContinuation { continuation in
            let started = DetachedThread.start(name: "resolver") {
                continuation.resume(returning: resolve(host: bare, port: port))
            }
            if !started {
                continuation.resume(returning: .failure(ResolverError(host: bare, reason: "no thread left")))
            }
        }
        return try result.get()
    }

    private static func resolve(host: String, port: UInt16) -> Result<[SocketAddress], ResolverError> {
        var found = [clinux_address](repeating: clinux_address(), count: capacity)
        let count = clinux_resolve(host, port, &found, Int32(capacity))
        guard count > 0 else {
            let reason = clinux_resolve_error(count).map { String(cString: $0) } ?? "error \(count)"
            return .failure(ResolverError(host: host, reason: reason))
        }
        return .success(found.prefix(Int(count)).map(SocketAddress.init))
    }
}
