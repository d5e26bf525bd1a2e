/// What callers have to show. https://spec.openapis.org/oas/v3.1.0#security-requirement-object
extension Comparison {
    /// The scopes of each scheme that one alternative demands; none of it for a public operation.
    private typealias Requirement = [Name: Set<Name>]

    func compareSecurity(_ before: OperationView, _ after: OperationView) {
        let oldAlternatives = Self.requirements(before.security?.value)
        let newAlternatives = Self.requirements(after.security?.value)
        let oldLocation = before.security?.keyLocation ?? before.location
        let newLocation = after.security?.keyLocation ?? after.location
        for alternative in oldAlternatives where !newAlternatives.contains(where: { Self.accepts($0, alternative) }) {
            let what = alternative.isEmpty ? "who shows nothing" : "who shows \(Self.text(alternative))"
            report(
                .securityTightened, old: oldLocation, new: newLocation,
                "\(after.title) no longer lets in \(what): it demands "
                    + newAlternatives.map(Self.text).joined(separator: ", or "))
        }
        for alternative in newAlternatives where !oldAlternatives.contains(where: { Self.accepts($0, alternative) }) {
            if alternative.isEmpty {
                report(
                    .securityRemoved, old: oldLocation, new: newLocation,
                    "\(after.title) has become public: it demanded "
                        + oldAlternatives.map(Self.text).joined(separator: ", or "))
            } else {
                report(
                    .securityLoosened, old: oldLocation, new: newLocation,
                    "\(after.title) lets in who shows \(Self.text(alternative))")
            }
        }
    }

    /// Whether who fulfils the other requirement fulfils this one.
    private static func accepts(_ requirement: Requirement, _ other: Requirement) -> Bool {
        requirement.allSatisfy { name, scopes in other[name].map { scopes.isSubset(of: $0) } ?? false }
    }

    private static func requirements(_ node: Node?) -> [Requirement] {
        let list = (node?.sequence ?? []).compactMap(\.mapping).map { mapping in
            Dictionary(
                mapping.entries.map { entry in
                    (entry.key, Set((entry.value.sequence ?? []).compactMap { $0.string.map { Name($0) } }))
                }
            ) { first, _ in first }
        }
        // Without any, everybody may call.
        return list.isEmpty ? [[:]] : list
    }

    private static func text(_ requirement: Requirement) -> String {
        if requirement.isEmpty { return "nothing" }
        return requirement.sorted { $0.key < $1.key }.map { name, scopes in
            "`\(name)`" + (scopes.isEmpty ? "" : " with \(scopes.sorted().map { "`\($0)`" }.joined(separator: ", "))")
        }.joined(separator: " and ")
    }

    func compareSecuritySchemes() {
        let before = old.components("securitySchemes")
        for entry in before {
            guard let other = new.components("securitySchemes").first(where: { $0.key == entry.key }),
                let scheme = old.references.resolved(entry.value)?.mapping,
                let newScheme = new.references.resolved(other.value)?.mapping
            else { continue }
            for keyword in ["type", "scheme", "in", "name", "openIdConnectUrl"] as [Name] {
                let values = (scheme[keyword]?.value, newScheme[keyword]?.value)
                let isSame =
                    values.0.map { old in values.1.map { NodeValue.same(old, $0) } ?? false } ?? (values.1 == nil)
                guard !isSame else { continue }
                report(
                    .securitySchemeChanged, old: scheme[keyword]?.keyLocation ?? entry.keyLocation,
                    new: newScheme[keyword]?.keyLocation ?? other.keyLocation,
                    "the security scheme `\(entry.key)` has `\(keyword)` of "
                        + (values.1.map { NodeValue.text($0) } ?? "nothing") + " instead of "
                        + (values.0.map { NodeValue.text($0) } ?? "nothing"))
            }
        }
    }
}
