import APIRuntime

/// Turns the texts of parameters into typed values and collects what is wrong with them. An empty text counts as absent,
/// as it does for Prometheus.
struct ParameterTexts {
    /// Whether the parameters stand in the query string or in a form.
    let location: Violation.Location
    private var violations: [Violation] = []

    init(in location: Violation.Location) {
        self.location = location
    }

    mutating func time(_ text: String?, _ name: String) -> PrometheusTime? {
        value(text, name, "Unix seconds or a time in RFC 3339", PrometheusTime.init)
    }

    mutating func duration(_ text: String?, _ name: String) -> PrometheusDuration? {
        value(text, name, "seconds or a duration such as 10s, above zero", PrometheusDuration.init)
    }

    /// A time that must be there; 1970 after reporting that it is not.
    mutating func requiredTime(_ text: String, _ name: String) -> PrometheusTime {
        required(text, name, time(text, name)) ?? PrometheusTime(milliseconds: 0)
    }

    /// A duration that must be there; a second after reporting that it is not.
    mutating func requiredDuration(_ text: String, _ name: String) -> PrometheusDuration {
        required(text, name, duration(text, name)) ?? PrometheusDuration(milliseconds: 1_000)
    }

    /// What Thanos takes for a resolution.
    mutating func resolution(_ text: String?, _ name: String) -> String? {
        value(text, name, "auto or a duration such as 5m") { text in
            if text == "auto" { return "auto" }
            if text == "0" || text == "0s" { return "0s" }
            return PrometheusDuration(text)?.parameter
        }
    }

    /// Adds what was found out about a parameter elsewhere.
    mutating func report(_ name: String, rule: String, _ message: String, line: Int? = nil, column: Int? = nil) {
        violations.append(
            Violation(
                location, location == .body ? "/\(name)" : name, rule: rule, message: message, line: line,
                column: column))
    }

    /// - Throws: ``APIFailure`` with every violation, if there are any.
    func check() throws(APIFailure) {
        guard violations.isEmpty else { throw .invalidInput(violations) }
    }

    private mutating func required<Value>(_ text: String, _ name: String, _ value: Value?) -> Value? {
        if text.isEmpty { report(name, rule: "required", "is required") }
        return value
    }

    mutating func value<Value>(
        _ text: String?, _ name: String, _ form: String, _ parse: (String) -> Value?
    ) -> Value? {
        guard let text, !text.isEmpty else { return nil }
        if let value = parse(text) { return value }
        report(name, rule: "format", "must be \(form)")
        return nil
    }
}
