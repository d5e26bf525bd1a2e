/// One thing that can be configured: an environment variable with its type, default and meaning.
struct Setting<Value: Sendable>: Sendable {
    /// The environment variable.
    let name: String
    /// What a value looks like, for people: `duration`, `URL`.
    let form: String
    /// The text that counts if the variable is not set; `nil` if there is none.
    let defaultText: String?
    /// One or two sentences for people.
    let documentation: String
    /// The text as people may see it: what may hold a secret is masked.
    var shown: @Sendable (String) -> String = { $0 }
    /// The value of a text.
    let parse: @Sendable (String) throws(InvalidSetting) -> Value
}

/// Why a text is no value of a setting; the message completes the sentence "NAME …".
struct InvalidSetting: Error, Equatable {
    let message: String
}

/// A setting without its type, for tables.
struct SettingRow: Sendable {
    let name: String
    let form: String
    let defaultText: String?
    let documentation: String
    let shown: @Sendable (String) -> String

    init<Value>(_ setting: Setting<Value>) {
        name = setting.name
        form = setting.form
        defaultText = setting.defaultText
        documentation = setting.documentation
        shown = setting.shown
    }
}
