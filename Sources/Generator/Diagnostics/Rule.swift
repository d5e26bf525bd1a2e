/// One name for each kind of problem, printed in brackets after the message.
enum Rule: String, Sendable, CaseIterable {
    // Files and YAML
    case invalidUTF8 = "invalid-utf8"
    case yamlSyntax = "yaml-syntax"
    case emptyDocument = "empty-document"
    case multipleDocuments = "multiple-documents"
    case duplicateKey = "duplicate-key"
    case yamlTag = "yaml-tag"
    case mergeKey = "merge-key"
    case mappingKey = "mapping-key"
    case unknownAlias = "unknown-alias"
    case aliasExpansion = "alias-expansion"
    case lineSeparator = "line-separator"
    case nestingDepth = "nesting-depth"
    case notANumber = "not-a-number"

    // Shape of the document
    case unexpectedType = "unexpected-type"
    case missingKeyword = "missing-keyword"
    case unknownKeyword = "unknown-keyword"
    case unsupportedKeyword = "unsupported-keyword"
    case unsupportedVersion = "unsupported-version"
    case unsupportedValue = "unsupported-value"
    case invalidValue = "invalid-value"

    // Oddities that are read all the same, with a warning
    case meaninglessKeyword = "meaningless-keyword"
    case misspeltKeyword = "misspelt-keyword"
    case outdatedForm = "outdated-form"
    case ignoredSibling = "ignored-sibling"
    case pathQuery = "path-query"
    case unreachableOperation = "unreachable-operation"
    case bodyWithoutMeaning = "body-without-meaning"

    /// Not wrong itself: the operation has to do with something that is.
    case leftOut = "left-out"

    // References
    case unresolvedReference = "unresolved-reference"
    case remoteReference = "remote-reference"
    case referenceCycle = "reference-cycle"

    // Meaning
    case duplicateOperationId = "duplicate-operation-id"
    case duplicateParameter = "duplicate-parameter"
    case pathParameter = "path-parameter"
    case ambiguousPath = "ambiguous-path"
    case unknownSecurityScheme = "unknown-security-scheme"
    case mixedFailures = "mixed-failures"
    case contradictoryConstraint = "contradictory-constraint"

    // Extension rules of the configuration
    case missingExtension = "missing-extension"
    case unknownExtensionValue = "unknown-extension-value"
    case extensionSecurity = "extension-security"
    case extensionInput = "extension-input"
    case extensionOutput = "extension-output"
    case misplacedExtension = "misplaced-extension"

    // Filters and names of the configuration
    case unmatchedName = "unmatched-name"

    // Overlays
    case overlayTarget = "overlay-target"
    case overlayUpdate = "overlay-update"

    // Families of rules, whose members have names of their own
    case lint
    case change
    case lintConfiguration = "lint-configuration"

    /// Whether a problem that was found in the plan of a document would be there even if nothing of the document were
    /// missing in the plan.
    var holdsInIncompleteDocuments: Bool {
        switch self {
        case .missingExtension, .unknownExtensionValue, .extensionSecurity, .ambiguousPath:
            true
        default: false
        }
    }

    /// Whether it is about what `generator.yaml` says of extensions.
    var isAboutExtensions: Bool {
        switch self {
        case .missingExtension, .unknownExtensionValue, .extensionSecurity, .extensionInput, .extensionOutput,
            .misplacedExtension:
            true
        default: false
        }
    }
}
