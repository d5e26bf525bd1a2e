/// What `generator.yaml` says: how the code that is generated ties in with handwritten code, and which extensions of
/// the document mean something.
struct Configuration: Sendable {
    /// What is generated beside the types of the schemas.
    var modes: Set<Mode> = [.server]
    /// What strings of a format are in Swift.
    var formats = Formats.types
    /// Modules that the types named below come from.
    var imports: [Located<Name>] = []
    /// The Swift type that an authenticator yields.
    var credential: Located<Name>?
    var operationExtensions: [OperationExtension] = []
    var inputExtensions: [InputExtension] = []
    /// Generic types that wrap the bodies of good answers.
    var outputWrappers: [OutputWrapper] = []
    /// What the server answers its failures in; nil where the configuration does not say.
    var failures: [FailureFormat]?
    /// The extension of operations whose values lead them to routers of their own.
    var routers: RouterExtension?
    /// Overlays that are applied to the document before anything else, relative to the configuration.
    var overlays: [Located<String>] = []
    /// The operations that are wanted; nil for all.
    var filter: OperationFilter?
    var names = NameOverrides()

    /// What one run generates.
    enum Mode: String, Sendable, CaseIterable {
        /// The types of the schemas, which everything else stands on.
        case types
        /// Protocols to implement, and a router.
        case server
        /// A client with a method for each operation.
        case client
    }

    /// What strings of a format such as `date-time` are in Swift.
    enum Formats: String, Sendable, CaseIterable {
        /// Types of their own.
        case types
        /// Strings that are checked.
        case text
    }

    /// A documented answer of status 4xx or 5xx that the server gives for a failure. What is in another format is an
    /// answer of the operation's own.
    struct FailureFormat: Sendable {
        /// In lower case, without parameters.
        var mediaType: Located<Name>
        /// The component schema that the body has; nil for whatever it has.
        var schema: Located<Name>?
    }

    /// Operations without the extension are in `Router`.
    struct RouterExtension: Sendable {
        var name: Located<Name>
        var values: [Value]

        struct Value: Sendable {
            var name: Located<Name>
            /// The Swift name of the router.
            var type: Located<Name>
        }
    }

    /// An extension of operations whose values oblige the operation to something.
    struct OperationExtension: Sendable {
        var name: Located<Name>
        /// Whether every operation has to have it.
        var isRequired: Bool
        var values: [Value]

        struct Value: Sendable {
            var name: Located<Name>
            var security: Located<Security>?
            /// Values of input extensions, at least one of which has to stand on an input of the operation.
            var input: [Located<Name>] = []
            /// The wrapper of the bodies of good answers.
            var output: Located<Name>?
        }
    }

    /// A generic Swift type that the body of a good answer is wrapped in; its `value` is the body.
    struct OutputWrapper: Sendable {
        var name: Located<Name>
        var type: Located<Name>
    }

    enum Security: String, Sendable, CaseIterable {
        case required, forbidden
    }

    /// An extension of parameters and form fields whose value chooses the input's Swift type.
    struct InputExtension: Sendable {
        var name: Located<Name>
        var values: [Value]

        struct Value: Sendable {
            var name: Located<Name>
            var type: Located<Name>
        }
    }
}
