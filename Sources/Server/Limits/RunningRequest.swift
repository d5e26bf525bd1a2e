import Tenancy

/// A place among the requests of some tenants that run at once. It is given back once: by ``end()``, or when the last
/// owner lets go.
final class RunningRequest {
    private let limits: TenantLimits
    private let tenants: [Tenant]
    private var hasEnded = false

    /// Owns a request that `limits` have admitted.
    init(of tenants: [Tenant], in limits: TenantLimits) {
        self.tenants = tenants
        self.limits = limits
    }

    deinit { end() }

    /// Gives the place back; harmless the second time.
    func end() {
        guard !hasEnded else { return }
        hasEnded = true
        limits.release(tenants)
    }
}
