/// Public keys, and tokens that other software (Python's cryptography) signed with their private halves, which were
/// thrown away. Their claims suit ``TokenFixture/policy``; they expire in 2100.
enum SignatureVectors {
    static let rsaPEM = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA3pl1GnNkswnGFaDSn8Sg
        W8x+I7ZfWNO39kEEzcXY7BzQP30Za4In8QZuKX33aAe5yytlGNswEjwfD15Nh/yz
        zkZT9yFy1nf/9fZy70Mvon/+OgzCiVIpNS5uLV8n4YGcNeE7Yr4PQdOYER2XU1Aw
        LwikndXvRmdccbC+MHH6oW/vlQpveCZYphKuFC9Kf4xNgwpfWwi4au5LdFFpr9wG
        +AWPTQ2XhN3HczZfV9Ww+RiXLqUtfDnrghWXecr2G2x+zAatVy/ze/rX0+aCm1e0
        kEQEPL1lONdsyBg3CBBR2XOwc2hdqlODdOCAaKsb4AL19guNQ4wjOdFpB+HDb2bH
        FwIDAQAB
        -----END PUBLIC KEY-----

        """

    static let rsaJWK =
        #"{"kty":"RSA","n":"3pl1GnNkswnGFaDSn8SgW8x-I7ZfWNO39kEEzcXY7BzQP30Za4In8QZuKX33aAe5yytlGNswEjwfD15N"#
        + #"h_yzzkZT9yFy1nf_9fZy70Mvon_-OgzCiVIpNS5uLV8n4YGcNeE7Yr4PQdOYER2XU1AwLwikndXvRmdccbC-MHH6oW_vlQpveC"#
        + #"ZYphKuFC9Kf4xNgwpfWwi4au5LdFFpr9wG-AWPTQ2XhN3HczZfV9Ww-RiXLqUtfDnrghWXecr2G2x-zAatVy_ze_rX0-aCm1e0"#
        + #"kEQEPL1lONdsyBg3CBBR2XOwc2hdqlODdOCAaKsb4AL19guNQ4wjOdFpB-HDb2bHFw","e":"AQAB"}"#

    static let p256PEM = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEVQ9KK6pcTdUxUFFaG3JKVndepJOM
        dS9j14QO19ZouqbxJ2W/3KupZp/zg38cUmYpDlXBhGcIv3q1ONgW/iU9mA==
        -----END PUBLIC KEY-----

        """

    static let p256JWK =
        #"{"kty":"EC","crv":"P-256","x":"VQ9KK6pcTdUxUFFaG3JKVndepJOMdS9j14QO19ZouqY","y":"8Sdlv9yrqWaf84N_H"#
        + #"FJmKQ5VwYRnCL96tTjYFv4lPZg"}"#

    static let p384PEM = """
        -----BEGIN PUBLIC KEY-----
        MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEy381jMW5slyMS3dDAhKdu18UxvaZCLLa
        a2PpzgNYj99AiH9T8/2m0KI/DynBaq+GrZioJFPya5lYDW0XRYdrQvsQ9ecqrIAm
        lc+6d1MdPrX5oVWFiydM8EvF4+jHNbJu
        -----END PUBLIC KEY-----

        """

    static let p384JWK =
        #"{"kty":"EC","crv":"P-384","x":"y381jMW5slyMS3dDAhKdu18UxvaZCLLaa2PpzgNYj99AiH9T8_2m0KI_DynBaq-G",""#
        + #"y":"rZioJFPya5lYDW0XRYdrQvsQ9ecqrIAmlc-6d1MdPrX5oVWFiydM8EvF4-jHNbJu"}"#

    static let p521PEM = """
        -----BEGIN PUBLIC KEY-----
        MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQBHquS3a6vLKIVWr6r19XwAAfgtVmx
        jZ/FoOC77XhFMwq/yInS3prUL/tDI/KZ9qcui66JR8K6WAM+5vN+5bhNqrUB0sYj
        CdvqYIwZn19ks0OKyudJHnqNAseVDaRfrJGwxYSWxHUqJBM0h8Jh2WK7mwtmKpfA
        suspIyXhyXL+XrwjzoU=
        -----END PUBLIC KEY-----

        """

    static let p521JWK =
        #"{"kty":"EC","crv":"P-521","x":"AR6rkt2uryyiFVq-q9fV8AAH4LVZsY2fxaDgu-14RTMKv8iJ0t6a1C_7QyPymfanLou"#
        + #"uiUfCulgDPubzfuW4Taq1","y":"AdLGIwnb6mCMGZ9fZLNDisrnSR56jQLHlQ2kX6yRsMWElsR1KiQTNIfCYdliu5sLZiqXwL"#
        + #"LrKSMl4cly_l68I86F"}"#

