/// The types of the runtime that strings of a format have, by their names.
enum FormatType: String, Sendable, Hashable, CaseIterable {
    case dateTime = "DateTime"
    case date = "CalendarDate"
    case time = "TimeOfDay"
    case duration = "CalendarDuration"
    case uuid = "UniqueIdentifier"
    case uri = "URI"
    case byte = "Base64Bytes"

    /// The type of a format; nil for formats whose values are text.
    init?(format: Name) {
        switch format {
        case "date-time": self = .dateTime
        case "date": self = .date
        case "time": self = .time
        case "duration": self = .duration
        case "uuid": self = .uuid
        case "uri": self = .uri
        case "byte": self = .byte
        default: return nil
        }
    }
}

extension Planner {
    /// The type that the format of a schema of strings gives it, unless they are to be text.
    func formatType(_ schema: Schema) -> FormatType? {
        guard configuration.formats == .types, schema.type == .string, let format = schema.format?.value else {
            return nil
        }
        return FormatType(format: Name(format))
    }
}
