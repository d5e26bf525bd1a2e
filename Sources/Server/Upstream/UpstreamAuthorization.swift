import APIRuntime
import HTTPClient

/// What upstreams are sent as `Authorization`. It is a secret: no text that is made of it shows it.
struct UpstreamAuthorization: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    fileprivate let value: String

    /// Why a file does not hold one.
    struct Invalid: Error, CustomStringConvertible {
        let description: String
    }

    /// The value in a file of one line, such as `Bearer …` or `Basic …`
    /// ([RFC 9110 §11.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-11.6.2)); one newline at its end does not count.
    ///
    /// - Throws: ``Invalid``, which does not show what is in the file.
    init(fileContents bytes: [UInt8]) throws(Invalid) {
        var line = bytes[...]
        if line.last == UInt8(ascii: "\n") { line.removeLast() }
        guard let first = line.first, let last = line.last else { throw Invalid(description: "the file is empty") }
        guard line.allSatisfy({ (0x20...0x7e).contains($0) }), first != 0x20, last != 0x20 else {
            throw Invalid(
                description: "the file must hold one line of visible ASCII characters, without spaces around it")
        }
        // What comes before the first space is the scheme, a token.
        guard let space = line.firstIndex(of: 0x20), !line[..<space].contains(UInt8(ascii: ":")) else {
            throw Invalid(description: "the file must hold a scheme and credentials, such as \"Bearer …\"")
        }
        value = String(decoding: line, as: UTF8.self)
    }

    var description: String { "***" }
    var debugDescription: String { "***" }
    var customMirror: Mirror { Mirror(self, children: []) }
}

/// A client whose every request, probes included, has the upstreams' authorization.
///
/// A probe without it would be refused by whatever checks it, and that is no proof that Tempo keeps tenants apart.
final class AuthorizedClient: HTTPClient {
    private let http: any HTTPClient
    private let authorization: UpstreamAuthorization

    /// A client that sends through `http`.
    init(http: any HTTPClient, authorization: UpstreamAuthorization) {
        self.http = http
        self.authorization = authorization
    }

    nonisolated(nonsending) func send(
        _ request: HTTPClientRequest
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        var request = request
        request.headers["Authorization"] = authorization.value
        return try await http.send(request)
    }

    var connections: HTTPClientConnections { get async { await http.connections } }

    func close() async { await http.close() }
}
