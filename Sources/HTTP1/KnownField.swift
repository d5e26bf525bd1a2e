/// Fields that mean something here, and common ones, whose names so need not be copied.
enum KnownField: String, CaseIterable {
    case accept
    case acceptEncoding = "accept-encoding"
    case acceptLanguage = "accept-language"
    case accessControlRequestHeaders = "access-control-request-headers"
    case accessControlRequestMethod = "access-control-request-method"
    case authorization
    case baggage
    case cacheControl = "cache-control"
    case connection
    case contentEncoding = "content-encoding"
    case contentLength = "content-length"
    case contentRange = "content-range"
    case contentType = "content-type"
    case cookie
    case date
    case etag
    case expect
    case host
    case ifModifiedSince = "if-modified-since"
    case ifNoneMatch = "if-none-match"
    case keepAlive = "keep-alive"
    case lastModified = "last-modified"
    case location
    case origin
    case proxyAuthorization = "proxy-authorization"
    case range
    case referer
    case server
    case setCookie = "set-cookie"
    case strictTransportSecurity = "strict-transport-security"
    case te
    case traceparent
    case tracestate
    case trailer
    case transferEncoding = "transfer-encoding"
    case upgrade
    case upgradeInsecureRequests = "upgrade-insecure-requests"
    case userAgent = "user-agent"
    case vary
    case wwwAuthenticate = "www-authenticate"
    case xContentTypeOptions = "x-content-type-options"
    case xForwardedFor = "x-forwarded-for"
    case xForwardedHost = "x-forwarded-host"
    case xForwardedProto = "x-forwarded-proto"
    case xRequestId = "x-request-id"
    case xScopeOrgID = "x-scope-orgid"
    case xTenant = "x-tenant"

    /// The field of that name, which must be a token, in upper or lower case.
    init?(name: UnsafeRawBufferPointer) {
        switch name.count {
        case 2 where name.equalsIgnoringCase("te"): self = .te
        case 4 where name.equalsIgnoringCase("date"): self = .date
        case 4 where name.equalsIgnoringCase("etag"): self = .etag
        case 4 where name.equalsIgnoringCase("host"): self = .host
        case 4 where name.equalsIgnoringCase("vary"): self = .vary
        case 5 where name.equalsIgnoringCase("range"): self = .range
        case 6 where name.equalsIgnoringCase("accept"): self = .accept
        case 6 where name.equalsIgnoringCase("cookie"): self = .cookie
        case 6 where name.equalsIgnoringCase("expect"): self = .expect
        case 6 where name.equalsIgnoringCase("origin"): self = .origin
        case 6 where name.equalsIgnoringCase("server"): self = .server
        case 7 where name.equalsIgnoringCase("baggage"): self = .baggage
        case 7 where name.equalsIgnoringCase("referer"): self = .referer
        case 7 where name.equalsIgnoringCase("trailer"): self = .trailer
        case 7 where name.equalsIgnoringCase("upgrade"): self = .upgrade
        case 8 where name.equalsIgnoringCase("location"): self = .location
        case 8 where name.equalsIgnoringCase("x-tenant"): self = .xTenant
        case 10 where name.equalsIgnoringCase("connection"): self = .connection
        case 10 where name.equalsIgnoringCase("keep-alive"): self = .keepAlive
        case 10 where name.equalsIgnoringCase("set-cookie"): self = .setCookie
        case 10 where name.equalsIgnoringCase("tracestate"): self = .tracestate
        case 10 where name.equalsIgnoringCase("user-agent"): self = .userAgent
        case 11 where name.equalsIgnoringCase("traceparent"): self = .traceparent
        case 12 where name.equalsIgnoringCase("content-type"): self = .contentType
        case 12 where name.equalsIgnoringCase("x-request-id"): self = .xRequestId
        case 13 where name.equalsIgnoringCase("authorization"): self = .authorization
        case 13 where name.equalsIgnoringCase("cache-control"): self = .cacheControl
        case 13 where name.equalsIgnoringCase("content-range"): self = .contentRange
        case 13 where name.equalsIgnoringCase("if-none-match"): self = .ifNoneMatch
        case 13 where name.equalsIgnoringCase("last-modified"): self = .lastModified
        case 13 where name.equalsIgnoringCase("x-scope-orgid"): self = .xScopeOrgID
        case 14 where name.equalsIgnoringCase("content-length"): self = .contentLength
        case 15 where name.equalsIgnoringCase("accept-encoding"): self = .acceptEncoding
        case 15 where name.equalsIgnoringCase("accept-language"): self = .acceptLanguage
        case 15 where name.equalsIgnoringCase("x-forwarded-for"): self = .xForwardedFor
        case 16 where name.equalsIgnoringCase("content-encoding"): self = .contentEncoding
        case 16 where name.equalsIgnoringCase("www-authenticate"): self = .wwwAuthenticate
        case 16 where name.equalsIgnoringCase("x-forwarded-host"): self = .xForwardedHost
        case 17 where name.equalsIgnoringCase("if-modified-since"): self = .ifModifiedSince
        case 17 where name.equalsIgnoringCase("transfer-encoding"): self = .transferEncoding
        case 17 where name.equalsIgnoringCase("x-forwarded-proto"): self = .xForwardedProto
        case 19 where name.equalsIgnoringCase("proxy-authorization"): self = .proxyAuthorization
        case 22 where name.equalsIgnoringCase("x-content-type-options"): self = .xContentTypeOptions
        case 25 where name.equalsIgnoringCase("strict-transport-security"): self = .strictTransportSecurity
        case 25 where name.equalsIgnoringCase("upgrade-insecure-requests"): self = .upgradeInsecureRequests
        case 29 where name.equalsIgnoringCase("access-control-request-method"): self = .accessControlRequestMethod
        case 30 where name.equalsIgnoringCase("access-control-request-headers"): self = .accessControlRequestHeaders
        default: return nil
        }
    }

    /// Whether a trailer of that name could change how the message is framed, routed or trusted
    /// ([RFC 9110 §6.5.1](https://www.rfc-editor.org/rfc/rfc9110#section-6.5.1)).
    var isForbiddenInTrailers: Bool {
        switch self {
        case .authorization, .cacheControl, .connection, .contentEncoding, .contentLength, .contentRange,
            .contentType, .cookie, .expect, .host, .ifModifiedSince, .keepAlive, .proxyAuthorization, .range,
            .setCookie, .te, .trailer, .transferEncoding, .upgrade, .wwwAuthenticate:
            true
        default:
            false
        }
    }

    /// Whether the writer alone may write that field.
    var isFraming: Bool {
        self == .contentLength || self == .transferEncoding || self == .connection
    }
}
