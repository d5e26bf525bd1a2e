import EventLoop
import FoundationEssentials
import Glibc
import JSON

/// The program `mini-tempo`: a stand-in for [Grafana Tempo](https://grafana.com/docs/tempo/latest/api_docs/) in demos and
/// tests. It takes traces in OTLP/HTTP, holds them in memory, gives them back by id and evaluates TraceQL over them, with
/// Tempo's open doors. It has no disk, and what it forgets is gone: it is nothing to run in production.
enum Program {
    static var help: String {
        """
        mini-tempo: a stand-in for Tempo, for demos and tests. It is not Tempo: traces are held in memory only, the oldest
        are forgotten, and queries are evaluated span by span.

        Usage: mini-tempo [--help]

        Serves until SIGTERM or SIGINT:
          POST /v1/traces                       take in spans, OTLP/HTTP in JSON or Protobuf, uncompressed
          GET  /api/traces/ID                   a trace in the shape of Tempo's API, version 1
          GET  /api/v2/traces/ID                the same, version 2; q keeps the spans that it finds
                                                both in Protobuf for Accept: application/protobuf
          GET  /api/search                      traces by TraceQL (q) or by tags
          GET  /api/search/tags, /api/v2/search/tags
          GET  /api/search/tag/NAME/values, /api/v2/search/tag/NAME/values
          GET  /api/metrics/query_range, /api/metrics/query
          GET  /ready, /api/echo, /api/status/buildinfo

        Environment variables configure it:
        \(Configuration.help)
        """
    }

    /// Runs the command line, without the program's name, and returns the exit code: 0 done, 1 failed, 2 wrong usage or
    /// configuration.
    static func run(_ arguments: [String]) -> Int32 {
        if arguments.count == 1, ["--help", "-h"].contains(arguments[0]) {
            write(help + "\n", to: STDOUT_FILENO)
            return 0
        }
        guard arguments.isEmpty else {
            write("mini-tempo: takes no arguments\nTry: mini-tempo --help\n", to: STDERR_FILENO)
            return 2
        }
        do {
            try serve(Configuration(environment: ProcessInfo.processInfo.environment))
            return 0
        } catch let error as Configuration.Invalid {
            for message in error.messages { write("mini-tempo: \(message)\n", to: STDERR_FILENO) }
            return 2
        } catch {
            write("mini-tempo: \(error)\n", to: STDERR_FILENO)
            return 1
        }
    }

    private static func serve(_ configuration: Configuration) throws {
        // Before any thread is started: all of them inherit the mask.
        let signals = [SignalSource.terminate, SignalSource.interrupt]
        try SignalSource.block(signals)
        try Service(configuration).run(until: signals) { addresses in
            for address in addresses { log(address, configuration) }
        }
    }

    private static func log(_ address: SocketAddress, _ configuration: Configuration) {
        let line: JSONValue = [
            "level": "info", "message": "mini-tempo is listening: a stand-in for Tempo, for demos and tests only",
            "address": .string("\(address)"), "multitenancy": .bool(configuration.multitenancy),
            "max_stored_bytes": .number(JSONNumber(configuration.maximumStoredBytes)),
        ]
        write(String(decoding: line.serialized(), as: UTF8.self) + "\n", to: STDERR_FILENO)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return
            }
        }
    }
}
