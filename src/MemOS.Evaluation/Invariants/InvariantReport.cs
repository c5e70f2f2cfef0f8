using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MemOS.Evaluation.Reports;

namespace MemOS.Evaluation.Invariants;

/// <summary>The five invariants and whether they hold.</summary>
/// <param name="Results">One each.</param>
public sealed record InvariantReport(ImmutableArray<InvariantResult> Results)
{
    /// <summary>Whether all hold.</summary>
    public bool Holds => Results.All(result => result.Holds);

    /// <summary>The report as indented JSON with snake_case names.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJsonContext.Default.InvariantReport);

    /// <summary>The report for people.</summary>
    public string ToText()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Results.Count(result => result.Holds)} of {Results.Length} invariants hold\n");
        foreach (InvariantResult result in Results)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{(result.Holds ? "holds" : "FAILS")}  {result.Name}: {result.Claim}\n");
            foreach (Observation observation in result.Observations)
            {
                text.Append(CultureInfo.InvariantCulture, $"       {(observation.Holds ? "yes" : "NO ")}  {observation.What}\n");
            }
        }

        return text.ToString();
    }
}
