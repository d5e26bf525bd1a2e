/// Collects every problem of a run, so that one run shows all of them.
final class Diagnostics {
    private(set) var files: [SourceFile] = []
    private(set) var all: [Diagnostic] = []

    var hasErrors: Bool { all.contains { $0.severity == .error } }

    /// How many different problems of a severity there are.
    func count(_ severity: Diagnostic.Severity) -> Int {
        struct Problem: Hashable {
            var location: Location
            var rule: String
            var message: String
        }
        return Set(
            all.filter { $0.severity == severity }.map {
                Problem(location: $0.location, rule: $0.ruleName, message: $0.message)
            }
        ).count
    }

    /// Forgets what the body picks.
    func leaveOut(where isUnwanted: (Diagnostic) -> Bool) { all.removeAll(where: isUnwanted) }

    /// Makes a warning of each error that the body picks.
    func demote(where isHarmless: (Diagnostic) -> Bool) {
        for index in all.indices where all[index].severity == .error && isHarmless(all[index]) {
            all[index].severity = .warning
        }
    }

    /// Registers a file and returns the number that locations in it carry.
    func add(_ file: SourceFile) -> UInt32 {
        files.append(file)
        return UInt32(files.count - 1)
    }

    func report(
        _ rule: Rule, at location: Location, _ message: String, notes: [Diagnostic.Note] = [], advice: String? = nil
    ) {
        report(Diagnostic(location: location, rule: rule, message: message, notes: notes, advice: advice))
    }

    /// Tells of what is odd, and read nevertheless.
    func warn(
        _ rule: Rule, at location: Location, _ message: String, notes: [Diagnostic.Note] = [], advice: String? = nil
    ) {
        report(
            Diagnostic(
                location: location, rule: rule, message: message, severity: .warning, notes: notes, advice: advice))
    }

    func report(_ diagnostic: Diagnostic) { all.append(diagnostic) }

    /// All problems in the order of their places, each once, as `file:line:column: error: message [rule]`, the line,
    /// a caret, notes and advice.
    func rendered(_ format: Format = .text) -> String {
        var seen: Set<String> = []
        var pieces: [String] = []
        let excerpts = format == .text ? files.map { Excerpts($0) } : []
        let ordered = all.enumerated().sorted { left, right in
            left.element.location == right.element.location
                ? left.offset < right.offset : left.element.location < right.element.location
        }
        for (_, diagnostic) in ordered {
            let rendered =
                switch format {
                case .text: render(diagnostic, excerpts)
                case .json: json(diagnostic)
                case .github: annotation(diagnostic)
                }
            // An object that two references lead to is read twice, but its problems are worth one mention.
            if seen.insert(rendered).inserted { pieces.append(rendered) }
        }
        return format == .json ? "[\(pieces.joined(separator: ",\n"))]\n" : pieces.joined()
    }

    /// For people, for programs, and for the annotations of GitHub's workflows.
    enum Format: String, Sendable, CaseIterable {
        case text, json, github
    }

    /// https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
    private func annotation(_ diagnostic: Diagnostic) -> String {
        func escaped(_ text: String, _ isProperty: Bool) -> String {
            text.unicodeScalars.reduce(into: "") { result, scalar in
                switch scalar {
                case "%": result += "%25"
                case "\r": result += "%0D"
                case "\n": result += "%0A"
                case ":" where isProperty: result += "%3A"
                case "," where isProperty: result += "%2C"
                default: result.unicodeScalars.append(scalar)
                }
            }
        }
        let location = diagnostic.location
        let message = diagnostic.message + (diagnostic.advice.map { "\nhelp: \($0)" } ?? "")
        return "::\(diagnostic.severity.rawValue) file=\(escaped(path(location), true)),line=\(location.line),"
            + "col=\(location.column),title=\(diagnostic.ruleName)::\(escaped(message, false))\n"
    }

    private func json(_ diagnostic: Diagnostic) -> String {
        func place(_ location: Location) -> String {
            "\"file\":\(JSONText.quoted(path(location))),\"line\":\(location.line),\"column\":\(location.column)"
        }
        var members = [
            place(diagnostic.location), "\"severity\":\"\(diagnostic.severityName)\"",
            "\"rule\":\(JSONText.quoted(diagnostic.ruleName))", "\"message\":\(JSONText.quoted(diagnostic.message))",
        ]
        if let advice = diagnostic.advice { members.append("\"advice\":\(JSONText.quoted(advice))") }
        if !diagnostic.notes.isEmpty {
            let notes = diagnostic.notes.map { "{\(place($0.location)),\"message\":\(JSONText.quoted($0.message))}" }
            members.append("\"notes\":[\(notes.joined(separator: ","))]")
        }
        return "{\(members.joined(separator: ","))}"
    }

    private func render(_ diagnostic: Diagnostic, _ excerpts: [Excerpts]) -> String {
        var text =
            "\(place(diagnostic.location)): \(diagnostic.severityName): \(diagnostic.message) [\(diagnostic.ruleName)]\n"
        text += excerpt(diagnostic.location, excerpts)
        for note in diagnostic.notes {
            text += "\(place(note.location)): note: \(note.message)\n"
            text += excerpt(note.location, excerpts)
        }
        if let advice = diagnostic.advice { text += "help: \(advice)\n" }
        return text
    }

    private func place(_ location: Location) -> String {
        "\(path(location)):\(location.line):\(location.column)"
    }

    private func path(_ location: Location) -> String {
        files.indices.contains(Int(location.file)) ? files[Int(location.file)].path : "?"
    }

    private func excerpt(_ location: Location, _ excerpts: [Excerpts]) -> String {
        guard excerpts.indices.contains(Int(location.file)),
            let (line, caret) = excerpts[Int(location.file)].excerpt(at: location)
        else { return "" }
        return "\(line)\n\(caret)\n"
    }
}
