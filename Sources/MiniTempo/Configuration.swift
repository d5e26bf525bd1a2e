/// What the environment says.
struct Configuration: Sendable, Equatable {
    /// The address to listen at, without brackets.
    var host = "127.0.0.1"
    /// The port; 0 lets the system choose one.
    var port: UInt16 = 3_200
    /// Whether each call must say in `X-Scope-OrgID` whose data it is about.
    var multitenancy = false
    /// How many bytes of traces, as JSON, are held at most; the oldest are forgotten beyond that.
    var maximumStoredBytes = 256 << 20

    static let help = """
          LISTEN            address and port; default 127.0.0.1:3200
          MULTITENANCY      true: X-Scope-OrgID separates organizations; false (default): it is ignored
          MAX_STORED_BYTES  how much is held, counted as JSON, such as 1048576, 64MiB or 1GiB; default 256MiB
        """

    /// Everything that is wrong with the environment.
    struct Invalid: Error, Equatable {
        let messages: [String]
    }

    init() {}

    /// - Throws: ``Invalid`` with all mistakes.
    init(environment: [String: String]) throws(Invalid) {
        var messages: [String] = []
        if let text = environment["LISTEN"] {
            if let (host, port) = Self.hostAndPort(text) {
                self.host = host
                self.port = port
            } else {
                messages.append("LISTEN must be an address and a port, such as 127.0.0.1:3200 or [::1]:3200")
            }
        }
        switch environment["MULTITENANCY"] {
        case nil: break
        case "true": multitenancy = true
        case "false": multitenancy = false
        default: messages.append("MULTITENANCY must be true or false")
        }
        if let text = environment["MAX_STORED_BYTES"] {
            if let size = Self.size(text) {
                maximumStoredBytes = size
            } else {
                messages.append("MAX_STORED_BYTES must be a size of at least 1 byte, such as 1048576, 64MiB or 1GiB")
            }
        }
        guard messages.isEmpty else { throw Invalid(messages: messages) }
    }

    private static func hostAndPort(_ text: String) -> (host: String, port: UInt16)? {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
        let digits = text[text.utf8.index(after: colon)...]
        var host = text[..<colon]
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else { return nil }
        if host.utf8.first == UInt8(ascii: "["), host.utf8.last == UInt8(ascii: "]") {
            host = host.dropFirst().dropLast()
        } else if host.utf8.contains(UInt8(ascii: ":")) {
            return nil
        }
        return host.isEmpty ? nil : (String(host), port)
    }

    private static func size(_ text: String) -> Int? {
        let digits = text.utf8.prefix { (0x30...0x39).contains($0) }
        let units = ["": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30]
        guard let count = Int(Substring(digits)), count > 0,
            let unit = units[String(text.utf8.dropFirst(digits.count)) ?? " "]
        else { return nil }
        let (size, overflow) = count.multipliedReportingOverflow(by: unit)
        return overflow ? nil : size
    }
}