    static let ed25519PEM = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAvXFSFd7IZE6LOzYV5AKbssvIhAE50ZuegR57xy+c9N4=
        -----END PUBLIC KEY-----

        """

    static let ed25519JWK =
        #"{"kty":"OKP","crv":"Ed25519","x":"vXFSFd7IZE6LOzYV5AKbssvIhAE50ZuegR57xy-c9N4"}"#

    /// A token of each algorithm, by its name.
    static let tokens: [String: String] = [
        "RS256":
            "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.GdQ6jWiQPHmY1alj"
            + "yEAuzMLTE_3VwgAgONZJrr7G_F_IfVEMpWk7jX2nIXIZTv_n_WXZgNM31qnpB8MlLBFA_D_UN5n83H_2m0RRa5BOlbIlCqOLaNqq"
            + "HHfXA3vPukF6ybsjDUWI7KV253esy62NLvaXkCf7D0GbWL9JiJ6mtdzgFK6a4263DTfYDRtWItYPWf-hKrCD5TKid-VoPozRqp9V"
            + "zhpda_dLmFcGn6dhrTP6qCM6NeFPqyRjtG8Oo_djG7g2NOTLS5M7hLR5JEOFtvQJeF68mgaRrkn5MRIFbbDeepQ1rniMIVvwgoNR"
            + "iyDn4vMUpLVXLo4-0tqvzsMi4g",
        "RS384":
            "eyJhbGciOiJSUzM4NCIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.2KfDN_EcCI27eY7v"
            + "cJmB89hMEWXz0HVhowYC42Yrfhc-sDG0ZsNhDKBhTXWx42Hmi3ZcEipfTnAxJ2X8eSZKJjM15SO5QTa33luaXalzAYsW9KYbWzy1"
            + "hRsA0jh19G3xNdhBmiqt2Mp9xZ-I5s_N1OPOCMT3miWv0knP5KswSWFEw7MV8LFEoHUBQbSsWc046B2frxPWOVUmhHCeLRaRucC2"
            + "l1hI3EI4iJ4xA6iYAXqJAFizCg-egMkRhQrs02wZIHJDXeJy5Me3O2BC7cY_FeBpr9TpissNKkAx6JQ_CrsbORn7PFpOix3scUSw"
            + "7Kj7zb2zLfMtH_9vpcM9lmSLtQ",
        "RS512":
            "eyJhbGciOiJSUzUxMiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.v-qzvneMIUArllJG"
            + "QAgBicS6Q9xOtE2FgHlO3q_QB4O-wHG_siPFCI1VJ9Tkcd8U1EWoz77t2H0f9pNGaW1VcW9JYFGMoClxS_HI9nuTJhqAbJfJgV7N"
            + "uYM_nxGabKZ85nJxuB2T1zyZkLpx2n_tCfrKnb_eUSp4n9zbhOHNxiDiX-1AbvYAiFwaRGrNgbJ7OCUvONnxM51ME-Hm2FmGh_U5"
            + "V_0DeLEvQI3mk_9mHTz2FhOUqo6IVrN7JiSFb1uCfRNFZi9pOVWE6vQ3UzldcauxiwJz53EBY1sG_XeAZLop9Ooi9Q9xOxrTOuKO"
            + "6yQ2LS6xU1tk57wM3jh6lceaVw",
        "PS256":
            "eyJhbGciOiJQUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.KO3iXV_czh6NLk9v"
            + "GcWEViYl06Pg7frNJAxmd4YWEoA56d7eTbK75tWPE2Mn5F31dJ7Z1JSV6_YXndEe9I9Dg6Lwqrmx7WHr2-afsbnhvJMQHIcB11xM"
            + "09N9koTxNwgzwhjkGsgrlcodxve4qwjMdNW-aU_cvf1TxbXBCMPJtJ582L-fEDsyLPWqM5-CBlYIHwI-A9V5XF0w4ONcJG0SxyaZ"
            + "pVp8b--NDhrKFlhgOa0RePRCE3rkyW1BNjAjshOQLXSQGZ80AyiWbbribKyMQ2d-h7vd-4U0uMb5RVxA8Npgl94ETJeToIvks8vf"
            + "6uZa4zEIfwg350r3rj7jTaxS6Q",
        "PS384":
            "eyJhbGciOiJQUzM4NCIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.xph4KxSOgRURljxZ"
            + "NPO3HDGe46TIrlO-2k0d1dPvnZHAn0Vo22BAqJbiTWcbq0ReGosmvmwk-r3D3WxF3SrNZDqPgG_smQL9XsppE7YiduNfLUruq1sq"
            + "C_LnLVQcbMMWSfD-KMfoTyvVAIxEjJoWcFFyBt--zh5STaV1oEEdEb6qx91V2ibP7e46xjirT6aOIzW-mmNvWCnYANWDT519nzin"
            + "ntB9988UtKeeTTX4_bJomT8KExKix_2rb0YV1pYBganv142_9cIusUG7mml_LI5Jv_9iXf4OV91r4QiN95MN1b1e1uu-bXmbbsRV"
            + "zs2F2UerRRO6gOOJFB12c9g65Q",
        "PS512":
            "eyJhbGciOiJQUzUxMiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.UC44dMCPKSoskKhg"
            + "-ZVREyqDq-TXiuTTOw5EwxLije3zTZJiF5QKtyUgDCO8vgrr0GM-wBkE2U-8rtTcS_g5edQh5xM-7T0S68B7ZViRZpN74UGjDv-U"
            + "ytP5GIAzHQHWCxgw1SIcg2WQz6E6wD7LzpaMEyDgz8dm4MZswTd27kAE_EZvV6agh9cNkp1Az5Sryuq2L9GgMSRR2Rv157ZVQa4q"
            + "mkFLQb868WAr-H4Dr3SZj6lS9mRdwMu0fudKTCZQBi3RY6Z-b6AMErGjCNq3hIU9Sc7uWD3_K78VS3FsAU8i8LMPTjW8c0wTTN9l"
            + "HFh3F5opD2u6PSI7eXqP99PVQQ",
        "ES256":
            "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.tm92JITQFLgHVYKA"
            + "kxj1ORSnRziUriHSjtPbHo2nSvcf37egVirRGccP1KMGHd7rvF_vIPDdzHUpUalLPb7o2w",
        "ES384":
            "eyJhbGciOiJFUzM4NCIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.sD12vxDUKr_KCwJs"
            + "_gC1YG6ZiLtP9CgymkF0yeumF7f6gVMEYYXRk5A7cA0sU2Z7rfaEcNz8R01n-LRhEbwCr1HqOgqCOGZQ732osmyxTX_kYsJYuOVi"
            + "i_e2FyLK0fC_",
        "ES512":
            "eyJhbGciOiJFUzUxMiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.ASwBZh-vB8mbktey"
            + "TtRXVGNjugcccWcAWyf8fpej9JElXYa_nTqn3t2oB7w1nnhgDDd0Tyiwo_EeKVAUrh3RMFsLAEeWF4wYysbNGyU7AsHdpKyllR6O"
            + "ediD71EAi4iSDi2Oy1fHuDqPj42hyGjPpISWDPaPTXY4Zg7-mVuKkHnEqDjb",
        "EdDSA":
            "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.gvwQW4sP4C8cUGpI"
            + "YDyTVp5wO9l8MDN71-5wQU-CDV8tG6Y6CQLU48lDUqlqphHrrysQy-TMJFiZvm3ux_VgBQ",
    ]

    /// Another key of that curve.
    static let otherP256PEM = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE+dfqrqg0NeUUpm2PCPLlC1ksz7aW
        BoIq79WBYJ4Ci1ejGrIlEBMDKPE9sjQk+/Om2yRBGcZHmc2NIZK3MLG+Dw==
        -----END PUBLIC KEY-----

        """

