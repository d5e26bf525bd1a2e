import APIRuntime
import Tenancy

/// The header field `X-Tenant`, by which a caller whose token grants several tenants picks some of them.
enum TenantSelection {
    static let headerName = "X-Tenant"

    /// The names, separated by commas; `nil` without the field. Whether they are granted is the principal's business.
    ///
    /// - Throws: ``APIFailure`` with a 400 if the field is there twice, or is not a list of tenants' names, each once.
    static func names(in headers: HeaderFields) throws(APIFailure) -> [String]? {
        let values = headers.values(headerName)
        guard let value = values.first else { return nil }
        guard values.count == 1 else { throw invalid("unique", "is given more than once") }
        var names: [String] = []
        for element in value.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
            var trimmed = element.drop(while: isSpace)
            while let last = trimmed.last, isSpace(last) { trimmed.removeLast() }
            // A tenant's name is ASCII, so that comparing texts compares bytes.
            guard let tenant = Tenant(String(Substring(trimmed))) else {
                throw invalid("format", "must be names of tenants, separated by commas")
            }
            guard !names.contains(tenant.name) else { throw invalid("unique", "names a tenant more than once") }
            names.append(tenant.name)
        }
        return names
    }

    private static func invalid(_ rule: String, _ message: String) -> APIFailure {
        .invalidInput([Violation(.header, headerName, rule: rule, message: message)])
    }
}
