import EventLoop
import FoundationEssentials
import Glibc
import Telemetry

/// `palisade serve`
enum ServeCommand {
    static var help: String {
        """
        Usage: palisade serve

        Serves requests until SIGTERM or SIGINT; running requests may end within SHUTDOWN_TIMEOUT.
        The files with keys and certificates are read again when they change, and on SIGHUP, which also has keys fetched
        at once that come from a URL, and the audit log opened anew.
        Environment variables configure it, and below them a file .env in the working directory:

        \(ConfigurationText.help)
        """
    }

    static func run(_ arguments: [String]) throws -> Int32 {
        let arguments = try Arguments(arguments, flags: ["--help", "-h"])
        guard arguments.positional.isEmpty else { throw UsageError(message: "serve takes no arguments") }
        if arguments.has("--help") || arguments.has("-h") {
            Console.print(help)
            return ExitCode.success
        }
        let dotEnv = try DotEnv.read()
        let configuration = try Configuration(
            SettingSource(environment: ProcessInfo.processInfo.environment, dotEnv: dotEnv ?? [:]))
        // Before any thread is started: all of them inherit the mask.
        let signals = [SignalSource.terminate, SignalSource.interrupt]
        try SignalSource.block(signals + [SignalSource.hangup])
        raiseDescriptorLimit()
        let sink = BufferedLogSink(descriptor: STDERR_FILENO)
        defer { sink.close() }
        let logger = Logger(sink: sink, level: configuration.log.level, format: configuration.log.format)
        if dotEnv != nil { logger.log(.info, "settings were read from .env") }
        do {
            try serve(configuration, logger, signals) { sink.counts }
            return ExitCode.success
        } catch {
            logger.log(.error, "cannot serve", [("error", .string(String(describing: error)))])
            return ExitCode.failure
        }
    }

    private static func serve(
        _ configuration: Configuration, _ logger: Logger, _ signals: [Int32],
        logCounts: @escaping @Sendable () -> LogCounts
    ) throws {
        let service = try Service(configuration, logger: logger, logCounts: logCounts)
        defer { service.end() }
        try service.onShard {
            try await service.reloadOnHangup()
            for address in try await service.start() {
                logger.log(
                    .info, "listening",
                    [
                        ("address", .string("\(address)")),
                        ("scheme", .string(configuration.tls.certificate == nil ? "http" : "https")),
                        ("version", .string(Version.current)),
                        ("prometheus", .string("\(configuration.upstreams.prometheus)")),
                        ("tenant_label", .string(configuration.identity.tenancy.label)),
                    ])
            }
            for address in try await service.startAdministration() {
                logger.log(.info, "listening for operators", [("address", .string("\(address)"))])
            }
            logger.log(.info, "in force", configuration.summary)
            let signal = try await service.waitForSignal(signals)
            logger.log(.info, "stopping", [("signal", .integer(Int(signal)))])
            await service.stop()
        }
        logger.log(.info, "stopped")
    }

    /// Every connection needs a descriptor, two while it waits for an upstream.
    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

/// Ends the process without waiting for anything.
func exitNow(_ code: Int32) {
    _exit(code)
}