    static let otherP256JWK =
        #"{"kty":"EC","crv":"P-256","x":"-dfqrqg0NeUUpm2PCPLlC1ksz7aWBoIq79WBYJ4Ci1c","y":"oxqyJRATAyjxPbI0J"#
        + #"PvzptskQRnGR5nNjSGStzCxvg8"}"#

    /// A token of the other key.
    static let otherES256 =
        "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
        + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.8WXCCjPyoRodHQ4x"
        + "7MzihgWLwJWLaz1EUrVn-Bcs4iPw_f3jA2ocRcpwcj2wDRVJC7FbBMUNfoySUOkk75mnkA"

    /// The same with the `kid` other.
    static let otherES256Named =
        "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6Im90aGVyIn0.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNz"
        + "dWVyLmV4YW1wbGUiLCJhdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUi"
        + "fQ.nECzz3omLYvfRl31s1Kh4DnzCTQkeLlMrFiBZ5310ADdTmGw1BIf4BC7TXKq7Qthp1AXsgV8lIspLsuxFmaiUQ"

    /// A token of ``p256PEM`` with the `kid` first.
    static let es256Named =
        "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImZpcnN0In0.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNz"
        + "dWVyLmV4YW1wbGUiLCJhdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUi"
        + "fQ.231kynUx-lCAJ3BIHlfReefSpsCmpHbNqPcU7QBXnLucEsxu7pUQJ4fWuycpTmKsyIpoBMtiUf_QVSPALgW99Q"

