namespace MemOS.Evaluation.Invariants;

/// <summary>Something that must hold of a memory that is audited.</summary>
internal interface IInvariant
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>What it says, in one sentence.</summary>
    string Claim { get; }

    /// <summary>Acts on an empty vault and tells what it saw.</summary>
    Task CheckAsync(InvariantStage stage, CancellationToken cancellationToken);
}
