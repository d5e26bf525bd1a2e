/// What the failures of operations are answered in: not their handlers answer those, but the server around them.
extension Planner {
    /// The media type in which the document says that an operation's failures are answered; nil where it says nothing.
    ///
    /// If the configuration lists the formats of failures, an operation has to keep to one of them. If not, nothing is
    /// demanded, and where the answers of status 4xx and 5xx differ, none of them is the one.
    func failureMediaType(of operation: Operation) -> String? {
        var first: (media: MediaType, name: Name)?
        for response in operation.responses where response.status.value.isError {
            for media in response.content where isFailure(media) {
                guard let known = first else {
                    first = (media, Name(media.text))
                    continue
                }
                guard known.name != Name(media.text) else { continue }
                guard configuration.failures != nil else { return nil }
                diagnostics.report(
                    .mixedFailures, at: response.status.location,
                    "failures of this operation are answered as `\(known.media.text)` and, here, as `\(media.text)`",
                    notes: [.init(location: known.media.name.location, message: "the first of them")],
                    advice: "an operation answers all of its failures in one format")
            }
        }
        return first?.media.text
    }

    private func isFailure(_ media: MediaType) -> Bool {
        guard let formats = configuration.failures else { return true }
        return formats.contains { format in
            guard format.mediaType.value == media.name.value else { return false }
            guard let schema = format.schema else { return true }
            if case .reference(let reference)? = media.schema {
                return reference.target == Self.component(schema.value)
            }
            return false
        }
    }

    /// A format whose schema is not there would never be found, so that nothing would be demanded of anybody.
    func checkFailureFormats() {
        for schema in (configuration.failures ?? []).compactMap(\.schema)
        where document.schemas[Self.component(schema.value)] == nil {
            diagnostics.report(
                .invalidValue, at: schema.location, "there is no schema `\(schema.value)` in `components/schemas`")
        }
    }

    private static func component(_ name: Name) -> JSONPointer {
        JSONPointer.root.appending("components").appending("schemas").appending(name)
    }
}
