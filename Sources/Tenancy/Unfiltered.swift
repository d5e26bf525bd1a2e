/// An upstream's answer that can be reduced to what belongs to a principal.
public protocol Ownable {
    /// What is left of it.
    associatedtype Part

    /// The principal's own part.
    ///
    /// - Throws: where nothing of it belongs to the principal, or it cannot be told apart.
    nonisolated(nonsending) consuming func part(of principal: Principal) async throws -> Part
}

/// An upstream's answer that still holds everybody's data. Nothing can be read of it but what ``owned(by:)`` gives.
public struct Unfiltered<Value: Ownable>: ~Copyable {
    private let value: Value

    /// Wraps an answer as it came from the upstream.
    public init(_ value: consuming Value) {
        self.value = value
    }

    /// The principal's own part.
    ///
    /// - Throws: what the value's filter throws.
    nonisolated(nonsending) public consuming func owned(by principal: Principal) async throws -> Owned<Value.Part> {
        Owned(try await value.part(of: principal))
    }
}

/// Something that belongs to the principal that asked: what the answers of operations take whose upstream could not be
/// asked for one tenant's data alone. Only ``Unfiltered/owned(by:)`` makes one.
public struct Owned<Value> {
    /// What belongs to the principal.
    public let value: Value

    init(_ value: Value) {
        self.value = value
    }
}
