extension ConfigurationReader {
    /// What strings of a format are to be.
    func formats(_ object: ObjectReader) -> Configuration.Formats? {
        guard let text = object.string("formats") else { return nil }
        if let formats = Configuration.Formats(rawValue: text.value) { return formats }
        diagnostics.report(
            .invalidValue, at: text.location, "`formats` cannot be `\(text.value)`",
            advice: "with `types` strings of a format such as `date-time` have types of their own, with `text` they "
                + "are strings that are checked")
        return nil
    }
}
