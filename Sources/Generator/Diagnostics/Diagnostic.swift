/// One problem, with its place, its rule and, where there is any, advice on what to do.
struct Diagnostic: Sendable {
    /// A second place that explains the first, such as the first of two equal keys.
    struct Note: Sendable {
        var location: Location
        var message: String
    }

    /// A warning says what the generated code leaves out; an error stops it from being written. A notice is neither.
    enum Severity: String, Sendable {
        case error, warning, notice
    }

    var location: Location
    var rule: Rule
    /// The name within ``rule`` where that is a family of rules, as those of lint are.
    var member: String?
    var message: String
    var severity = Severity.error
    var notes: [Note] = []
    var advice: String?

    /// What is printed in brackets.
    var ruleName: String { member ?? rule.rawValue }

    /// What the severity is called: changes of an interface are breaking, warnings or fine.
    var severityName: String {
        switch (rule, severity) {
        case (.change, .error): "breaking"
        case (.change, .notice): "fine"
        default: severity.rawValue
        }
    }
}
