extension LintRule {
    static let infoRules: [LintRule] = [
        LintRule("info-contact", .off, .off, .off, "The document says whom to ask.") { context in
            for info in context.document.all(.info) {
                context.checkPresent("contact", in: info.mapping, at: info.keyLocation, "the info object")
            }
        },
        LintRule("info-license", .warn, .off, .off, "The document says under which licence the API is.") { context in
            for info in context.document.all(.info) {
                context.checkPresent("license", in: info.mapping, at: info.keyLocation, "the info object")
            }
        },
        LintRule(
            "info-license-strict", .warn, .off, .off, "The licence has a URL, or since 3.1 an identifier."
        ) { context in
            for license in context.document.all(.license) {
                if context.document.version != .v30, let identifier = license.mapping["identifier"] {
                    if identifier.value.scalar?.text.isEmpty == true {
                        context.report(identifier.keyLocation, "the `identifier` of the license is empty")
                    }
                    continue
                }
                context.checkPresent(
                    "url", in: license.mapping, at: license.keyLocation, "the license",
                    advice: context.document.version == .v30 ? nil : "add a `url`, or an `identifier` from SPDX")
            }
        },
    ]
}
