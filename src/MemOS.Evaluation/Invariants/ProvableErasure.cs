using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall;
using MemOS.Vaults;

namespace MemOS.Evaluation.Invariants;

/// <summary>What was forgotten is nowhere, and that it was forgotten is on record.</summary>
internal sealed class ProvableErasure : IInvariant
{
    private static readonly ImmutableArray<string> Canaries = ["quagmire-8842", "xylophone", "Pipistrello", "obelisk-5531", "m-canary"];

    public string Name => "provable erasure";

    public string Claim => "after a forget no byte of it is left in any file and no query finds it, now or as of then; the audit log says that it was done";

    public async Task CheckAsync(InvariantStage stage, CancellationToken cancellationToken)
    {
        for (int i = 0; i < 50; i++)
        {
            await stage.NoteAsync(FormattableString.Invariant($"Filler number {i} about the weather in town {i * 7}."), null, cancellationToken).ConfigureAwait(false);
        }

        MemCube said = await stage.SayAsync("My favourite band is Pipistrello. The secret is xylophone quagmire-8842.", "m-canary", cancellationToken).ConfigureAwait(false);
        MemCube kept = await stage.NoteAsync("The dog is called Rex.", null, cancellationToken).ConfigureAwait(false);
        MemCube edited = await stage.Vault.UpdateAsync(said.Id, new CubeUpdate { Text = "The secret is now obelisk-5531." }, cancellationToken: cancellationToken).ConfigureAwait(false);
        MemCube fused = await stage.Vault.FuseAsync([edited.Id, kept.Id], cancellationToken: cancellationToken).ConfigureAwait(false);
        await stage.Vault.SettleAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset before = stage.Clock.GetUtcNow();
        ImmutableArray<MemCube> facts = stage.Vault.Read(reader => (ImmutableArray<MemCube>)[.. reader.ReadCurrent().Where(cube => cube.Text == "My favourite band is Pipistrello.")]);
        stage.See("before, a fact was read out of it", facts.Length == 1);
        stage.See("before, every word of it is in the files, so the search can find it", Canaries.All(stage.FilesHold));
        ForgetResult forgotten = await stage.Vault.ForgetAsync(new ForgetScope { Messages = ["m-canary"] }, cancellationToken: cancellationToken).ConfigureAwait(false);
        stage.See("the message, its turn, its fact and what was fused from it are reported as forgotten",
            forgotten.Messages == 1 && facts.Select(fact => fact.Id).Append(said.Id).Append(fused.Id).All(forgotten.Cubes.Contains));
        await LookAsync(stage, "", before, [said.Id, fused.Id, .. facts.Select(fact => fact.Id)], kept.Id, cancellationToken).ConfigureAwait(false);
        await stage.OpenAsync(cancellationToken).ConfigureAwait(false);
        await LookAsync(stage, " after reopening", before, [said.Id, fused.Id, .. facts.Select(fact => fact.Id)], kept.Id, cancellationToken).ConfigureAwait(false);
    }

    private static async Task LookAsync(InvariantStage stage, string when, DateTimeOffset before, ImmutableArray<CubeId> gone, CubeId kept, CancellationToken cancellationToken)
    {
        stage.See($"no file of the vault holds a byte of it{when}", !Canaries.Any(stage.FilesHold));
        List<RecallHit> hits = [];
        foreach (DateTimeOffset? asOf in (DateTimeOffset?[])[null, before])
        {
            hits.AddRange(await stage.RecallAsync(new RecallQuery { Text = "secret band xylophone obelisk", AsOf = asOf, IncludeArchived = true, Limit = 50 }, cancellationToken).ConfigureAwait(false));
        }

        stage.See($"recall does not find it, now or as of then{when}", !hits.Any(hit => Canaries.Any(canary => hit.Cube.Text?.Contains(canary, StringComparison.Ordinal) == true)));
        stage.See($"no id leads to it: current, history or as of then{when}",
            gone.All(id => stage.Vault.Find(id) is null && stage.Vault.History(id).Count == 0 && stage.Vault.FindAsOf(id, before) is null));
        stage.See($"what else was fused with it is kept{when}", stage.Vault.Find(kept)?.Text == "The dog is called Rex.");
        IReadOnlyList<AuditEntry> audit = stage.Vault.Audit(new AuditQuery { Limit = 10_000 });
        stage.See($"the audit log names every forgotten cube{when}", gone.All(id => audit.Any(entry => entry.Operation == AuditOperations.Forget && entry.Cube == id)));
        stage.See($"the audit log holds none of its words{when}", !audit.Any(entry => Canaries.Any(canary => entry.Detail?.Contains(canary, StringComparison.Ordinal) == true)));
    }
}
