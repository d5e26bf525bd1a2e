/// The settings for people to read.
enum ConfigurationText {
    /// Effective values, one `NAME=value` a line, with where each comes from; secrets are masked.
    static func effective(_ source: SettingSource) -> String {
        Settings.all.map { setting in
            guard let (text, origin) = source.text(of: setting.name, default: setting.defaultText) else {
                return "\(setting.name)=  # not set"
            }
            return "\(setting.name)=\(setting.shown(text))  # \(origin.rawValue)"
        }.joined(separator: "\n")
    }

    /// Names, defaults and meanings for `--help`.
    static var help: String {
        Settings.all.map { setting in
            let byDefault = setting.defaultText.map { ", default \($0)" } ?? ""
            return "  \(setting.name) (\(setting.form)\(byDefault))\n      \(setting.documentation)"
        }.joined(separator: "\n")
    }

    /// The table in `docs/configuration.md`.
    static var markdown: String {
        let rows = Settings.all.map { setting in
            "| `\(setting.name)` | \(setting.form) | \(setting.defaultText.map { "`\($0)`" } ?? "") | \(setting.documentation) |"
        }
        return (["| variable | form | default | meaning |", "|---|---|---|---|"] + rows).joined(separator: "\n")
    }
}
