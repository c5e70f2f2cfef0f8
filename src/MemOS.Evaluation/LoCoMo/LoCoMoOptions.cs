namespace MemOS.Evaluation.LoCoMo;

/// <summary>How a LoCoMo run is done.</summary>
public sealed record LoCoMoOptions
{
    /// <summary>A name for the run, written into the report.</summary>
    public string Name { get; init; } = "memos";

    /// <summary>Messages in one durable write; 256 by default.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Hits asked for when ranks are measured; 50 by default, 20 or more.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>The budget of the token metric.</summary>
    public int TokenBudget { get; init; } = 1600;
}
