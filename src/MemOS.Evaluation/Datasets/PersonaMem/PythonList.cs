using System.Text;

namespace MemOS.Evaluation.Datasets.PersonaMem;

/// <summary>Reads a list of texts as Python prints it: <c>['one', "it's"]</c>.</summary>
internal static class PythonList
{
    /// <summary>The texts; null when it is no such list.</summary>
    public static List<string>? Parse(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        if (rest is not ['[', .., ']'])
        {
            return null;
        }

        rest = rest[1..^1].Trim();
        List<string> items = [];
        while (!rest.IsEmpty)
        {
            if (rest[0] is not ('\'' or '"') || Item(rest, out int length) is not { } item)
            {
                return null;
            }

            items.Add(item);
            rest = rest[length..].TrimStart();
            if (rest is [',', ..])
            {
                rest = rest[1..].TrimStart();
            }
            else if (!rest.IsEmpty)
            {
                return null;
            }
        }

        return items;
    }

    private static string? Item(ReadOnlySpan<char> text, out int length)
    {
        StringBuilder item = new();
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == text[0])
            {
                length = i + 1;
                return item.ToString();
            }

            if (text[i] != '\\' || i + 1 >= text.Length)
            {
                item.Append(text[i]);
                continue;
            }

            i++;
            int digits = text[i] switch { 'x' => 2, 'u' => 4, _ => 0 };
            if (digits > 0 && i + digits < text.Length && int.TryParse(text.Slice(i + 1, digits), System.Globalization.NumberStyles.HexNumber, null, out int code))
            {
                item.Append((char)code);
                i += digits;
            }
            else
            {
                item.Append(text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', _ => text[i] });
            }
        }

        length = 0;
        return null;
    }
}
