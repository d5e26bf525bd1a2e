extension LintRule {
    static let pathRules: [LintRule] = [
        LintRule("no-path-trailing-slash", .error, .warn, .off, "No path ends with a slash.") { context in
            for path in paths(context)
            where path.key.text.utf8.count > 1 && path.key.text.utf8.last == UInt8(ascii: "/") {
                context.report(path.keyLocation, "the path `\(path.key)` ends with a slash")
            }
        },
        LintRule("path-not-include-query", .error, .warn, .error, "No path has a query.") { context in
            for path in paths(context) where path.key.text.utf8.contains(UInt8(ascii: "?")) {
                context.report(
                    path.keyLocation, "the path `\(path.key)` has a query",
                    advice: "make parameters of it, with `in: query`")
            }
        },
        LintRule(
            "path-declaration-must-exist", .error, .warn, .error, "Every parameter in a path has a name."
        ) { context in
            for path in paths(context) where path.key.text.contains("{}") {
                context.report(path.keyLocation, "the path `\(path.key)` has a parameter without a name")
            }
        },
        LintRule(
            "no-identical-paths", .error, .warn, .error, "No two paths differ only in the names of parameters."
        ) { context in
            var first: [Name: Mapping.Entry] = [:]
            for path in paths(context) {
                var shape = ""
                for (index, piece) in path.key.text.split(separator: "{", omittingEmptySubsequences: false).enumerated()
                {
                    let end = piece.firstIndex(of: "}")
                    shape += index == 0 || end == nil ? String(piece) : "{\(piece[(end ?? piece.startIndex)...])"
                }
                if let other = first[Name(shape)] {
                    context.report(
                        path.keyLocation, "`\(path.key)` differs from `\(other.key)` only in the names of parameters",
                        notes: [.init(location: other.keyLocation, message: "the other path")])
                } else {
                    first[Name(shape)] = path
                }
            }
        },
        LintRule("no-ambiguous-paths", .warn, .warn, .off, "No request fits two paths equally well.") { context in
            var seen: [Int: [(entry: Mapping.Entry, segments: [Substring])]] = [:]
            for path in paths(context) {
                let segments = path.key.text.split(separator: "/", omittingEmptySubsequences: false)
                if let other = seen[segments.count]?.first(where: { isAmbiguous($0.segments, segments) }) {
                    context.report(
                        path.keyLocation, "a request can fit both `\(path.key)` and `\(other.entry.key)`",
                        notes: [.init(location: other.entry.keyLocation, message: "the other path")])
                }
                seen[segments.count, default: []].append((path, segments))
            }
        },
        LintRule("paths-kebab-case", .off, .off, .off, "Paths are in kebab-case.") { context in
            for path in paths(context) {
                let segments = path.key.text.split(separator: "/").filter { $0.utf8.first != UInt8(ascii: "{") }
                let isKebab = segments.allSatisfy { segment in
                    segment.utf8.allSatisfy {
                        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "-.".utf8.contains($0)
                    }
                }
                if !isKebab { context.report(path.keyLocation, "the path `\(path.key)` is not in kebab-case") }
            }
        },
    ]

    /// The paths of the document.
    static func paths(_ context: LintContext) -> [Mapping.Entry] {
        context.document.all(.paths).flatMap { $0.mapping.entries.filter { $0.key.hasPrefix("/") } }
    }

    private static func isAmbiguous(_ left: [Substring], _ right: [Substring]) -> Bool {
        var balance = 0
        for (a, b) in zip(left, right) {
            let isParameterA = isParameter(a)
            let isParameterB = isParameter(b)
            balance += (isParameterA ? 1 : 0) - (isParameterB ? 1 : 0)
            if !isParameterA, !isParameterB, !a.utf8.elementsEqual(b.utf8) { return false }
        }
        return balance == 0
    }

    private static func isParameter(_ segment: Substring) -> Bool {
        segment.utf8.count > 2 && segment.utf8.first == UInt8(ascii: "{") && segment.utf8.last == UInt8(ascii: "}")
    }
}
