import JOSE
import JSON
import Telemetry
import Tenancy

/// `palisade token`
enum TokenCommand {
    static let help = """
        Usage: palisade token --tenant TENANT [--tenant TENANT …] [--subject TEXT] [--ttl DURATION]

        Prints a token for development and tests, signed by HS256 with the secret in JWT_HS256_SECRET_FILE, with the
        claim that TENANT_CLAIM names and the issuer and audience that JWT_ISSUER and JWT_AUDIENCE ask for.

          --tenant TENANT   the tenant; given several times, the claim is a list
          --subject TEXT    the token's sub, default "developer"
          --ttl DURATION    how long the token is valid, default 1h
        """

    static func run(_ arguments: [String]) throws -> Int32 {
        let arguments = try Arguments(
            arguments, options: ["--tenant", "--subject", "--ttl"], flags: ["--help", "-h"])
        if arguments.has("--help") || arguments.has("-h") {
            Console.print(help)
            return ExitCode.success
        }
        guard arguments.positional.isEmpty else { throw UsageError(message: "token takes options only") }
        let tenants = arguments.all("--tenant")
        guard !tenants.isEmpty else { throw UsageError(message: "--tenant is missing") }
        if let wrong = tenants.first(where: { Tenant($0) == nil }) {
            throw UsageError(message: "\"\(wrong)\" is no tenant's name: 1 to 150 of A–Z a–z 0–9 _ . -")
        }
        let lifetime: Duration
        do {
            lifetime = try SettingParsers.duration(try arguments.one("--ttl") ?? "1h")
        } catch let error as InvalidSetting {
            throw UsageError(message: "--ttl \(error.message)")
        }
        let token = try sign(
            try SettingSource.ofProcess(), tenants, subject: try arguments.one("--subject") ?? "developer", lifetime)
        Console.printError("palisade: a development token; never give one to a user")
        Console.print(token)
        return ExitCode.success
    }

    private static func sign(
        _ source: SettingSource, _ tenants: [String], subject: String, _ lifetime: Duration
    ) throws -> String {
        var reader = SettingReader(source)
        let file = reader.required(Settings.jwtSecretFile)
        let path = reader.required(Settings.tenantClaim)
        let issuer = reader.optional(Settings.jwtIssuer)
        let openID = reader.optional(Settings.openIDIssuerURL)
        let audience = reader.optional(Settings.jwtAudience)
        guard reader.messages.isEmpty, let file, let path else {
            throw Configuration.Invalid(messages: reader.messages)
        }
        let secret: SharedSecret
        do {
            secret = try SharedSecret(fileContents: readSmallFile(file))
        } catch {
            throw Configuration.Invalid(messages: ["\(Settings.jwtSecretFile.name) \(file): \(error)"])
        }
        let now = Timestamp.unixSeconds()
        var claims: JSONObject = [
            "sub": .string(subject), "iat": .number(JSONNumber(Int(now))),
            "exp": .number(JSONNumber(Int(now + lifetime.components.seconds))),
        ]
        if let issuer = issuer ?? openID?.identifier { claims["iss"] = .string(issuer) }
        if let audience { claims["aud"] = .string(audience) }
        let names = tenants.map { JSONValue.string($0) }
        set(names.count == 1 ? names[0] : .array(names), at: path.names[...], in: &claims)
        return try TokenSigner(secret: secret).sign(claims)
    }

    private static func set(_ value: JSONValue, at path: ArraySlice<String>, in object: inout JSONObject) {
        guard let name = path.first else { return }
        guard path.count > 1 else {
            object[name] = value
            return
        }
        var inner = object[name]?.objectValue ?? JSONObject()
        set(value, at: path.dropFirst(), in: &inner)
        object[name] = .object(inner)
    }
}
