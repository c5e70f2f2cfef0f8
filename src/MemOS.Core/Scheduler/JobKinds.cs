namespace MemOS.Scheduler;

/// <summary>The kinds of <see cref="VaultJob"/>.</summary>
public static class JobKinds
{
    /// <summary>Read facts, events and preferences out of the messages numbered <c>first-last</c>.</summary>
    public const string Extract = "extract";
}
