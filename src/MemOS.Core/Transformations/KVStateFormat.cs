using System.Globalization;

namespace MemOS.Transformations;

/// <summary>What the bytes of a KV state are; written as the format of its payload, so that it goes wherever the payload goes.</summary>
/// <param name="Binding">What it is bound to.</param>
/// <param name="HeadTokens">Tokens in front of the memory: the beginning of the text and of the prompt. Other states leave theirs out when they follow.</param>
/// <param name="Tokens">Tokens in all.</param>
public sealed record KVStateFormat(StateBinding Binding, int HeadTokens, int Tokens)
{
    private const string Name = "application/vnd.memos.kv-state";

    /// <summary>Tokens of the text that a trained prefix (a cartridge) stands for; null for a state that holds its text token by token.</summary>
    public int? StandsFor { get; init; }

    /// <summary>The format as a payload names it.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name};model={Binding.Model};library={Binding.Library};cache={Binding.Cache};layout={Binding.Layout};head={HeadTokens};tokens={Tokens}{(StandsFor is { } text ? $";stands-for={text}" : "")}");

    /// <summary>Reads the format of a payload; null for another one.</summary>
    public static KVStateFormat? TryParse(string? format)
    {
        if (format is null || !format.StartsWith(Name + ';', StringComparison.Ordinal))
        {
            return null;
        }

        Dictionary<string, string> values = [];
        foreach (string part in format[(Name.Length + 1)..].Split(';'))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            values[equals < 0 ? part : part[..equals]] = equals < 0 ? "" : part[(equals + 1)..];
        }

        return values.TryGetValue("model", out string? model) && values.TryGetValue("library", out string? library) && values.TryGetValue("cache", out string? cache) &&
            values.TryGetValue("layout", out string? layout) && Number("head") is { } head && Number("tokens") is { } tokens && head <= tokens
            ? new KVStateFormat(new StateBinding(model, library, cache, layout), head, tokens) { StandsFor = Number("stands-for") }
            : null;

        int? Number(string name) => values.TryGetValue(name, out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }
}
