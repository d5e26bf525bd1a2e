import JSON
import PrometheusAPI

extension FloatSample {
    /// The labels, in the order of their names.
    var labels: [(name: String, value: String)] {
        metric.map { (name: $0.key, value: $0.value.stringValue ?? "") }.sorted { $0.name < $1.name }
    }

    /// The number, as Prometheus writes it.
    var number: String {
        if case .string(let text)? = value.last { text } else { "" }
    }

    /// `name{label="value"} number`
    var text: String {
        let name = metric["__name__"]?.stringValue ?? ""
        let list = labels.filter { $0.name != "__name__" }.map { "\($0.name)=\"\($0.value)\"" }
        return "\(name){\(list.joined(separator: ","))} \(number)"
    }
}
