using MemOS.Cubes;
using MemOS.Operator;
using MemOS.Reader;
using MemOS.Transformations;
using MemOS.Vaults;

namespace MemOS.Transfer;

/// <summary>Copies cubes from one open vault to another: between users, agents and stores (checklist 7).</summary>
/// <remarks>
/// Ids, all versions of the main line, policy, uses, payload bytes and the raw messages that they name go along, and the members of composite cubes. Cubes that were
/// copied before are brought up to date. Orders of cartridges are passed over. To move instead of copy, expire or forget the cubes in the source afterwards.
/// </remarks>
public static class CubeMigration
{
    /// <summary>Copies cubes.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="cubes">Which.</param>
    /// <param name="target">Where to.</param>
    /// <param name="cancellationToken">Stops between two cubes; each is there whole or not at all, and calling again goes on.</param>
    /// <returns>What was copied; what the target had before is not counted.</returns>
    /// <exception cref="MemOSException">
    /// <see cref="ErrorCodes.CubeNotFound"/>; <see cref="ErrorCodes.VersionConflict"/> when a cube was changed in the target since; <see cref="ErrorCodes.MessageIdConflict"/>.
    /// </exception>
    public static async Task<RestoreSummary> CopyAsync(
        MemoryVault source, IReadOnlyList<CubeId> cubes, MemoryVault target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(cubes);
        ArgumentNullException.ThrowIfNull(target);
        IReadOnlyList<IReadOnlyList<MemCube>> histories = Histories(source, cubes);
        IReadOnlyList<Message> messages = Messages(source, histories);
        string origin = source.Id.Value;
        int storedMessages = await target.TakeInAsync(messages, origin, cancellationToken).ConfigureAwait(false);
        int storedCubes = 0;
        int storedVersions = 0;
        foreach (IReadOnlyList<MemCube> versions in histories)
        {
            foreach (MemCube version in versions.Where(version => version.Payload is StoredPayload))
            {
                using Stream bytes = source.OpenPayload(version);
                StoredPayload payload = (StoredPayload)version.Payload;
                await target.StagePayloadAsync(payload.Kind, bytes, payload.Format, cancellationToken).ConfigureAwait(false);
            }

            int added = await target.TakeInAsync(versions, UsageOf(source, versions[0].Id), origin, cancellationToken).ConfigureAwait(false);
            storedVersions += added;
            storedCubes += added > 0 ? 1 : 0;
        }

        return new RestoreSummary(storedMessages, storedCubes, storedVersions, 0);
    }

    /// <summary>Every version of the cubes and of the members of composites among them, members first; nothing of orders of cartridges.</summary>
    internal static IReadOnlyList<IReadOnlyList<MemCube>> Histories(MemoryVault vault, IReadOnlyList<CubeId> cubes)
    {
        List<IReadOnlyList<MemCube>> histories = [];
        HashSet<CubeId> seen = [];
        foreach (CubeId cube in cubes)
        {
            Visit(cube);
        }

        return histories;

        void Visit(CubeId id)
        {
            if (!seen.Add(id))
            {
                return;
            }

            IReadOnlyList<MemCube> versions = vault.History(id);
            if (versions.Count == 0)
            {
                throw WritePlan.NotFound(id);
            }

            if (TrainingOrders.IsOrder(versions[^1]))
            {
                return;
            }

            if (versions[^1] is { Payload.Kind: PayloadKind.Composite } composite)
            {
                using Stream members = vault.OpenPayload(composite);
                foreach (CubeId member in CompositeMembers.Read(members, id))
                {
                    Visit(member);
                }
            }

            histories.Add(versions);
        }
    }

    /// <summary>The raw messages that the versions name, in order.</summary>
    internal static IReadOnlyList<Message> Messages(MemoryVault vault, IEnumerable<IReadOnlyList<MemCube>> histories) => vault.Read(reader => (Message[])
    [
        .. histories.SelectMany(versions => versions).SelectMany(version => version.Sources).Select(source => source.Number).Distinct().Order()
            .Select(reader.FindMessage).OfType<Message>(),
    ]);

    /// <summary>The uses of a cube, or null when there were none.</summary>
    internal static UsageDelta? UsageOf(MemoryVault vault, CubeId id) => vault.Usage(id) is { Uses: > 0, LastUsed: { } last } usage
        ? new UsageDelta(id, (int)Math.Min(int.MaxValue, usage.Uses), last, TimeSpan.Zero, usage.Heat)
        : null;
}
