/// Public keys, and a token of each kind; the private halves were thrown away. The tokens expire in 2100.
enum TokenSamples {
    static let publicKeys = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0klSupxAdlXNhptZe/6z
        z+v8NAaohc1oGl8VXSaXLrVFzPSgOUcPcD7C577EE+pl37MVYl9yvwYQEdsYUIFw
        +bm+paFh+MgC0Fl5reTjAOqVIyjoHdaj5KF+Z31zEslICCl2sIn0bfRkyYTR5sNe
        X+UwISR9Dl3PyRPTpc8PiyHtvzc8P8pqaKt80HpAwDTQtN5DlvvelkpF7kheday5
        fa3Pg1Ddi6SDEpWLGQ39eMETBZcGYRkSJoU6S3IcrqrJ82Q33rXTp0KK/HARVsPS
        hOAN8N2N8DbpM81X4P9FUxVaILiIc3NQM/OVByUr84Yhyvc3yt2eA7VxOwoBvFIe
        SwIDAQAB
        -----END PUBLIC KEY-----
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENVMWvfilwEbpl/+UmyXd4y9YJhXo
        t0mbq1bEHs1VHSI/xseIxd+yKs6XoMQymG5odFuY0eWgJPbskuxO3QPMHw==
        -----END PUBLIC KEY-----
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEA0yX/6wgvGxyxrsBO5E5jxqZIDWuj4z3md7xYqNFR6Gg=
        -----END PUBLIC KEY-----
        """

    static let tokens = [
        (
            "RS256",
            "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
                + "hdWQiOiJwYWxpc2FkZSIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjo0MTAyNDQ0ODAwLCJ0ZW5hbnRfaWQiOiJhY21lIn0.mX73s34"
                + "h8GU0Jb8qJIHYOQmRZ5_DjnUQehkWcK6bg3ehTdezZQMY6zMU7Q-TgcvDPwhB_9RajAZD60lRo9qh6jQw9wIXkaOieUD84OL1QvQ"
                + "mt009j9YHqM1wN3nKZrUuxEs4dsphF4iFWng9Fh_yWxA6BwAbRsjR8Bvh0qOrRS8vKr_eyIsn504NHJ8IeBT4KVlEPxXY87wTGwf"
                + "yVvJ19YSqxUCAkXgb0ozpaScdxLYwnwWzgr6TiBBTXwITUClPqlAzhL9vyLPZNvnaQp1qtj9gGmh1EMc6eaFJ9MQf1TMtfxqulr8"
                + "s3j9nIpvBb36K-lrMhG1CU6rbHzAceKhJ8A"
        ),
        (
            "PS256",
            "eyJhbGciOiJQUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
                + "hdWQiOiJwYWxpc2FkZSIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjo0MTAyNDQ0ODAwLCJ0ZW5hbnRfaWQiOiJhY21lIn0.jO2iWB-"
                + "j9ubzi5hGGyjsrEfLnoFqqEX8qS0R53BxyjdqDGyJcWQ816ipMXGUbuceeX8CG2Vcq4P5nTRg8NNVRPGXA_y7JgaQqZQ6he-LbY_"
                + "DZnrs8CP6_YL1pHu1Y-mupAi4_BKpZuN9BQUJ2ZriITfFqSfrx1YVJkFjA4mSkCffaKfxRqZvHdLgG1rwSP29miti8uIVH3Jwb1L"
                + "hIO4enxSPFK3F1G8DvggGFI8_v7diLCGltYefxxArkQ_cHRrEUv2TZcRMHSomna4FZquu7Awq7k0Mk62amCp4hmU8Xk6FKqe7n8f"
                + "nQ_N0tl-xZgNlD5hKjy766pVkxb_2ma3NNw"
        ),
        (
            "ES256",
            "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
                + "hdWQiOiJwYWxpc2FkZSIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjo0MTAyNDQ0ODAwLCJ0ZW5hbnRfaWQiOiJhY21lIn0.bCVPpWb"
                + "YFDSH3-yKpyPiiEacfe-InHh8d_GmNm2yn-GvB4OrYaSMahUkikVdnz3Efmcjo2oJZhQN7mPYdghS5w"
        ),
        (
            "EdDSA",
            "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJ"
                + "hdWQiOiJwYWxpc2FkZSIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjo0MTAyNDQ0ODAwLCJ0ZW5hbnRfaWQiOiJhY21lIn0.I8yGJ5T"
                + "dSObXc8KfOPcWjRGxSc00lx2YmaLEhmpyqR_E19ZG1EM22u9dxjRs11MapvcNsipgHGC3Rx9qhnzyBw"
        ),
    ]
}