    /// A token of ``rsaPEM`` with the `kid` first.
    static let rs256Named =
        "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImZpcnN0In0.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNz"
        + "dWVyLmV4YW1wbGUiLCJhdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUi"
        + "fQ.OKmFFA4m-65HUwSOCXF7G4FDMT98N942GZpA72RYHWdeDwYv_f4u2s6NJIEpUYsIAaPxqhLwxbptPEflG8HDiYGAOsyBay_FL"
        + "Beq-fWt-kEiwrDfjYEUd6KQDaCGqkf_VSmWpvxj0n-NdjXoYx-mZp6puXZOYJrTx6XbjgtKEO-sBtXDx9keJyftx8JJgw5Db6PiG"
        + "3e3tye6aY62vNuUefyBSD0jg9Tad--_6jPunKQpw9mkypXl44yO_xKsSHLCiJkMNf1tsqmCDV3ucuqJsNkwUwWHIasm_MpCihuZI"
        + "ZXU77Sq-QiaM8IATVvt03zCmmkaYPgWyn-lxcxYDs9iEQ"

    /// Keys that are refused.
    static let rsa1024PEM = """
        -----BEGIN PUBLIC KEY-----
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDERD+DWJN/pu91p2f3lY14UB8t
        8cT+kAzidrzpHiEhVw07eBJeVhANZpvTfhvDUPGLeh919sUx/JRDxeVfW6A5h8Gm
        /jeKQemY2bi5upADL2/6kuxAUm7GV57b2wUIvsGCrdTHNQjlegXs2aQxrY9ryQWj
        L6A0jKv95tcyIwUZXwIDAQAB
        -----END PUBLIC KEY-----

        """

    static let rsa1024JWK =
        #"{"kty":"RSA","n":"xEQ_g1iTf6bvdadn95WNeFAfLfHE_pAM4na86R4hIVcNO3gSXlYQDWab034bw1Dxi3ofdfbFMfyUQ8Xl"#
        + #"X1ugOYfBpv43ikHpmNm4ubqQAy9v-pLsQFJuxlee29sFCL7Bgq3UxzUI5XoF7NmkMa2Pa8kFoy-gNIyr_ebXMiMFGV8","e":""#
        + #"AQAB"}"#

    static let secp256k1PEM = """
        -----BEGIN PUBLIC KEY-----
        MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEfVOgX00BxGaf587Pqiycv9B1cSFFeqoU
        0j4RQ700NIMgAp/8f9L3zbDQaA79YdXNSAPLuU0g5L5SaFqLioe7Xg==
        -----END PUBLIC KEY-----

        """

    static let p224PEM = """
        -----BEGIN PUBLIC KEY-----
        ME4wEAYHKoZIzj0CAQYFK4EEACEDOgAENTOlQ1flcqlC/8AWi9eQAcaexonQIpeF
        QG8z237EMnjJYQopsk4tEJvZ7i2jl6jTTEoLplgfNRQ=
        -----END PUBLIC KEY-----

        """

    static let ed448PEM = """
        -----BEGIN PUBLIC KEY-----
        MEMwBQYDK2VxAzoAYo+VEXie2Pk/qBheLtZITYx/+hFKJLVpuJLOS8yStVarqCik
        Mf+ohlvkYurLKELAauRHGHXzePkA
        -----END PUBLIC KEY-----

        """

    static let dsaPEM = """
        -----BEGIN PUBLIC KEY-----
        MIIDRjCCAjkGByqGSM44BAEwggIsAoIBAQDBNE9Dk/kGOKDXqdDCx6B/ZFc33MKy
        Byo/us7ZDrg4rfOHEXdt6Yc+0YfZhp6lPgDGg6Bs32lgxU07xbtJ7w4To7wNArVg
        n4jpQzoxSF+1mi5cyp5kdFDC4xlsIpZBd5rMTxCFJmJDQCSLlSC+Mto/mztxW4QL
        8/AgkZd/8TesqBdf4tYmgpmH+lbyLo9b/spgmMPMGJN2OAehHPUwsjzpVnppLAqc
        xcX+JgZir+7bHbI9MsJC32DzAc72OVQJUC4KEz08FB1KqyqG6qa1t1r+EoYOT+ww
        Pd7hpEJPXTcrQS6gU8QFjf4meMbwqdCJQr001qLrzktyvtbBKjbfME4NAiEAhN0V
        rnDfCOl0Um6k1r5DZjuUmsUuT/GUXVBkXEv+MCkCggEAA7RU2SqM0LWn6S+hzkzH
        f6uVbRvYmLKd7ziPJu+Yrt9/V4Ch3JlLsE29ATOEvv9KLn0WhuyrGNOVvpIFLkqD
        W4cQHOBgsUNv2p80uCvHwX3qDgBDJJk+pKNwQSJanDlqHWBFauHKJQgjjK73GlNc
        dNY3yQ7R3SWaSp402frFLQx9ZTVSK1kRCekDhzD7+auEC1t7cHSbDOI6GRLH8Rnt
        KIXN2ndNthxd4Ma0BWDawAzxLex3OkpgkhYFrDvJQXmgl//ymOzrTVD7f/oRGSTH
        9E1qoqJfz43d8dG87PM5fzbpuufG7IncXmmcezUdv1GwdLOmCmDzldY/HbShmtC0
        JAOCAQUAAoIBAHkzSOJ8302dowhvlBDdA7hs20mWWO23AXjFdKvpSYOn4tMLnXzo
        W9kxKxtAfDmWn4015vHMWOyQ3uLiNdJzB0azx7237ayNehOybrDsSl/uMc43Sycp
        K6cjswTIVoGspWUfZdr4JoGi3wTUUimxxqvGZn7xuwlOxSywpolYln2wcmC4r0fe
        48Fc364+Po0X7utfha0Kg1sXSKYFvhSF1UdBu6Io+077TgyycIdLXHBmjNg4FP7P
        6JiQ8qDhqsTYjTfaHnsyVfx5oEdvNU2LYCRzkRDGoNy7bOHcF5fBXQo07QGWOJgO
        zVKyVrOeiH1TeI2cvxva8wt4Bi+cJ6+CQj8=
        -----END PUBLIC KEY-----

        """

