using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Asks to cut a text into parts.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SliceRequest
{
    /// <summary>Where to cut, in UTF-16 characters from the start.</summary>
    public required IReadOnlyList<int> Cuts { get; init; }
}
