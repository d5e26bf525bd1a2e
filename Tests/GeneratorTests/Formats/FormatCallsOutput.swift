extension FormatCalls {
    /// What ``FormatCalls/program`` prints.
    static let output = #"""
        > GET /places/F81d4fae-7dec-11d0-a765-00a0c91e6bf6/.2024-02-29T12%3A00%3A00.120%2B01%3A00/;days=2024-02-29;days=1970-01-01 at=2024-02-29T12%3A00%3A00.120%2B01%3A00&each=2024-02-29T12%3A00%3A00.120%2B01%3A00&each=2024-02-29T12%3A00%3A00.120%2B01%3A00&joined=12%3A00%3A00Z&range%5Bfrom%5D=2024-02-29&range%5Bto%5D=2024-02-29&lasts=PT7H&either=2024-02-29T12%3A00%3A00.120%2B01%3A00&json=%7B%22from%22%3A%222024-02-29%22%7D
        > 2024-02-29T12:00:00.120+01:00
        > 2024-02-29,2024-02-29
        > token=AQL/
        F81d4fae-7dec-11d0-a765-00a0c91e6bf6 | 2024-02-29T12:00:00.120+01:00 | [2024-02-29, 1970-01-01] | 2024-02-29T12:00:00.120+01:00 | [2024-02-29T12:00:00.120+01:00, 2024-02-29T12:00:00.120+01:00] | [12:00:00Z] | 2024-02-29 | 2024-02-29 | 7 | dateTime(2024-02-29T12:00:00.120+01:00) | 2020-02-29 | 2024-02-29 | 1709204400 | [2024-02-29, 2024-02-29] | [1, 2, 255]
        2024-02-29T12:00:00.120+01:00 | 2024 | nil
        > GET /places/F81d4fae-7dec-11d0-a765-00a0c91e6bf6/.2024-02-29T12%3A00%3A00.120%2B01%3A00/;days=2024-02-29 either=2024-02-29
        F81d4fae-7dec-11d0-a765-00a0c91e6bf6 | 2024-02-29T12:00:00.120+01:00 | [2024-02-29] | nil | [] | [] | nil | nil | nil | date(2024-02-29) | 2020-02-29 | nil | nil | [] | nil
        > POST /events
        F81d4fae-7dec-11d0-a765-00a0c91e6bf6 | 2024-02-29T12:00:00.120+01:00 | nil | value(2024-02-29T12:00:00.120+01:00) | 2024-02-29 | 08:30:00Z | P1M2D
        https://a.example/b?c#d | [1, 2, 3] | ::1 | [2024-02-29] | ["a": 2024-02-29T12:00:00.120+01:00] | [nil, Optional(2024-02-29)]
        day(2024-02-29) | abc | _20240101 | _20240101t000000z | 2024-01-01T00:00:00.50+01:00 | ["more": P1W]
        > POST /form
        2024-02-29T12:00:00.120+01:00 | [2024-02-29, 2024-02-29] | [0]
        200 {"at":"2024-02-29t12:00:00.1200z","cancelled":null,"data":"QQ==","day":"2024-02-29","ended":"2024-02-29T12:00:60+00:00","extra":"P0D","id":"F81d4fae-7dec-11d0-a765-00a0c91e6bf6","lasts":"PT090S","made":"2024-01-01T00:00:00.50+01:00"}
        400
          body /id must be of the format uuid [format]
          body /at must be of the format date-time [format]
          body /ended must be a string or null [type]
          body /cancelled must be of the format date-time [format]
          body /day must be of the format date [format]
          body /opens must be of the format time [format]
          body /lasts must be of the format duration [format]
          body /link must be of the format uri [format]
          body /data must have at least 4 characters [minLength]
          body /data must be of the format byte [format]
          body /days/0 must be of the format date [format]
          body /names/a~1b must be of the format date-time [format]
          body /either fits none of the alternatives (a string: must be of the format uuid; Day: must be of the format date; Range: must be an object) [oneOf]
          body /kind must be one of 2024-01-01, 2025-01-01 [enum]
          body /only must be 2024-01-01T00:00:00Z [enum]
          body /only must be of the format date-time [format]
          body /extra must be of the format duration [format]
        400
          body /lasts must be a duration [type]
        404
        400
          query at must be of the format date-time [format]
          query each/1 must be of the format date-time [format]
          query joined must have at most 2 elements [maxItems]
          query range/from must be of the format date [format]
          query members/lasts must be of the format duration [format]
          query either fits none of the alternatives (a string: must be of the format date-time; a string: must be of the format date; an integer: must be an integer) [oneOf]
          query since must be of the format date [format]
          query json/from must be a string [type]

        """#
}
