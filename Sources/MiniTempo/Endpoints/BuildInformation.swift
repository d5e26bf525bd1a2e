import JSON

/// What `/api/status/buildinfo` tells, with the members that Tempo's has.
enum BuildInformation {
    static let json: [UInt8] = {
        let information: JSONValue = [
            "version": "mini-tempo (a stand-in for Tempo, for demos and tests)", "revision": "", "branch": "",
            "buildUser": "", "buildDate": "", "goVersion": "",
        ]
        return information.serialized()
    }()
}
