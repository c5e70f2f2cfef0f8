using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Reader;
using MemOS.Reader.Instructions;
using MemOS.Vaults;

namespace MemOS.Operator.Corrections;

/// <summary>Carries out what somebody says about memories: the words are stored first, then understood, then the memories that they mean are changed with versions kept.</summary>
internal sealed class Feedback(MemoryVault vault, VaultWriter writer, TimeProvider clock, Caller caller)
{
    private const string Tag = "feedback";

    public async Task<FeedbackResult> GiveAsync(FeedbackInput input, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(input.Text))
        {
            throw new MemOSException(ErrorCodes.InvalidInput, "The feedback is empty: say what is wrong, what to add or what to forget.");
        }

        Message message = new()
        {
            Id = "",
            Text = input.Text,
            Time = input.Time ?? clock.GetUtcNow(),
            Conversation = input.Conversation,
            Speaker = input.Speaker,
            Tags = [Tag],
        };
        AddedMessage own = (await vault.AddAsync([message], caller, cancellationToken).ConfigureAwait(false))[0];
        await vault.SettleAsync(cancellationToken).ConfigureAwait(false); // a fact that supersedes another one does so now

        MemoryCall call = InstructionReader.Read(input.Text);
        ImmutableArray<MemCube> made = Made(own);
        FeedbackResult plain = new(FeedbackStatus.Applied, call, own.MessageId, made, Superseded(made), 0, []);
        if (call.Intent is MemoryIntent.Supplement && input.About.IsDefaultOrEmpty)
        {
            return plain;
        }

        if (call.Intent is MemoryIntent.Correct && !plain.Changed.IsEmpty)
        {
            return plain; // a rule knew whose value this is
        }

        FeedbackTargets targets = new(vault, caller);
        IReadOnlyList<ImmutableArray<MemCube>> families = await targets.FindAsync(call, input, own, cancellationToken).ConfigureAwait(false);
        if (families.Count == 0)
        {
            return plain with { Status = call.Intent is MemoryIntent.Correct && call.New is not null ? FeedbackStatus.Applied : FeedbackStatus.NothingFound };
        }

        if (families.Count > 1 || (call.Intent is not MemoryIntent.Forget && call.New is null))
        {
            return plain with { Status = FeedbackStatus.NeedsClarification, Candidates = [.. families.Select(family => family[0])] };
        }

        return call is { Intent: MemoryIntent.Forget } && input.Erase
            ? await EraseAsync(plain, families[0], own, cancellationToken).ConfigureAwait(false)
            : await ChangeAsync(plain, Touched(families[0], call, targets), made, own, message.Time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The memories of a family that the instruction changes: for a value or a memory to go also what was read out of the same messages.</summary>
    private static ImmutableArray<MemCube> Touched(ImmutableArray<MemCube> family, MemoryCall call, FeedbackTargets targets) =>
        call.Intent is MemoryIntent.Forget || call.Old is not null ? [.. family.Concat(family.SelectMany(targets.Relatives)).DistinctBy(cube => cube.Id)] : [family[0]];

    private async Task<FeedbackResult> ChangeAsync(
        FeedbackResult plain, ImmutableArray<MemCube> targets, ImmutableArray<MemCube> made, AddedMessage own, DateTimeOffset said, CancellationToken cancellationToken)
    {
        MessageSource source = new(own.MessageId, own.Conversation, own.Number, 0, vault.Read(reader => reader.FindMessage(own.Number))?.Text.Length ?? 0);
        (List<(MemCube Before, MemCube After)> changed, VaultChange change) = await writer.WriteAsync(
            caller, [], (plan, change) => (FeedbackPlan.Apply(plan, plain.Call, targets, made, source, said), change), cancellationToken).ConfigureAwait(false);
        return plain with
        {
            Added = plain.Call.Intent is MemoryIntent.Supplement ? made : [],
            Changed = [.. changed.Select(pair => (pair.Before, VaultWriter.Committed(change, pair.After)))],
            Status = changed.Count > 0 ? FeedbackStatus.Applied : FeedbackStatus.NothingFound,
        };
    }

    private async Task<FeedbackResult> EraseAsync(FeedbackResult plain, ImmutableArray<MemCube> family, AddedMessage own, CancellationToken cancellationToken)
    {
        ForgetResult forgotten = await vault.ForgetAsync(
            new ForgetScope { Cubes = [.. family.Select(cube => cube.Id)], Messages = [own.MessageId] }, caller, cancellationToken).ConfigureAwait(false);
        return plain with { MessageId = null, Added = [], Changed = [], Erased = forgotten.Cubes.Length };
    }

    private ImmutableArray<MemCube> Made(AddedMessage own) => vault.Read(reader => (CubeId[])[.. reader.FindBySource(own.Number)])
        .Select(id => vault.Find(id, caller)).OfType<MemCube>().Where(cube => cube.Sources.All(source => source.Number == own.Number)).ToImmutableArray();

    private ImmutableArray<(MemCube, MemCube)> Superseded(ImmutableArray<MemCube> made) =>
    [
        .. made.SelectMany(cube => cube.Lineage).Where(edge => edge.Kind is DerivationKind.Supersedes)
            .Select(edge => (Before: vault.FindVersion(edge.Cube, edge.Version, caller), After: vault.Find(edge.Cube, caller)))
            .Where(pair => pair is { Before: not null, After: not null }).Select(pair => (pair.Before!, pair.After!)), // just filtered
    ];
}
