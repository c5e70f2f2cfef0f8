using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Reader.Instructions;

namespace MemOS.Operator.Corrections;

/// <summary>What a feedback did.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Call">How it was understood.</param>
/// <param name="MessageId">The raw message under which the words are kept; null when they were erased with what they named.</param>
/// <param name="Added">Memories that are new.</param>
/// <param name="Changed">Memories that got a new version, each with the version before it.</param>
/// <param name="Erased">How many memories were erased for good.</param>
/// <param name="Candidates">For <see cref="FeedbackStatus.NeedsClarification"/>, the memories that could be meant, likeliest first.</param>
public sealed record FeedbackResult(
    FeedbackStatus Status,
    MemoryCall Call,
    string? MessageId,
    ImmutableArray<MemCube> Added,
    ImmutableArray<(MemCube Before, MemCube After)> Changed,
    int Erased,
    ImmutableArray<MemCube> Candidates);
