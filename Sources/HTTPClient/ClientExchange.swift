import APIRuntime
import EventLoop
import HTTP1

/// One request and its answer: what the connection has read and the caller has not yet taken.
///
/// It is also the answer's body. When the caller lets go of it before the end, the connection is closed.
final class ClientExchange: ByteStream {
    private let idleTimeout: UInt64
    private var head: HTTP1ResponseHead?
    private var buffered: [UInt8] = []
    private var isComplete = false
    private var failure: HTTPClientError?
    private let wakeup = Wakeup()
    /// Some byte of an answer has come.
    private(set) var answerHasBegun = false
    /// The connection while it works for this exchange; the connection does not keep the exchange alive.
    var connection: ClientConnection?

    init(idleTimeout: UInt64) {
        self.idleTimeout = idleTimeout
    }

    deinit {
        connection?.abandoned()
    }

    var length: Int? {
        switch head?.framing {
        case .length(let length)?: length
        case HTTP1Framing.none?: 0
        case .chunked?, .untilClose?, nil: nil
        }
    }

    /// How many bytes wait to be taken.
    var bufferedBytes: Int { buffered.count }
    /// Whether the head has come.
    var hasHead: Bool { head != nil }

    // MARK: What the connection reports

    func bytesArrived() { answerHasBegun = true }

    func headArrived(_ head: HTTP1ResponseHead) {
        self.head = head
        wakeup.wake()
    }

    func bodyArrived(_ bytes: UnsafeRawBufferPointer) {
        buffered.append(contentsOf: bytes)
        wakeup.wake()
    }

    /// The upstream was not silent: whoever still waits, waits anew.
    func heardFrom() {
        if wakeup.isAwaited {
            connection?.bodyAwaited(within: idleTimeout)
        } else {
            connection?.setDeadline(nil)
        }
    }

    func completed() {
        isComplete = true
        connection = nil
        wakeup.wake()
    }

    func failed(_ error: HTTPClientError) {
        if failure == nil, !isComplete { failure = error }
        connection = nil
        wakeup.wake()
    }

    // MARK: What the caller asks

    /// Waits for the head.
    nonisolated(nonsending) func response() async throws(HTTPClientError) -> HTTPClientResponse {
        while true {
            if let head {
                connection?.setDeadline(nil)
                var fields: [HeaderFields.Field] = []
                fields.reserveCapacity(head.fields.count)
                for field in head.fields { fields.append(HeaderFields.Field(name: field.name, value: field.value)) }
                return HTTPClientResponse(status: head.status, headers: HeaderFields(fields), body: self)
            }
            if let failure { throw failure }
            if await wakeup.wait() == .cancelled { cancel() }
        }
    }

    nonisolated(nonsending) func next() async throws -> [UInt8]? {
        while true {
            if !buffered.isEmpty {
                var piece: [UInt8] = []
                swap(&piece, &buffered)
                connection?.bodyTaken()
                return piece
            }
            if let failure { throw failure }
            if isComplete { return nil }
            connection?.bodyAwaited(within: idleTimeout)
            if await wakeup.wait() == .cancelled { cancel() }
        }
    }

    func cancel() {
        guard failure == nil, !isComplete || !buffered.isEmpty else { return }
        failure = .cancelled
        buffered = []
        let connection = connection
        self.connection = nil
        connection?.abandoned()
        wakeup.wake()
    }
}
