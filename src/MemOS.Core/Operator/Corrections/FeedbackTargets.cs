using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Reader.Instructions;
using MemOS.Text;
using MemOS.Vaults;

namespace MemOS.Operator.Corrections;

/// <summary>Finds the memories that an instruction means (checklist 39): those it names, those that "it" stands for, or those that its words lead to.</summary>
/// <remarks>Memories of one message belong together. When more than one message could be meant and none clearly leads, the choice is left to the speaker.</remarks>
internal sealed class FeedbackTargets(MemoryVault vault, Caller caller)
{
    private const int TurnsBack = 6;
    private const int MostCandidates = 8;
    private const int LongestQuestion = 4_000;
    private const double LeastCoverage = 0.6;
    private const double ClearLead = 1.4;

    /// <summary>Finds them.</summary>
    /// <param name="call">The instruction.</param>
    /// <param name="about">The memories that the speaker named, or none.</param>
    /// <param name="own">The raw message of the instruction itself.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>The families of memories that could be meant, likeliest first; one when it is clear.</returns>
    public async Task<IReadOnlyList<ImmutableArray<MemCube>>> FindAsync(MemoryCall call, ImmutableArray<CubeId> about, Message own, CancellationToken cancellationToken)
    {
        DateTimeOffset said = own.Time;
        if (!about.IsEmpty)
        {
            ImmutableArray<MemCube> named = Named(about);
            ImmutableArray<MemCube> fitting = call.Intent is MemoryIntent.Replace || named.Length > 1 ? [.. named.Where(cube => Fits(cube, call, said))] : named;
            return call.Old is not null && fitting.Length > 0 ? [fitting] : Families(fitting);
        }

        if (call.RefersBack)
        {
            return Families([.. Earlier(own).Where(cube => Fits(cube, call, said))]);
        }

        RecallHit[] hits = [.. (await RecallAsync(Question(call), own, cancellationToken).ConfigureAwait(false)).Where(hit => Fits(hit.Cube, call, said))];
        bool clear = hits.Length > 1 && hits[0].Score >= ClearLead * hits[1].Score;
        return Families([.. hits.Take(clear ? 1 : hits.Length).Select(hit => hit.Cube)]);
    }

    /// <summary>The memories that a model is shown to choose from: those that the speaker named, else those that the words lead to and those of the last turns.</summary>
    public async Task<ImmutableArray<MemCube>> CandidatesAsync(ImmutableArray<CubeId> about, Message own, CancellationToken cancellationToken)
    {
        IEnumerable<MemCube> candidates = about.IsEmpty
            ? (await RecallAsync(own.Text, own, cancellationToken).ConfigureAwait(false)).Select(hit => hit.Cube).Concat(Earlier(own))
            : Named(about);
        return [.. candidates.Where(cube => DerivedCubes.IsOpen(cube) && cube.Text is not null).DistinctBy(cube => cube.Id).Take(2 * MostCandidates)];
    }

    /// <summary>What else was read out of the messages of a memory and is touched by the same instruction.</summary>
    public IEnumerable<MemCube> Relatives(MemCube cube) => vault.Read(reader => (CubeId[])[.. cube.Sources.SelectMany(source => reader.FindBySource(source.Number)).Distinct()])
        .Where(id => id != cube.Id).Select(id => vault.Find(id, caller)).OfType<MemCube>().Where(DerivedCubes.IsOpen);

    private static string Question(MemoryCall call) => string.Join(' ', new[] { call.Topic, call.Old, call.Intent is MemoryIntent.Correct ? call.New : null }.OfType<string>()).Trim() is { Length: > 0 } words
        ? words
        : call.New ?? "it";

    private ImmutableArray<MemCube> Named(ImmutableArray<CubeId> about) => [.. about.Distinct().Select(id => vault.Find(id, caller) ?? throw WritePlan.NotFound(id))];

    private async Task<IEnumerable<RecallHit>> RecallAsync(string text, Message own, CancellationToken cancellationToken)
    {
        string question = text.Length <= LongestQuestion ? text : text[..LongestQuestion];
        RecallResult found = await vault.RecallAsync(
            new RecallQuery { Text = question, Limit = MostCandidates, Conversation = own.Conversation, ReferenceTime = own.Time, Caller = caller }, cancellationToken).ConfigureAwait(false);
        return found.Hits.Where(hit => !IsOwn(hit.Cube, own));
    }

    // The last turns before the instruction, the latest first.
    private MemCube[] Earlier(Message own) => vault.Read(reader =>
    {
        long first = Math.Max(1, own.Number - (TurnsBack * 20L));
        Message[] turns = [.. reader.ReadMessages(first, own.Number - 1).Where(message => message.Conversation == own.Conversation).TakeLast(TurnsBack)];
        return (MemCube[])[.. turns.Reverse().SelectMany(turn => reader.FindBySource(turn.Number)).Distinct().Select(id => vault.Find(id, caller)).OfType<MemCube>()];
    });

    private static bool Fits(MemCube cube, MemoryCall call, DateTimeOffset said) => DerivedCubes.IsOpen(cube) && cube.Text is { } text && call.Intent switch
    {
        MemoryIntent.Replace => call.New is { } value && ValueSlot.Find(cube, call.Old, value, said) is not null && (call.Topic.Length == 0 || Coverage(call.Topic, text) > 0),
        MemoryIntent.Forget => call.RefersBack || Coverage(call.Topic, text) >= LeastCoverage,
        _ => call.RefersBack || Coverage(call.New ?? "", text) >= LeastCoverage,
    };

    /// <summary>The share of the words of a topic that a text has, by stems.</summary>
    private static double Coverage(string topic, string text)
    {
        HashSet<string> wanted = [.. TextAnalyzer.Analyze(topic)];
        return wanted.Count == 0 ? 0 : (double)wanted.Intersect(TextAnalyzer.Analyze(text)).Count() / wanted.Count;
    }

    private static bool IsOwn(MemCube cube, Message own) => cube.Sources.All(source => source.Number == own.Number) && !cube.Sources.IsEmpty;

    private static List<ImmutableArray<MemCube>> Families(ImmutableArray<MemCube> cubes)
    {
        List<ImmutableArray<MemCube>> families = [];
        foreach (MemCube cube in cubes)
        {
            int kin = families.FindIndex(family => family.Any(member => member.Sources.Any(source => cube.Sources.Any(other => other.Number == source.Number))));
            if (kin < 0)
            {
                families.Add([cube]);
            }
            else
            {
                families[kin] = families[kin].Add(cube);
            }
        }

        return families;
    }
}
