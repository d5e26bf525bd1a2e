#if canImport(Glibc)
    import Glibc
#endif

// Writes files as Swift source, so that a program has them in itself: the plugin EmbedFiles runs it on every build.
//
// usage: Embedder OUTPUT ROOT FILE …
let arguments = CommandLine.arguments
do {
    guard arguments.count > 3 else { throw EmbeddedSource.Unusable(description: "Embedder OUTPUT ROOT FILE …") }
    try EmbeddedSource(root: arguments[2], files: Array(arguments[3...])).write(to: arguments[1])
} catch {
    // The plugin shows what its tool prints.
    print("error: \(error)")
    exit(1)
}
