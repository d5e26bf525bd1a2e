import APIRuntime
import GeneratedAPI
import Glibc
import Telemetry

/// Says for each request of an operation that needs a token who asked, for which tenants, what, and what became of it.
final class AuditLog: Sendable {
    private let logger: Logger
    private let file: String
    private let descriptor: Int32
    private let sink: BufferedLogSink

    /// Appends to a file, which is made if it is not there, for its owner alone.
    ///
    /// - Throws: ``FileFailure``.
    init(file: String) throws(FileFailure) {
        self.file = file
        descriptor = try Self.descriptor(of: file)
        sink = BufferedLogSink(descriptor: descriptor)
        logger = Logger(sink: sink, level: .info, format: .json)
    }

    /// Opens the file anew, under its name: whoever has renamed it gets no further line.
    ///
    /// - Throws: ``FileFailure``. Lines go to where they went before then.
    func reopen() throws(FileFailure) {
        sink.redirect(to: try Self.descriptor(of: file))
    }

    /// What is waiting, and what was lost.
    var counts: LogCounts { sink.counts }

    private static func descriptor(of file: String) throws(FileFailure) -> Int32 {
        let descriptor = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw FileFailure(description: "AUDIT_LOG_FILE \(file): \(String(cString: strerror(errno)))")
        }
        return descriptor
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
    func finish() {
        sink.close()
        _ = Glibc.close(descriptor)
    }
}