    static let pkcs1PEM = """
        -----BEGIN RSA PUBLIC KEY-----
        MIIBCgKCAQEA3pl1GnNkswnGFaDSn8SgW8x+I7ZfWNO39kEEzcXY7BzQP30Za4In
        8QZuKX33aAe5yytlGNswEjwfD15Nh/yzzkZT9yFy1nf/9fZy70Mvon/+OgzCiVIp
        NS5uLV8n4YGcNeE7Yr4PQdOYER2XU1AwLwikndXvRmdccbC+MHH6oW/vlQpveCZY
        phKuFC9Kf4xNgwpfWwi4au5LdFFpr9wG+AWPTQ2XhN3HczZfV9Ww+RiXLqUtfDnr
        ghWXecr2G2x+zAatVy/ze/rX0+aCm1e0kEQEPL1lONdsyBg3CBBR2XOwc2hdqlOD
        dOCAaKsb4AL19guNQ4wjOdFpB+HDb2bHFwIDAQAB
        -----END RSA PUBLIC KEY-----

        """

    /// ``p256PEM`` in DER, as base64url.
    static let derBase64URL =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEVQ9KK6pcTdUxUFFaG3JKVndepJOMdS9j14QO19ZouqbxJ2W_3KupZp_zg38cUmYp"
        + "DlXBhGcIv3q1ONgW_iU9mA"

    /// ES256 tokens with a zero byte, or a set highest bit, in front of r or s; RS256 with a zero byte in front.
    static let edges = [
        "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUiLCJqdGkiOiI1NiJ9.AL"
            + "lCq6sY5Le7Wu6qxrmF9uyjCnhnA4xE7X4bmdIn1Tym6y7fw-l5QSfVytJ-1bePz9MP7KE1Yf0-RqFl66hA8A",
        "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUiLCJqdGkiOiIxIn0.aVo"
            + "3fkOzWRMrFNHM4cIZ91G-gN0NGD_fh0oihTd_eTMAFxYVQ8W-W2nLOFpotGz-s8m4YK_vxTwGPpaee7RqMw",
        "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUiLCJqdGkiOiIyIn0.uBZ"
            + "HZkOD1mXlhkFdI2WVMD6WKmSMoxk_aM9oGPOryWvSFnnFBBovqmIVKL-oR9QZKMTA6ujQ8AUh9lGUm2-NRw",
        "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUiLCJqdGkiOiIxMDYifQ."
            + "AJaFiHbdo2oGXTpvVDy3zodl5Muujpr_EZNE6PYkXMBNmYeehpfXD7JRo38u9XYy0JU89LHrBjGlISNZsyQD6A",
        "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUiLCJqdGkiOiIxNDAifQ."
            + "APu2_rra8BmNZTIb08wn6jdDf2gQ9yM62TshN_vBcgAszPjLpSqyZWsSVq9tpniiNx-GF5SS7M73vMN4NJYw9N-od7ipLMj82PQ-"
            + "O4QIj10ZNKgzHFjsScDo3tPJbtONHwtI0ctnsNuQxTN7O8bBCMePiafJ-IodiRnopjx50OkFdmKrqugB5VnYgrlIo1mymCKW6_HQ"
            + "aOdbzkTZUcWGOvb5rIf8nkqg6awmk4wOYrVKR4zhOuvZCK_zmWfWV9rYCVQxnP5ibqBVBpWtCoCdzmb8J60Mr7rq0OBPnBSkGdVB"
            + "Fpst3rCvWKGXQcm-rKK_-QvmBA2fQ3prsGPw3tdPQQ",
        "eyJhbGciOiJQUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUiLCJqdGkiOiIxODAifQ."
            + "AJ6is-dLpTGuZ52P5QRHyhRiRYKNovaDx4REQ_H9x_k_Ef_WUXwDNGA8c-4gF7dndtIFG7D8ZtSdLXU7r5-ggtqTx_WWWoaQQitD"
            + "Q7ngTaI8M7BuQID--j_WtgsxN5Q6K2j_DjmLORJPy07D9c6ih5JL7PA8xPtBQlJ5Kc_O4uuVTX0KKS4WQ01n1bIXCT_0VOA_bgpN"
            + "OEITwzVwx6HZFTmEs8hDi0JfegqZzqFVNUkxih7VeuyYvnwtfysP4zyaz176suEUJGLfzAVvPvJzX9K0_7g_88qMkxEFSDXM95Lp"
            + "gdAIjWtj2VYhO8tM_Z_SEpTADJxp1NQSARyRk5czNQ",
    ]

