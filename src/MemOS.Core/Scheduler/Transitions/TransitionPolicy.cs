namespace MemOS.Scheduler.Transitions;

/// <summary>When text becomes a KV state and a state becomes text again, as data (checklist 17, 20, 21, 22, 24).</summary>
/// <remarks>Between the two heats nothing happens, and a state that was just made stays for a while: a cube at a boundary does not go back and forth.</remarks>
public sealed record TransitionPolicy
{
    /// <summary>Text at least so hot becomes a state: uses, of which older ones count less by the cube's half-life. 3 by default.</summary>
    public double PromoteHeat { get; init; } = 3;

    /// <summary>A state less hot is given up; below <see cref="PromoteHeat"/>. 0.5 by default.</summary>
    public double DemoteHeat { get; init; } = 0.5;

    /// <summary>How long a text must have stood unchanged to become a state; 1 hour by default.</summary>
    public TimeSpan StableFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a state stays at least, cold or outbid; 10 minutes by default. Budgets and changed sources do not wait for it.</summary>
    public TimeSpan StayFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A state that was not used for so long is given up, however hot; 7 days by default.</summary>
    public TimeSpan UnusedFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Shorter texts stay text: to compute them takes no longer than to mount them. 32 tokens by default.</summary>
    public int LeastTokens { get; init; } = 32;

    /// <summary>Longer texts stay text; 8,192 tokens by default.</summary>
    public int MostTokens { get; init; } = 8192;

    /// <summary>The most bytes that the states of a vault take on disk; 1 GiB by default.</summary>
    public long DiskBytes { get; init; } = 1L << 30;

    /// <summary>The most bytes of states that were loaded ahead in the model's memory; 256 MiB by default, 0 loads none ahead.</summary>
    public long MemoryBytes { get; init; } = 256L << 20;

    /// <summary>The most tokens of memories in one context; 2,048 by default.</summary>
    public int ContextTokens { get; init; } = 2048;

    /// <summary>The most states in one context; 1 by default, which is exact. Those that follow have not seen what stands before them.</summary>
    public int MostStates { get; init; } = 1;

    /// <summary>The share of the tokens of following states that is computed anew, 0 to 1; 0.15 by default.</summary>
    public double Recompute { get; init; } = 0.15;

    /// <summary>What leaves first when not all can stay.</summary>
    public RetentionOrder Retention { get; init; }

    /// <summary>Tags, the most valuable first; for <see cref="RetentionOrder.Labels"/>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Whether a cube's priority goes before everything else; true by default.</summary>
    public bool PriorityFirst { get; init; } = true;

    /// <summary>Orders candidates by what they are worth, the least first.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IComparer<TransitionCandidate?> ValueOrder => new CandidateValue(this);

    /// <summary>It as JSON, in the form of a file of policies (<see cref="TransitionPolicies.Parse"/>).</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, PolicyJsonContext.Default.TransitionPolicy);

    /// <summary>What makes it unusable; null where nothing does.</summary>
    internal string? Wrong => this switch
    {
        { PromoteHeat: not (> 0 and <= double.MaxValue) } => $"{nameof(PromoteHeat)} must be above 0, and finite",
        _ when !(DemoteHeat >= 0 && DemoteHeat < PromoteHeat) => $"{nameof(DemoteHeat)} must be 0 or more and below {nameof(PromoteHeat)}",
        _ when StableFor < TimeSpan.Zero || StayFor < TimeSpan.Zero || UnusedFor <= TimeSpan.Zero => "times must not be negative, and UnusedFor not 0",
        _ when LeastTokens < 0 || MostTokens < LeastTokens => $"{nameof(MostTokens)} must not be below {nameof(LeastTokens)}",
        _ when DiskBytes < 0 || MemoryBytes < 0 || ContextTokens < 0 || MostStates < 0 => "budgets must not be negative",
        { Recompute: not (>= 0 and <= 1) } => $"{nameof(Recompute)} must be 0 to 1",
        _ when !Enum.IsDefined(Retention) => $"{nameof(Retention)} must be one of {string.Join(", ", Enum.GetNames<RetentionOrder>())}",
        _ when Labels is null || Labels.Any(string.IsNullOrWhiteSpace) => $"{nameof(Labels)} must be tags, none of them empty",
        { Retention: RetentionOrder.Labels, Labels.Count: 0 } => $"{nameof(Retention)} is {nameof(Labels)}, but {nameof(Labels)} names no tag",
        _ => null,
    };

    /// <summary>Throws where a value is out of its range.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>; the message names the value.</exception>
    public TransitionPolicy Checked() => Wrong is not { } wrong ? this : throw new MemOSException(ErrorCodes.InvalidInput, $"The transition policy cannot be used: {wrong}.");
}
