import Foundation
import HTTPClient

/// The options of the command line.
struct Options: Sendable {
    /// What is wrong with them.
    struct Invalid: Error {
        let message: String
    }

    var queries = 2_000
    var seed: UInt64 = 1
    var only: Int?
    var everybody: HTTPClientOrigin?
    var alone: HTTPClientOrigin?
    /// Where traces are sent.
    var otlp: HTTPClientOrigin?
    var token = ""
    var wideToken: String?
    var tenants = ["a"]
    var selectsTenants = false
    var leaving = 0
    var newer = 6
    var workers = 6
    var now = Samples.instant
    var folder = ""
    var targets = ""
    var isDirect = false
    /// What is asked about: metrics in PromQL, or traces in TraceQL.
    var isAboutTraces = false
    /// Whether requests keep away from nothing, not even from what cannot be closed.
    var goesEverywhere = false
    var expectsDifferences = false

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            switch name {
            case "--direct": (isDirect, expectsDifferences) = (true, true)
            case "--traceql": isAboutTraces = true
            case "--everywhere": (goesEverywhere, expectsDifferences) = (true, true)
            case "--expect-differences": expectsDifferences = true
            default:
                guard let value = rest.popFirst() else { throw Invalid(message: "\(name) is unknown or needs a value") }
                try set(name, value)
            }
        }
    }

    private mutating func set(_ name: String, _ value: String) throws {
        switch name {
        case "--queries": queries = try number(name, value)
        case "--seed": seed = try number(name, value)
        case "--only": only = try number(name, value)
        case "--leaving": leaving = try number(name, value)
        case "--newer": newer = try number(name, value)
        case "--workers": workers = try number(name, value)
        case "--now": now = try number(name, value)
        case "--folder": folder = value
        case "--targets": targets = value
        case "--tenants": (tenants, selectsTenants) = (value.split(separator: ",").map(String.init), true)
        case "--everybody": everybody = try origin(name, value)
        case "--otlp": otlp = try origin(name, value)
        case "--alone": alone = try origin(name, value)
        case "--token-file": token = try text(name, value)
        case "--wide-token-file": wideToken = try text(name, value)
        default: throw Invalid(message: "there is no option \(name)")
        }
    }

    private func number<Number: FixedWidthInteger>(_ name: String, _ value: String) throws -> Number {
        guard let number = Number(value), number >= 0 else {
            throw Invalid(message: "\(name) needs a number, not \(value)")
        }
        return number
    }

    private func origin(_ name: String, _ value: String) throws -> HTTPClientOrigin {
        let parts = value.split(separator: ":")
        guard parts.count == 2, let port = UInt16(parts[1]) else {
            throw Invalid(message: "\(name) needs HOST:PORT, not \(value)")
        }
        return HTTPClientOrigin(host: String(parts[0]), port: port)
    }

    private func text(_ name: String, _ file: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Invalid(message: "\(name): \(file) cannot be read")
        }
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
