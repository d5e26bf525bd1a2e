import JSON

/// An operator's descriptions of metrics, in the form of Prometheus' own answer: `{"name": [{"type", "help", "unit"}]}`,
/// with or without the envelope around it. Of it a tenant sees what describes metrics that it has.
struct MetadataFile: Sendable {
    private let descriptions: [MetricName: [MetadataTable.Description]]

    /// Why a file holds none.
    struct Invalid: Error, CustomStringConvertible {
        let description: String
    }

    /// - Throws: ``Invalid``, or what is wrong with the JSON and where.
    init(fileContents bytes: [UInt8]) throws {
        let value = try JSONParser.parse(bytes)
        guard let object = (value["status"] == "success" ? value["data"] ?? value : value).objectValue else {
            throw Invalid(description: "the file must hold an object of metric names")
        }
        var descriptions: [MetricName: [MetadataTable.Description]] = [:]
        for member in object.members {
            let list = member.value.arrayValue?.compactMap(MetadataTable.Description.init)
            guard let list, list.count == member.value.arrayValue?.count else {
                throw Invalid(description: "\"\(member.name)\" must be a list of objects with type, help and unit")
            }
            descriptions[MetricName(member.name)] = list
        }
        self.descriptions = descriptions
    }

    /// The descriptions of a metric; none if the file has none.
    func descriptions(of metric: String) -> [MetadataTable.Description]? { descriptions[MetricName(metric)] }
}

/// A metric's name whose equality is that of its bytes.
struct MetricName: Hashable, Sendable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }

    static func == (left: MetricName, right: MetricName) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }
}
