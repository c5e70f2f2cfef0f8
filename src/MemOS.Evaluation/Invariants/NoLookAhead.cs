using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Operator.Recall;

namespace MemOS.Evaluation.Invariants;

/// <summary>Nothing later shines through into an earlier time.</summary>
internal sealed class NoLookAhead : IInvariant
{
    public string Name => "no look-ahead";

    public string Claim => "recall as of a time shows nothing that came to be known later, neither as a hit nor in the score of one";

    public async Task CheckAsync(InvariantStage stage, CancellationToken cancellationToken)
    {
        List<Snapshot> then = [];
        await ChangingVault.LiveAsync(
            stage, async () => then.Add(await Snapshot.TakeAsync(stage, null, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
        Dictionary<long, DateTimeOffset> received = stage.Vault.Read(reader => reader.ReadMessages().ToDictionary(message => message.Number, message => message.ReceivedAt));
        for (int i = 0; i < then.Count; i++)
        {
            DateTimeOffset at = then[i].At;
            List<RecallHit> hits = [];
            foreach (string question in Snapshot.Questions.Append("Zanzibar"))
            {
                hits.AddRange(await stage.RecallAsync(new RecallQuery { Text = question, AsOf = at, ReferenceTime = at, IncludeArchived = true, Limit = 50 }, cancellationToken).ConfigureAwait(false));
            }

            string day = FormattableString.Invariant($"as of day {i + 1}");
            stage.See($"{day} every hit is a version that was known", hits.All(hit => hit.Cube.TxFrom <= at && hit.Cube.Descriptive.CreatedAt <= at));
            stage.See($"{day} every hit comes from messages that were known", hits.SelectMany(hit => hit.Cube.Sources).All(source => received[source.Number] <= at));
            stage.See($"{day} a word that is said on the last day is found {(i + 1 < then.Count ? "nowhere" : "then")}",
                hits.Any(hit => hit.Cube.Text?.Contains("Zanzibar", StringComparison.Ordinal) == true) == (i + 1 == then.Count));
            Snapshot now = await Snapshot.TakeAsync(stage, at, cancellationToken).ConfigureAwait(false);
            stage.See($"{day} what was said later moves no score", now.Agrees(then[i]));
        }

        ImmutableArray<MemCube> current = stage.Vault.Read(reader => (ImmutableArray<MemCube>)[.. reader.ReadCurrent()]);
        stage.See("a memory that did not exist yet is not found by its id either", current.All(cube => stage.Vault.FindAsOf(cube.Id, cube.Descriptive.CreatedAt.AddTicks(-1)) is null));
    }
}
