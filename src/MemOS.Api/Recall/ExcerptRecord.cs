namespace MemOS.Api;

/// <summary>The sentences of a memory that answer a question best.</summary>
public sealed record ExcerptRecord
{
    /// <summary>The sentences; <c>…</c> stands for what is left out.</summary>
    public required string Text { get; init; }

    /// <summary>Where they stand in the text of the cube.</summary>
    public required IReadOnlyList<SpanRecord> Spans { get; init; }
}
