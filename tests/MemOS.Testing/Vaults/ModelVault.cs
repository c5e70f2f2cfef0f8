using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Reader;
using MemOS.Scheduler;
using MemOS.Vaults;

namespace MemOS.Testing.Vaults;

/// <summary>What a vault is to be, written down in the plainest way: lists in memory. Storage engines are compared with it.</summary>
public sealed class ModelVault : IVaultReader
{
    private List<MemCube> _versions = [];
    private Dictionary<(long Sequence, string Space), CubeVector> _vectors = [];
    private List<Message> _messages = [];
    private List<AuditEntry> _audit = [];
    private List<VaultJob> _jobs = [];
    private List<Branch> _branches = [];
    private Dictionary<CubeId, CubeUsage> _usage = [];
    private int _forgettings;

    public long LastSequence { get; private set; }

    public long LastMessageNumber { get; private set; }

    public long LastJobNumber { get; private set; }

    public DateTimeOffset Now { get; set; }

    /// <summary>Runs a plan at a time and carries its change out, or throws and stays as it was.</summary>
    public void Write(Action<IVaultReader, VaultChange> plan, DateTimeOffset now)
    {
        Now = now;
        var change = new VaultChange();
        plan(this, change);
        var backup = (_versions, _vectors, _messages, _audit, _jobs, _branches, _usage, Space, StatePolicy, LastSequence, LastMessageNumber, LastJobNumber);
        (_versions, _vectors, _messages, _audit) = ([.. _versions], new(_vectors), [.. _messages], [.. _audit]);
        (_jobs, _branches, _usage) = ([.. _jobs], [.. _branches], new(_usage));
        try
        {
            Apply(change);
        }
        catch
        {
            (_versions, _vectors, _messages, _audit, _jobs, _branches, _usage, Space, StatePolicy, LastSequence, LastMessageNumber, LastJobNumber) = backup;
            throw;
        }
    }

    public MemCube? Find(CubeId id, BranchName branch = default) =>
        _versions.Where(cube => cube.Id == id && cube.Branch == branch).MaxBy(cube => cube.Version)
        ?? (branch.IsMain ? null : Seen(id, branch).MaxBy(cube => cube.Version));

    public MemCube? FindVersion(CubeId id, int version, BranchName branch = default) =>
        _versions.SingleOrDefault(cube => cube.Id == id && cube.Branch == branch && cube.Version == version)
        ?? (branch.IsMain ? null : Seen(id, branch).SingleOrDefault(cube => cube.Version == version));

    public MemCube? FindAsOf(CubeId id, DateTimeOffset asOf) => ReadAsOf(asOf).SingleOrDefault(cube => cube.Id == id);

    public IReadOnlyList<MemCube> History(CubeId id, BranchName branch = default) =>
        [.. _versions.Where(cube => cube.Id == id && cube.Branch == branch).OrderBy(cube => cube.Version)];

    public IEnumerable<MemCube> ReadCurrent(long afterSequence = 0) =>
        _versions.Where(cube => cube.Branch.IsMain && cube.IsCurrent && cube.Sequence > afterSequence);

    public IEnumerable<MemCube> ReadStored(PayloadKind kind) => ReadCurrent().Where(cube => cube.Payload is StoredPayload && cube.Payload.Kind == kind);

    public IEnumerable<(MemCube Cube, CubeVector? Vector)> ReadCurrentWithVectors(string space, long afterSequence = 0) =>
        ReadCurrent(afterSequence).Select(cube => (cube, FindVector(cube.Sequence, space)));

    public CubeVector? FindVector(long sequence, string space) => _vectors.GetValueOrDefault((sequence, space));

    public string? Space { get; private set; }

    public string? StatePolicy { get; private set; }

    public IReadOnlyList<string> ReadSpaces() => [.. _vectors.Keys.Select(key => key.Space).Distinct().Order(StringComparer.Ordinal)];

    public long CountVectors(string space) => _vectors.Keys.Count(key => key.Space == space);

    public IEnumerable<MemCube> ReadWithoutVector(string space, long afterSequence = 0) =>
        _versions.Where(cube => cube.Sequence > afterSequence && cube.Text is not null && FindVector(cube.Sequence, space) is null);

