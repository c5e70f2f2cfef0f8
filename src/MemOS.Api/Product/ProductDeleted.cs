namespace MemOS.Api.Product;

/// <summary>What <c>delete_memory</c> did.</summary>
public sealed record ProductDeleted
{
    /// <summary>Always <c>success</c>; failures are failures.</summary>
    public string Status { get; init; } = "success";

    /// <summary>How many memories are gone, derived ones included.</summary>
    public int Deleted { get; init; }

    /// <summary>Ids that are in none of the named cubes.</summary>
    public required IReadOnlyList<string> NotFound { get; init; }
}
