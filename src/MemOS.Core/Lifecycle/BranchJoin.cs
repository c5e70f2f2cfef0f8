using System.Collections.Immutable;
using MemOS.Cubes;

namespace MemOS.Lifecycle;

/// <summary>Joins what a branch changed of a cube with what the main line changed of it since the branch was opened, field by field.</summary>
/// <remarks>
/// What only one side changed is as that side left it, so that a branch never takes back a right, a source or a time that the main line set meanwhile.
/// </remarks>
/// <param name="start">The version that the branch began from.</param>
/// <param name="branch">The branch's current version.</param>
/// <param name="main">The main line's current version.</param>
internal sealed class BranchJoin(MemCube start, MemCube branch, MemCube main)
{
    private readonly HashSet<string> _ours = Changed(start, branch);

    /// <summary>The fields that both sides changed, to different values.</summary>
    public ImmutableArray<string> Conflicts()
    {
        HashSet<string> theirs = Changed(start, main);
        HashSet<string> apart = Changed(branch, main);
        return [.. _ours.Where(field => field != "state" && theirs.Contains(field) && apart.Contains(field) && (field != "info" || InfoConflicts()))];
    }

    /// <summary>The version that the main line gets; its number and lineage are still those of the main line.</summary>
    public MemCube Join() => main with
    {
        Payload = Ours("payload") ? branch.Payload : main.Payload,
        State = Ours("state") ? branch.State : main.State,
        Valid = Ours("valid") ? branch.Valid : main.Valid,
        Governance = Ours("governance") ? branch.Governance : main.Governance,
        Descriptive = main.Descriptive with
        {
            Type = Ours("type") ? branch.Descriptive.Type : main.Descriptive.Type,
            Tags = Ours("tags") ? branch.Descriptive.Tags : main.Descriptive.Tags,
            Entities = Ours("entities") ? branch.Descriptive.Entities : main.Descriptive.Entities,
            Info = Ours("info") ? JoinedInfo() : main.Descriptive.Info,
        },
    };

    // The parts of a payload, of the governance and of an interval belong together.
    private static HashSet<string> Changed(MemCube before, MemCube after) =>
        [.. CubeDiff.Between(before, after).Select(change => change.Field is "text" ? "payload" : change.Field.Split('.')[0])];

    private bool Ours(string field) => _ours.Contains(field);

    private bool InfoConflicts() => InfoKeys().Any(key => (Value(start, key), Value(branch, key), Value(main, key)) is var (from, ours, theirs) && ours != from && theirs != from && ours != theirs);

    // Keys are only ever added and changed.
    private ImmutableSortedDictionary<string, string>? JoinedInfo() => InfoKeys().Aggregate(
        main.Descriptive.Info ?? ImmutableSortedDictionary<string, string>.Empty,
        (info, key) => Value(branch, key) is { } value && value != Value(start, key) ? info.SetItem(key, value) : info);

    private IEnumerable<string> InfoKeys() => branch.Descriptive.Info?.Keys ?? [];

    private static string? Value(MemCube cube, string key) => cube.Descriptive.Info?.GetValueOrDefault(key);
}
