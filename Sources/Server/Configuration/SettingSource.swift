/// The texts of settings: environment variables, below them those of `.env`.
struct SettingSource: Sendable {
    /// Where a text came from.
    enum Origin: String, Sendable {
        case environment
        case dotEnv = ".env"
        case byDefault = "default"
    }

    private let environment: [String: String]
    private let dotEnv: [String: String]

    init(environment: [String: String], dotEnv: [String: String] = [:]) {
        self.environment = environment
        self.dotEnv = dotEnv
    }

    /// The text of a setting. An empty variable counts as not set, as in most programs that are configured this way.
    func text(of name: String, default defaultText: String?) -> (text: String, origin: Origin)? {
        if let text = environment[name], !text.isEmpty { return (text, .environment) }
        if let text = dotEnv[name], !text.isEmpty { return (text, .dotEnv) }
        return defaultText.map { ($0, .byDefault) }
    }
}
