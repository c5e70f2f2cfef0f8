using System.Collections.Immutable;
using MemOS.Operator.Recall;

namespace MemOS.Evaluation.Invariants;

/// <summary>What the questions found at a time.</summary>
/// <param name="At">The transaction time.</param>
/// <param name="Answers">The hits of each question, in order.</param>
internal sealed record Snapshot(DateTimeOffset At, ImmutableArray<ImmutableArray<RecallHit>> Answers)
{
    // Vectors are kept with fewer digits on disk than those that were just made; what a document more or less does to a score is far larger.
    private const double ScoreTolerance = 1e-4;

    /// <summary>The questions. They are asked as of one time, whenever they are asked.</summary>
    public static ImmutableArray<string> Questions { get; } = ["Where does Ann live?", "What about the boat?", "gate code", "What did Ann plan for summer?"];

    public static async Task<Snapshot> TakeAsync(InvariantStage stage, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        DateTimeOffset at = asOf ?? stage.Clock.GetUtcNow();
        ImmutableArray<ImmutableArray<RecallHit>>.Builder answers = ImmutableArray.CreateBuilder<ImmutableArray<RecallHit>>();
        foreach (string question in Questions)
        {
            RecallQuery query = new() { Text = question, ReferenceTime = at, AsOf = asOf, IncludeArchived = true, Limit = 50 };
            answers.Add(await stage.RecallAsync(query, cancellationToken).ConfigureAwait(false));
        }

        return new Snapshot(at, answers.ToImmutable());
    }

    /// <summary>Whether two snapshots have the same memories, versions, words and scores in the same order.</summary>
    public bool Agrees(Snapshot other) => Answers.Zip(other.Answers).All(pair => pair.First.Length == pair.Second.Length && pair.First.Zip(pair.Second).All(hits => IsSame(hits.First, hits.Second)));

    private static bool IsSame(RecallHit left, RecallHit right) =>
        left.Cube.Id == right.Cube.Id && left.Cube.Version == right.Cube.Version && left.Cube.State == right.Cube.State && left.Cube.Text == right.Cube.Text
        && Math.Abs(left.Score - right.Score) <= ScoreTolerance;
}
