extension Inputs {
    /// What ``Inputs/caller`` prints, without spaces at the ends of lines.
    static let callerOutput = #"""
        > GET /path/1,2/.a.b%2Cc/;matrix=x,y%2Cz/;b=3;r=1
        [1, 2] | ["a", "b,c"] | ["x", "y,z"] | 1 | 3
        200
        > GET /query commas=a,b%2Cc&spaces=1%202&pipes=x%7Cy&deep%5Bg%5D=2&deep%5Br%5D=1&limit=5&pairs=r,4&json=%7B%22b%22%3A6%2C%22r%22%3A1%7D&code=ABC&day=2024-02-29&either=12&flag=3
        ["a", "b,c"] | [1, 2] | ["x", "y"] | 2 | 5 | 4 | 6 | ABC | 2024-02-29 | integer(12) | 3 | [1, 2] | ["a", "b"]
        > GET /query commas=a,a&code=x
        400 {"type":"about:blank","title":"Bad Request","status":400,"code":"invalid_input","detail":"The request has 2 violations.","requestId":"","violations":[{"in":"query","name":"commas","rule":"uniqueItems","message":"must not have equal elements"},{"in":"query","name":"code","rule":"pattern","message":"must match ^[A-Z]{3}$"}]}
        > POST /pets  application/json
        cat | Mia | nil | 7
        Mia 1 7
        > POST /pets  application/json
        dog | Rex | 2 | ["good": true]
        friend | Tom
        203 image/png png
        > POST /pets  application/json
        cat | Tom | nil | 9
        409 no Tom
        > PATCH /pets  application/json
        null | ["x", "y"] | 2 | numberList([1.0, 2.5])
        204
        > PATCH /pets  application/x-www-form-urlenco
        a b | ["x", "y"] | 2 | absent
        204
        > PATCH /pets  text/css
        text | a{}
        204
        > PATCH /pets
        nothing
        204
        ! The request cannot be written: body must be text/*, and is image/png.
        > POST /upload content=q multipart/form-data; boundary=
        part | title | nil | nil | Hello<CR LF>there
        part | file | a;%22b.txt | text/plain | streamed
        part | empty |  | application/octet-stream |
        204
        ! The request cannot be written: body /title is required.
        > PUT /upload  application/octet-stream
        bytes | 5
        200
        > PUT /upload  application/octet-stream
        bytes | 1
        200
        > PUT /upload
        bytes | nil
        200
        ! Credentials are missing: token and key, or basic.
        > POST /secrets
        nil
        200
        ! Credentials are missing: token.
        ! Credentials are missing: token and key, or basic.
        > POST /secrets
        nil
        200
        > PUT /secrets
        token rw
        200
        > GET /secrets key=k
        token t
        200
        > POST /secrets
        nil
        200
        > PUT /secrets
        403
        > GET /secrets
        basic u+p:i
        200
        > POST /secrets
        cookie c
        200
        ! Credentials are missing: token.
        ! The credentials could not be had: timedOut.
        > POST /secrets
        nil
        200
        ! The credentials could not be had: timedOut.
        ! The request cannot be written: header Authorization has a control character, which no header field can have.
        > POST /secrets
        nil
        200
        ! The request cannot be written: header Authorization has a control character, which no header field can have.

        """#
}