    /// Tokens whose signature is wrong, by what is wrong with it.
    static let wrong: [String: String] = [
        "ES256 in DER":
            "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.MEUCIGw__r4NbKWq"
            + "VPho-5ozrp3-MUHXTVOUFV6NYN2Hx_FKAiEAproiTbWIp6AGZth4X1wL6VKWkkOQavUr46ticje1bMA",
        "ES256 over SHA-384":
            "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.TJGGiQV1ikTYVmNt"
            + "36BYjTvnYCTmXA4GU7heMyHu47858YX0H6LccjgYD1-rJ-BzApf1GFOc1eK0RMTfky342Q",
        "ES256 by another curve":
            "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.-vN9wGPVs868NzFk"
            + "7N359axkqW20pfm3Az5H1hX-1YCAxnICFaOMKPdGR0EFd_HF0potxZX_rVQsf9D13W3f8Q",
        "ES256 by P-384":
            "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.TI2hx_OgIGaGyGzd"
            + "ih7vI4HQW8-C9pY8gS2YBuiPEzReb_DBo4IUXpOclNiOjeThTs5ermvUYN1TzueTS_pGQrY5-SRD_JjLbD_CXgtf7WBOxfOKzch-"
            + "uPlHUGNl2Ay-",
        "PS256 without salt":
            "eyJhbGciOiJQUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.ogBPQXFJ0W1aD83B"
            + "-uwyoEaXsvpfOn9qBh9vMKbkClUDXXLxWI-IG2QdFPKpOhAFqmYrQozznO0Wlgj_L6Vk72elvt8UpHOUngl-qDoNyl5mTVRDa_0S"
            + "UPBa2DOM-myEN3YwZVttc63BjaeYBLUQ13rQ0t7lCWxa6azXep6GBrMZViHh1SPRWunNmxiTZDcidKzmW5DN1Eoje5IXkKsWn9_Y"
            + "22dgJ9yPe7j8GQ5xHXlUF-LQZqbqVt0zZwTLuLhsz4YRNCCSb0gGei4FZ39fB6uZq-ET07AqOyCiV8m4all0-BfmnEBGVfmFDn8o"
            + "jSjE8DJqbRtmCo72zc_X9lAYFQ",
        "PS256 with the longest salt":
            "eyJhbGciOiJQUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.wqJy7STl9W5p3b8Y"
            + "v6PPZb321wlRgbExRrJ1xd_-xf7kJOom_cQ5ESY67oppxUiquv6_vFZ9-Ff74aI5xROHy-QYerMnUMG__V7mvdfglFwR26ZWwSst"
            + "q0cejtzIBU5qyWb3nLP6jmPlMHR9imvVbKFUhgh9pju1WHByPZUwRAoPd2tFX38OqecqxJncNQdzFEIrz0uOi5o-H4GrcgUz8TT6"
            + "RrWB_KiAxV79USxEiXaSGdBXraj3Vtm5gm-I4at0v7OBUpepYnCaECKjz8reeznC38_5ECwKjyn-dyxSRoUCEMpePu3_0pinwdgU"
            + "Nx8reFj-brPVgQGzHA7DkhlvXw",
        "PS256 with MGF1 over SHA-1":
            "eyJhbGciOiJQUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.jVe4w-MULkHfETDX"
            + "r4d_lw7kS8-V3AmJo3_2ExAsyWfs9rRaNV8iPV2Jj25gtAsOrA_6bPfviO59kNIZx0CQ5DGLycF1EmRLrl-xJRSk6tQB0D37MrXq"
            + "NPrqr3e2dCWx7I4Jxt3U9ZHpEGzo08skaGmjR1lA8gLVjATs6xHMeKXpC55lTfVpyXBUhqKxhijRwv2C9Rm1-R3OL_UREM5gw2RY"
            + "rkkflXjSkTHT-fhgsT44aSgTw9Ul9pmuqtRgjKIZ1cOMoQbp9GAobBqZyEtfnXaBGFX_-MsayeTxABM9IyrcOASbEfY6qNfkgAaZ"
            + "A_4S6-y1vT5ufk2WmQqj3eUB6w",
        "PS256 by PKCS #1":
            "eyJhbGciOiJQUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.mp2frxef3UQVwSzb"
            + "P9ehaUdUbh4NZN8AtXyzjcd5YCb3gsKv0CUfpMFqagrrnNeG0KaZbtnrvqH8DLru5u-iS8gKIkHeH3qX1fLZl3pcEHexdCVR4I4s"
            + "yJt5yuUx3EQAw7vX9i7UP5fg98MVoLPyqY0yI-3xU5_yTQqxOFT4kyAtm9PwFnKnXJuEcAlbVJuMaPTeNHVTZIKG_Rk2p0B_12AG"
            + "Ig5KQiloEuv3bIiXn9-NfIHxcRXAoYNV7kDfKaJI_avmhLRD7uZN5hl7dHgv36iWoK_YOTHICsoYHQsVRPWPjUjeaX2azDrqR-wT"
            + "FRI1HT-NEhX8NrxiBF4SPzU8UA",
        "RS256 over SHA-512":
            "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.lvW7J3KaPrC6kpb3"
            + "MurvTSfUnF1PhJPDt2RzXK7lR7WFej44Wos3gxM5ZzfPYb33wNiTo8vimyCVDDouMUls24qAMKexVzuUB2A8vxQffMbAzQOGaO64"
            + "yQaWKK9khXR_isVtqE2My-hF1JPG7Gv4vHTla1eghm3aKGM7g-upsvo1TYBcFaUXc_1FOskb3RgehucfGacKeSqVxQuCOWf5tacH"
            + "Bqj394tF-6iH1ESNrS7UeDuDx7tSJTMEyVz2jXHjOOqgmTle6xPPllVXweihliPx5pM_aD8VK503-fouVh3bL9Uqjhi-54dgZL8y"
            + "GauRRiC-M2WZEhBpG1BNGHPTLg",
        "RS256 by PSS":
            "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.zKmebjlaGVTMJei2"
            + "da12-oMWNXzP0URrZRKf-u2-EPh6KtB0cOoI-07LMKH0hHq-BoLCJrMmUTbKIaWw9eEYXu8UST3rY1JmwrYdIz_URhzd3vEQErI-"
            + "VyyBSEbzk_BXc7ONi4ZyW3dy6dbZLCec_kmQNaMOLFQWrFbOVCZ3bN7p8yUrBcan5fK2yA-Lkehqbz4kEgxOpA2iEjPQ8nOjCKAc"
            + "nYTLUYA_HI9gqQibsADH70BFD-RQKzmk5KP0u2KW4CY2C45m3QGPLoBBPBoleARox4o9HAXXXy7XeFyZeBx2ignl6TZrsRHCQlN8"
            + "ofCS1nFEXpAlJPB9EM0Tqh0OWg",
        "RS256 over SHA-1":
            "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.3mpDZSRwjcsvr4Ju"
            + "Eu2Rgp6rCdcXGn2Yxz9h_CkKPlStYSu5i5rhE_2PUuRQWMkFGyTqP3K-uyUQVe70UxPFdcDRlmt9Ls-OQGs8YoYfARHoGZGLzvqA"
            + "b9BBS5Aanqdfc6nqsKwafZpjULF1wy2agOprOfmrIzH7S3mOCchxwtOOVLafgtFzB_tHKSFSAT4wjnctDwIqj_ytZbiZ7h0Ul-Hg"
            + "l7Fcfg6g5Mm58w4nzTzgJGO1kb41ek_U7mv3IoPY3FrDHDqc9doEBBg77hREDSg0nLxTwVgUv26DIGLdUq1IE0EKlZO71PND5eVA"
            + "TMFyb2GAsWY6ZEiiI-Eo83RrWg",
        "RS256 plus the modulus":
            "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUiLCJqdGkiOiIxMSJ9.7A"
            + "s5uJy5Djm8yDpRoxdgwmriP65c9y2_D8TLcrASGYE7ucqUCckRDcAhUL3ehW05C-pR4bCYoltJY_GqkWh0CYTId4nCPr-EmN4TEQ"
            + "NMsY-p8rpgvpkjDZ78Ym8MPHE4TU-qHwgIDtd2xdpmTWESHMkMAXuAzBI76oueS40yJCPrKEtKG2TlfWQpwV3YvG-IAyJxzJAZ_p"
            + "1S4wmWlxLfv3iuAcvlWhkdVaUL8A5gEWl4_PTiJWyOCV19HeCk5WjQP6XcD7T8yiah6Eti3pn0Bwq8wCVW72E_TcIhqPSxttJPGO"
            + "fRmXh1Qgyvssxc_8rmwSi84nDheczGEnr7h5RH_A",
        "EdDSA plus the order":
            "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.gvwQW4sP4C8cUGpI"
            + "YDyTVp5wO9l8MDN71-5wQU-CDV8a75uXI2XmO6DgSUxJoPD_rysQy-TMJFiZvm3ux_VgFQ",
        "HS256 keyed with the PEM of RSA":
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.2VMyDqwcolQz1aUW"
            + "kFrpfy04HtZ5knCB3lorfLWePas",
        "HS256 keyed with the DER of RSA":
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.LDigm9hATWvxvEVG"
            + "NDqeW0Rwu_bV7PLbCG8tJW5I-kk",
        "HS256 keyed with the PEM of P-256":
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.TgPjwOjHc6d8L-_F"
            + "t4QJONEdMeLVaJQNHDOEbZEWDYc",
        "HS256 keyed with the DER of P-256":
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.5SXhVDBKTM46oDPk"
            + "yCDHLskGOXZueAVDJktGJBxK_XQ",
        "HS256 keyed with the modulus":
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.TyUbIwWNKLIu0gcW"
            + "rRTrHzCXNu7SY9HbyR9mOrTTjWg",
    ]

