import CLinux
import Glibc

/// A system call that failed.
public struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was tried, for example `bind 127.0.0.1:8080`.
    public let operation: String
    /// The `errno` value.
    public let code: Int32

    /// An error of the given call.
    public init(operation: String, code: Int32) {
        self.operation = operation
        self.code = code
    }

    /// The error of the call that has just failed on this thread.
    init(_ operation: String) {
        self.init(operation: operation, code: errno)
    }

    /// What was tried and why it failed, in the system's words.
    public var description: String { "\(operation): \(Self.text(code))" }

    /// The system's words for an `errno` value.
    public static func text(_ code: Int32) -> String {
        guard let text = strerror(code) else { return "error \(code)" }
        return String(cString: text)
    }
}
