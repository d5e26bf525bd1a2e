/// A tenant's name: 1 to 150 of `A–Z a–z 0–9 _ . -`, but not `.` or `..`; what Tempo and Mimir accept as well.
public struct Tenant: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The name; ASCII only, so that comparing texts compares bytes.
    public let name: String

    /// - Returns: `nil` if the text is no tenant's name.
    public init?(_ name: String) {
        guard (1...150).contains(name.utf8.count), name != ".", name != "..", name.utf8.allSatisfy(Self.isAllowed)
        else {
            return nil
        }
        self.name = name
    }

    /// By the bytes of their names.
    public static func < (left: Tenant, right: Tenant) -> Bool {
        left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }

    /// The name.
    public var description: String { name }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
