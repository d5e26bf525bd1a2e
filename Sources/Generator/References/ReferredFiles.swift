/// The files that a document and those files refer to, each of which is read or fetched once.
final class ReferredFiles {
    private let diagnostics: Diagnostics
    private let read: (String) -> SourceFile?
    private let fetch: RemoteFiles.Fetch?
    /// What was read; nil for what could not be.
    private var files: [FileReference.Place: Node?] = [:]
    /// Why something could not be fetched.
    private var failures: [FileReference.Place: String] = [:]
    private var roots: [UInt32: Node] = [:]
    private var reported: Set<Location> = []

    init(
        _ root: Node, diagnostics: Diagnostics, fetch: RemoteFiles.Fetch?, read: @escaping (String) -> SourceFile?
    ) {
        self.diagnostics = diagnostics
        self.fetch = fetch
        self.read = read
        roots[root.location.file] = root
        files[.file(path(of: root.location.file))] = root
    }

    /// What a file holds.
    subscript(file: UInt32) -> Node? { roots[file] }

    func path(of file: UInt32) -> String {
        diagnostics.files.indices.contains(Int(file)) ? diagnostics.files[Int(file)].path : ""
    }

    /// Whether nothing has been reported there.
    func isFirstProblem(at location: Location) -> Bool { reported.insert(location).inserted }

    /// The document that a reference leads to. One that is not to be fetched is reported where the document is read.
    func root(_ reference: FileReference, for entry: Mapping.Entry, isSilent: Bool) -> Node? {
        let location = entry.value.location
        if reference.address.isEmpty { return roots[location.file] }
        guard diagnostics.files.indices.contains(Int(location.file)),
            let place = try? reference.place(from: diagnostics.files[Int(location.file)])
        else { return nil }
        if let known = files[place] {
            if known == nil, !isSilent { cannotRead(place, entry) }
            return known
        }
        let file: SourceFile
        switch place {
        case .file(let path):
            guard let found = read(path) else {
                files[place] = .some(nil)
                if !isSilent { cannotRead(place, entry) }
                return nil
            }
            file = found
        case .remote(let url):
            guard let fetch else { return nil }
            do throws(FileError) {
                file = try fetch(url)
            } catch {
                files[place] = .some(nil)
                failures[place] = error.message
                if !isSilent { cannotRead(place, entry) }
                return nil
            }
            // Where redirections ended, it may have been already.
            if let known = files[.remote(file.path)] {
                files[place] = known
                return known
            }
        }
        let root = YAMLReader.read(file, diagnostics: diagnostics)
        files[place] = .some(root)
        if case .remote = place { files[.remote(file.path)] = .some(root) }
        if let root { roots[root.location.file] = root }
        return root
    }

    private func cannotRead(_ place: FileReference.Place, _ entry: Mapping.Entry) {
        guard isFirstProblem(at: entry.value.location) else { return }
        switch place {
        case .file(let path):
            diagnostics.report(
                .unresolvedReference, at: entry.value.location, "the file `\(path)` cannot be read",
                advice: "paths are relative to the file that the reference stands in")
        case .remote:
            guard let failure = failures[place] else { return }
            diagnostics.report(.remoteReference, at: entry.value.location, failure)
        }
    }
}
