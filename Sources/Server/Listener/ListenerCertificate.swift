import EventLoop
import HTTPServer
import JOSE
import Synchronization
import TLS
import Telemetry

/// The gateway's side of TLS, made anew when its files change.
///
/// A change counts for new connections; open ones go on. Files that cannot be used leave everything as it was.
final class ListenerCertificate: Sendable {
    private struct State {
        /// Those of the files that are in use.
        var active: [SHA256Digest?]
        /// Those of the files as they were last read, usable or not; nil after they could not be read.
        var seen: [SHA256Digest?]?
    }

    /// What the server takes its credentials from.
    let tls: ServerTLS
    private let files: CertificateFiles
    private let logger: Logger
    private let state: Mutex<State>

    /// Begins with what has been read from these files.
    init(_ loaded: CertificateFiles.Loaded, files: CertificateFiles, logger: Logger) {
        tls = ServerTLS(loaded.credentials)
        self.files = files
        self.logger = logger
        state = Mutex(State(active: loaded.digests, seen: loaded.digests))
        warnIfExpired(loaded.credentials)
    }

    /// Reads the files, and has new connections begin with them where they have changed.
    ///
    /// - Parameter isAsked: somebody asked for it and is told the outcome, even if nothing has changed.
    func reload(isAsked: Bool = false) {
        state.withLock { state in
            do throws(CertificateFiles.Invalid) {
                let contents: CertificateFiles.Contents
                do throws(CertificateFiles.Invalid) {
                    contents = try files.read(again: true)
                } catch {
                    guard isAsked || state.seen != nil else { return }
                    state.seen = nil
                    throw error
                }
                let digests = contents.digests
                guard isAsked || digests != state.seen else { return }
                state.seen = digests
                guard digests != state.active else {
                    return logger.log(.info, "the certificate is as it was")
                }
                let loaded = try files.load(contents)
                state.active = digests
                tls.credentials = loaded.credentials
                logger.log(.info, "the certificate was read again")
                warnIfExpired(loaded.credentials)
            } catch {
                logger.log(
                    .error, "the certificate cannot be read again; the old one stays in use",
                    [("error", .string("\(error)"))])
            }
        }
    }

    /// Looks at the files every few seconds, until the task is cancelled.
    func watch() async {
        while (try? await Shard.sleep(for: TokenKeys.interval)) != nil { reload() }
    }

    private func warnIfExpired(_ credentials: TLSCredentials) {
        guard credentials.expiry <= WallClock.seconds else { return }
        logger.log(.warning, "the certificate has expired: clients will refuse it")
    }
}
