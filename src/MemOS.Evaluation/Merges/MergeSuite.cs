using System.Globalization;
using MemOS.Cubes;
using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Evaluation.Merges;

/// <summary>
/// Measures how often remembering joins what should stay apart, or keeps apart what should join: labelled pairs of statements go through the whole intake
/// of a vault, reading, merging and superseding included, and what stands afterwards is compared with the label.
/// </summary>
/// <remarks>
/// Each case has a conversation and speakers of its own, so cases cannot touch one another. An event's interval is its date: that it is over says nothing.
/// </remarks>
/// <param name="engine">Where the vault <c>merge-suite</c> is kept, which must not exist yet.</param>
/// <param name="options">What it works with.</param>
public sealed class MergeSuite(IVaultEngine engine, MemoryVaultOptions options)
{
    private const string FirstId = "first";
    private const string SecondId = "second";
    private static readonly VaultId Vault = new("merge-suite");
    private static readonly DateTimeOffset Start = new(2024, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Runs the cases.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.VaultExists"/>, and what vaults report.</exception>
    public async Task<MergeReport> RunAsync(IReadOnlyList<MergeCase> cases, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cases);
        if (engine.Exists(Vault))
        {
            throw new MemOSException(ErrorCodes.VaultExists, $"The vault '{Vault}' exists already. Run with an empty data folder.");
        }

        IVaultStore store = await engine.OpenAsync(Vault, create: true, cancellationToken).ConfigureAwait(false);
        await using MemoryVault vault = await MemoryVault.OpenAsync(store, options, cancellationToken).ConfigureAwait(false);
        await vault.AddAsync([.. cases.Select(First)], cancellationToken: cancellationToken).ConfigureAwait(false);
        await vault.SettleAsync(cancellationToken).ConfigureAwait(false);
        await vault.AddAsync([.. cases.Select(Second)], cancellationToken: cancellationToken).ConfigureAwait(false);
        await vault.SettleAsync(cancellationToken).ConfigureAwait(false);
        ILookup<string?, MemCube> cubes = vault.Read(reader => reader.ReadCurrent()
            .SelectMany(cube => cube.Sources.Select(source => source.Conversation).Distinct(), (cube, conversation) => (cube, conversation))
            .ToLookup(pair => pair.conversation, pair => pair.cube));
        return MergeReport.Of([.. cases.Select(each => Result(each, [.. cubes[Conversation(each)]]))]);
    }

    private static MergeResult Result(MergeCase each, MemCube[] cubes)
    {
        MemCube[] held = [.. cubes.Where(cube => Has(cube, FirstId))];
        MergeOutcome outcome = held.Any(IsOver) ? MergeOutcome.Replaced
            : held.Any(cube => Has(cube, SecondId)) ? MergeOutcome.Joined
            : MergeOutcome.Apart;
        return new MergeResult(each, outcome, each.Accepts(outcome));
    }

    private static bool IsOver(MemCube cube) =>
        cube.State is CubeState.Archived or CubeState.Expired || (cube.Descriptive.Type != SemanticType.Event && cube.Valid.To is not null);

    private static bool Has(MemCube cube, string message) => cube.Sources.Any(source => source.MessageId == message);

    private static Message First(MergeCase each) => Said(each, FirstId, each.First, "Ann", Start);

    private static Message Second(MergeCase each) => Said(each, SecondId, each.Second, each.ByOther ? "Bo" : "Ann", Start.AddDays(each.Days).AddMinutes(1));

    private static Message Said(MergeCase each, string id, string text, string speaker, DateTimeOffset time) => new()
    {
        Id = id,
        Conversation = Conversation(each),
        Speaker = string.Create(CultureInfo.InvariantCulture, $"{speaker} {each.Number}"),
        Text = text,
        Time = time,
    };

    private static string Conversation(MergeCase each) => string.Create(CultureInfo.InvariantCulture, $"case-{each.Number}");
}
