using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Operator.Recall.Snapshots;

namespace MemOS.Operator.Recall.Indexing;

/// <summary>Numbers the values that some documents have anew, so that what no document has any more is left behind.</summary>
internal sealed class ValueNumbers
{
    private readonly List<string> _types = [];
    private readonly List<string> _speakers = [];
    private readonly List<string> _roles = [];
    private readonly List<string> _conversations = [];
    private readonly List<string> _factKeys = [];
    private readonly List<string[]> _tags = [];
    private readonly List<string[]> _entities = [];
    private readonly List<ImmutableSortedDictionary<string, string>> _infos = [];
    private readonly List<GovernanceHeader> _rules = [];

    /// <summary>Numbers the values of some documents.</summary>
    public ValueNumbers(IndexState state, Columns columns, ReadOnlySpan<int> documents)
    {
        Types = Renumber(state.Types.Values, columns.Type, documents, StringComparer.Ordinal, _types);
        Speakers = Renumber(state.Speakers.Values, columns.Speaker, documents, StringComparer.Ordinal, _speakers);
        Roles = Renumber(state.Roles.Values, columns.Role, documents, StringComparer.Ordinal, _roles);
        Conversations = Renumber(state.ConversationNames.Values, columns.Conversation, documents, StringComparer.Ordinal, _conversations);
        FactKeys = Renumber(state.FactKeys.Values, columns.FactKey, documents, StringComparer.Ordinal, _factKeys);
        Tags = Renumber(state.TagLists.Values, columns.Tags, documents, StringListComparer.Instance, _tags);
        Entities = Renumber(state.EntityLists.Values, columns.Entities, documents, StringListComparer.Instance, _entities);
        Infos = Renumber(state.Infos.Values, columns.Info, documents, InfoComparer.Instance, _infos);
        AccessRules = Renumber(state.AccessRules.Values, columns.Access, documents, AccessRuleComparer.Instance, _rules);
    }

    /// <summary>The new number of each old one, here and below.</summary>
    public int[] Types { get; }

    public int[] Speakers { get; }

    public int[] Roles { get; }

    public int[] Conversations { get; }

    public int[] FactKeys { get; }

    public int[] Tags { get; }

    public int[] Entities { get; }

    public int[] Infos { get; }

    public int[] AccessRules { get; }

    /// <summary>Writes the values.</summary>
    public void Write(SnapshotWriter writer)
    {
        PackedValues<string>.Write(writer, ValueCodec.Text, _types);
        PackedValues<string>.Write(writer, ValueCodec.Text, _speakers);
        PackedValues<string>.Write(writer, ValueCodec.Text, _roles);
        PackedValues<string>.Write(writer, ValueCodec.Text, _conversations);
        PackedValues<string>.Write(writer, ValueCodec.Text, _factKeys);
        PackedValues<string[]>.Write(writer, ValueCodec.List, _tags);
        PackedValues<string[]>.Write(writer, ValueCodec.List, _entities);
        PackedValues<ImmutableSortedDictionary<string, string>>.Write(writer, ValueCodec.Info, _infos);
        PackedValues<GovernanceHeader>.Write(writer, ValueCodec.AccessRule, _rules);
    }

    private static int[] Renumber<T>(
        ReadOnlySpan<T> values, Column<int> column, ReadOnlySpan<int> documents, IEqualityComparer<T> comparer, List<T> used)
        where T : class
    {
        int[] renumbered = new int[values.Length];
        Array.Fill(renumbered, ValueTable<T>.None);
        var numbers = new Dictionary<T, int>(comparer);
        foreach (int document in documents)
        {
            int number = column[document];
            if (number < 0 || renumbered[number] >= 0)
            {
                continue;
            }

            if (!numbers.TryGetValue(values[number], out int found))
            {
                found = used.Count;
                numbers.Add(values[number], found);
                used.Add(values[number]);
            }

            renumbered[number] = found;
        }

        return renumbered;
    }
}
