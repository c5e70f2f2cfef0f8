using System.Text.Json.Serialization;

namespace MemOS.SideBySide;

/// <summary>The line of JSON that a command prints; what does not apply to it is left out. Times in milliseconds, memory in 10^6 bytes.</summary>
internal sealed record Answer(string Operation)
{
    public IReadOnlyList<string>? Commands { get; init; }

    public IReadOnlyList<string>? Hashes { get; init; }

    public int? Count { get; init; }

    public double? Seconds { get; init; }

    [JsonPropertyName("p50_ms")]
    public double? P50Ms { get; init; }

    [JsonPropertyName("p95_ms")]
    public double? P95Ms { get; init; }

    public double? MaxMs { get; init; }

    public double? CloseMs { get; init; }

    public double? RssMb { get; init; }

    public double? RssAnonymousMb { get; init; }

    public double? PeakMb { get; init; }

    /// <summary>Share of the questions whose message is among the hits, 0 to 1.</summary>
    public double? Found { get; init; }

    /// <summary>Id of the best hit.</summary>
    public string? First { get; init; }
}
