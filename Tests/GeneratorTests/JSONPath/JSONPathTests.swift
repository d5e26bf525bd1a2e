import Testing

@testable import Generator

@Suite("JSONPath")
struct JSONPathTests {
    static let document = """
        store:
          book:
            - {category: reference, title: A, price: 8.95, tags: [x]}
            - {category: fiction, title: B, price: 12.99}
            - {category: fiction, title: C, isbn: "0-553", price: 8.99}
            - {category: fiction, title: D, isbn: "0-395", price: 22.99, tags: [x, y]}
          bicycle: {color: red, price: 399}
        o: {"j j": {"k.k": 3}, "'": {"@": 2}, ☺: 1}
        a: [a, b, c, d, e, f, g]
        n: null
        """

    static func select(_ query: String, _ document: String = document) throws -> String {
        let diagnostics = Diagnostics()
        let root = try #require(
            YAMLReader.read(SourceFile(path: "a", bytes: Array(document.utf8)), diagnostics: diagnostics))
        return try JSONPath(query).select(from: root).map {
            String(decoding: JSONText.text(of: $0.node), as: UTF8.self)
        }
        .joined(separator: " ")
    }

    @Test(
        "queries of RFC 9535 select what it says",
        arguments: [
            ("$.store.bicycle.color", "\"red\""), ("$['store']['bicycle'][\"color\"]", "\"red\""),
            ("$.store.book[*].title", "\"A\" \"B\" \"C\" \"D\""), ("$..title", "\"A\" \"B\" \"C\" \"D\""),
            ("$.store..price", "8.95 12.99 8.99 22.99 399"), ("$..book[2].title", "\"C\""),
            ("$..book[-1].title", "\"D\""),
            ("$..book[0,1].title", "\"A\" \"B\""), ("$..book[:2].title", "\"A\" \"B\""),
            ("$..book[?@.isbn].title", "\"C\" \"D\""), ("$..book[?(@.price<10)].title", "\"A\" \"C\""),
            ("$.o['j j']['k.k']", "3"), ("$.o[\"'\"][\"@\"]", "2"), ("$.o.☺", "1"), ("$.o['\\u263A']", "1"),
            ("$.o['\\'']['@']", "2"),
            ("$.a[1:3]", "\"b\" \"c\""), ("$.a[5:]", "\"f\" \"g\""), ("$.a[1:5:2]", "\"b\" \"d\""),
            ("$.a[5:1:-2]", "\"f\" \"d\""), ("$.a[::-1]", "\"g\" \"f\" \"e\" \"d\" \"c\" \"b\" \"a\""),
            ("$.a[1:3:0]", ""),
            ("$.a[-2:]", "\"f\" \"g\""), ("$.a[9]", ""), ("$.a[0, 0]", "\"a\" \"a\""), ("$.a[?@ > 'e']", "\"f\" \"g\""),
            ("$.a[?@ == 'b' || @ == 'c']", "\"b\" \"c\""), ("$.a[?!(@ < 'f') && @ != 'g']", "\"f\""),
            ("$.a[?match(@, '[ab]')]", "\"a\" \"b\""), ("$..book[?search(@.isbn, '39')].title", "\"D\""),
            ("$..book[?match(@.isbn, '39')].title", ""), ("$..book[?length(@.tags) == 2].title", "\"D\""),
            ("$..book[?length(@.title) == 1 && count(@.tags[*]) > 0].title", "\"A\" \"D\""),
            ("$..book[?value(@..tags[0]) == 'x'].title", "\"A\" \"D\""), ("$[?@ == null]", "null"),
            ("$..book[?@.price == $.store.book[1].price].title", "\"B\""),
            ("$..book[?@.none == @.nothing].title", "\"A\" \"B\" \"C\" \"D\""),
            ("$..book[?@.price >= 22.99]['title', 'price']", "\"D\" 22.99"),
            ("$ .store\n.bicycle [ 'color' ]", "\"red\""),
            ("$..book[?@.tags[?@ == 'y']].title", "\"D\""), ("$.n.x", ""), ("$.store.book['a']", ""),
            ("$.store[0]", ""),
        ])
    func select(query: String, expected: String) throws {
        #expect(try Self.select(query) == expected)
    }

    @Test(
        "what is no query is refused with its place",
        arguments: [
            ("store", "a query begins with `$`", 0),
            ("$.", "a name or `*` is expected here; other names stand in `['…']`", 2),
            ("$.a-b", "`.`, `..` or `[` is expected here", 3),
            ("$[a]", "a name in quotes, a number, `*`, `?` or a slice is expected here", 2),
            ("$['a'", "`,` or `]` is expected here", 5), ("$['a]", "the string does not end", 2),
            ("$[01]", "`01` is no index", 2),
            (
                "$[?@.a ==]",
                "a value is expected here: a string in quotes, a number, `true`, `false`, `null` or a query", 9
            ),
            ("$[?@.* == 1]", "what is compared has to be one value", 3), ("$[?1]", "a comparison is expected here", 4),
            ("$[?foo(@)]", "there is no function `foo`; there are length, count, match, search and value", 3),
            ("$[?match(@, '(')]", "`(` is no pattern", 3), ("$[?(@.a]", "`)` is expected here", 7),
            ("$.a ", "`.`, `..` or `[` is expected here", 3),
            ("$['\\x']", "there is no such escape", 5), ("$['\\uD800']", "half of a surrogate pair is no character", 9),
        ] as [(String, String, Int)])
    func refused(query: String, message: String, offset: Int) {
        #expect(throws: JSONPath.Problem(message: message, offset: offset)) { try JSONPath(query) }
    }
}
