using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Vaults;

namespace MemOS.Evaluation.Invariants;

/// <summary>What no longer holds is not given as if it did.</summary>
internal sealed class StaleSuppression : IInvariant
{
    public string Name => "stale suppression";

    public string Claim => "what was replaced, ended, expired or put away is not recalled as current";

    public async Task CheckAsync(InvariantStage stage, CancellationToken cancellationToken)
    {
        await stage.SayAsync("I live in Bergen.", "m1", cancellationToken).ConfigureAwait(false);
        await stage.SayAsync("I work at Statoil.", "m2", cancellationToken).ConfigureAwait(false);
        MemCube code = await stage.NoteAsync("The gate code is 4411.", null, cancellationToken).ConfigureAwait(false);
        MemCube ticket = await stage.NoteAsync(
            "The ticket voucher is KESTREL.", new GovernanceHeader { Lifespan = new Lifespan(stage.Clock.GetUtcNow().AddDays(10)) }, cancellationToken).ConfigureAwait(false);
        MemCube plan = await stage.NoteAsync("The garden plan has a pond.", null, cancellationToken).ConfigureAwait(false);
        stage.Clock.Advance(TimeSpan.FromDays(9));
        stage.See("before its end, a memory with an end is recalled", await FindsAsync(stage, "ticket voucher", ticket, cancellationToken).ConfigureAwait(false));
        stage.Clock.Advance(TimeSpan.FromDays(90));
        await stage.SayAsync("I live in Oslo now.", "m3", cancellationToken).ConfigureAwait(false);
        await stage.SayAsync("I no longer work at Statoil.", "m4", cancellationToken).ConfigureAwait(false);
        await stage.Vault.UpdateAsync(code.Id, new CubeUpdate { Text = "The gate code is 9022." }, cancellationToken: cancellationToken).ConfigureAwait(false);
        await stage.Vault.TransitionAsync(plan.Id, CubeState.Archived, cancellationToken: cancellationToken).ConfigureAwait(false);
        await LookAsync(stage, "", code, ticket, plan, cancellationToken).ConfigureAwait(false);
        await stage.Vault.ExpireDueAsync(cancellationToken).ConfigureAwait(false);
        await stage.OpenAsync(cancellationToken).ConfigureAwait(false);
        await LookAsync(stage, " after reopening", code, ticket, plan, cancellationToken).ConfigureAwait(false);
    }

    private static async Task LookAsync(InvariantStage stage, string when, MemCube code, MemCube ticket, MemCube plan, CancellationToken cancellationToken)
    {
        DateTimeOffset now = stage.Clock.GetUtcNow();
        ImmutableArray<string> homes = Facts(await stage.RecallAsync(new RecallQuery { Text = "Where does Ann live?", ValidAt = now }, cancellationToken).ConfigureAwait(false));
        stage.See($"the new residence is recalled as a fact that holds now{when}", homes.Any(text => text.Contains("Oslo", StringComparison.Ordinal)));
        stage.See($"the replaced residence is not recalled as a fact that holds now{when}", !homes.Any(text => text.Contains("Bergen", StringComparison.Ordinal)));
        ImmutableArray<RecallHit> order = await stage.RecallAsync(new RecallQuery { Text = "Where does Ann live?" }, cancellationToken).ConfigureAwait(false);
        stage.See($"without a time asked for, the new residence comes before the replaced one{when}", Place(order, "Oslo") < Place(order, "Bergen"));
        ImmutableArray<string> work = Facts(await stage.RecallAsync(new RecallQuery { Text = "Where does Ann work?", ValidAt = now }, cancellationToken).ConfigureAwait(false));
        stage.See($"an employer that was left is not recalled as a fact that holds now{when}", !work.Any(text => text == "I work at Statoil."));
        ImmutableArray<RecallHit> gate = await stage.RecallAsync(new RecallQuery { Text = "What is the gate code?" }, cancellationToken).ConfigureAwait(false);
        stage.See($"an edited memory is recalled with its new words only{when}", gate.Any(hit => hit.Cube.Id == code.Id) && !gate.Any(hit => hit.Cube.Text!.Contains("4411", StringComparison.Ordinal)));
        stage.See($"a memory past its end is not recalled{when}", !await FindsAsync(stage, "ticket voucher", ticket, cancellationToken).ConfigureAwait(false));
        stage.See($"a memory that was put away is not recalled{when}", !await FindsAsync(stage, "garden plan", plan, cancellationToken).ConfigureAwait(false));
    }

    // Facts are folded into the turn that they were read from when both are found; a fact on its own comes as itself.
    private static ImmutableArray<string> Facts(ImmutableArray<RecallHit> hits) =>
        [.. hits.Where(hit => hit.Cube.Descriptive.Type == SemanticType.Fact || !hit.Derived.IsEmpty).Select(hit => hit.Cube.Text ?? "")];

    private static int Place(ImmutableArray<RecallHit> hits, string word) =>
        hits.Index().Where(hit => hit.Item.Cube.Text?.Contains(word, StringComparison.Ordinal) == true).Select(hit => hit.Index).DefaultIfEmpty(int.MaxValue).First();

    private static async Task<bool> FindsAsync(InvariantStage stage, string question, MemCube cube, CancellationToken cancellationToken) =>
        (await stage.RecallAsync(new RecallQuery { Text = question }, cancellationToken).ConfigureAwait(false)).Any(hit => hit.Cube.Id == cube.Id);
}
