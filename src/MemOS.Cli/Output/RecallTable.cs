using System.Globalization;
using MemOS.Operator.Recall;
using MemOS.Scheduler;

namespace MemOS.Cli.Output;

/// <summary>What recall found, for people.</summary>
internal static class RecallTable
{
    private const int LongestLine = 400;

    public static void Write(TextWriter output, RecallResult result, bool explain)
    {
        string[] columns = explain ? ["#", "relevance", "memory", "score", "sources"] : ["#", "relevance", "memory", "cube"];
        Tables.Write(output, columns, result.Hits.Select((hit, index) => Row(hit, index + 1, explain)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Hits.Length} {(result.Hits.Length == 1 ? "hit" : "hits")}, {result.Tokens} {(result.Tokens == 1 ? "token" : "tokens")}"));
    }

    /// <summary>The parts of a score, with their names.</summary>
    public static IEnumerable<(string Part, double Value)> Parts(ScoreBreakdown breakdown) =>
    [
        ("lexical", breakdown.Lexical),
        ("vector", breakdown.Vector),
        ("entity", breakdown.Entity),
        ("time", breakdown.Time),
        ("neighbours", breakdown.Neighbours),
        ("conversation", breakdown.Conversation),
        ("adjustment", breakdown.Adjustment),
    ];

    private static string[] Row(RecallHit hit, int rank, bool explain)
    {
        string place = rank.ToString(CultureInfo.InvariantCulture);
        string relevance = hit.Relevance.ToString("F2", CultureInfo.InvariantCulture);
        string memory = Printable.Line(InjectionPlan.PromptLine(hit), LongestLine);
        if (!explain)
        {
            return [place, relevance, memory, hit.Cube.Id.ToString()];
        }

        IEnumerable<string> parts = Parts(hit.Breakdown).Where(part => Math.Abs(part.Value) >= 0.0005)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Value,8:F3} {part.Part}"));
        string score = string.Join("\n", parts.Append(string.Create(CultureInfo.InvariantCulture, $"{hit.Score,8:F3} in all")));
        return [place, relevance, $"{memory}\n{hit.Cube.Id}", score, string.Join("\n", hit.Cube.Sources.Select(CubeText.Source))];
    }
}
