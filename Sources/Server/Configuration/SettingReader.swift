/// Reads settings and collects what is wrong with them.
struct SettingReader {
    private let source: SettingSource
    /// A sentence a mistake, in the order in which the settings were read.
    private(set) var messages: [String] = []

    init(_ source: SettingSource) {
        self.source = source
    }

    /// The value of a setting that must have one; `nil` after reporting why it has none.
    mutating func required<Value>(_ setting: Setting<Value>, otherwise: String = "must be set") -> Value? {
        guard let (text, _) = source.text(of: setting.name, default: setting.defaultText) else {
            report(setting.name, otherwise)
            return nil
        }
        return value(setting, text)
    }

    /// The value of a setting that may have none.
    mutating func optional<Value>(_ setting: Setting<Value>) -> Value? {
        source.text(of: setting.name, default: setting.defaultText).flatMap { value(setting, $0.text) }
    }

    /// Whether a setting has a text, be it a good one or not.
    func isSet<Value>(_ setting: Setting<Value>) -> Bool {
        source.text(of: setting.name, default: setting.defaultText) != nil
    }

    /// Adds a mistake that was found elsewhere.
    mutating func report(_ name: String, _ message: String) {
        messages.append("\(name) \(message)")
    }

    /// What is made of a file that a setting names; `nil` after reporting why it could not be.
    mutating func file<Value>(_ name: String, _ file: String, _ read: () throws -> Value) -> Value? {
        do {
            return try read()
        } catch {
            report(name, "\(file): \(error)")
            return nil
        }
    }

    private mutating func value<Value>(_ setting: Setting<Value>, _ text: String) -> Value? {
        do {
            return try setting.parse(text)
        } catch {
            report(setting.name, "\(error.message), not \"\(setting.shown(text))\"")
            return nil
        }
    }
}
