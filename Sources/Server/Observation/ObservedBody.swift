import APIRuntime
import EventLoop
import HTTPClient
import Telemetry

/// An upstream's body on its way through the gateway. The call's span ends with it: at its last byte, where it breaks off,
/// or where nobody wants the rest.
final class ObservedBody: ByteStream, OpenSpan {
    /// How the body ended: how many bytes were read, and why not all of them.
    typealias End = (_ bytes: Int, _ error: HTTPClientError?, _ endedAt: UInt64) -> Void

    private let body: any ByteStream
    private let trace: RequestTrace
    private var bytes = 0
    private var end: End?

    init(_ body: any ByteStream, of trace: RequestTrace, end: @escaping End) {
        self.body = body
        self.trace = trace
        self.end = end
        trace.open(self)
    }

    deinit { finish(.cancelled) }

    var length: Int? { body.length }

    nonisolated(nonsending) func next() async throws -> [UInt8]? {
        do {
            let piece = try await body.next()
            bytes += piece?.count ?? 0
            // Behind the last byte that was announced nobody need ask for more.
            if piece == nil || bytes == body.length { finish(nil) }
            return piece
        } catch {
            finish(error as? HTTPClientError ?? .cut)
            throw error
        }
    }

    func cancel() {
        finish(.cancelled)
        body.cancel()
    }

    /// The request ends, and nobody has read to the end.
    func traceEnds() { finish(.cancelled) }

    private func finish(_ error: HTTPClientError?) {
        guard let end else { return }
        self.end = nil
        trace.close(self)
        end(bytes, error, MonotonicClock.now)
    }
}
