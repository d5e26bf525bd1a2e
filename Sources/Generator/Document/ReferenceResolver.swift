/// Follows `$ref`s within the document. https://spec.openapis.org/oas/v3.1.0#reference-object
extension DocumentReader {
    /// The object itself where it is no reference, else what the reference leads to, through any number of further
    /// references. Nil, and a diagnostic, where it leads nowhere or in a circle.
    func dereferenced(
        _ node: Node, pointer: JSONPointer, as kind: ObjectKind = .reference
    ) -> (node: Node, pointer: JSONPointer)? {
        var node = node
        var pointer = pointer
        var visited: Set<JSONPointer> = [pointer]
        while let entry = node.mapping?["$ref"] {
            _ = object(node, kind)
            guard let target = target(of: entry), let next = self.node(at: target, for: entry) else { return nil }
            guard visited.insert(target).inserted else {
                diagnostics.report(.referenceCycle, at: entry.value.location, "this reference leads back to itself")
                return nil
            }
            node = next
            pointer = target
        }
        return (node, pointer)
    }

    /// The pointer that a `$ref` holds.
    func target(of entry: Mapping.Entry) -> JSONPointer? {
        guard let text = entry.value.string else {
            diagnostics.report(
                .unexpectedType, at: entry.value.location,
                "`$ref` has to be a string, not \(entry.value.kindDescription)")
            return nil
        }
        guard text.utf8.first == UInt8(ascii: "#") else {
            // What leads to a file has been brought into the document, or reported.
            if !diagnostics.all.contains(where: { $0.location == entry.value.location }) {
                reportUnread(text, at: entry.value.location)
            }
            return nil
        }
        guard let pointer = JSONPointer(fragment: Substring(text).utf8.dropFirst()) else {
            diagnostics.report(
                .unresolvedReference, at: entry.value.location, "`\(text)` is no JSON pointer",
                advice: "write `#/` and the names on the way to the object; `~1` stands for `/`")
            return nil
        }
        return pointer
    }

    /// A reference to what is no part of the document, and was not brought into it.
    private func reportUnread(_ text: String, at location: Location) {
        let file = diagnostics.files.indices.contains(Int(location.file)) ? diagnostics.files[Int(location.file)] : nil
        do throws(FileReference.Problem) {
            if let file, case .remote = try FileReference(text).place(from: file) {
                diagnostics.report(
                    .remoteReference, at: location,
                    "`\(text)` is not in this file or in one beside it; nothing is loaded over the network",
                    advice: "download the document and refer to the file, or allow it with "
                        + "`\(Option.allowRemoteReferences.name)`")
                return
            }
        } catch .unsupported {
            diagnostics.report(
                .remoteReference, at: location,
                "`\(text)` is not in this file or in one beside it, and what is fetched are `http` and `https`",
                advice: "download the document, and refer to the file")
            return
        } catch .malformedURL {
            diagnostics.report(.remoteReference, at: location, "`\(text)` is no URL")
            return
        } catch {}
        diagnostics.report(.unresolvedReference, at: location, "`\(text)` cannot be brought into the document")
    }

    /// The node that a pointer leads to.
    func node(at pointer: JSONPointer, for entry: Mapping.Entry) -> Node? {
        if let node = nodes[pointer] { return node }
        var node = root
        for (depth, token) in pointer.tokens.enumerated() {
            guard let next = node.member(token) else {
                let known = JSONPointer(tokens: Array(pointer.tokens.prefix(depth)))
                let near = node.mapping?.entries.first { editDistance($0.key.text, token.text) <= 2 }?.key
                diagnostics.report(
                    .unresolvedReference, at: entry.value.location,
                    "`\(pointer)` leads nowhere: there is no `\(token)` in `\(known)`",
                    advice: near.map { "did you mean `\(known.appending($0))`?" })
                return nil
            }
            node = next
        }
        nodes[pointer] = node
        return node
    }
}

extension Node {
    /// The node that a pointer leads to from here.
    func member(at pointer: JSONPointer) -> Node? {
        pointer.tokens.reduce(self as Node?) { node, token in node?.member(token) }
    }

    /// The member that one token of a JSON pointer means.
    fileprivate func member(_ token: Name) -> Node? {
        switch content {
        case .mapping(let mapping): return mapping[token]?.value
        case .sequence(let sequence):
            guard let index = Int(token.text), sequence.indices.contains(index), Name("\(index)") == token else {
                return nil
            }
            return sequence[index]
        case .scalar: return nil
        }
    }
}
