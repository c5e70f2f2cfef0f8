namespace MemOS.Evaluation.Invariants;

/// <summary>The past can be asked, and answers as it did.</summary>
internal sealed class PointInTimeRecall : IInvariant
{
    public string Name => "point-in-time recall";

    public string Claim => "recall as of a time finds what recall found at that time: the same memories, versions, words, scores and order";

    public async Task CheckAsync(InvariantStage stage, CancellationToken cancellationToken)
    {
        List<Snapshot> then = [];
        await ChangingVault.LiveAsync(
            stage, async () => then.Add(await Snapshot.TakeAsync(stage, null, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
        await LookAsync(stage, then, "", cancellationToken).ConfigureAwait(false);
        await stage.OpenAsync(cancellationToken).ConfigureAwait(false);
        await LookAsync(stage, then, " after reopening", cancellationToken).ConfigureAwait(false);
    }

    private static async Task LookAsync(InvariantStage stage, List<Snapshot> then, string when, CancellationToken cancellationToken)
    {
        for (int i = 0; i < then.Count; i++)
        {
            Snapshot now = await Snapshot.TakeAsync(stage, then[i].At, cancellationToken).ConfigureAwait(false);
            stage.See(FormattableString.Invariant($"as of day {i + 1} the {Snapshot.Questions.Length} questions find what they found on day {i + 1}{when}"), now.Agrees(then[i]));
        }

        stage.See($"the days differ, so the comparison can fail{when}", then.Zip(then.Skip(1)).All(days => !days.First.Agrees(days.Second)));
    }
}