    public bool TryReadVector(long sequence, string space, Span<float> values) =>
        FindVector(sequence, space) is { } vector && vector.Values.Length == values.Length && vector.Values.Span.TryCopyTo(values);

    public ulong? HistoryStamp(long sequence) => FindBySequence(sequence) is { } version ? (ulong)(version.TxFrom.UtcTicks + _forgettings) : null;

    public IEnumerable<MemCube> ReadAsOf(DateTimeOffset asOf) =>
        _versions.Where(cube => cube.Branch.IsMain && cube.TxFrom <= asOf && (cube.TxTo is not { } end || end > asOf));

    public IEnumerable<MemCube> ReadBranch(BranchName branch) => _versions.Where(cube => cube.Branch == branch && cube.IsCurrent);

    public MemCube? FindBySequence(long sequence) => _versions.SingleOrDefault(cube => cube.Sequence == sequence);

    public bool UsesPayload(ContentHash payload) => _versions.Exists(cube => cube.Payload is StoredPayload stored && stored.Hash == payload);

    public IReadOnlyList<MemCube> FindByText(long textHash) =>
        [.. ReadCurrent().Where(cube => cube.Text is { } text && TextIdentity.Hash(cube.Descriptive.Speaker, text) == textHash)];

    public IReadOnlyList<MemCube> FindByFactKey(string factKey) =>
        [.. ReadCurrent().Where(cube => cube.Descriptive.FactKey == factKey).OrderBy(cube => cube.Valid.From ?? DateTimeOffset.MinValue).ThenBy(cube => cube.Sequence)];

    public IReadOnlyList<CubeId> FindBySource(long messageNumber) =>
        [.. _versions.Where(cube => cube.Sources.Any(source => source.Number == messageNumber)).Select(cube => cube.Id).Distinct()];

    public IReadOnlyList<(CubeId Cube, Derivation Derivation)> FindDerived(CubeId id) =>
        [.. _versions.SelectMany(cube => cube.Lineage.Where(edge => edge.Cube == id).Select(edge => (cube.Id, edge))).Distinct()];

    public Message? FindMessage(string id, string? conversation) => _messages.SingleOrDefault(message => message.Id == id && message.Conversation == conversation);

    public Message? FindMessage(long number) => _messages.SingleOrDefault(message => message.Number == number);

    public IEnumerable<Message> ReadMessages(long first = 1, long last = long.MaxValue) =>
        _messages.Where(message => message.Number >= first && message.Number <= last);

    public IEnumerable<Message> ReadConversation(string? conversation) => _messages.Where(message => message.Conversation == conversation);

    public IEnumerable<(CubeId Cube, CubeUsage Usage)> ReadUsage() => _usage.Select(pair => (pair.Key, pair.Value));

    public CubeUsage Usage(CubeId id) => _usage.GetValueOrDefault(id, CubeUsage.None);

    public IReadOnlyList<AuditEntry> ReadAudit(AuditQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return
        [
            .. _audit.Where(entry => query.Time.Contains(entry.At) && (query.Caller ?? entry.Caller) == entry.Caller &&
                (query.Operation ?? entry.Operation) == entry.Operation && (query.Cube ?? entry.Cube) == entry.Cube)
                .Reverse().Take(query.Limit),
        ];
    }

    public IReadOnlyList<VaultJob> ReadDueJobs(int limit) => [.. _jobs.Where(job => !job.IsDead && job.DueAt <= Now).Take(limit)];

    public IReadOnlyList<VaultJob> ReadDeadJobs(int limit) => [.. _jobs.Where(job => job.IsDead).Take(limit)];

    public IReadOnlyList<VaultJob> ReadJobs(long afterNumber, int limit) => [.. _jobs.Where(job => job.Number > afterNumber).Take(limit)];

    public IReadOnlyList<Branch> ReadBranches() => [.. _branches.OrderBy(branch => branch.Name.Value, StringComparer.Ordinal)];

    public VaultStatistics Statistics() => new(
        _messages.Count, ReadCurrent().Count(), _versions.Count, _jobs.Count(job => !job.IsDead), _jobs.Count(job => job.IsDead), LastSequence, 0);

    private IEnumerable<MemCube> Seen(CubeId id, BranchName branch) => _branches.SingleOrDefault(open => open.Name == branch) is not { } seen ? []
        : _versions.Where(cube => cube.Id == id && cube.Branch.IsMain && cube.Sequence <= seen.BaseSequence);

