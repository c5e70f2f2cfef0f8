using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Vaults;

namespace MemOS.Operator;

/// <summary>The lineage of a cube as a graph: what it came from and what came from it, at any distance (checklist 40).</summary>
/// <param name="Root">The cube that was asked about.</param>
/// <param name="Edges">Each dependency once.</param>
/// <param name="Messages">The raw messages at the ends, each once, in order of number.</param>
public sealed record Lineage(CubeId Root, ImmutableArray<LineageEdge> Edges, ImmutableArray<MessageSource> Messages)
{
    internal static Lineage Of(IVaultReader reader, CubeId root, Func<CubeId, bool> maySee)
    {
        if (!maySee(root))
        {
            return new Lineage(root, [], []);
        }

        HashSet<LineageEdge> edges = [];
        HashSet<CubeId> seen = [root];
        SortedDictionary<long, MessageSource> messages = [];
        Queue<CubeId> waiting = new([root]);
        while (waiting.TryDequeue(out CubeId id))
        {
            foreach (MemCube version in reader.History(id))
            {
                foreach (MessageSource source in version.Sources)
                {
                    messages.TryAdd(source.Number, source);
                }

                foreach (Derivation derivation in version.Lineage)
                {
                    Visit(new LineageEdge(id, derivation.Kind, derivation.Cube, derivation.Version), derivation.Cube);
                }
            }

            foreach ((CubeId derived, Derivation derivation) in reader.FindDerived(id))
            {
                Visit(new LineageEdge(derived, derivation.Kind, id, derivation.Version), derived);
            }
        }

        return new Lineage(root, [.. edges.OrderBy(edge => edge.From).ThenBy(edge => edge.To).ThenBy(edge => edge.Kind)], [.. messages.Values]);

        void Visit(LineageEdge edge, CubeId other)
        {
            if (seen.Contains(other) || maySee(other))
            {
                edges.Add(edge);
                if (seen.Add(other))
                {
                    waiting.Enqueue(other);
                }
            }
        }
    }
}
