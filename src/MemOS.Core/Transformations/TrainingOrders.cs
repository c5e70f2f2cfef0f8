using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Scheduler;
using MemOS.Vaults;

namespace MemOS.Transformations;

/// <summary>The cartridges that were asked for: each a job, and a cube that holds what was asked. Safe from any thread.</summary>
/// <remarks>
/// What is asked may hold content, so it stands in a cube that is derived from the texts: whoever forgets one of them forgets it too. The vault trains nothing; whoever has
/// the model takes an order and ends it with the cartridge, in one commit.
/// </remarks>
public sealed class TrainingOrders
{
    private const string Format = "application/vnd.memos.training-order";
    private const int MostAttempts = 3;
    private const int MostOrders = 64; // of hours each, perhaps

    // The vault's own runner takes what is due.
    internal static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    private readonly IVaultStore _store;
    private readonly VaultWriter _writer;
    private readonly TimeProvider _clock;

    internal TrainingOrders(IVaultStore store, VaultWriter writer, TimeProvider clock) => (_store, _writer, _clock) = (store, writer, clock);

    /// <summary>Leaves an order.</summary>
    /// <param name="sources">The cubes whose text the cartridge is to stand for, as <see cref="KVStates.Sources"/> gives them.</param>
    /// <param name="wish">How it is to be trained; the vault does not read it.</param>
    /// <param name="caller">Who asks; the owner by default.</param>
    /// <param name="cancellationToken">Gives up before the write begins.</param>
    /// <exception cref="MemOSException">
    /// <see cref="ErrorCodes.Forbidden"/> when the caller does not own the vault: the training acts for the owner. <see cref="ErrorCodes.TooManyOrders"/> when the vault has 64
    /// that are not done, those given up among them.
    /// </exception>
    public async Task<TrainingOrder> AddAsync(IReadOnlyList<MemCube> sources, ReadOnlyMemory<byte> wish, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (caller is { IsOwner: false })
        {
            throw new MemOSException(ErrorCodes.Forbidden, "Only the owner may have a cartridge trained later.");
        }

        using MemoryStream bytes = new(wish.ToArray());
        (ContentHash hash, long length) = await _store.StagePayloadAsync(bytes, cancellationToken).ConfigureAwait(false);
        StoredPayload payload = new(PayloadKind.Activation, hash, length, Format);
        CubeId order = CubeId.New(_clock), cartridge = CubeId.New(_clock);
        (MemCube made, VaultChange change) = await _store.UseStagedAsync(hash, () => _writer.WriteAsync(
            caller,
            _writer.NewTexts(),
            (plan, change) =>
            {
                RequireRoom(plan.Reader);
                MemCube made = StateEncoding.Create(plan, sources, payload, order, new SemanticType("training_order"), null);
                change.NewJobs.Add(new VaultJob(0, JobKinds.Train, $"{order} {cartridge}", 0, Never, null, false));
                plan.Audit(AuditOperations.Order, made, $"cartridge {cartridge} ordered, from {sources.Count} cubes");
                return (made, change);
            },
            cancellationToken)).ConfigureAwait(false);
        return new TrainingOrder(change.NewJobs[^1], VaultWriter.Committed(change, made), cartridge);
    }

    /// <summary>All orders that are not done, oldest first; those whose text was forgotten are none any more.</summary>
    public IReadOnlyList<TrainingOrder> List() => _store.Read(reader => (TrainingOrder[])[.. All(reader)]);

    /// <summary>Whether there is something to be done: an order that was not given up, or one whose text was forgotten and whose job is to be ended.</summary>
    public bool AreDue() => _store.Read(reader => Jobs(reader).Any(job => Read(reader, job) is not { Job.IsDead: true }));

