/// Collects every problem of a run, so that one run shows all of them.
final class Diagnostics {
    private(set) var files: [SourceFile] = []
    private(set) var all: [Diagnostic] = []

    var hasErrors: Bool { !all.isEmpty }

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

    func report(_ diagnostic: Diagnostic) { all.append(diagnostic) }

    /// All problems in the order of their places, each once, as `file:line:column: error: message [rule]`, the line,
    /// a caret, notes and advice.
    func rendered() -> String {
        var seen: Set<String> = []
        var text = ""
        let excerpts = files.map { Excerpts($0) }
        let ordered = all.enumerated().sorted { left, right in
            left.element.location == right.element.location
                ? left.offset < right.offset : left.element.location < right.element.location
        }
        for (_, diagnostic) in ordered {
            let rendered = render(diagnostic, excerpts)
            // An object that two references lead to is read twice, but its problems are worth one mention.
            if seen.insert(rendered).inserted { text += rendered }
        }
        return text
    }

    private func render(_ diagnostic: Diagnostic, _ excerpts: [Excerpts]) -> String {
        var text = "\(place(diagnostic.location)): error: \(diagnostic.message) [\(diagnostic.rule.rawValue)]\n"
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
