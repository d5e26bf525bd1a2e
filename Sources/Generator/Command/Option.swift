/// One option of a command. The table of a command's options is what its command line is read by and what its help
/// prints.
struct Option: Sendable {
    /// With its dashes.
    let name: String
    /// What stands for the value in the help; nil for an option without one.
    var value: String?
    var isRequired = false
    /// Whether it may be given several times.
    var isRepeatable = false
    /// One line of help for each element.
    let description: [String]

    /// An option that is there or not.
    static func flag(_ name: String, _ description: String...) -> Option {
        Option(name: name, description: description)
    }

    static func value(
        _ name: String, _ value: String, isRequired: Bool = false, isRepeatable: Bool = false,
        _ description: String...
    ) -> Option {
        Option(name: name, value: value, isRequired: isRequired, isRepeatable: isRepeatable, description: description)
    }

    /// How every command that reports problems is told to print them.
    static let format = Option.value(
        "--format", "FORMAT", "how problems are printed: text (default), json or github")

    /// How a command is told that references may lead to other hosts.
    static let allowRemoteReferences = Option.flag(
        "--allow-remote-references", "fetch with curl what `$ref`s to other hosts lead to, over http and https")

    /// As the usage line shows it.
    var synopsis: String {
        let text = value.map { "\(name) \($0)" } ?? name
        return isRequired ? text : "[\(text)]\(isRepeatable ? "…" : "")"
    }
}
