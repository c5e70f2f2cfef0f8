using System.Collections.Immutable;
using System.Globalization;

namespace MemOS.Evaluation.Merges;

/// <summary>Reads the labelled cases.</summary>
public static class MergeCases
{
    private const int UsualDays = 30;

    /// <summary>The cases that ship with this project.</summary>
    public static ImmutableArray<MergeCase> BuiltIn()
    {
        using Stream stream = typeof(MergeCases).Assembly.GetManifestResourceStream("merge-cases.tsv")!; // it is part of this assembly
        using StreamReader reader = new(stream);
        return Parse(reader.ReadToEnd(), "merge-cases.tsv");
    }

    /// <summary>Reads lines of kind, expectation, first, second and options, with tabs between; lines that begin with '#' are comments.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> naming the line.</exception>
    public static ImmutableArray<MergeCase> Parse(string text, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        ImmutableArray<MergeCase>.Builder cases = ImmutableArray.CreateBuilder<MergeCase>();
        foreach ((int index, string line) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            if (line.Length > 0 && line[0] != '#')
            {
                cases.Add(Read(line.Split('\t'), cases.Count + 1)
                    ?? throw new MemOSException(ErrorCodes.InvalidInput, $"{file}, line {index + 1}: it is not 'kind, same|update|ends|apart|differ, first, second, options' with tabs between."));
            }
        }

        return cases.ToImmutable();
    }

    private static MergeCase? Read(string[] fields, int number)
    {
        if (fields.Length is not (4 or 5) || !Enum.TryParse(fields[1], ignoreCase: true, out MergeExpectation expected))
        {
            return null;
        }

        bool byOther = false;
        int days = UsualDays;
        foreach (string option in fields.ElementAtOrDefault(4)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (option == "by=other")
            {
                byOther = true;
            }
            else if (!option.StartsWith("days=", StringComparison.Ordinal) || !int.TryParse(option.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out days))
            {
                return null;
            }
        }

        return new MergeCase(number, fields[0], expected, fields[2], fields[3], byOther, days);
    }
}
