/// The field `tracestate` ([W3C Trace Context §3.3](https://www.w3.org/TR/trace-context/#tracestate-header)).
enum TraceState {
    /// The most members of a list.
    static let mostMembers = 32

    /// The members of all the fields' values as one list; empty if there are none, or if one of them is malformed: then
    /// all of it is to be dropped.
    static func parse(_ values: [String]) -> String {
        var members: [String] = []
        for value in values {
            for element in value.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
                let member = trimmed(element)
                if member.isEmpty { continue }
                guard isMember(member) else { return "" }
                members.append(String(decoding: member, as: UTF8.self))
            }
        }
        return members.count <= mostMembers ? members.joined(separator: ",") : ""
    }

    private static func trimmed(_ element: Substring.UTF8View) -> ArraySlice<UInt8> {
        let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var rest = Array(element)[...].drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return rest
    }

    private static func isMember(_ member: ArraySlice<UInt8>) -> Bool {
        guard let equals = member.firstIndex(of: UInt8(ascii: "=")) else { return false }
        return isKey(member[..<equals]) && isValue(member[(equals + 1)...])
    }

    /// A vendor's name, or a tenant's at a vendor's.
    private static func isKey(_ key: ArraySlice<UInt8>) -> Bool {
        guard let at = key.firstIndex(of: UInt8(ascii: "@")) else {
            return isName(key, most: 256, mayBeginWithDigit: false)
        }
        return isName(key[..<at], most: 241, mayBeginWithDigit: true)
            && isName(key[(at + 1)...], most: 14, mayBeginWithDigit: false)
    }

    private static func isName(_ name: ArraySlice<UInt8>, most: Int, mayBeginWithDigit: Bool) -> Bool {
        guard let first = name.first, name.count <= most, isLetter(first) || mayBeginWithDigit && isDigit(first) else {
            return false
        }
        return name.allSatisfy { isLetter($0) || isDigit($0) || "_-*/".utf8.contains($0) }
    }

    private static func isValue(_ value: ArraySlice<UInt8>) -> Bool {
        guard (1...256).contains(value.count) else { return false }
        return value.allSatisfy { (0x20...0x7e).contains($0) && $0 != UInt8(ascii: "=") }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
