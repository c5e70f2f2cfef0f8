using System.Collections.Immutable;
using System.Globalization;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Lifecycle;
using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Operator;

/// <summary>Plans the cutting of a cube into parts and the joining of them (checklist 8).</summary>
internal static class Slicing
{
    /// <summary>Cuts a text at the given places. The parts keep header and sources; the whole goes to the archive.</summary>
    public static ImmutableArray<MemCube> Slice(WritePlan plan, CubeId id, IReadOnlyList<int> cuts, Func<CubeId> newId)
    {
        MemCube whole = plan.Require(id);
        LifecycleRules.RequireWritable(whole, "be sliced");
        string text = whole.Text ?? throw new MemOSException(ErrorCodes.InvalidInput, $"Cube {id} holds no text to slice.");
        int[] bounds = [0, .. cuts.Distinct().Order(), text.Length];
        if (bounds.Length < 3 || bounds[1] <= 0 || bounds[^2] >= text.Length)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"Cut inside the text: between 1 and {text.Length - 1}.");
        }

        if (cuts.Any(cut => char.IsLowSurrogate(text[cut]) && char.IsHighSurrogate(text[cut - 1])))
        {
            throw new MemOSException(ErrorCodes.InvalidInput, "A cut must not fall inside a surrogate pair.");
        }

        ImmutableArray<MemCube>.Builder parts = ImmutableArray.CreateBuilder<MemCube>(bounds.Length - 1);
        for (int i = 0; i + 1 < bounds.Length; i++)
        {
            string part = text[bounds[i]..bounds[i + 1]];
            string place = string.Create(CultureInfo.InvariantCulture, $"{bounds[i]}+{part.Length} of {text.Length}");
            parts.Add(plan.Create(whole with
            {
                Id = newId(),
                Version = 1,
                Sequence = 0,
                State = CubeState.Generated,
                Payload = new PlaintextPayload(part),
                Lineage = [new Derivation(DerivationKind.SlicedFrom, whole.Id, whole.Version, place)],
                Descriptive = whole.Descriptive with { CreatedAt = plan.Now, FactKey = null, Entities = EntityNames.In(part) },
            }));
        }

        plan.Follow(whole, whole with { State = CubeState.Archived });
        plan.Audit(AuditOperations.Slice, whole, $"{parts.Count} parts");
        return parts.MoveToImmutable();
    }

    /// <summary>Joins all parts of a sliced cube again: the whole is restored as it was, the parts go to the archive.</summary>
    /// <exception cref="MemOSException">A part is missing or was changed since (<see cref="ErrorCodes.VersionConflict"/>).</exception>
    public static MemCube Join(WritePlan plan, CubeId wholeId)
    {
        MemCube current = plan.Require(wholeId);
        (MemCube Cube, Derivation From)[] parts = [.. plan.Reader.FindDerived(wholeId)
            .Where(derived => derived.Derivation.Kind is DerivationKind.SlicedFrom)
            .Select(derived => (Cube: plan.Reader.Find(derived.Cube), derived.Derivation))
            .Where(part => part.Cube is { State: not CubeState.Archived })
            .Select(part => (part.Cube!, part.Derivation)) // not null: filtered above
            .DistinctBy(part => part.Item1.Id)
            .OrderBy(part => Start(part.Derivation))];
        if (parts.Length == 0)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"Cube {wholeId} was not sliced, or is joined already.");
        }

        MemCube original = plan.Reader.FindVersion(wholeId, parts[0].From.Version) ?? throw WritePlan.NotFound(wholeId);
        if (string.Concat(parts.Select(part => part.Cube.Text)) != original.Text)
        {
            throw new MemOSException(ErrorCodes.VersionConflict, $"The parts of cube {wholeId} no longer make up its text; fuse them instead.");
        }

        foreach ((MemCube part, _) in parts)
        {
            LifecycleRules.RequireWritable(part, "be joined");
            plan.Follow(part, part with { State = CubeState.Archived });
        }

        MemCube joined = Fusion.Restore(plan, new Derivation(DerivationKind.SlicedFrom, current.Id, original.Version));
        plan.Audit(AuditOperations.Unfuse, joined, $"{parts.Length} parts");
        return joined;
    }

    private static int Start(Derivation derivation) =>
        int.TryParse(derivation.Note?.Split('+')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int start) ? start : 0;
}
