using System.Collections.Immutable;
using System.Globalization;

namespace MemOS.TalkBuilder.Scripting;

/// <summary>Something that a talk holds and is asked about.</summary>
/// <param name="Kind">What it tests.</param>
/// <param name="Steps">The statements, in the order in which they fall; "A: " before one gives it to the assistant.</param>
/// <param name="Distractors">Statements that share words with the questions and answer none.</param>
/// <param name="Asks">The questions.</param>
internal sealed record ScriptItem(ItemKind Kind, ImmutableArray<string> Steps, ImmutableArray<string> Distractors, ImmutableArray<ScriptAsk> Asks)
{
    /// <summary>The steps, from 1, that answer a question.</summary>
    public IEnumerable<int> EvidenceOf(ScriptAsk ask) => ask.Steps.IsEmpty
        ? Kind switch
        {
            ItemKind.Value => [Steps.Length],
            ItemKind.None => [],
            _ => Enumerable.Range(1, Steps.Length),
        }
        : ask.Steps;

    /// <summary>The category of a question.</summary>
    public string CategoryOf(ScriptAsk ask) => Kind switch
    {
        ItemKind.Fact => "single-fact",
        ItemKind.Rule => "standing-instruction",
        ItemKind.Value when ask.Steps.IsEmpty => "updated-value",
        ItemKind.Several => "multi-evidence",
        ItemKind.None => "abstention",
        _ => "order",
    };

    /// <summary>The step, from 1, whose week a question names; 0 when it names none.</summary>
    public static int WeekAsked(ScriptAsk ask)
    {
        int at = ask.Text.IndexOf("<week ", StringComparison.Ordinal);
        return at < 0 ? 0 : int.Parse(ask.Text.AsSpan(at + 6, 1), CultureInfo.InvariantCulture);
    }
}
