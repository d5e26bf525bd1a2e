/// A file of the page that people look at the gateway with. The files are in the folder `Page` and are built into the
/// program.
public struct DashboardFile: Sendable {
    /// Its path below the folder, such as `index.html`.
    public let path: String
    /// The file, to the byte.
    public let bytes: [UInt8]

    /// All of them.
    public static var all: [DashboardFile] {
        embeddedFiles.map { file in DashboardFile(path: file.path, bytes: file.text.withUTF8Buffer { Array($0) }) }
    }
}
