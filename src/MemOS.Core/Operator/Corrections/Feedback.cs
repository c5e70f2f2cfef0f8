using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Corrections.Editing;
using MemOS.Reader;
using MemOS.Reader.Instructions;
using MemOS.Vaults;

namespace MemOS.Operator.Corrections;

/// <summary>
/// Carries out what somebody says about memories: the words are stored first, then understood, by a model where there is one, else by rules; then the memories
/// that they mean are changed with versions kept. Changes and the end of the job that asked for them are one commit.
/// </summary>
internal sealed class Feedback(MemoryVault vault, VaultWriter writer, FeedbackEditor? editor, Caller caller)
{
    private readonly FeedbackTargets _targets = new(vault, caller);

    /// <summary>Carries out feedback whose words are stored.</summary>
    /// <param name="order">What.</param>
    /// <param name="job">The number of the job that asks for it, which ends with it; null for none.</param>
    /// <param name="cancellationToken">Gives up before anything is changed.</param>
    public async Task<FeedbackResult> CarryOutAsync(FeedbackOrder order, long? job, CancellationToken cancellationToken)
    {
        if (vault.Read(reader => reader.FindMessage(order.Message)) is not { } own)
        {
            return await EndAsync(new FeedbackResult(FeedbackStatus.NothingFound, InstructionReader.Read(""), null, [], [], 0, []), job, cancellationToken).ConfigureAwait(false);
        }

        MemoryCall call = InstructionReader.Read(own.Text);
        ImmutableArray<MemCube> made = Made(own);
        FeedbackResult plain = new(FeedbackStatus.Applied, call, own.Id, made, Superseded(made), 0, []);
        return call.Intent is MemoryIntent.Correct && !plain.Changed.IsEmpty ? await EndAsync(plain, job, cancellationToken).ConfigureAwait(false) // a rule knew whose value this is
            : editor is not null && !order.Erase ? await ByModelAsync(editor, order, own, plain, job, cancellationToken).ConfigureAwait(false)
            : await ByRulesAsync(order, own, plain, job, cancellationToken).ConfigureAwait(false);
    }

