namespace MemOS.Scheduler;

/// <summary>A piece of work that was committed with the data it is about and is done later, exactly once.</summary>
/// <param name="Number">Its number, from 1; 0 before it is committed.</param>
/// <param name="Kind">What is to be done: see <see cref="JobKinds"/>.</param>
/// <param name="Argument">What it is to be done to: ids and numbers, never content.</param>
/// <param name="Attempts">How often it was tried and failed.</param>
/// <param name="DueAt">When it may be tried next.</param>
/// <param name="Failure">Why the last try failed, or null.</param>
/// <param name="IsDead">Whether it is no longer tried.</param>
public sealed record VaultJob(long Number, string Kind, string Argument, int Attempts, DateTimeOffset DueAt, string? Failure, bool IsDead);
