using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Lifecycle;
using MemOS.Operator;
using MemOS.Operator.Corrections;
using MemOS.Operator.Corrections.Editing;
using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Spaces;
using MemOS.Reader;
using MemOS.Scheduler;
using MemOS.Transformations;

namespace MemOS.Vaults;

/// <summary>An open vault: everything that can be done with the memories in it (paper, Memory API).</summary>
/// <remarks>
/// All members may be called concurrently. A write that returned is on disk and is found by the next recall. Unless a caller is named, the owner acts.
/// A cube that the caller may not see is reported as <see cref="ErrorCodes.CubeNotFound"/>. Errors are <see cref="MemOSException"/>s with a code.
/// </remarks>
public sealed class MemoryVault : IAsyncDisposable
{
    private readonly IVaultStore _store;
    private readonly TimeProvider _clock;
    private readonly StateHolders _holders;
    private readonly VaultWriter _writer;
    private readonly UsageCounter _usage;
    private readonly JobRunner _jobs;
    private readonly RecallEngine _recall;
    private readonly FeedbackEditor? _editor;
    private readonly Reembedding _reembedding;
    private int _disposed;

    private MemoryVault(IVaultStore store, MemoryVaultOptions options, RecallEngine recall)
    {
        _store = store;
        _clock = options.Clock;
        _recall = recall;
        _usage = new UsageCounter(_clock);
        _holders = new StateHolders(store.Id);
        _writer = new VaultWriter(store, recall.Analyzer, _holders);
        _reembedding = new Reembedding(store, recall);
        States = new KVStates(store, _writer, _holders, _usage, _clock);
        Training = new TrainingOrders(store, _writer, _clock);
        _editor = options.Model is { } model ? new FeedbackEditor(model) : null;
        _jobs = new JobRunner(store, _writer, _usage, _reembedding, CarryOutAsync, _clock, options.Logger);
    }

    /// <summary>The vault's name.</summary>
    public VaultId Id => _store.Id;

    /// <summary>Its KV states: activation memory.</summary>
    public KVStates States { get; }

    /// <summary>Cartridges that were asked for and are not trained yet.</summary>
    public TrainingOrders Training { get; }

    /// <summary>Opens a vault over a store and builds its index. The vault owns the store from then on.</summary>
    public static async Task<MemoryVault> OpenAsync(IVaultStore store, MemoryVaultOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        MemoryVault vault = new(store, options, RecallEngine.Open(store, options));
        if (vault._recall.IsChanging && options.Reembed)
        {
            await vault._reembedding.BeginAsync(cancellationToken).ConfigureAwait(false);
        }

        vault._jobs.Wake();
        return vault;
    }

    /// <summary>Stores messages verbatim and makes their turn-level cubes; facts, events and preferences follow as a job.</summary>
    /// <param name="messages">At most 10,000. A message with an empty id gets one.</param>
    /// <param name="caller">Who adds; the owner by default.</param>
    /// <param name="cancellationToken">Gives up before the write begins.</param>
    /// <returns>What became of each message, in order. A message that was stored before is reported, not stored again.</returns>
    public async Task<ImmutableArray<AddedMessage>> AddAsync(IReadOnlyList<Message> messages, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ImmutableArray<AddedMessage> added = await MessageIntake.AddAsync(_writer, _clock, messages, caller ?? Caller.Owner, null, cancellationToken).ConfigureAwait(false);
        _jobs.Wake();
        return added;
    }

    /// <summary>Stores a plain text or Markdown document passage by passage, each under the document's name as its conversation.</summary>
    /// <param name="document">The document.</param>
    /// <param name="caller">Who adds; the owner by default.</param>
    /// <param name="cancellationToken">Gives up before the write begins.</param>
    /// <returns>What became of each passage. A passage that was stored before under the same name is reported, not stored again.</returns>
    public Task<ImmutableArray<AddedMessage>> AddDocumentAsync(DocumentInput document, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        return AddAsync(document.ToMessages(_clock.GetUtcNow()), caller, cancellationToken);
    }