    private void Apply(VaultChange change)
    {
        foreach (BranchName name in change.NewBranches)
        {
            Require(_branches.All(branch => branch.Name != name), ErrorCodes.InvalidInput);
            _branches.Add(new Branch(name, LastSequence, Now));
        }

        foreach (Message message in change.Messages)
        {
            Require(FindMessage(message.Id, message.Conversation) is null, ErrorCodes.MessageIdConflict);
            _messages.Add(message with { Number = ++LastMessageNumber, ReceivedAt = Now });
        }

        change.Cubes.ForEach(Apply);
        foreach (VectorWrite write in change.Vectors.Where(write => FindBySequence(write.Sequence) is not null))
        {
            _vectors.TryAdd((write.Sequence, write.Vector.Space), write.Vector);
        }

        Space = change.Space ?? Space;
        StatePolicy = change.StatePolicy switch { null => StatePolicy, "" => null, { } policy => policy };
        foreach ((long, string) key in _vectors.Keys.Where(key => key.Space == change.Removed?.Space).OrderBy(key => key.Sequence).Take(change.Removed?.AtMost ?? 0).ToArray())
        {
            _vectors.Remove(key);
        }

        _audit.AddRange(change.Audit.Select((entry, i) => entry with { Sequence = (_audit.Count == 0 ? 0 : _audit[^1].Sequence) + i + 1, At = Now }).ToArray());
        _jobs.AddRange(change.NewJobs.Select(job => job with { Number = ++LastJobNumber }));
        _jobs = [.. _jobs.Select(job => change.FailedJobs.LastOrDefault(failed => failed.Number == job.Number) ?? job)
            .Where(job => !change.FinishedJobs.Contains(job.Number))];
        foreach (UsageDelta delta in change.Usage.Where(delta => _versions.Exists(cube => cube.Id == delta.Cube)))
        {
            _usage[delta.Cube] = delta.ApplyTo(Usage(delta.Cube));
        }

        foreach (BranchName name in change.ClosedBranches)
        {
            Require(_branches.RemoveAll(branch => branch.Name == name) == 1, ErrorCodes.BranchNotFound);
            _versions.RemoveAll(cube => cube.Branch == name);
        }

        _forgettings += change.ForgottenCubes.Count + change.ForgottenMessages.Count > 0 ? 1 : 0;
        _versions.RemoveAll(cube => change.ForgottenCubes.Contains(cube.Id));
        _messages.RemoveAll(message => change.ForgottenMessages.Contains(message.Number));
        foreach ((long, string) key in _vectors.Keys.Where(key => FindBySequence(key.Sequence) is null).ToArray())
        {
            _vectors.Remove(key);
        }

        foreach (CubeId gone in _usage.Keys.Where(id => !_versions.Exists(cube => cube.Id == id)).ToArray())
        {
            _usage.Remove(gone);
        }
    }

    private void Apply(CubeWrite write)
    {
        MemCube cube = write.Cube;
        Require(cube.Branch.IsMain || _branches.Exists(branch => branch.Name == cube.Branch), ErrorCodes.BranchNotFound);
        Require(cube.Version == (Find(cube.Id, cube.Branch)?.Version ?? 0) + 1, ErrorCodes.VersionConflict);
        int previous = _versions.FindIndex(other => other.Id == cube.Id && other.Branch == cube.Branch && other.IsCurrent);
        if (previous >= 0)
        {
            _versions[previous] = _versions[previous] with { TxTo = Now };
        }

        _versions.Add(cube with
        {
            Sequence = ++LastSequence,
            TxFrom = Now,
            TxTo = null,
            Sources = [.. cube.Sources.Select(source => source with
            {
                Number = source.Number != 0 ? source.Number : FindMessage(source.MessageId, source.Conversation)?.Number ?? throw Refused(ErrorCodes.MessageNotFound),
            })],
        });
        if (write.Vector is { } vector)
        {
            _vectors[(LastSequence, vector.Space)] = vector;
        }
    }

    private static void Require(bool condition, string code)
    {
        if (!condition)
        {
            throw Refused(code);
        }
    }

    private static MemOSException Refused(string code) => new(code, "Refused by the model.");
}
