public import APIRuntime
import EventLoop

/// Sends single requests by HTTP/2 through libcurl, for protocols that need it, such as gRPC: with prior knowledge to an
/// `http://` origin, by ALPN to an `https://` one.
///
/// Each request has a connection and a thread of its own, which ends with it: this is for calls that are few and off a
/// request's path. Redirects are not followed.
public struct HTTP2Client: Sendable {
    private let origin: HTTPClientOrigin
    private let tls: HTTPClientTLS
    private let connectTimeout: Duration
    private let largestAnswer: Int

    /// A client of that origin.
    ///
    /// - Parameter largestAnswer: how many bytes an answer's head, body and trailers may have, each for itself.
    public init(
        origin: HTTPClientOrigin, tls: HTTPClientTLS = .init(), connectTimeout: Duration = .seconds(5),
        largestAnswer: Int = 65_536
    ) {
        self.origin = origin
        self.tls = tls
        self.connectTimeout = connectTimeout
        self.largestAnswer = largestAnswer
    }

    /// Posts a body and waits for the whole answer. Cancelling the calling task ends the call at once.
    ///
    /// - Parameters:
    ///   - target: path and query as they go on the wire.
    ///   - timeout: within this time the answer must be whole.
    /// - Throws: ``HTTPClientError``. An answer that came is an answer, whatever its status.
    nonisolated(nonsending) public func post(
        _ target: String, headers: HeaderFields, body: [UInt8], timeout: Duration
    ) async throws(HTTPClientError) -> HTTP2Answer {
        for field in headers.fields where !Self.isWritable(field) {
            throw .unwritableRequest("the field \(field.name) has bytes that no field may have")
        }
        // Its last byte is not of the target.
        let url = origin.url.dropLast() + target
        guard
            let call = CurlCall(
                url: String(url), tls: tls, headers: headers, body: body,
                connectTimeout: min(connectTimeout, timeout), timeout: timeout, largestAnswer: largestAnswer)
        else { throw .cannotConnect("\(origin): no memory for a call") }
        let result: Result<HTTP2Answer, HTTPClientError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isStarted = DetachedThread.start(name: "http2-call") {
                    continuation.resume(returning: call.perform())
                }
                if !isStarted { continuation.resume(returning: .failure(.cannotConnect("no thread left"))) }
            }
        } onCancel: {
            call.cancel()
        }
        return try result.get()
    }

    /// libcurl writes lines as they are.
    private static func isWritable(_ field: HeaderFields.Field) -> Bool {
        func isVisible(_ byte: UInt8) -> Bool { byte > 0x20 && byte != 0x7f }
        return !field.name.isEmpty
            && field.name.utf8.allSatisfy { isVisible($0) && $0 < 0x7f && $0 != UInt8(ascii: ":") }
            && field.value.utf8.allSatisfy { isVisible($0) || $0 == 0x20 || $0 == 0x09 }
    }
}
