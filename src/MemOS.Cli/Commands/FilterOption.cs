using System.CommandLine;
using System.Text.Json;
using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Filters;

namespace MemOS.Cli.Commands;

/// <summary>The option that restricts a command to some cubes.</summary>
internal static class FilterOption
{
    public static Option<string?> Create() => new("--filter")
    {
        Description = "Only cubes for which this holds, as JSON: {\"speaker\":\"Ann\",\"said_at\":{\"gte\":\"2026-01-01\"}}.",
        HelpName = "JSON",
    };

    public static CubeFilter? Parse(string? json)
    {
        if (json is null)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return CubeFilterParser.Parse(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new MemOSException(ErrorCodes.InvalidFilter, "--filter is not valid JSON. Quote it for the shell, for example --filter '{\"speaker\":\"Ann\"}'.", exception);
        }
    }
}
