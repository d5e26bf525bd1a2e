extension Inputs {
    /// What the server of ``Inputs/server`` prints, without spaces at the ends of lines.
    static let output = #"""
        > GET /path/1,2/.a.b%2Cc/;matrix=x,y%2Cz/;r=1;b=3
        [1, 2] | ["a", "b,c"] | ["x", "y,z"] | 1 | 3
        200
        > GET /path/1,x/.a/;matrix=x/;r=1
        404
        > GET /path/1/a/;matrix=x/;r=1
        404
        > GET /query commas=a,b%2Cc&spaces=1%202&pipes=x|y%7Cz&deep[r]=1&deep[g]=2&limit=5&pairs=r,4&json=%7B%22r%22:1,%22b%22:6%7D&code=ABC&day=2024-02-29&either=12&flag=
        ["a", "b,c"] | [1, 2] | ["x", "y", "z"] | 2 | 5 | 4 | 6 | ABC | 2024-02-29 | integer(12) | 7 | [1, 2] | ["a", "b"]
        200
        > GET /query
        [] | [] | [] | nil | nil | nil | nil | nil | nil | nil | 7 | [] | []
        200
        > GET /query commas=a,a&deep[g]=x&limit=11&pairs=r&json=%7B&code=AB&day=2023-02-29&deep[r][x]=1&flag=x
        400  query commas: must not have equal elements [uniqueItems]; query deep: must be an object of one level [style]; query members/limit: must be at most 10 [maximum]; query pairs: must be made of names and values in turn [style]; query json: must be JSON (1:2: the text ends early, expected a member name or '}') [style]; query code: must match ^[A-Z]{3}$ [pattern]; query day: must be of the format date [format]; query flag: must be an integer [type]
        > GET /query code=ABC&code=ABC&spaces=1+x&either=a&deep[r]=1&deep[r]=2
        400  query spaces/1: must be an integer [type]; query deep/r: is given more than once [unique]; query code: is given more than once [unique]
        > POST /pets
        cat | Mia | nil | 9
        201 application/json {"id":1,"kind":"cat","lives":9,"name":"Mia"}
        > POST /pets
        cat | Tom | nil | 3
        409 text/plain no Tom
        > POST /pets
        cat | Bad | nil | 9
        500   the status 500 is not within 400...499
        > POST /pets
        dog | Rex | 2 | ["good": true]
        friend | Mia
        203 image/png png
        > POST /pets
        400  body /name: must have at least 1 character [minLength]; body /friend/name: must be a string [type]; body /size: must be one of 1, 2, 3 [enum]; body /a~1b: must be true or false [type]
        > GET /kinds/1-aa.json mood=good&moods=bad&moods=odd&level=2
        1 | aa | good | [Program.Mood.bad, Program.Mood.other("odd")] | high
        200 application/json {"level":1,"mood":"good"}
        > GET /kinds/1-2-3.json
        404
        > GET /kinds/1-aa.json
        1 | aa | nil | [] | nil
        500   the answer breaks its schema: /mood must have at most 5 characters [maxLength]
        > GET /kinds/1-aa.json mood=so+bad&level=3
        400  query mood: must have at most 5 characters [maxLength]; query level: must be one of 1, 2 [enum]
        > POST /pets
        400  body /kind: must be one of cat, hound [discriminator]
        > POST /pets
        400  body : expected 'null' [json]
        > POST /pets
        415
        > POST /pets
        400  body : a body is required [required]
        > PATCH /pets
        null | nil | nil | string("ab")
        204
        > PATCH /pets
        absent | ["a"] | nil | numberList([1.0, 2.5])
        204
        > PATCH /pets
        n | nil | nil | null
        204
        > PATCH /pets
        400  body /value: must have at most 2 characters [maxLength]
        > PATCH /pets
        400  body /value: fits none of the alternatives (a string: must be a string; an array: must be an array; null: must be null) [anyOf]
        > PATCH /pets
        400  body : must have at least 1 member [minProperties]
        > PATCH /pets
        a b | ["x", "y"] | 2 | absent
        204
        > PATCH /pets
        400  body /note: is given more than once [unique]
        > PATCH /pets
        text | a{}
        204
        > PATCH /pets
        nothing
        204
        > POST /upload
        part | title | nil | nil | Hello<CR LF>there
        part | file | a;"b.txt | text/plain |
        part | skip | nil | nil |
        204
        > POST /upload
        400  body /title: is required [required]
        > POST /upload
        400  body : the body ends within a part [multipart]
        > POST /upload
        400  body : the Content-Type needs a boundary [boundary]
        > PUT /upload
        bytes | 5
        200
        > GET /secrets key=k
        token t
        200
        > GET /secrets
        basic u+p:q
        200
        > GET /secrets key=bad
        401
        > GET /secrets
        401
        > POST /secrets
        nil
        200
        > POST /secrets
        cookie s
        200
        > POST /secrets
        401
        > PUT /secrets
        403 Bearer error="insufficient_scope", scope="read write"
        > PUT /secrets
        token rw
        200
        PetBornRequest(name: Optional("Mia"))

        """#
}
