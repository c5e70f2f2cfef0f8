using System.IO.Hashing;
using System.Text;
using System.Text.RegularExpressions;

namespace MemOS.Evaluation.Answers;

/// <summary>The prompts: files beside this one, the same for every system.</summary>
internal static partial class PromptFiles
{
    private static readonly string[] Names = ["answer", "respond", "choose", "judge", "judge-unanswerable", "judge-point"];

    /// <summary>A hash of all prompts: runs with other prompts cannot be compared.</summary>
    public static string Hash { get; } = Convert.ToHexStringLower(XxHash64.Hash(Encoding.UTF8.GetBytes(string.Join('\f', Names.Select(Read)))));

    /// <summary>Fills a prompt. What is filled in is never searched for places to fill.</summary>
    public static string Fill(string name, params (string Place, string Text)[] values) =>
        Place().Replace(Read(name), match => values.FirstOrDefault(value => value.Place == match.Groups[1].Value) is { Place: not null } value
            ? value.Text : throw new ArgumentException($"The prompt '{name}' has a place '{match.Value}' that nothing was given for.", nameof(values)));

    private static string Read(string name)
    {
        using Stream stream = typeof(PromptFiles).Assembly.GetManifestResourceStream($"prompts/{name}.txt")
            ?? throw new ArgumentException($"There is no prompt '{name}'.", nameof(name));
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Trim();
    }

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex Place();
}
