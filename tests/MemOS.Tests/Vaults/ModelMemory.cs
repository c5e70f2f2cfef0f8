using MemOS.Cubes;

namespace MemOS.Tests.Vaults;

/// <summary>What a vault is to hold after its operations, in the plainest way: the text and state of every version, main line and branches.</summary>
internal sealed class ModelMemory
{
    private readonly Dictionary<CubeId, (CubeId Whole, int Start, int Version)> _slices = [];
    private readonly Dictionary<CubeId, (CubeId Part, int Version)[]> _fused = [];
    private readonly Dictionary<BranchName, OpenBranch> _branches = [];
    private int _writes;

    /// <summary>All cubes of the main line, oldest version first.</summary>
    public Dictionary<CubeId, List<ModelVersion>> Cubes { get; } = [];

    /// <summary>Names of the branches that are open, with the cubes that were changed there.</summary>
    public IEnumerable<(BranchName Name, IReadOnlyDictionary<CubeId, ModelVersion> Changed)> Branches =>
        _branches.Select(pair => (pair.Key, (IReadOnlyDictionary<CubeId, ModelVersion>)pair.Value.Changed));

    public bool IsWritable(CubeId id) => Cubes[id][^1].State is not CubeState.Archived;

    public bool IsOpen(BranchName name) => _branches.ContainsKey(name);

    public bool CanUnfuse(CubeId id) => IsWritable(id) && _fused.ContainsKey(id);

    public bool CanJoin(CubeId whole) => Parts(whole) is { Count: > 0 } parts
        && string.Concat(parts.Select(part => Cubes[part][^1].Text)) == Cubes[whole][_slices[parts[0]].Version - 1].Text;

    /// <summary>Whether a branch can be merged: what changed there does not say something else here now, and is not in the archive.</summary>
    public bool CanMerge(BranchName name) => IsOpen(name) && _branches[name].Changed.All(pair =>
        Cubes[pair.Key][^1] is var main && (main.Text == _branches[name].Seen[pair.Key].Text || main.Text == pair.Value.Text) && IsWritable(pair.Key));

    public void Create(CubeId id, string text) => Add(id, text, CubeState.Generated, ++_writes);

    public void Update(CubeId id, string text) => Add(id, text, Cubes[id][^1].State, ++_writes);

    public void Fuse(CubeId[] parts, CubeId fused)
    {
        _writes++;
        _fused[fused] = [.. parts.Select(part => (part, Cubes[part].Count))];
        Add(fused, string.Join('\n', parts.Select(part => Cubes[part][^1].Text)), CubeState.Merged, _writes);
        Array.ForEach(parts, Archive);
    }

    public void Unfuse(CubeId fused)
    {
        _writes++;
        foreach ((CubeId part, int version) in _fused[fused])
        {
            Restore(part, version);
        }

        Archive(fused);
    }

    public void Slice(CubeId whole, int cut, CubeId first, CubeId second)
    {
        _writes++;
        string text = Cubes[whole][^1].Text;
        _slices[first] = (whole, 0, Cubes[whole].Count);
        _slices[second] = (whole, cut, Cubes[whole].Count);
        Add(first, text[..cut], CubeState.Generated, _writes);
        Add(second, text[cut..], CubeState.Generated, _writes);
        Archive(whole);
    }

    public void Join(CubeId whole)
    {
        _writes++;
        List<CubeId> parts = Parts(whole);
        parts.ForEach(Archive);
        Restore(whole, _slices[parts[0]].Version);
    }

    public void Rollback(CubeId id, int version)
    {
        _writes++;
        Restore(id, version);
    }

    /// <summary>Restores every cube to what it was after so many writes, and says how many changed.</summary>
    public int RollbackAll(int write)
    {
        _writes++;
        int changed = 0;
        foreach ((CubeId id, List<ModelVersion> versions) in Cubes)
        {
            int then = versions.Count(version => version.Write <= write);
            if (then == versions.Count || (then == 0 && versions[^1].State == CubeState.Archived))
            {
                continue;
            }

            changed++;
            if (then == 0)
            {
                Archive(id);
            }
            else
            {
                Restore(id, then);
            }
        }

        return changed;
    }

    public void Open(BranchName name) => _branches[name] = new OpenBranch(_writes, Cubes.ToDictionary(pair => pair.Key, pair => pair.Value[^1]), []);

    /// <summary>A cube as a branch sees it, or null.</summary>
    public ModelVersion? On(BranchName name, CubeId id) =>
        _branches[name].Changed.GetValueOrDefault(id) ?? _branches[name].Seen.GetValueOrDefault(id);

    public void UpdateOn(BranchName name, CubeId id, string text) => _branches[name].Changed[id] = new ModelVersion(text, On(name, id)!.State, 0);

    public void Discard(BranchName name) => _branches.Remove(name);

    public int Merge(BranchName name)
    {
        _writes++;
        Dictionary<CubeId, ModelVersion> changed = _branches[name].Changed;
        foreach ((CubeId id, ModelVersion version) in changed)
        {
            Add(id, version.Text, Cubes[id][^1].State, _writes); // only the text changes on a branch
        }

        _branches.Remove(name);
        return changed.Count;
    }

    /// <summary>How many writes there were.</summary>
    public int Writes => _writes;

    private List<CubeId> Parts(CubeId whole) =>
        [.. _slices.Where(slice => slice.Value.Whole == whole && IsWritable(slice.Key)).OrderBy(slice => slice.Value.Start).Select(slice => slice.Key)];

    private void Archive(CubeId id) => Add(id, Cubes[id][^1].Text, CubeState.Archived, _writes);

    private void Restore(CubeId id, int version) => Add(id, Cubes[id][version - 1].Text, Cubes[id][version - 1].State, _writes);

    private void Add(CubeId id, string text, CubeState state, int write)
    {
        if (!Cubes.TryGetValue(id, out List<ModelVersion>? versions))
        {
            Cubes[id] = versions = [];
        }

        versions.Add(new ModelVersion(text, state, write));
    }

    private sealed record OpenBranch(int Base, Dictionary<CubeId, ModelVersion> Seen, Dictionary<CubeId, ModelVersion> Changed);
}
