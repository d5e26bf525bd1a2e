import Glibc

/// Whether two names are equal when ASCII letters' case is disregarded; all other bytes count as they are.
public func asciiCaseInsensitiveEqual(_ left: String, _ right: String) -> Bool {
    guard left.utf8.count == right.utf8.count else { return false }
    return withBytes(of: left, and: right) { left, right in
        for index in 0..<left.count {
            let (a, b) = (left[index], right[index])
            guard a == b || a | 0x20 == b | 0x20 && (0x61...0x7a).contains(a | 0x20) else { return false }
        }
        return true
    }
}

/// Whether two names have the same bytes. `==` on strings would also equate what Unicode holds for the same text.
func bytesEqual(_ left: String, _ right: String) -> Bool {
    guard left.utf8.count == right.utf8.count else { return false }
    return withBytes(of: left, and: right) { left, right in
        guard let a = left.baseAddress, let b = right.baseAddress else { return true }
        return memcmp(a, b, left.count) == 0
    }
}

/// Both strings' UTF-8, of which native strings have a view in memory.
@inline(__always)
private func withBytes(
    of left: String, and right: String, _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
) -> Bool {
    let result = left.utf8.withContiguousStorageIfAvailable { left in
        right.utf8.withContiguousStorageIfAvailable { right in body(left, right) }
    }
    if case .some(.some(let result)) = result { return result }
    return Array(left.utf8).withUnsafeBufferPointer { left in
        Array(right.utf8).withUnsafeBufferPointer { right in body(left, right) }
    }
}
