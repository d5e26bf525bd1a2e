import APIRuntime
import EventLoop
import HTTPClient
import Synchronization
import Telemetry

/// Knows whether Tempo can be trusted to keep tenants apart by `X-Scope-OrgID` alone.
///
/// With multitenancy switched off Tempo ignores the header, and everybody would see everything. So a call without it is
/// made at the start and every few minutes; only as long as the last one was refused with 401 is the header trusted.
final class TempoIsolation: Sendable {
    /// Between two probes.
    static let interval = Duration.seconds(120)
    /// Between two probes while isolation is not proven.
    static let retryInterval = Duration.seconds(5)

    private let proven = Mutex(false)
    private let http: any HTTPClient
    private let prefix: String
    private let logger: Logger
    private let isAuthorized: Bool

    /// Nothing is proven yet. `isAuthorized` says that calls through `http` have an authorization, which may be what a
    /// 401 refuses.
    init(http: any HTTPClient, prefix: String, logger: Logger, isAuthorized: Bool = false) {
        self.http = http
        self.isAuthorized = isAuthorized
        self.prefix = prefix
        self.logger = logger
    }

    /// Whether the last probe was refused as it must be.
    var isProven: Bool { proven.withLock { $0 } }

    /// Asks for a trace without an organisation; anything but a 401 is no proof. A 401 that a call with an organisation
    /// gets as well is about the authorization, and no proof either.
    func probe() async {
        let status = await status(organisation: nil)
        var isProven = status == 401
        if isProven, isAuthorized {
            let control = await self.status(organisation: "palisade-probe")
            isProven = control != nil && control != 401
        }
        let wasProven = proven.withLock { proven in
            defer { proven = isProven }
            return proven
        }
        guard isProven != wasProven || !isProven else { return }
        logger.log(
            isProven ? .info : .error,
            isProven
                ? "Tempo keeps tenants apart by X-Scope-OrgID"
                : "traces are refused: isolation by header is not proven",
            status.map { [("tempo_status_without_org", .integer($0))] } ?? [])
    }

    /// What asking for a trace that there is not is answered with; `nil` for no answer.
    private func status(organisation: String?) async -> Int? {
        var generator = SystemRandomNumberGenerator()
        let id = (0..<32).map { _ in "0123456789abcdef".randomElement(using: &generator).map(String.init) ?? "0" }
            .joined()
        var request = HTTPClientRequest(target: "\(prefix)/api/v2/traces/\(id)", timeout: .seconds(5))
        if let organisation { request.headers["X-Scope-OrgID"] = organisation }
        do {
            let response = try await http.send(request)
            response.body.cancel()
            return response.status
        } catch {
            return nil
        }
    }

    /// Probes for ever, until the task is cancelled.
    func watch() async {
        while !Task.isCancelled {
            await probe()
            try? await Shard.sleep(for: isProven ? Self.interval : Self.retryInterval)
        }
    }
}
