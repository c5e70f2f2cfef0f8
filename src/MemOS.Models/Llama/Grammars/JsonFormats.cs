namespace MemOS.Models.Llama.Grammars;

/// <summary>Formats of strings that a grammar can keep to, as RFC 3339, 9562 and 3986 have them; days are those of the calendar.</summary>
internal static class JsonFormats
{
    /// <summary>The rules; each format in <see cref="Names"/> is one of this name.</summary>
    public const string Rules = """
        date-time ::= "\"" day-of-year "T" time-of-day "\"" space
        date ::= "\"" day-of-year "\"" space
        day-of-year ::= year "-" ( "02-" twenty-eight | month-of-thirty "-" thirty | month-of-thirty-one "-" thirty-one ) | leap-year "-02-29"
        year ::= [1-9] [0-9]{3} | "0" [1-9] [0-9]{2} | "00" [1-9] [0-9] | "000" [1-9]
        leap-year ::= [0-9] [0-9] fourth | fourth "00"
        fourth ::= "0" [48] | [2468] [048] | [13579] [26]
        month-of-thirty ::= "0" [469] | "11"
        month-of-thirty-one ::= "0" [13578] | "1" [02]
        twenty-eight ::= "0" [1-9] | "1" [0-9] | "2" [0-8]
        thirty ::= twenty-eight | "29" | "30"
        thirty-one ::= thirty | "31"
        time-of-day ::= hour ":" sixty ":" sixty ( "." [0-9]{1,7} )? ( "Z" | [+-] ( "0" [0-9] | "1" [0-3] ) ":" sixty )
        hour ::= [01] [0-9] | "2" [0-3]
        sixty ::= [0-5] [0-9]
        uuid ::= "\"" hex{8} "-" hex{4} "-" hex{4} "-" hex{4} "-" hex{12} "\"" space
        uri ::= "\"" [a-zA-Z] [a-zA-Z0-9+.-]* ":" ( [a-zA-Z0-9._~!$&'()*+,;=:@/?-] | "%" hex hex )+ "\"" space
        hex ::= [0-9a-fA-F]

        """;

    /// <summary>Their names in schemas.</summary>
    public static IReadOnlyList<string> Names { get; } = ["date-time", "date", "uuid", "uri"];
}
