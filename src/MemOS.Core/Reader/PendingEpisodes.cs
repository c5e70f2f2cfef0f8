using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Reader.Time;
using MemOS.Vaults;

namespace MemOS.Reader;

/// <summary>The turn-level cubes of one call on their way to the vault; the same statement said again is merged into the cube that has it.</summary>
internal sealed class PendingEpisodes(WritePlan plan)
{
    private const int FewestWords = 3;

    private readonly List<Entry> _entries = [];
    private readonly Dictionary<long, Entry> _byText = [];

    /// <summary>Adds a cube, or merges it into the one that says the same. Returns what will hold it.</summary>
    /// <param name="episode">The cube.</param>
    /// <param name="hash">The <see cref="TextIdentity.Hash"/> of its text.</param>
    /// <param name="mostSources">A cube with so many sources takes no more.</param>
    public MemCube Add(MemCube episode, long hash, int mostSources)
    {
        string text = episode.Text ?? "";
        if (!IsStatement(text))
        {
            _entries.Add(new Entry(null, episode, hash));
            return episode;
        }

        if (_byText.TryGetValue(hash, out Entry? pending) && Mergeable(pending.Cube, episode, mostSources))
        {
            pending.Cube = Merged(pending.Cube, episode);
            return pending.Cube;
        }

        MemCube? stored = plan.Reader.FindByText(hash).FirstOrDefault(cube => Mergeable(cube, episode, mostSources));
        Entry entry = stored is null ? new Entry(null, episode, hash) : new Entry(stored, Merged(stored, episode), hash);
        _entries.Add(entry);
        _byText[hash] = entry;
        return entry.Cube;
    }

    /// <summary>The cubes that hold a message that was stored earlier, or is about to be.</summary>
    public ImmutableArray<MemCube> Of(Message message)
    {
        ImmutableArray<MemCube> waiting = [.. _entries.Select(entry => entry.Cube).Where(cube => cube.Sources.Any(source => source.Number == message.Number))];
        return waiting.IsEmpty ? [.. plan.Reader.FindBySource(message.Number).Select(id => plan.Reader.Find(id)).OfType<MemCube>()] : waiting;
    }

    /// <summary>Puts everything into the plan.</summary>
    public void Write()
    {
        foreach (Entry entry in _entries)
        {
            if (entry.Stored is null)
            {
                plan.Create(entry.Cube, entry.Hash); // merging changes no word
            }
            else
            {
                plan.Audit(AuditOperations.Merge, plan.Follow(entry.Stored, entry.Cube), "the same statement again");
            }
        }
    }

    // "Thanks!" said twice is two turns; a statement said twice is one memory.
    private static bool IsStatement(string text)
    {
        int words = 0;
        bool inWord = false;
        foreach (char c in text)
        {
            bool letter = char.IsLetterOrDigit(c) || c == '\'';
            words += letter && !inWord ? 1 : 0;
            inWord = letter;
            if (words >= FewestWords || c >= '\u2E80')
            {
                return true;
            }
        }

        return false;
    }

    private static bool Mergeable(MemCube cube, MemCube episode, int mostSources) =>
        cube.State is CubeState.Generated or CubeState.Activated or CubeState.Merged &&
        cube.Sources.Length < mostSources &&
        cube.Descriptive.Type == episode.Descriptive.Type &&
        cube.Governance == episode.Governance &&
        cube.Fingerprint == episode.Fingerprint &&
        TextIdentity.Same(cube.Descriptive.Speaker, cube.Text ?? "", episode.Descriptive.Speaker, episode.Text ?? "") &&
        MeansSameTimes(cube, episode);

    // "I met Tom yesterday", said on two days, tells of two meetings.
    private static bool MeansSameTimes(MemCube cube, MemCube episode)
    {
        if (cube.Descriptive.SaidAt is not { } first || episode.Descriptive.SaidAt is not { } second || first == second)
        {
            return true;
        }

        string text = episode.Text ?? "";
        return TimeExpressionParser.Parse(text, first).Select(mention => mention.Interval).SequenceEqual(TimeExpressionParser.Parse(text, second).Select(mention => mention.Interval));
    }

    private static MemCube Merged(MemCube cube, MemCube episode) => cube with
    {
        State = CubeState.Merged,
        Sources = cube.Sources.AddRange(episode.Sources),
        Descriptive = cube.Descriptive with
        {
            Tags = [.. cube.Descriptive.Tags.Union(episode.Descriptive.Tags)],
            Info = episode.Descriptive.Info is { } info ? (cube.Descriptive.Info?.SetItems(info) ?? info) : cube.Descriptive.Info,
        },
    };

    private sealed class Entry(MemCube? stored, MemCube cube, long hash)
    {
        public MemCube? Stored { get; } = stored;

        public long Hash { get; } = hash;

        public MemCube Cube { get; set; } = cube;
    }
}
