import CLinux

/// A thread for one blocking call.
public enum DetachedThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Whether the system gave a thread; if not, `body` is not called.
    public static func start(name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
        let argument = Unmanaged.passRetained(Body(body)).toOpaque()
        let code = clinux_thread_start(
            nil, name,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument)
        if code != 0 { Unmanaged<Body>.fromOpaque(argument).release() }
        return code == 0
    }
}
