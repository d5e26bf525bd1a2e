import APIRuntime
import CCurl
import EventLoop

/// One call of libcurl, which blocks the thread that performs it and may be cancelled from any other.
final class CurlCall: Sendable {
    /// libcurl's own lock guards what a cancellation touches; everything else is done by the thread that performs it.
    nonisolated(unsafe) private let handle: OpaquePointer

    /// A call that has not begun; `nil` where memory is wanting.
    init?(
        url: String, tls: HTTPClientTLS, headers: HeaderFields, body: [UInt8], connectTimeout: Duration,
        timeout: Duration, largestAnswer: Int
    ) {
        let opened = url.withCString { url in
            withOptionalCString(tls.authoritiesFile) { authorities in
                withOptionalCString(tls.certificateFile) { certificate in
                    withOptionalCString(tls.keyFile) { key in
                        body.withUnsafeBytes { body in
                            var options = ccurl_call_options(
                                url: url, authorities_file: authorities, certificate_file: certificate, key_file: key,
                                body: body.baseAddress, body_size: body.count,
                                connect_timeout_milliseconds: Self.milliseconds(connectTimeout),
                                timeout_milliseconds: Self.milliseconds(timeout), largest_answer: max(0, largestAnswer))
                            return ccurl_call_open(&options)
                        }
                    }
                }
            }
        }
        guard let opened else { return nil }
        for field in headers.fields {
            // A field without a value has to end in a semicolon, or libcurl leaves it out.
            let line = field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"
            guard ccurl_call_add_field(opened, line) == 0 else {
                ccurl_call_close(opened)
                return nil
            }
        }
        handle = opened
    }

    deinit { ccurl_call_close(handle) }

    /// Blocks until the call has ended. To be called once.
    func perform() -> Result<HTTP2Answer, HTTPClientError> {
        let result = ccurl_call_perform(handle)
        switch result {
        case CCURL_CALL_ANSWERED:
            return .success(
                HTTP2Answer(
                    status: Int(ccurl_call_status(handle)), headers: fields(CCURL_CALL_HEAD),
                    body: bytes(CCURL_CALL_BODY), trailers: fields(CCURL_CALL_TRAILERS)))
        case CCURL_CALL_CANCELLED: return .failure(.cancelled)
        case CCURL_CALL_TIMED_OUT: return .failure(.timedOut(ccurl_call_status(handle) == 0 ? .head : .body))
        case CCURL_CALL_CUT: return .failure(ccurl_call_status(handle) == 0 ? .connectionClosed : .cut)
        case CCURL_CALL_MALFORMED: return .failure(.malformedAnswer(failure))
        default: return .failure(.cannotConnect(failure))
        }
    }

    /// Has the call end soon.
    func cancel() { ccurl_call_cancel(handle) }

    private var failure: String { String(cString: ccurl_call_failure(handle)) }

    private func bytes(_ part: ccurl_call_part) -> [UInt8] {
        var count = 0
        guard let start = ccurl_call_bytes(handle, part, &count), count > 0 else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    private func fields(_ part: ccurl_call_part) -> HeaderFields {
        var fields = HeaderFields()
        for line in bytes(part).split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let value = line[line.index(after: colon)...]
            func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
            let start = value.firstIndex { !isSpace($0) } ?? value.endIndex
            let end = value.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
            fields.add(
                name: String(decoding: line[..<colon], as: UTF8.self).lowercased(),
                value: String(decoding: value[start..<end], as: UTF8.self))
        }
        return fields
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        Int(clamping: max(1, duration.nanoseconds / 1_000_000))
    }
}
