using MemOS.Cubes;
using MemOS.Lifecycle;
using MemOS.Reader;
using MemOS.Scheduler;
using MemOS.Vaults;

namespace MemOS.Governance;

/// <summary>Plans forgetting: what is named, the raw messages behind it, and everything that was derived from either.</summary>
internal static class Forgetting
{
    public static ForgetResult Plan(WritePlan plan, ForgetScope scope)
    {
        if (scope.IsEmpty)
        {
            throw new MemOSException(
                ErrorCodes.UnscopedDelete,
                "Nothing is named, so nothing is forgotten. Name cubes, messages, a conversation or a filter; to forget everything, say so.");
        }

        if (scope.HasEmptyFilter)
        {
            throw new MemOSException(
                ErrorCodes.UnscopedDelete,
                "The filter has no condition and would take everything, so nothing is forgotten. Give a condition; to forget everything, say so.");
        }

        if (scope.Provided is { } condition && !plan.Reader.ReadCurrent().All(condition.Matches))
        {
            throw new MemOSException(ErrorCodes.VersionConflict, "The vault holds more than what was to be forgotten, so nothing is. Name what is meant.");
        }

        HashSet<CubeId> cubes = [];
        HashSet<long> messages = [];
        List<CubeId> named = Named(plan.Reader, scope, messages);

        // What a named cube says stands in its messages too. The messages of what was derived from it are another matter: they may say more.
        messages.UnionWith(named.SelectMany(id => plan.Reader.History(id)).SelectMany(version => version.Sources).Select(source => source.Number));
        HashSet<CubeId> asked = [.. named];
        Queue<CubeId> waiting = new(named);
        foreach (long number in messages)
        {
            Follow(plan.Reader.FindBySource(number), waiting);
        }

        while (waiting.TryDequeue(out CubeId id))
        {
            if (cubes.Add(id))
            {
                RequireErasable(plan, id, asked.Contains(id));

                // What was only linked to it (a newer fact, a bundle) holds none of its content; what was made of it does.
                Follow(plan.Reader.FindDerived(id).Where(derived => CarriesContent(derived.Derivation.Kind)).Select(derived => derived.Cube), waiting);
            }
        }

        plan.Change.ForgottenCubes.AddRange(cubes.Order());
        plan.Change.ForgottenMessages.AddRange(messages.Order());
        foreach (CubeId id in cubes.Order())
        {
            plan.Audit(AuditOperations.Forget, id);
        }

        plan.Audit(AuditOperations.Forget, detail: $"{cubes.Count} cubes, {messages.Count} messages");
        RestoreParts(plan, cubes);
        ReadAgain(plan, cubes, messages);
        return new ForgetResult([.. cubes.Order()], messages.Count);
    }

    private static List<CubeId> Named(IVaultReader reader, ForgetScope scope, HashSet<long> messages)
    {
        List<CubeId> named = [];
        foreach (CubeId id in scope.Cubes)
        {
            if (reader.Find(id) is null && reader.History(id).Count == 0)
            {
                throw WritePlan.NotFound(id);
            }

            named.Add(id);
        }

        if (!string.IsNullOrEmpty(scope.Conversation))
        {
            messages.UnionWith(reader.ReadConversation(scope.Conversation).Select(message => message.Number));
            named.AddRange(reader.ReadCurrent().Where(cube => cube.Descriptive.Context == scope.Conversation).Select(cube => cube.Id));
        }

        if (!scope.Messages.IsDefaultOrEmpty)
        {
            HashSet<string> ids = [.. scope.Messages];
            messages.UnionWith(reader.ReadMessages().Where(message => ids.Contains(message.Id)).Select(message => message.Number));
        }

        if (scope.Filter is { } filter)
        {
            named.AddRange(reader.ReadCurrent().Where(filter.Matches).Select(cube => cube.Id));
        }

        if (scope.Everything)
        {
            messages.UnionWith(reader.ReadMessages().Select(message => message.Number));
            named.AddRange(reader.ReadCurrent().Select(cube => cube.Id));
            named.AddRange(reader.ReadBranches().SelectMany(branch => reader.ReadBranch(branch.Name)).Select(cube => cube.Id));
        }

        return named;
    }

    // A state of what is forgotten goes with it, whoever else has a say in it: it holds the text and can be made anew from what is left.
    private static void RequireErasable(WritePlan plan, CubeId id, bool isAsked)
    {
        if (plan.Reader.Find(id) is { } current && (isAsked || current.Payload.Kind is not PayloadKind.Activation))
        {
            CallerRights.RequireWrite(plan.Caller, current);
            LifecycleRules.RequireErasable(current);
        }
    }

    private static bool CarriesContent(DerivationKind kind) => kind is not (DerivationKind.Supersedes or DerivationKind.Composes or DerivationKind.MigratedFrom);

    // A fused cube is erased with any of its parts; the other parts, which are not to be forgotten, come back out of the archive.
    private static void RestoreParts(WritePlan plan, HashSet<CubeId> erased)
    {
        IEnumerable<CubeId> parts = erased
            .SelectMany(id => plan.Reader.Find(id)?.Lineage ?? [])
            .Where(derivation => derivation.Kind is DerivationKind.FusedFrom or DerivationKind.Merged && !erased.Contains(derivation.Cube))
            .Select(derivation => derivation.Cube).Distinct();
        foreach (CubeId id in parts)
        {
            if (plan.Reader.Find(id) is { State: CubeState.Archived } part)
            {
                plan.Follow(part, part with { State = CubeState.Activated });
            }
        }
    }

    // A repeated statement is one cube. When only one of its messages is forgotten, the others are read anew.
    private static void ReadAgain(WritePlan plan, HashSet<CubeId> erased, HashSet<long> forgotten)
    {
        IEnumerable<long> survivors = erased.SelectMany(id => plan.Reader.History(id)).SelectMany(version => version.Sources)
            .Select(source => source.Number).Distinct().Where(number => !forgotten.Contains(number)).Order();
        foreach (long number in survivors)
        {
            if (plan.Reader.FindBySource(number).All(erased.Contains) && plan.Reader.FindMessage(number) is { } message &&
                EpisodeReader.Read(message, new CubeId(Guid.CreateVersion7(plan.Now)), plan.Now, EpisodeReader.Origin(message.Role)) is { } episode)
            {
                plan.Audit(AuditOperations.Add, plan.Create(episode), "read again");
                plan.Enqueue(JobKinds.Extract, MessageNumbers.Format([number]));
            }
        }
    }

    private static void Follow(IEnumerable<CubeId> found, Queue<CubeId> waiting)
    {
        foreach (CubeId id in found)
        {
            waiting.Enqueue(id);
        }
    }
}
