using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Scheduler;
using MemOS.Vaults;

namespace MemOS.Operator;

/// <summary>Composite cubes: an ordered bundle of unlike cubes that resolves to one injection plan (checklist 5).</summary>
internal static class Composition
{
    private const int DeepestNesting = 8;

    public static MemCube Compose(WritePlan plan, IReadOnlyList<CubeId> members, StoredPayload payload, CubeId id)
    {
        if (members.Count == 0)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, "A composite cube needs at least one member.");
        }

        MemCube[] cubes = [.. members.Select(member => plan.Require(member))];
        MemCube composite = plan.Create(new MemCube
        {
            Id = id,
            Version = 1,
            State = CubeState.Generated,
            Payload = payload,
            Lineage = [.. cubes.Select(cube => new Derivation(DerivationKind.Composes, cube.Id, cube.Version)).Distinct()],
            Descriptive = new DescriptiveHeader
            {
                CreatedAt = plan.Now,
                Origin = OriginSignature.InferenceExtraction,
                Type = new SemanticType("composite"),
                Tags = [.. cubes.SelectMany(cube => cube.Descriptive.Tags).Distinct()],
            },
        });
        plan.Audit(AuditOperations.Compose, composite, $"{members.Count} members");
        return composite;
    }

    /// <summary>Resolves a composite to its parts. Each member keeps its own access rules: what the caller may not see is counted, not shown.</summary>
    public static InjectionPlan Resolve(IVaultReader reader, MemCube composite, Caller caller, Func<ContentHash, Stream> open)
    {
        ImmutableArray<InjectionPart>.Builder parts = ImmutableArray.CreateBuilder<InjectionPart>();
        HashSet<CubeId> path = [];
        int withheld = 0;
        Visit(composite);
        return new InjectionPlan(parts.ToImmutable(), withheld);

        void Visit(MemCube cube)
        {
            if (cube.Payload is not StoredPayload { Kind: PayloadKind.Composite } stored)
            {
                parts.Add(new InjectionPart(cube, cube.Payload.Kind));
                return;
            }

            // A composite may hold another one, but not itself.
            if (path.Count >= DeepestNesting || !path.Add(cube.Id))
            {
                throw new MemOSException(ErrorCodes.InvalidInput, $"Composite cube {cube.Id} holds itself, or nests deeper than {DeepestNesting}.");
            }

            using Stream bytes = open(stored.Hash);
            foreach (CubeId id in CompositeMembers.Read(bytes, cube.Id))
            {
                MemCube? member = reader.Find(id) is { State: not CubeState.Expired } found ? CubeView.Project(found, caller) : null;
                if (member is null)
                {
                    withheld++;
                }
                else
                {
                    Visit(member);
                }
            }

            path.Remove(cube.Id);
        }
    }
}
