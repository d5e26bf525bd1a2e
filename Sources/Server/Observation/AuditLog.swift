import APIRuntime
import GeneratedAPI
import Glibc
import Telemetry

/// Says for each request of an operation that needs a token who asked, for which tenants, what, and what became of it.
final class AuditLog: Sendable {
    private let logger: Logger
    private let close: @Sendable () -> Void

    /// Writes to a sink, which is closed with `close`.
    init(sink: any LogSink, close: @escaping @Sendable () -> Void = {}) {
        logger = Logger(sink: sink, level: .info, format: .json)
        self.close = close
    }

    /// Appends to a file, which is made if it is not there, for its owner alone.
    ///
    /// - Throws: ``FileFailure``.
    convenience init(file: String) throws(FileFailure) {
        let descriptor = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw FileFailure(description: "AUDIT_LOG_FILE \(file): \(String(cString: strerror(errno)))")
        }
        let sink = BufferedLogSink(descriptor: descriptor)
        self.init(sink: sink) {
            sink.close()
            _ = Glibc.close(descriptor)
        }
    }

    /// A request's line, when its answer has been sent or given up.
    func write(_ exchange: Exchange, status: Int, _ end: ResponseEnd) {
        guard let operation = exchange.operation, operation.isSecured else { return }
        var fields = exchange.context.logFields
        if let subject = exchange.principal?.subject { fields.append(("subject", .string(subject))) }
        fields += [
            ("operation", .string(operation.rawValue)), ("status", .integer(status)),
            ("verdict", .string(exchange.failure.map { $0.status < 500 ? "refused" : "failed" } ?? "served")),
        ]
        if let failure = exchange.failure { fields.append(("reason", .string(failure.rawValue))) }
        fields += [("outcome", .string(end.outcome.rawValue)), ("peer", .string(exchange.context.peer))]
        logger.log(.info, "audit", fields)
    }

    /// Writes what is left. Nothing is to be written any more.
    func finish() { close() }
}
