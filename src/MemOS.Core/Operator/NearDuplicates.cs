using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using MemOS.Cubes;
using MemOS.Reader.Statements;

namespace MemOS.Operator;

/// <summary>
/// Merges statements that say the same in nearly the same words, so that one cube keeps the provenance of both (paper, checklist 48): same speaker and type,
/// the same guard (<see cref="StatementShape"/>), and content words of which one list is the other with at most 15 % more put in, in the same order.
/// </summary>
/// <remarks>
/// The look-up scans nothing. A derived cube without a fact key of its own is kept under the hash of its guard and its longest content word, its anchor; a new
/// statement looks under as many of its longest words as it may have more than the other. A repetition that lacks the anchor itself is not found.
/// </remarks>
internal static class NearDuplicates
{
    /// <summary>Begins the keys of derived cubes that are no single-valued facts. No speaker's name begins so.</summary>
    public const string KeyPrefix = "/near/";

    private const double LeastOverlap = 0.85;
    private const int FewestTerms = 2;

    /// <summary>Adds a derived cube, or merges it into the one that says the same. Returns how many cubes it made or changed.</summary>
    public static int Add(DerivedCubes cubes, MemCube cube)
    {
        StatementShape shape = ShapeOf(cube);
        if (shape.Terms.Count < FewestTerms)
        {
            cubes.Create(cube);
            return 1;
        }

        string[] keys = Keys(cube, shape);
        foreach (string key in keys)
        {
            foreach (MemCube other in cubes.FindByFactKey(key))
            {
                if (IsSame(other, cube, shape))
                {
                    TimeInterval valid = cube.Descriptive.Type != SemanticType.Event && cube.Valid.From < other.Valid.From
                        ? new TimeInterval(cube.Valid.From, other.Valid.To) : other.Valid;
                    return Supersession.Merge(cubes, other, cube, valid);
                }
            }
        }

        cubes.Create(cube with { Descriptive = cube.Descriptive with { FactKey = keys[0] } });
        return 1;
    }

    /// <summary>Whether two statements of one speaker are near duplicates by their words.</summary>
    public static bool AreSame(StatementShape left, StatementShape right)
    {
        (StatementShape less, StatementShape more) = left.Terms.Count <= right.Terms.Count ? (left, right) : (right, left);
        return left.Guard == right.Guard && less.Terms.Count >= LeastOverlap * more.Terms.Count && IsPart(less.Terms, more.Terms);
    }

    private static bool IsSame(MemCube other, MemCube cube, StatementShape shape) =>
        DerivedCubes.IsOpen(other)
        && other.Sources.Length < DerivedCubes.MostSources
        && other.Descriptive.Type == cube.Descriptive.Type
        && other.Descriptive.Speaker == cube.Descriptive.Speaker
        && other.Governance == cube.Governance
        && (cube.Descriptive.Type != SemanticType.Event || other.Valid == cube.Valid)
        && AreSame(ShapeOf(other), shape);

    // Of a liking or disliking counts which of the two it is and what of, however it is put: "I hate figs", "I can't stand figs".
    private static StatementShape ShapeOf(MemCube cube)
    {
        string text = cube.Text ?? "";
        DateTimeOffset said = cube.Descriptive.SaidAt ?? cube.Descriptive.CreatedAt;
        if (cube.Descriptive.Type == SemanticType.Preference && Attitude(cube) is { } attitude
            && StatementReader.ReadAgain(cube).FirstOrDefault(statement => statement.Type == SemanticType.Preference && statement.Tags.Contains(attitude)) is { Value: { } value }
            && text.IndexOf(value, StringComparison.OrdinalIgnoreCase) is >= 0 and int at)
        {
            StatementShape liked = StatementShape.Of(text[at..], said, continues: true);
            return liked with { Guard = $"{attitude}: {liked.Guard}", Terms = [attitude, .. liked.Terms] };
        }

        return StatementShape.Of(text, said);
    }

    private static string? Attitude(MemCube cube) => cube.Descriptive.Tags.FirstOrDefault(tag => tag is "like" or "dislike");

    private static bool IsPart(IReadOnlyList<string> less, IReadOnlyList<string> more)
    {
        int at = 0;
        foreach (string term in more)
        {
            at += at < less.Count && less[at] == term ? 1 : 0;
        }

        return at == less.Count;
    }

    private static string[] Keys(MemCube cube, StatementShape shape)
    {
        int spare = (int)Math.Floor(shape.Terms.Count * (1 - LeastOverlap) + 1e-9);
        return [.. shape.Terms.Distinct().OrderByDescending(term => term.Length).ThenBy(term => term, StringComparer.Ordinal).Take(1 + spare).Select(Key)];

        string Key(string anchor)
        {
            string text = string.Join('\n', cube.Descriptive.Speaker, cube.Descriptive.Type.Value, shape.Guard, anchor);
            Span<byte> hash = stackalloc byte[16];
            BinaryPrimitives.WriteUInt128BigEndian(hash, XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(text)));
            return string.Create(CultureInfo.InvariantCulture, $"{KeyPrefix}{Convert.ToHexStringLower(hash)}");
        }
    }
}
