/// What a command was told: its options, read by the command's table, and everything else.
struct Arguments {
    /// What is wrong with a command line.
    struct UsageError: Error, Equatable {
        var message: String
    }

    private var options: [String: [String]] = [:]
    /// What is no option, in its order: names of files. `-` is one of them.
    private(set) var operands: [String] = []

    init(_ arguments: some Sequence<String>, of command: CommandDescription) throws(UsageError) {
        var rest = Array(arguments)[...]
        while let argument = rest.popFirst() {
            guard argument.utf8.first == UInt8(ascii: "-"), argument != "-" else {
                operands.append(argument)
                continue
            }
            if argument == "--" {
                operands += rest
                break
            }
            let pieces = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(pieces[0])
            guard let option = command.options.first(where: { $0.name == name }) else {
                let near = command.options.first { editDistance($0.name, name) <= 2 }
                throw UsageError(
                    message: "there is no option `\(name)`" + (near.map { "; did you mean `\($0.name)`?" } ?? ""))
            }
            guard options[name] == nil || option.isRepeatable else {
                throw UsageError(message: "`\(name)` is given twice")
            }
            if option.value == nil {
                guard pieces.count == 1 else { throw UsageError(message: "`\(name)` takes no value") }
                options[name] = []
                continue
            }
            guard let value = pieces.count == 2 ? String(pieces[1]) : rest.popFirst(), !value.isEmpty else {
                throw UsageError(message: "`\(name)` needs a value")
            }
            options[name, default: []].append(value)
        }
        let inputs = operands + options.filter { $0.key != "--output" }.flatMap(\.value)
        guard inputs.count(where: { $0 == "-" }) <= 1 else {
            throw UsageError(message: "the standard input, `-`, can be read only once")
        }
        for option in command.options where option.isRequired && options[option.name] == nil {
            throw UsageError(message: "`\(option.name)` is missing")
        }
        if operands.count < command.operands.lowerBound {
            throw UsageError(message: "`\(command.operandNames)` is missing")
        }
        if operands.count > command.operands.upperBound {
            throw UsageError(message: "`\(operands[command.operands.upperBound])` is one argument too many")
        }
    }

    func has(_ option: String) -> Bool { options[option] != nil }

    func value(_ option: String) -> String? { options[option]?.last }

    func values(_ option: String) -> [String] { options[option] ?? [] }

    /// What ``Option/allowRemoteReferences`` allows; nil without it.
    var fetch: RemoteFiles.Fetch? {
        guard has(Option.allowRemoteReferences.name) else { return nil }
        let files = RemoteFiles()
        return { (url) throws(FileError) in try files.fetch(url) }
    }

    /// The value of ``Option/format``.
    func format() throws(UsageError) -> Diagnostics.Format { try choice("--format") ?? .text }

    /// The value of an option that takes one of a few words.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ option: String) throws(UsageError) -> Choice? {
        guard let text = value(option) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let known = Choice.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        throw UsageError(message: "`\(option)` cannot be `\(text)`; it is one of \(known)")
    }
}
