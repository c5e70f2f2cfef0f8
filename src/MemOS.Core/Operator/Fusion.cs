using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Lifecycle;
using MemOS.Vaults;

namespace MemOS.Operator;

/// <summary>Plans the fusing of cubes into one and the undoing of it (paper section 3; checklist 6 and 33).</summary>
internal static class Fusion
{
    /// <summary>Joins plaintext cubes: text in order, union of sources and tags, the stricter governance; the parts go to the archive.</summary>
    public static MemCube Fuse(WritePlan plan, IReadOnlyList<CubeId> ids, CubeId fusedId)
    {
        MemCube[] parts = [.. ids.Distinct().Select(id => plan.Require(id))];
        if (parts.Length < 2)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, "Fusing takes at least two different cubes.");
        }

        foreach (MemCube part in parts)
        {
            LifecycleRules.RequireWritable(part, "be fused");
            if (part.Text is null)
            {
                throw new MemOSException(ErrorCodes.InvalidInput, $"Cube {part.Id} holds no text; only plaintext cubes are fused. Compose the others.");
            }
        }

        DescriptiveHeader first = parts[0].Descriptive;
        MemCube fused = plan.Create(new MemCube
        {
            Id = fusedId,
            Version = 1,
            State = CubeState.Merged,
            Payload = new PlaintextPayload(string.Join('\n', parts.Select(part => part.Text))),
            Governance = parts.Select(part => part.Governance).Aggregate(StricterGovernance.Of),
            Valid = Hull(parts),
            Sources = [.. parts.SelectMany(part => part.Sources).Distinct()],
            Lineage = [.. parts.Select(part => new Derivation(DerivationKind.FusedFrom, part.Id, part.Version))],
            Fingerprint = first.Context is not null && parts.All(part => part.Descriptive.Context == first.Context) ? parts[0].Fingerprint : null,
            Descriptive = first with
            {
                CreatedAt = plan.Now,
                Origin = OriginSignature.InferenceExtraction,
                Type = parts.All(part => part.Descriptive.Type == first.Type) ? first.Type : SemanticType.Fact,
                Speaker = Same(parts, part => part.Descriptive.Speaker),
                Role = Same(parts, part => part.Descriptive.Role),
                Context = Same(parts, part => part.Descriptive.Context),
                FactKey = null,
                SaidAt = parts.Max(part => part.Descriptive.SaidAt),
                Entities = [.. parts.SelectMany(part => part.Descriptive.Entities).Distinct()],
                Tags = [.. parts.SelectMany(part => part.Descriptive.Tags).Distinct()],
                Info = parts.Select(part => part.Descriptive.Info).Aggregate((all, info) => info is null ? all : info.SetItems(all ?? info)),
            },
        });
        foreach (MemCube part in parts)
        {
            plan.Follow(part, part with { State = CubeState.Archived });
        }

        plan.Audit(AuditOperations.Fuse, fused, $"{parts.Length} cubes");
        return fused;
    }

    /// <summary>Undoes a fusion or a merge of cubes: every part is again exactly what it was, and the joined cube goes to the archive.</summary>
    public static ImmutableArray<MemCube> Unfuse(WritePlan plan, CubeId id)
    {
        MemCube fused = plan.Require(id);
        LifecycleRules.RequireWritable(fused, "be unfused");
        Derivation[] parts = [.. fused.Lineage.Where(derivation => derivation.Kind is DerivationKind.FusedFrom or DerivationKind.Merged)];
        if (parts.Length == 0)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"Cube {id} was not fused or merged from other cubes.");
        }

        ImmutableArray<MemCube> restored = [.. parts.Select(part => Restore(plan, part))];
        MemCube archived = plan.Follow(fused, fused with { State = CubeState.Archived });
        plan.Audit(AuditOperations.Unfuse, archived, $"{parts.Length} cubes");
        return restored;
    }

    /// <summary>Makes a part again what it was before it was joined.</summary>
    public static MemCube Restore(WritePlan plan, Derivation part)
    {
        MemCube current = plan.Require(part.Cube);
        MemCube original = plan.Reader.FindVersion(part.Cube, part.Version) ?? throw WritePlan.NotFound(part.Cube);
        if (current.State is CubeState.Frozen or CubeState.Expired)
        {
            LifecycleRules.RequireWritable(current, "be restored");
        }

        return plan.Follow(current, original with
        {
            Lineage = original.Lineage.Add(new Derivation(DerivationKind.RollbackOf, part.Cube, part.Version)),
        });
    }

    private static string? Same(MemCube[] parts, Func<MemCube, string?> field) => parts.Skip(1).All(part => field(part) == field(parts[0])) ? field(parts[0]) : null;

    private static TimeInterval Hull(MemCube[] parts) => new(
        parts.Any(part => part.Valid.From is null) ? null : parts.Min(part => part.Valid.From),
        parts.Any(part => part.Valid.To is null) ? null : parts.Max(part => part.Valid.To));
}
