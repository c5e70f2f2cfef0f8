using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Reader.Statements;

namespace MemOS.Operator;

/// <summary>
/// Keeps the values of a single-valued fact in a row without gaps of sense: the same value again is merged, another value ends the one before it in valid
/// time. Nothing is lost: what was replaced stays readable as of its time (paper, checklist 53).
/// </summary>
/// <remarks>Statements may arrive in any order; their place is given by the time from which they hold, then by the time said.</remarks>
internal static class Supersession
{
    /// <summary>Takes in a value. Returns how many cubes it made or changed.</summary>
    public static int Add(DerivedCubes cubes, MemCube fact, Statement statement)
    {
        string key = fact.Descriptive.FactKey ?? throw new ArgumentException("A fact without a key supersedes nothing.", nameof(fact));
        MemCube[] row = [.. cubes.FindByFactKey(key).Where(cube => cube.State is not (CubeState.Archived or CubeState.Expired))];
        int after = Array.FindIndex(row, cube => IsLater(cube, fact));
        MemCube? before = after < 0 ? row.LastOrDefault() : after == 0 ? null : row[after - 1];
        MemCube? next = after < 0 ? null : row[after];

        // What was said under other rights is kept apart: a repetition must neither open nor close what somebody else reads.
        if (before is not null && before.Governance == fact.Governance && HasValue(before, key, statement.Value) && !(before.Valid.To <= fact.Valid.From))
        {
            return Merge(cubes, before, fact, before.Valid);
        }

        if (next is not null && next.Governance == fact.Governance && HasValue(next, key, statement.Value))
        {
            int merged = Merge(cubes, next, fact, new TimeInterval(fact.Valid.From, next.Valid.To));
            return merged + (merged > 0 && before is not null ? End(cubes, before, fact) : 0);
        }

        if (next is not null && next.Valid.From <= fact.Valid.From)
        {
            return 0; // corrected before it came to be known
        }

        if (next is not null)
        {
            fact = fact with { Valid = new TimeInterval(fact.Valid.From, next.Valid.From) };
        }

        int ended = 0;
        if (before is not null && !HasValue(before, key, statement.Value) && End(cubes, before, fact) > 0)
        {
            ended = 1;
            fact = fact with { Lineage = fact.Lineage.Add(new Derivation(DerivationKind.Supersedes, before.Id, before.Version)) };
        }

        cubes.Create(fact);
        return ended + 1;
    }

    /// <summary>Takes in that a value no longer holds. Returns how many cubes it changed.</summary>
    public static int End(DerivedCubes cubes, MemCube ending, Statement statement)
    {
        string key = ending.Descriptive.FactKey ?? throw new ArgumentException("A fact without a key ends nothing.", nameof(ending));
        MemCube? held = cubes.FindByFactKey(key).LastOrDefault(cube =>
            DerivedCubes.IsOpen(cube) && ending.Valid.From is { } at && cube.Valid.Contains(at) && cube.Valid.From != at && HasValue(cube, key, statement.Value));
        if (held is null)
        {
            return 0;
        }

        cubes.Change(
            held with
            {
                Valid = new TimeInterval(held.Valid.From, ending.Valid.From),
                Sources = held.Sources.AddRange(ending.Sources),
                Lineage = [.. held.Lineage.Union(ending.Lineage)],
            },
            AuditOperations.Supersede, "no longer holds");
        return 1;
    }

    /// <summary>Adds what a repetition under the same rights brings to the cube that says the same. Returns how many cubes it changed: 0 or 1.</summary>
    public static int Merge(DerivedCubes cubes, MemCube cube, MemCube again, TimeInterval valid)
    {
        if (!DerivedCubes.IsOpen(cube) || cube.Sources.Length >= DerivedCubes.MostSources)
        {
            return 0;
        }

        DescriptiveHeader header = cube.Descriptive;
        cubes.Change(
            cube with
            {
                State = CubeState.Merged,
                Valid = valid,
                Sources = [.. cube.Sources.Union(again.Sources)],
                Lineage = [.. cube.Lineage.Union(again.Lineage)],
                Descriptive = header with
                {
                    Entities = [.. header.Entities.Union(again.Descriptive.Entities)],
                    Tags = [.. header.Tags.Union(again.Descriptive.Tags)],
                },
            },
            AuditOperations.Merge, "the same statement again");
        return 1;
    }

    // Ends a value where the next one begins. One that began at the same time was a mistake: it goes to the archive.
    private static int End(DerivedCubes cubes, MemCube before, MemCube next)
    {
        if (!DerivedCubes.IsOpen(before) || before.Valid.To <= next.Valid.From)
        {
            return 0;
        }

        bool corrected = before.Valid.From == next.Valid.From;
        cubes.Change(
            corrected ? before with { State = CubeState.Archived } : before with { Valid = new TimeInterval(before.Valid.From, next.Valid.From) },
            AuditOperations.Supersede, corrected ? "corrected" : "a newer value");
        return 1;
    }

    private static bool IsLater(MemCube cube, MemCube fact)
    {
        DateTimeOffset from = cube.Valid.From ?? DateTimeOffset.MinValue;
        DateTimeOffset own = fact.Valid.From ?? DateTimeOffset.MinValue;
        return from > own || (from == own && cube.Descriptive.SaidAt > fact.Descriptive.SaidAt);
    }

    // A cube keeps its words, not its value: they are read again, the same way.
    private static bool HasValue(MemCube cube, string key, string? value)
    {
        Statement? read = StatementReader.ReadAgain(cube).FirstOrDefault(statement => statement.FactKey == key);
        return read is not null ? read.Value == value : value is not null && HoldsWords(cube.Text ?? "", value);
    }

    // For cubes that were written directly, in words of their own.
    private static bool HoldsWords(string text, string value)
    {
        int at = text.IndexOf(value, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
            && (at + value.Length == text.Length || !char.IsLetterOrDigit(text[at + value.Length]));
    }
}
