/// Options and the rest of a command line: `--name value`, `--name=value`, `--flag`; `--` ends the options.
struct Arguments {
    private(set) var positional: [String] = []
    private var values: [(name: String, value: String)] = []
    private var flags: Set<String> = []

    /// - Throws: ``UsageError`` for an option that is in neither list, or one without its value.
    init(_ arguments: [String], options: Set<String> = [], flags known: Set<String> = []) throws(UsageError) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                positional += rest
                return
            }
            guard argument.hasPrefix("-"), argument != "-" else {
                positional.append(argument)
                continue
            }
            let equals = argument.firstIndex(of: "=") ?? argument.endIndex
            let name = String(argument[..<equals])
            if known.contains(name), equals == argument.endIndex {
                flags.insert(name)
            } else if options.contains(name) {
                if equals != argument.endIndex {
                    values.append((name, String(argument[argument.index(after: equals)...])))
                } else if let value = rest.popFirst() {
                    values.append((name, value))
                } else {
                    throw UsageError(message: "\(name) needs a value")
                }
            } else {
                throw UsageError(message: "there is no option \(name)")
            }
        }
    }

    /// Whether a flag was given.
    func has(_ flag: String) -> Bool { flags.contains(flag) }

    /// Every value of an option, in order.
    func all(_ option: String) -> [String] {
        values.filter { $0.name == option }.map(\.value)
    }

    /// The value of an option that may be given once.
    func one(_ option: String) throws(UsageError) -> String? {
        let values = all(option)
        guard values.count <= 1 else { throw UsageError(message: "\(option) is given more than once") }
        return values.first
    }
}
