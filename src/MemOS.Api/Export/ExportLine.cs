namespace MemOS.Api;

/// <summary>A further line of an export: one of the two.</summary>
public sealed record ExportLine
{
    /// <summary>A message.</summary>
    public MessageRecord? Message { get; init; }

    /// <summary>A version of a cube.</summary>
    public CubeRecord? Cube { get; init; }
}
