import Foundation

/// The files that the generator reads for a document. They are found by how they look, for a plugin has no YAML: what
/// looks like a file's name, is a file and is not read costs a build at most.
enum InputFiles {
    /// The document, the overlays that the configuration names, and the files that these refer to, and so on.
    static func all(spec: URL, configuration: URL) -> [URL] {
        var found = [configuration.standardizedFileURL]
        var seen = Set(found)
        func add(_ name: String, from file: URL) {
            let url = URL(filePath: name, relativeTo: file).standardizedFileURL
            var isFolder: ObjCBool = false
            guard !seen.contains(url),
                FileManager.default.fileExists(atPath: url.path(percentEncoded: false), isDirectory: &isFolder),
                !isFolder.boolValue
            else { return }
            seen.insert(url)
            found.append(url)
        }
        for name in scalars(text(configuration)) { add(name, from: configuration) }
        add(spec.path(percentEncoded: false), from: configuration)
        var index = 1
        while index < found.count {
            let file = found[index]
            index += 1
            for reference in references(text(file)) {
                add(reference, from: file)
                if let decoded = reference.removingPercentEncoding, decoded != reference { add(decoded, from: file) }
            }
        }
        return found
    }

    private static func text(_ file: URL) -> String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }

    /// Whatever may be a scalar of a small YAML file.
    static func scalars(_ text: String) -> [String] {
        let lines = text.split(whereSeparator: \.isNewline)
        return lines.flatMap { line in
            let content = line.range(of: " #").map { line[..<$0.lowerBound] } ?? line
            return content.split { ",[]{}\"'".contains($0) }.flatMap { piece in
                // The value of a key, and the element of a list.
                [piece] + (piece.range(of: ": ").map { [piece[$0.upperBound...]] } ?? [])
            }.map { piece in
                let trimmed = piece.trimmingCharacters(in: .whitespaces)
                return trimmed.hasPrefix("- ")
                    ? trimmed.dropFirst(2).trimmingCharacters(in: .whitespaces) : trimmed
            }
        }.filter { !$0.isEmpty }
    }

    /// What stands behind a `$ref`, and what is called like a document, as the values of a discriminator's mapping.
    static func references(_ text: String) -> [String] {
        var found: [String] = []
        var isReference = false
        let ends: Set<UInt8> = Set(" \t\r\n\"',{}[]".utf8)
        for token in text.utf8.split(whereSeparator: { ends.contains($0) }) {
            if token.elementsEqual(":".utf8) { continue }
            if token.elementsEqual("$ref".utf8) || token.elementsEqual("$ref:".utf8) {
                isReference = true
                continue
            }
            let path = token.prefix { $0 != UInt8(ascii: "#") }
            let isDocument = [".yaml", ".yml", ".json"].contains { path.suffix($0.utf8.count).elementsEqual($0.utf8) }
            if !path.isEmpty, isReference || isDocument { found.append(String(Substring(path))) }
            isReference = false
        }
        return found
    }
}
