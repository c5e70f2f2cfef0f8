using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Two texts that differ in what a steering vector is to push for.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SteeringContrast
{
    /// <summary>A text as answers are to become.</summary>
    public required string Towards { get; init; }

    /// <summary>One as they are not to be.</summary>
    public required string Away { get; init; }
}
