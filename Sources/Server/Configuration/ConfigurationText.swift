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

    /// The file `.env.template`: every setting with its meaning and default, none of them set.
    static var template: String {
        let head = """
            # Copy to .env; palisade reads it from its working directory. It must belong to you, and nobody else may write it.
            # Take the # from what you set. Made by: palisade config --template
            """
        return
            ([head]
            + Settings.all.map { setting in
                (wrapped(setting.documentation) + ["#\(setting.name)=\(setting.defaultText ?? "")"]).joined(
                    separator: "\n")
            }).joined(separator: "\n\n")
    }

    /// Comment lines of at most 118 bytes.
    private static func wrapped(_ text: String) -> [String] {
        var lines: [String] = []
        var line = "#"
        for word in text.split(separator: " ") {
            if line.utf8.count + word.utf8.count + 1 > 118 {
                lines.append(line)
                line = "#"
            }
            line += " \(word)"
        }
        return lines + [line]
    }

    /// The table in `docs/configuration.md`.
    static var markdown: String {
        let rows = Settings.all.map { setting in
            "| `\(setting.name)` | \(setting.form) | \(setting.defaultText.map { "`\($0)`" } ?? "") | \(setting.documentation) |"
        }
        return (["| variable | form | default | meaning |", "|---|---|---|---|"] + rows).joined(separator: "\n")
    }
}
