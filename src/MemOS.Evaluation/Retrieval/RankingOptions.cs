using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemOS.Evaluation.Reports;
using MemOS.Operator.Recall;

namespace MemOS.Evaluation.Retrieval;

/// <summary>The weights of the ranking by name, whatever weights there are: read from a file, or set to nothing to see what they are good for.</summary>
/// <remarks>
/// Names are those of <see cref="RecallOptions"/> in snake_case. A part of the ranking is an option that adds or takes off something: a weight, share,
/// penalty or boost other than 0, or a switch that is on. Thresholds, counts and times are no parts: nothing is off at 0 there.
/// </remarks>
public static class RankingOptions
{
    private static readonly ImmutableArray<string> PartEndings = ["_weight", "_share", "_penalty", "_boost"];

    /// <summary>The options as JSON.</summary>
    public static JsonElement ToJson(RecallOptions options) => JsonSerializer.SerializeToElement(options, ReportJsonContext.Default.RecallOptions);

    /// <summary>Changes the options that a JSON object names, for example <c>{"vector_weight": 0.7}</c>.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> for a name that does not exist or a value of another type.</exception>
    public static RecallOptions With(RecallOptions basis, JsonObject changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        JsonObject all = ToObject(basis);
        foreach ((string name, JsonNode? value) in changes)
        {
            if (!all.ContainsKey(name))
            {
                throw new MemOSException(ErrorCodes.InvalidInput, $"The ranking has no option '{name}'. There are: {string.Join(", ", all.Select(option => option.Key))}.");
            }

            all[name] = value?.DeepClone();
        }

        try
        {
            return all.Deserialize(ReportJsonContext.Default.RecallOptions) ?? basis;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"An option of the ranking has a value of another type: {exception.Message}", exception);
        }
    }

    /// <summary>Changes the options that a JSON file names.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> as <see cref="With"/>, and when the file is no JSON object.</exception>
    public static async Task<RecallOptions> ReadAsync(string path, RecallOptions basis, CancellationToken cancellationToken = default)
    {
        try
        {
            return JsonNode.Parse(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false)) is JsonObject changes
                ? With(basis, changes)
                : throw new MemOSException(ErrorCodes.InvalidInput, $"{path} is not a JSON object with options of the ranking.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"{path} cannot be read as options of the ranking: {exception.Message}", exception);
        }
    }

    /// <summary>The parts that are on.</summary>
    public static ImmutableArray<string> Parts(RecallOptions options) => [.. ToObject(options).Where(IsOn).Select(option => option.Key)];

    /// <summary>Turns a part off.</summary>
    /// <param name="options">The options.</param>
    /// <param name="part">Its name, with or without the ending: <c>vector_weight</c> or <c>vector</c>.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> when no such part is on.</exception>
    public static RecallOptions Off(RecallOptions options, string part)
    {
        ImmutableArray<string> parts = Parts(options);
        string name = parts.FirstOrDefault(name => name == part || PartEndings.Any(ending => name == part + ending))
            ?? throw new MemOSException(ErrorCodes.InvalidInput, $"The ranking has no part '{part}' that is on. There are: {string.Join(", ", parts)}.");
        bool isSwitch = ToObject(options)[name]!.GetValueKind() is JsonValueKind.True; // it is among the parts
        return With(options, new JsonObject { [name] = isSwitch ? false : 0 });
    }

    /// <summary>The options as they are, and with each part off in turn.</summary>
    public static ImmutableArray<RankingVariant> Ablation(RecallOptions options) =>
        [new RankingVariant("all", options), .. Parts(options).Select(part => new RankingVariant($"- {part}", Off(options, part)))];

    private static bool IsOn(KeyValuePair<string, JsonNode?> option) => option.Value?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.Number => option.Value.GetValue<double>() != 0 && PartEndings.Any(ending => option.Key.EndsWith(ending, StringComparison.Ordinal)),
        _ => false,
    };

    private static JsonObject ToObject(RecallOptions options) =>
        (JsonObject)JsonSerializer.SerializeToNode(options, ReportJsonContext.Default.RecallOptions)!; // a record is an object
}