    private async Task<FeedbackResult> ByRulesAsync(FeedbackOrder order, Message own, FeedbackResult plain, long? job, CancellationToken cancellationToken)
    {
        MemoryCall call = plain.Call;
        if (call.Intent is MemoryIntent.Supplement && order.About.IsEmpty)
        {
            return await EndAsync(plain, job, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<ImmutableArray<MemCube>> families = await _targets.FindAsync(call, order.About, own, cancellationToken).ConfigureAwait(false);
        if (families.Count == 0)
        {
            FeedbackStatus status = call.Intent is MemoryIntent.Correct && call.New is not null ? FeedbackStatus.Applied : FeedbackStatus.NothingFound;
            return await EndAsync(plain with { Status = status }, job, cancellationToken).ConfigureAwait(false);
        }

        if (families.Count > 1 || (call.Intent is not MemoryIntent.Forget && call.New is null))
        {
            return plain with { Status = FeedbackStatus.NeedsClarification, Candidates = [.. families.Select(family => family[0])] };
        }

        if (call.Intent is MemoryIntent.Forget && order.Erase)
        {
            return await EndAsync(await EraseAsync(plain, families[0], own, cancellationToken).ConfigureAwait(false), job, cancellationToken).ConfigureAwait(false);
        }

        ImmutableArray<MemCube> touched = Touched(families[0], call);
        return await ChangeAsync(
            plain, call.Intent is MemoryIntent.Supplement, job, plan => FeedbackPlan.Apply(plan, call, touched, plain.Added, SourceOf(own), own.Time), cancellationToken).ConfigureAwait(false);
    }

    private async Task<FeedbackResult> ByModelAsync(FeedbackEditor model, FeedbackOrder order, Message own, FeedbackResult plain, long? job, CancellationToken cancellationToken)
    {
        ImmutableArray<MemCube> shown = await _targets.CandidatesAsync(order.About, own, cancellationToken).ConfigureAwait(false);
        EditPlan edits = await model.ProposeAsync(own, shown, cancellationToken).ConfigureAwait(false);
        if (edits.Edits.IsEmpty)
        {
            return await EndAsync(plain with { Status = edits.AlsoNew ? FeedbackStatus.Applied : FeedbackStatus.NothingFound }, job, cancellationToken).ConfigureAwait(false);
        }

        return await ChangeAsync(plain, edits.AlsoNew, job, plan => edits.Apply(plan, shown, plain.Added, SourceOf(own)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The memories of a family that the instruction changes: for a value or a memory to go also what was read out of the same messages.</summary>
    private ImmutableArray<MemCube> Touched(ImmutableArray<MemCube> family, MemoryCall call) =>
        call.Intent is MemoryIntent.Forget || call.Old is not null ? [.. family.Concat(family.SelectMany(_targets.Relatives)).DistinctBy(cube => cube.Id)] : [family[0]];

    private async Task<FeedbackResult> ChangeAsync(
        FeedbackResult plain, bool keepsWords, long? job, Func<WritePlan, List<(MemCube Before, MemCube After)>> change, CancellationToken cancellationToken)
    {
        (List<(MemCube Before, MemCube After)> changed, VaultChange written) = await writer.WriteAsync(
            caller,
            writer.NewTexts(),
            (plan, writes) =>
            {
                List<(MemCube, MemCube)> pairs = change(plan);
                End(plan, job);
                return (pairs, writes);
            },
            cancellationToken).ConfigureAwait(false);
        return plain with
        {
            Added = keepsWords ? plain.Added : [],
            Changed = [.. changed.Select(pair => (pair.Before, VaultWriter.Committed(written, pair.After)))],
            Status = changed.Count > 0 ? FeedbackStatus.Applied : FeedbackStatus.NothingFound,
        };
    }

    private async Task<FeedbackResult> EraseAsync(FeedbackResult plain, ImmutableArray<MemCube> family, Message own, CancellationToken cancellationToken)
    {
        ForgetResult forgotten = await vault.ForgetAsync(
            new ForgetScope { Cubes = [.. family.Select(cube => cube.Id)], Messages = [own.Id] }, caller, cancellationToken).ConfigureAwait(false);
        return plain with { MessageId = null, Added = [], Changed = [], Erased = forgotten.Cubes.Length };
    }

    // Nothing was left to write but that the job is done.
    private async Task<FeedbackResult> EndAsync(FeedbackResult result, long? job, CancellationToken cancellationToken)
    {
        if (job is not null)
        {
            await writer.WriteAsync(
                caller,
                plan =>
                {
                    End(plan, job);
                    return 0;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    private static void End(WritePlan plan, long? job)
    {
        if (job is { } number)
        {
            plan.Change.FinishedJobs.Add(number);
        }
    }

    private static MessageSource SourceOf(Message own) => new(own.Id, own.Conversation, own.Number, 0, own.Text.Length);

    private ImmutableArray<MemCube> Made(Message own) => vault.Read(reader => (CubeId[])[.. reader.FindBySource(own.Number)])
        .Select(id => vault.Find(id, caller)).OfType<MemCube>().Where(cube => cube.Sources.All(source => source.Number == own.Number)).ToImmutableArray();

    private ImmutableArray<(MemCube, MemCube)> Superseded(ImmutableArray<MemCube> made) =>
    [
        .. made.SelectMany(cube => cube.Lineage).Where(edge => edge.Kind is DerivationKind.Supersedes)
            .Select(edge => (Before: vault.FindVersion(edge.Cube, edge.Version, caller), After: vault.Find(edge.Cube, caller)))
            .Where(pair => pair is { Before: not null, After: not null }).Select(pair => (pair.Before!, pair.After!)), // just filtered
    ];
}
