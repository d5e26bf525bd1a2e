extension Calls {
    /// What ``Calls/program`` prints, without spaces at the ends of lines.
    static let output = #"""
        > GET eu.example.com /v1/styles/g=2,name=a%2Cb%3Dc.d%3Be%2F%C3%BC,r=1/.a%2Cb,c.d/.g=2.name=a%2Cb%3Dc%2Ed%3Be%2F%C3%BC.r=1/;matrix=g,2,name,a%2Cb%3Dc.d%3Be%2F%C3%BC,r,1/;matrixes=x%3By;matrixes=z%2C?exploded=1%262&exploded=%2B%20%25&spaces=name%20n%20r%203&pipes=4&pipes=5&flag=true&ratio=0.5&kind=not%20so%20good
        > X-Color: name=h,r=6
        > X-JSON: {"g":2,"name":"a,b=c.d;e/ü","r":1}
        > X-Text: plain, text
        > Accept: text/plain
        > Cookie: g=8; r=7; plain=9
        1/2/a,b=c.d;e/ü | ["a,b", "c.d"] | 1/2/a,b=c.d;e/ü | 1/2/a,b=c.d;e/ü | ["x;y", "z,"] | ["1&2", "+ %"] | 3/-/n | [4, 5] | true | 0.5 | notSoGood | 6/-/h | 1/2/a,b=c.d;e/ü | plain, text | 7/8/- | 9
        > GET eu.example.com /v1/styles/r=1/.x/.r=2/;matrix=r,3/;matrixes=?flag=false
        > Accept: text/plain
        1/-/- | ["x"] | 2/-/- | 3/-/- | [""] | [] | nil | [] | false | nil | nil | nil | nil | nil | nil | nil
        ! The request cannot be written: path label must not be empty in a path.
        ! The request cannot be written: header X-Text has a control character, which no header field can have.
        ! The request cannot be written: query spaces has a value with ` ` in it, which stands between values.
        ! The request cannot be written: header X-Color has a value with `,` in it, which stands between values.
        ! The request cannot be written: path label cannot be sent in a path.
        ! The request cannot be written: path kind cannot be sent in a path.
        ! The request cannot be written: path kind must not be empty in a path.
        > POST eu.example.com /v1/form
        > Accept: text/plain
        > Content-Type: application/x-www-form-urlencoded
        > name=a%20b%26c%3Dd&tags=x&tags=y%3B&color=%7B%22g%22%3A2%2C%22name%22%3A%22a%2Cb%3Dc.d%3Be%2F%C3%BC%22%2C%22r%22%3A1%7D
        a b&c=d | ["x", "y;"] | 1/2/a,b=c.d;e/ü
        > GET eu.example.com /v1/answers/json
        > Accept: application/json, text/plain, image/*, application/problem+json
        3 | b | t | true | application/json 1/-/-
        > GET eu.example.com /v1/answers/text
        > Accept: application/json, text/plain, image/*, application/problem+json
        4 | nil | nil | nil | text/plain streamed text
        > GET eu.example.com /v1/answers/image
        > Accept: application/json, text/plain, image/*, application/problem+json
        5 | nil | nil | nil | image/png image/png [112, 110, 103]
        > GET eu.example.com /v1/answers/wrong
        > Accept: application/json, text/plain, image/*, application/problem+json
        ! The answer 200 breaks its contract: body needs `r`; body /g must be an integer.
        > GET eu.example.com /v1/answers/strange
        > Accept: application/json, text/plain, image/*, application/problem+json
        7 | nil | nil | nil | application/json 999/-/-
        > GET eu.example.com /v1/answers/broken
        > Accept: application/json, text/plain, image/*, application/problem+json
        ! The answer 200 breaks its contract: body the text ends early, expected a value (line 1).
        > GET eu.example.com /v1/answers/nothing
        > Accept: application/json, text/plain, image/*, application/problem+json
        no content
        > GET eu.example.com /v1/answers/moved
        > Accept: application/json, text/plain, image/*, application/problem+json
        307 /there
        > GET eu.example.com /v1/answers/busy
        > Accept: application/json, text/plain, image/*, application/problem+json
        503 Busy 503
        > GET eu.example.com /v1/answers/odd
        > Accept: application/json, text/plain, image/*, application/problem+json
        undocumented 403 {"type":"about:blank","title":"Forbidden","status":403,"code":"forbidden","detail":"no","requestId":""}
        > GET eu.example.com /v1/answers/a%20b%2F%3F
        > Accept: application/json, text/plain, image/*, application/problem+json
        404 None of a b/?
        > GET eu.example.com /v1/answers/busy
        > Accept: application/json, text/plain, image/*, application/problem+json
        ! The answer has the status 503.
        > GET eu.example.com /v1/answers/strange
        > Accept: application/json
        ! The answer 200 breaks its contract: body /r must be at most 255.
        > GET eu.example.com /v1/answers/json
        > Accept: application/json, text/plain, image/*, application/problem+json
        ! The answer's body has more than 5 bytes.
        > HEAD eu.example.com /v1/answers/x
        9
        > GET eu.example.com /v1/events
        > Accept: text/event-stream
        message  ["one"]
        more 7 ["two", "three"]
        message 7 []
        20
        > GET eu.example.com /v1/lines
        > Accept: application/jsonl
        1/-/-
        2/-/ü
        ! The answer 200 breaks its contract: body /r must be an integer (line 4).
        > QUERY eu.example.com /v1/search
        > Content-Type: application/json
        > Accept: application/json
        > "what"
        [JSON.JSONValue.string("what"), JSON.JSONValue.number(1), JSON.JSONValue.null]
        > QUERY eu.example.com /v1/search
        > Content-Type: application/json
        > Accept: application/json
        > null
        [JSON.JSONValue.string("nothing"), JSON.JSONValue.number(1), JSON.JSONValue.null]
        > GET other.example.com /v2/elsewhere
        200
        > GET  /local/elsewhere
        200
        https://us-east.example.com/v1 https://eu.example.com/b
        ! The request failed: disconnected.
        ! The answer 200 is text/html, and not application/json or text/plain or image/*.
        ! The answer 200 breaks its contract: header X-Count is no Int.

        """#
}
