import APIRuntime
import HTTPClient
import JSON

/// Sends the traces of a store to a Tempo.
final class TraceSender: Work {
    /// What the Tempo answered to one of them.
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    private let client: SocketHTTPClient
    private let requests: [JSONValue]

    init(_ options: Options) throws {
        guard let origin = options.otlp else { throw Options.Invalid(message: "--otlp is needed") }
        client = SocketHTTPClient(origin: origin)
        requests = TraceExport(
            data: TraceData(seed: options.seed, end: options.now),
            tenants: options.selectsTenants ? options.tenants : nil, leaving: options.leaving
        ).requests()
    }

    nonisolated(nonsending) func run() async throws -> Bool {
        for request in requests {
            let response = try await client.send(
                HTTPClientRequest(
                    method: .post, target: "/v1/traces", headers: ["Content-Type": "application/json"],
                    body: request.serialized(), isIdempotent: false))
            var body: [UInt8] = []
            while let piece = try await response.body.next() { body += piece }
            guard response.status == 200 else {
                throw Refused(
                    description:
                        "a Tempo answers \(response.status) to a trace: \(String(decoding: body, as: UTF8.self))")
            }
        }
        return true
    }

    func close() async { await client.close() }
}
