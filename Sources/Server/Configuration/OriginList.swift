extension SettingParsers {
    /// `*`, or origins with commas between them, each as a browser serialises it
    /// ([RFC 6454 §6.2](https://www.rfc-editor.org/rfc/rfc6454#section-6.2)): anything else would never match.
    static let origins: Parser<AllowedOrigins> = { (text: String) throws(InvalidSetting) in
        if text == "*" { return .any }
        var origins: [String] = []
        for element in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            var trimmed = element.drop { $0 == UInt8(ascii: " ") }
            while trimmed.last == UInt8(ascii: " ") { trimmed.removeLast() }
            let origin = String(Substring(trimmed))
            guard isOrigin(origin) else {
                throw InvalidSetting(
                    message:
                        "must be * or origins with commas between them, as browsers send them: https://app.example.org, in lower case, without a path and without the scheme's own port"
                )
            }
            origins.append(origin)
        }
        return .these(origins)
    }

    private static func isOrigin(_ text: String) -> Bool {
        for (scheme, ownPort) in [("https://", 443), ("http://", 80)] where text.hasPrefix(scheme) {
            let authority = text.dropFirst(scheme.count)
            guard !authority.utf8.contains(where: (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains) else {
                return false
            }
            if let whole = HostAndPort(String(authority)) {
                return whole.port != 0 && whole.port != ownPort && whole.description == authority
            }
            return HostAndPort(host: authority, port: "1") != nil
        }
        return false
    }
}