    /// <summary>Writes a cube directly.</summary>
    public Task<MemCube> AddCubeAsync(NewCube cube, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cube);
        CubeId id = cube.Id ?? CubeId.New(_clock);
        return _writer.WriteCubeAsync(caller, plan => CubeEditor.Create(plan, cube, id), cancellationToken);
    }

    /// <summary>Stores the bytes of a KV state or an adapter; the returned payload goes into a cube. Bytes that no cube comes to hold are removed later.</summary>
    public async Task<StoredPayload> StagePayloadAsync(PayloadKind kind, Stream content, string format, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        (ContentHash hash, long length) = await _store.StagePayloadAsync(content, cancellationToken).ConfigureAwait(false);
        return new StoredPayload(kind, hash, length, format);
    }

    /// <summary>Opens the bytes of a cube that is not plaintext. The caller disposes the stream.</summary>
    public Stream OpenPayload(MemCube cube)
    {
        ArgumentNullException.ThrowIfNull(cube);
        return cube.Payload is StoredPayload stored
            ? _store.OpenPayload(stored.Hash)
            : throw new MemOSException(ErrorCodes.InvalidInput, $"Cube {cube.Id} is plaintext; read its text.");
    }

    /// <summary>Finds memories for a question.</summary>
    public async Task<RecallResult> RecallAsync(RecallQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        RecallResult result = await _recall.RecallAsync(query, cancellationToken).ConfigureAwait(false);
        foreach (RecallHit hit in query.CountsUse ? result.Hits : [])
        {
            _usage.Count(hit.Cube, query.Caller);
        }

        if (_usage.IsFull)
        {
            _jobs.Wake();
        }

        return result;
    }

    /// <summary>The current version of a cube, as the caller may see it; null when there is none.</summary>
    public MemCube? Find(CubeId id, Caller? caller = null, BranchName branch = default) => _store.Read(reader => Seen(reader, reader.Find(id, branch), caller));

    /// <summary>A version by number, as the caller may see it by the rules that hold now; null when there is none.</summary>
    public MemCube? FindVersion(CubeId id, int version, Caller? caller = null, BranchName branch = default) =>
        _store.Read(reader => Seen(reader, reader.FindVersion(id, version, branch), caller));

    /// <summary>The version that the vault held at a transaction time, as the caller may see it by the rules that hold now; null when there was none.</summary>
    public MemCube? FindAsOf(CubeId id, DateTimeOffset asOf, Caller? caller = null) => _store.Read(reader => Seen(reader, reader.FindAsOf(id, asOf), caller));

    /// <summary>All versions of a cube, oldest first, as the caller may see them by the rules that hold now; empty when there is none.</summary>
    public IReadOnlyList<MemCube> History(CubeId id, Caller? caller = null, BranchName branch = default) =>
        _store.Read(reader => (MemCube[])[.. reader.History(id, branch).Select(version => Seen(reader, version, caller)).OfType<MemCube>()]);

    /// <summary>The fields in which two versions of a cube differ.</summary>
    public ImmutableArray<FieldChange> Diff(CubeId id, int before, int after, Caller? caller = null) => CubeDiff.Between(
        FindVersion(id, before, caller) ?? throw WritePlan.NotFound(id),
        FindVersion(id, after, caller) ?? throw WritePlan.NotFound(id));

    /// <summary>What the cube came from and what came from it, as far as the caller may see the cubes on the way; nothing when it may not see this one.</summary>
    public Lineage Lineage(CubeId id, Caller? caller = null) =>
        _store.Read(reader => Operator.Lineage.Of(reader, id, other => Seen(reader, reader.Find(other), caller) is not null || caller is null or { IsOwner: true }));

    /// <summary>How the cube was used; <see cref="CubeUsage.None"/> when the caller may not see it. Uses of the last moments may not be counted yet.</summary>
    public CubeUsage Usage(CubeId id, Caller? caller = null) => _store.Read(reader =>
        caller is null or { IsOwner: true } || Seen(reader, reader.Find(id), caller) is not null ? reader.Usage(id) : CubeUsage.None);

    /// <summary>Reads the vault from one consistent view; see <see cref="IVaultReader"/>. Blocks the calling thread while the delegate runs.</summary>
    public T Read<T>(Func<IVaultReader, T> read) => _store.Read(read);

    /// <summary>Changes a cube: a new version.</summary>
    public Task<MemCube> UpdateAsync(CubeId id, CubeUpdate update, Caller? caller = null, BranchName branch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        return _writer.WriteCubeAsync(caller, plan => CubeEditor.Update(plan, id, update, branch), cancellationToken);
    }

    /// <summary>
    /// Carries out what somebody says about memories in their own words: corrects, supplements, replaces a value, or forgets. Read by a model where the vault has one
    /// (<see cref="MemoryVaultOptions.Model"/>), else by rules (<see cref="Reader.Instructions.InstructionReader"/>); the words are durable before anything is changed.
    /// </summary>
    /// <returns>What was changed; or, when several memories could be meant, which.</returns>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.ModelFailed"/> or <see cref="ErrorCodes.ModelAnswerInvalid"/>: the words were kept, nothing else changed.</exception>
    public async Task<FeedbackResult> GiveFeedbackAsync(FeedbackInput input, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        Caller asking = caller ?? Caller.Owner;
        AddedMessage own = (await AddAsync([input.ToMessage(_clock.GetUtcNow())], asking, cancellationToken).ConfigureAwait(false))[0];
        await SettleAsync(cancellationToken).ConfigureAwait(false); // a fact that supersedes another one does so now
        return await new Feedback(this, _writer, _editor, asking).CarryOutAsync(input.ToOrder(own.Number), null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Takes in what somebody says about memories and carries it out later, as <see cref="GiveFeedbackAsync"/> does: words and job are one commit. Where several memories
    /// could be meant, or a model gives no usable answer, the job ends among the dead ones with the reason.
    /// </summary>
    /// <returns>The message that keeps the words; <see cref="JobsFor"/> tells what became of it.</returns>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.Forbidden"/> when the caller does not own the vault: the job acts for the owner.</exception>
    public async Task<AddedMessage> AcceptFeedbackAsync(FeedbackInput input, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (caller is { IsOwner: false })
        {
            throw new MemOSException(ErrorCodes.Forbidden, "Only the owner may leave feedback to be carried out later; give it at once.");
        }

        ImmutableArray<AddedMessage> own = await MessageIntake.AddAsync(
            _writer,
            _clock,
            [input.ToMessage(_clock.GetUtcNow())],
            caller ?? Caller.Owner,
            (plan, added) => plan.Enqueue(JobKinds.Feedback, input.ToOrder(added[0].Number).Format()),
            cancellationToken).ConfigureAwait(false);
        _jobs.Wake();
        return own[0];
    }

    /// <summary>The jobs that are still to be done about messages, and those given up, oldest first. None: everything about them was done.</summary>
    /// <param name="firstMessage">The number of the first message.</param>
    /// <param name="lastMessage">The number of the last one.</param>
    public IReadOnlyList<VaultJob> JobsFor(long firstMessage, long lastMessage) => _store.Read(reader => (VaultJob[])[.. JobSubjects.All(reader).Where(job => JobSubjects.Concerns(job, firstMessage, lastMessage))]);

    /// <summary>Lets a job that was given up be tried again, from the beginning.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.JobNotFound"/>.</exception>
    public async Task RetryJobAsync(long number, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        await _writer.WriteAsync(
            caller,
            plan =>
            {
                VaultJob job = plan.Reader.ReadJobs(number - 1, 1) is [{ IsDead: true } dead] && dead.Number == number ? dead
                    : throw new MemOSException(ErrorCodes.JobNotFound, $"There is no job {number} that was given up in this vault.");
                plan.Change.FailedJobs.Add(job with { IsDead = false, Attempts = 0, DueAt = job.Kind == JobKinds.Train ? TrainingOrders.Never : plan.Now, Failure = null });
                return 0;
            },
            cancellationToken).ConfigureAwait(false);
        _jobs.Wake();
    }

    /// <summary>Changes a cube's life-cycle state: a new version.</summary>
    public Task<MemCube> TransitionAsync(CubeId id, CubeState target, int? expectedVersion = null, Caller? caller = null, CancellationToken cancellationToken = default) =>
        _writer.WriteCubeAsync(caller, plan => Transition.Plan(plan, id, target, expectedVersion), cancellationToken);

    /// <summary>Puts a cube in the archive, as a memory that somebody said is wrong: a new version. Unlike <see cref="TransitionAsync"/> it thaws nothing.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.IllegalTransition"/> when it is frozen, archived or expired.</exception>
    public Task<MemCube> RejectAsync(CubeId id, int? expectedVersion = null, Caller? caller = null, CancellationToken cancellationToken = default) =>
        _writer.WriteCubeAsync(caller, plan => Transition.Reject(plan, id, expectedVersion), cancellationToken);

    /// <summary>Expires every cube whose time is over, and says how many.</summary>
    public Task<int> ExpireDueAsync(CancellationToken cancellationToken = default) => _writer.WriteAsync(Caller.Owner, Transition.ExpireDue, cancellationToken);

    /// <summary>Restores an earlier version of a cube as a new one.</summary>
    public Task<MemCube> RollbackAsync(CubeId id, int version, int? expectedVersion = null, Caller? caller = null, CancellationToken cancellationToken = default) =>
        _writer.WriteCubeAsync(caller, plan => TimeMachine.Rollback(plan, id, version, expectedVersion), cancellationToken);

    /// <summary>Restores every cube to what it was at a transaction time; younger cubes go to the archive. Says how many changed.</summary>
    public Task<int> RollbackVaultAsync(DateTimeOffset asOf, Caller? caller = null, CancellationToken cancellationToken = default) =>
        _writer.WriteAsync(caller, plan => TimeMachine.RollbackVault(plan, asOf), cancellationToken);

    /// <summary>Joins plaintext cubes into one; the parts go to the archive until <see cref="UnfuseAsync"/>.</summary>
    public Task<MemCube> FuseAsync(IReadOnlyList<CubeId> parts, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parts);
        CubeId id = CubeId.New(_clock);
        return _writer.WriteCubeAsync(caller, plan => Fusion.Fuse(plan, parts, id), cancellationToken);
    }

    /// <summary>Undoes a fusion: the parts are again exactly what they were.</summary>
    public Task<ImmutableArray<MemCube>> UnfuseAsync(CubeId fused, Caller? caller = null, CancellationToken cancellationToken = default) =>
        _writer.WriteAsync(caller, plan => Fusion.Unfuse(plan, fused), cancellationToken);

    /// <summary>Cuts a text in parts at the given places (UTF-16 characters from its start).</summary>
    public Task<ImmutableArray<MemCube>> SliceAsync(CubeId whole, IReadOnlyList<int> cuts, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cuts);
        return _writer.WriteAsync(caller, plan => Slicing.Slice(plan, whole, cuts, () => CubeId.New(_clock)), cancellationToken);
    }

    /// <summary>Joins the parts of a sliced cube again.</summary>
    public Task<MemCube> JoinAsync(CubeId whole, Caller? caller = null, CancellationToken cancellationToken = default) =>
        _writer.WriteCubeAsync(caller, plan => Slicing.Join(plan, whole), cancellationToken);

    /// <summary>Bundles cubes of any kind into a composite cube.</summary>
    public async Task<MemCube> ComposeAsync(IReadOnlyList<CubeId> members, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(members);
        using MemoryStream bytes = new(CompositeMembers.Write(members));
        StoredPayload payload = await StagePayloadAsync(PayloadKind.Composite, bytes, CompositeMembers.Format, cancellationToken).ConfigureAwait(false);
        CubeId id = CubeId.New(_clock);
        return await _writer.WriteCubeAsync(caller, plan => Composition.Compose(plan, members, payload, id), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Resolves a cube, composite or not, to what a model is given.</summary>
    public InjectionPlan Resolve(CubeId id, Caller? caller = null)
    {
        Caller asking = caller ?? Caller.Owner;
        InjectionPlan resolved = _store.Read(reader => Composition.Resolve(
            reader, Seen(reader, reader.Find(id), asking) ?? throw WritePlan.NotFound(id), asking, _store.OpenPayload));
        foreach (InjectionPart part in resolved.Parts)
        {
            _usage.Count(part.Cube, asking);
        }

        return resolved;
    }

    /// <summary>Opens a what-if branch. Writes that name it do not touch the main line; recall does not see it.</summary>
    public Task OpenBranchAsync(BranchName name, Caller? caller = null, CancellationToken cancellationToken = default) => _writer.WriteAsync(
        caller,
        plan =>
        {
            Branches.Open(plan, name);
            return 0;
        },
        cancellationToken);

    /// <summary>Brings a branch's changes to the main line and closes it. Says how many cubes changed.</summary>
    public Task<int> MergeBranchAsync(BranchName name, Caller? caller = null, CancellationToken cancellationToken = default) =>
        _writer.WriteAsync(caller, plan => Branches.MergeBack(plan, name), cancellationToken);

    /// <summary>Closes a branch and drops its changes.</summary>
    public Task DiscardBranchAsync(BranchName name, Caller? caller = null, CancellationToken cancellationToken = default) => _writer.WriteAsync(
        caller,
        plan =>
        {
            Branches.Discard(plan, name);
            return 0;
        },
        cancellationToken);

    /// <summary>Forgets: content is erased from every file of the vault, which is verified before this returns. The audit entries remain.</summary>
    public Task<ForgetResult> ForgetAsync(ForgetScope scope, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return _writer.WriteAsync(caller, plan => Forgetting.Plan(plan, scope), cancellationToken);
    }

    /// <summary>Takes in messages of another vault; see <see cref="Transfer.CubeMigration"/>.</summary>
    internal Task<int> TakeInAsync(IReadOnlyList<Message> messages, string origin, CancellationToken cancellationToken) =>
        _writer.WriteAsync(Caller.Owner, plan => Migration.Messages(plan, messages, origin), cancellationToken);

    /// <summary>Takes in memories of another system; see <see cref="Transfer.MemLoader"/>.</summary>
    internal Task<int> TakeInAsync(IReadOnlyList<Transfer.Importers.ImportItem> memories, CancellationToken cancellationToken) =>
        _writer.WriteAsync(Caller.Owner, plan => Transfer.Importers.ImportedMemories.Plan(plan, memories), cancellationToken);

    /// <summary>Takes in a cube of another vault; see <see cref="Transfer.CubeMigration"/>.</summary>
    internal Task<int> TakeInAsync(IReadOnlyList<MemCube> versions, UsageDelta? usage, string origin, CancellationToken cancellationToken) =>
        _writer.WriteAsync(Caller.Owner, plan => Migration.Cube(plan, versions, usage, origin), cancellationToken);

    /// <summary>Entries of the audit log, newest first. Only the owner sees the entries of others.</summary>
    public IReadOnlyList<AuditEntry> Audit(AuditQuery query, Caller? caller = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        AuditQuery allowed = caller is { IsOwner: false } ? query with { Caller = caller.Name } : query;
        return query.Caller is { } asked && asked != allowed.Caller ? [] : _store.Read(reader => reader.ReadAudit(allowed));
    }

    /// <summary>Waits until every job that is due has been done or given up, and uses are counted.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken = default)
    {
        await _jobs.DrainAsync(cancellationToken).ConfigureAwait(false);
        await _usage.FlushAsync(_writer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>About how many bytes of memory the vault's index takes now.</summary>
    public long IndexBytes => _recall.Bytes;

    /// <summary>What the vault holds.</summary>
    public VaultStatistics Statistics() => _store.Read(reader => reader.Statistics());

    /// <summary>Finishes the work at hand, counts uses, and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        try
        {
            await _jobs.DisposeAsync().ConfigureAwait(false);
            await _usage.FlushAsync(_writer, CancellationToken.None).ConfigureAwait(false);
            await _recall.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            await _holders.TellAsync(StatesChange.Closing).ConfigureAwait(false);
            await _store.DisposeAsync().ConfigureAwait(false); // whatever went wrong before: the files are closed
        }
    }

    // A job of feedback. Nobody is there to be asked which memory is meant.
    private async Task CarryOutAsync(VaultJob job, CancellationToken closing)
    {
        FeedbackResult result = await new Feedback(this, _writer, _editor, Caller.Owner).CarryOutAsync(FeedbackOrder.Parse(job.Argument), job.Number, closing).ConfigureAwait(false);
        if (result.Status is FeedbackStatus.NeedsClarification)
        {
            throw new MemOSException(ErrorCodes.AmbiguousFeedback, $"{result.Candidates.Length} memories could be meant.");
        }
    }

    private static MemCube? Seen(IVaultReader reader, MemCube? version, Caller? caller) => version is null ? null
        : caller is null ? version
        : CubeView.ProjectVersion(version, (version.IsCurrent ? version : reader.Find(version.Id, version.Branch) ?? version).Governance, caller);

}
