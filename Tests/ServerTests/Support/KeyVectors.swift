/// Public keys of P-256 and tokens for the tenant acme, which expire in 2100, that other software signed with their
/// private halves; those were thrown away.
enum KeyVectors {
    static let firstPEM = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEIm+icjxjre/wzDM6WOKoUGJbU9Fj
        qY9bm35CbXOO2e69GWj4VFvg3vUIh2Avf4h57xR+ZPAx54vhB3vZwqA45A==
        -----END PUBLIC KEY-----

        """
    static let firstJWK =
        #"{"kty":"EC","crv":"P-256","kid":"1","x":"Im-icjxjre_wzDM6WOKoUGJbU9FjqY9bm35CbXOO2e4","y":"vRlo-FR"#
        + #"b4N71CIdgL3-Iee8UfmTwMeeL4Qd72cKgOOQ"}"#
    static let firstToken =
        "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjEifQ.eyJzdWIiOiJhbGljZSIsImV4cCI6NDEwMjQ0NDgwMCwidGVuY"
        + "W50X2lkIjoiYWNtZSJ9.s_ZhI9w7C0CDF2_GvZ1Yo5B620-UV5vy-exufQYsq90KlUrmFQG_rdZy4Y3PZ1xcCFnLrmf4lun98N_V"
        + "2d0orA"

    static let secondPEM = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEJFhAUUuTaG1CS4yICED9JDZO1lSv
        j0vrJMnOACPP8iLR0QLU2TqUaKZsb23nOl+33k3Zt4uT/QKiZCgi59C8JQ==
        -----END PUBLIC KEY-----

        """
    static let secondJWK =
        #"{"kty":"EC","crv":"P-256","kid":"2","x":"JFhAUUuTaG1CS4yICED9JDZO1lSvj0vrJMnOACPP8iI","y":"0dEC1Nk"#
        + #"6lGimbG9t5zpft95N2beLk_0ComQoIufQvCU"}"#
    static let secondToken =
        "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjIifQ.eyJzdWIiOiJhbGljZSIsImV4cCI6NDEwMjQ0NDgwMCwidGVuY"
        + "W50X2lkIjoiYWNtZSJ9.mDTtbm6iAYugRORgf3Cjo39xsVxiV9fDGHgYjFVh09PzmlIJLtsRfoq02HRGDLIDph_1dJx4yCV-YOG1"
        + "59j__g"

}