    /// Tokens of the larger keyed hashes, with a key of 64 letters k.
    static let macs: [String: String] = [
        "HS384":
            "eyJhbGciOiJIUzM4NCIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.z-CLReIy1rCjrgzd"
            + "0tJYX0J5OXcNB_x5UE0m65iyAWFix2WRBvBwUAsQkBlVaGtw",
        "HS512":
            "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
            + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.o-gkFxV7w60UhZxx"
            + "sbGKqQz8D8P0kggrgiPvqtFdcYBAZsr-FtqQAsv0G8Txxng0pjyPJIkXmwh65YzusgCLBw",
    ]

    /// Nine more keys of P-256 in PEM, and a token of the eighth.
    static let manyP256PEM = [
        """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEzzMmQhVedeMO5TIwEYwr4Qd6n4nk
        I+K22bnHMtKp/0zKwMQ8d5Asq6KE/vDW8muS21RadFoi+mH+d3dvhDO/mg==
        -----END PUBLIC KEY-----
        """,
        """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEKdkgQxrVpwxEBVXwvllJhO5XAuY5
        orDTC3Ko5bhbDSCbXePYrYl2lroXRvBFgdnC5f0WIsre2cYMKCwfgTNcNw==
        -----END PUBLIC KEY-----
        """,
        """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE68p3k3lEWGTqWkNZKsYCr66JyW+a
        alOMqMT3YXNhrVKytusdIjM5WpLmZofA7OHq3ZI14JW2VXBOrIjBRkGiWQ==
        -----END PUBLIC KEY-----
        """,
        """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEpGyYUY32dT7oeyvlaiqCk50/phH1
        B6/QCCRcTKlkT5vpEtxHD15o9fitnbfnkUVzZKIOl+8w075HjUKqNPA+dw==
        -----END PUBLIC KEY-----
        """,
        """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEwGHc0ixTbrdZ8x2Cb2/GLAUOcl3s
        wy6ofDJwIBahfkPTnKvbc1xkNvMbUxmlgHeFSM+utDFVzUCE/Uj6MqHv7g==
        -----END PUBLIC KEY-----
        """,
        """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEIyYKREk4MsEjHgiTUVToEIapcUkY
        NoCUA78CuwYHQaiXe4krtjImNHKcJXs4PaZ1zI6/p87cJ+x0PgPR82kSlg==
        -----END PUBLIC KEY-----
        """,
        """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAErLlkiBYQCQ07CwBvDOwIZ2fjRz5K
        IwYTm152j+RS48n3vLMYz3YI6AaICjvNy/I+BzeHYArBtpK5AGKI8xgViQ==
        -----END PUBLIC KEY-----
        """,
        """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEO1YFYaee+gFptqqZeFzNTtq/PPx6
        UNgkMN4BV56YCzQVASraYSHbRlzt09drL4zvXFe1cYE43yP4E3Y4+vWi4g==
        -----END PUBLIC KEY-----
        """,
        """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE98nMz65wkIALInFiohR1OotS+O8k
        WkrBrz3wTQOyFgETB7q8StnA+cdq7SyfzYy5joZj9tfi7w53K5teYKJqMw==
        -----END PUBLIC KEY-----
        """,
    ]

    static let eighthES256 =
        "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
        + "hdWQiOlsicGFsaXNhZGUiLCJvdGhlciJdLCJleHAiOjQxMDI0NDQ4MDAsInRlbmFudF9pZCI6ImFjbWUifQ.esPj5klHAu_6DzDM"
        + "Ywqglzm1kaLuYW-kcd62ay7dGj-2VQTfRPK7Of5fOZBXAwHQSKw-Rc2vb_nTO0I3GtDZ1g"
}
