using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Asks for a steering vector, made by the server's local model from contrasting texts.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MakeSteeringRequest
{
    /// <summary>1 to 256 pairs of texts.</summary>
    public required IReadOnlyList<SteeringContrast> Pairs { get; init; }

    /// <summary>The first layer that it is added in, 1 or more; with <see cref="LastLayer"/>. All layers when missing.</summary>
    public int? FirstLayer { get; init; }

    /// <summary>The last layer that it is added in.</summary>
    public int? LastLayer { get; init; }

    /// <summary>Tags, to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
