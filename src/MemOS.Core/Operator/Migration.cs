using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Operator;

/// <summary>Plans how cubes of another vault, with all their versions, become cubes of this one (checklist 7).</summary>
/// <remarks>
/// Id, versions, policy and provenance stay. The transaction times are this vault's: it did not know the cube before. A cube that was taken in before gets the
/// versions that it lacks, so that a move can be repeated after a failure and a copy brought up to date.
/// </remarks>
internal static class Migration
{
    /// <summary>Takes in raw messages; those that the vault has are left out. Says how many are new.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.MessageIdConflict"/> when the vault has another message by that id.</exception>
    public static int Messages(WritePlan plan, IReadOnlyList<Message> messages, string origin)
    {
        RequireOwner(plan);
        HashSet<(string?, string)> taken = [];
        foreach (Message message in messages)
        {
            if (plan.Reader.FindMessage(message.Id, message.Conversation) is { } known)
            {
                if (known.Text != message.Text)
                {
                    throw new MemOSException(
                        ErrorCodes.MessageIdConflict, $"The vault has another message '{message.Id}' in this conversation. Move the cubes to a vault of their own.");
                }
            }
            else if (taken.Add((message.Conversation, message.Id)))
            {
                plan.Change.Messages.Add(message with { Number = 0 });
            }
        }

        if (plan.Change.Messages.Count > 0)
        {
            plan.Audit(AuditOperations.Migrate, detail: $"{plan.Change.Messages.Count} messages from {origin}");
        }

        return plan.Change.Messages.Count;
    }

    /// <summary>Takes in the versions of one cube, and its uses when it is new here. Says how many versions are new.</summary>
    /// <param name="plan">The operation.</param>
    /// <param name="versions">All versions of the main line, oldest first, numbered from 1.</param>
    /// <param name="usage">Its uses so far, or null.</param>
    /// <param name="origin">The vault that it comes from.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.VersionConflict"/> when the cube was changed here since; <see cref="ErrorCodes.InvalidInput"/>.</exception>
    public static int Cube(WritePlan plan, IReadOnlyList<MemCube> versions, UsageDelta? usage, string origin)
    {
        RequireOwner(plan);
        CubeId id = versions[0].Id;
        for (int i = 0; i < versions.Count; i++)
        {
            if (versions[i].Version != i + 1 || versions[i].Id != id)
            {
                throw new MemOSException(ErrorCodes.InvalidInput, $"Cube {id} comes without its version {i + 1}: a cube moves with all its versions.");
            }
        }

        IReadOnlyList<MemCube> held = plan.Reader.History(id);
        for (int i = 0; i < Math.Min(held.Count, versions.Count); i++)
        {
            if (!SameVersion(held[i], versions[i]))
            {
                throw new MemOSException(
                    ErrorCodes.VersionConflict, $"Cube {id} is in this vault and differs from version {i + 1} on. Move it to another vault, or forget it here first.");
            }
        }

        MemCube? previous = held.Count > 0 ? held[^1] : null;
        for (int i = held.Count; i < versions.Count; i++)
        {
            MemCube version = Arriving(versions[i], isLast: i == versions.Count - 1, origin);
            previous = previous is null ? plan.Create(version) : plan.Follow(previous, version);
        }

        int added = Math.Max(0, versions.Count - held.Count);
        if (added > 0)
        {
            plan.Audit(AuditOperations.Migrate, versions[^1], $"{added} versions from {origin}");
        }

        if (held.Count == 0 && usage is { } uses)
        {
            plan.Change.Usage.Add(uses);
        }

        return added;
    }

    private static MemCube Arriving(MemCube version, bool isLast, string origin) => version with
    {
        Branch = default,
        Sequence = 0,
        TxFrom = default,
        TxTo = null,
        Sources = [.. version.Sources.Select(source => source with { Number = 0 })],
        Lineage = isLast ? version.Lineage.Add(new Derivation(DerivationKind.MigratedFrom, version.Id, version.Version, origin)) : version.Lineage,
    };

    private static bool SameVersion(MemCube held, MemCube other) =>
        held.Payload == other.Payload && held.State == other.State && held.Valid == other.Valid &&
        held.Descriptive.Type == other.Descriptive.Type && held.Descriptive.CreatedAt == other.Descriptive.CreatedAt &&
        held.Descriptive.Tags.SequenceEqual(other.Descriptive.Tags) &&
        held.Governance.Access.Equals(other.Governance.Access) && held.Governance.Sensitivity == other.Governance.Sensitivity &&
        held.Governance.Lifespan == other.Governance.Lifespan && Origins(held).SequenceEqual(Origins(other));

    private static IEnumerable<Derivation> Origins(MemCube version) => version.Lineage.Where(edge => edge.Kind is not DerivationKind.MigratedFrom);

    private static void RequireOwner(WritePlan plan)
    {
        if (!plan.Caller.IsOwner)
        {
            throw new MemOSException(ErrorCodes.Forbidden, "Only the owner of a vault may move cubes into it.");
        }
    }
}