    /// <summary>Notes that a try failed. It is tried again where that may help and was not tried too often, else given up.</summary>
    /// <param name="order">The order.</param>
    /// <param name="code">Why.</param>
    /// <param name="mayPass">Whether another try may do better.</param>
    /// <param name="cancellationToken">Gives up before the write begins.</param>
    /// <returns>Whether it is tried again.</returns>
    public Task<bool> FailAsync(TrainingOrder order, string code, bool mayPass, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        int attempts = order.Job.Attempts + 1;
        bool again = mayPass && attempts < MostAttempts;
        return _writer.WriteAsync(
            Caller.Owner,
            plan =>
            {
                plan.Change.FailedJobs.Add(order.Job with { Attempts = attempts, Failure = code, IsDead = !again });
                return again;
            },
            cancellationToken);
    }

    /// <summary>Takes an order back.</summary>
    /// <param name="cartridge">The id that the cartridge would have had.</param>
    /// <param name="caller">Who asks; the owner by default.</param>
    /// <param name="cancellationToken">Gives up before the write begins.</param>
    /// <returns>False where there is none for such a cartridge, or not any more: it may be ready.</returns>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.Forbidden"/> when the caller does not own the vault.</exception>
    public Task<bool> CancelAsync(CubeId cartridge, Caller? caller = null, CancellationToken cancellationToken = default) => _writer.WriteAsync(
        caller is { IsOwner: false } ? throw new MemOSException(ErrorCodes.Forbidden, "Only the owner may take a cartridge back.") : caller,
        plan =>
        {
            TrainingOrder? order = All(plan.Reader).FirstOrDefault(order => order.Cartridge == cartridge);
            if (order is not null)
            {
                End(plan, order, "taken back");
            }

            return order is not null;
        },
        cancellationToken);

    /// <summary>Ends the jobs of orders that went with their text.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken = default)
    {
        if (_store.Read(reader => Jobs(reader).Any(job => Read(reader, job) is null)))
        {
            await _writer.WriteAsync(
                Caller.Owner,
                plan =>
                {
                    plan.Change.FinishedJobs.AddRange(Jobs(plan.Reader).Where(job => Read(plan.Reader, job) is null).Select(job => job.Number));
                    return 0;
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a cube holds an order: it means nothing without the job beside it, so it is not taken into another vault.</summary>
    public static bool IsOrder(MemCube cube)
    {
        ArgumentNullException.ThrowIfNull(cube);
        return cube.Payload is StoredPayload { Kind: PayloadKind.Activation, Format: Format };
    }

    /// <summary>Ends an order in a plan.</summary>
    internal static void End(WritePlan plan, TrainingOrder order, string how)
    {
        if (plan.Reader.Find(order.Wish.Id) is null)
        {
            throw WritePlan.NotFound(order.Cartridge); // it was taken back, or forgotten
        }

        plan.Change.ForgottenCubes.Add(order.Wish.Id);
        plan.Change.FinishedJobs.Add(order.Job.Number);
        plan.Audit(AuditOperations.Order, order.Wish, $"cartridge {order.Cartridge} {how}");
    }

    private static void RequireRoom(IVaultReader reader)
    {
        TrainingOrder[] orders = [.. All(reader)];
        if (orders.Length >= MostOrders)
        {
            throw new MemOSException(
                ErrorCodes.TooManyOrders, $"The vault has {orders.Length} orders of cartridges that are not done, {orders.Count(order => order.Job.IsDead)} of them given up. Wait until some are, or take some back.");
        }
    }

    private static IEnumerable<TrainingOrder> All(IVaultReader reader) => Jobs(reader).Select(job => Read(reader, job)).OfType<TrainingOrder>();

    private static IEnumerable<VaultJob> Jobs(IVaultReader reader) => JobSubjects.All(reader).Where(job => job.Kind == JobKinds.Train);

    private static TrainingOrder? Read(IVaultReader reader, VaultJob job) =>
        job.Argument.Split(' ') is [{ } order, { } cartridge] && CubeId.TryParse(order, out CubeId wish) && CubeId.TryParse(cartridge, out CubeId id) && reader.Find(wish) is { } cube
            ? new TrainingOrder(job, cube, id)
            : null;
}
