using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Operator.Recall.Snapshots;
using MemOS.Operator.Recall.Vectors;

namespace MemOS.Operator.Recall.Indexing;

/// <summary>The content of an index: documents numbered in the order in which they came, and everything that is looked up by number.</summary>
/// <remarks>One writer appends and marks dead; readers use the first <see cref="Count"/> documents without locks.</remarks>
internal sealed class IndexState
{
    // What the arrays of Columns and of the Column<T>s take for a document.
    private const int BytesInArrays = 31;
    private const int BytesInColumns = 150;

    private readonly int _packedCount;

    private readonly CubeTable _cubes = new();
    private volatile Columns _columns;
    private volatile VectorPlanes _vectors;
    private int _count;
    private int _live;
    private long _totalLength;
    private int _withLifespan;
    private int _lastDeath;

    /// <summary>Makes an empty state, with vectors of an embedding space.</summary>
    public IndexState(TimeSpan sessionGap, string space)
    {
        _columns = new Columns(16);
        Postings = new();
        _vectors = new(space);
        Conversations = new(sessionGap);
        Types = new(StringComparer.Ordinal);
        Speakers = new(StringComparer.Ordinal);
        Roles = new(StringComparer.Ordinal);
        ConversationNames = new(StringComparer.Ordinal);
        FactKeys = new(StringComparer.Ordinal, mayRepeat: true);
        TagLists = new(StringListComparer.Instance, mayRepeat: true);
        EntityLists = new(StringListComparer.Instance, mayRepeat: true);
        Infos = new(InfoComparer.Instance, mayRepeat: true);
        AccessRules = new(AccessRuleComparer.Instance);
    }

    /// <summary>Continues a snapshot whose identity has been read; see <see cref="IndexCut.Write"/>.</summary>
    public IndexState(TimeSpan sessionGap, string space, SnapshotFile file)
    {
        _packedCount = _count = _live = file.Directory.ReadInt32();
        _columns = new Columns(file, _count);
        Types = new(StringComparer.Ordinal, PackedValues<string>.Open(file, ValueCodec.Text));
        Speakers = new(StringComparer.Ordinal, PackedValues<string>.Open(file, ValueCodec.Text));
        Roles = new(StringComparer.Ordinal, PackedValues<string>.Open(file, ValueCodec.Text));
        ConversationNames = new(StringComparer.Ordinal, PackedValues<string>.Open(file, ValueCodec.Text));
        FactKeys = new(StringComparer.Ordinal, PackedValues<string>.Open(file, ValueCodec.Text), mayRepeat: true);
        TagLists = new(StringListComparer.Instance, PackedValues<string[]>.Open(file, ValueCodec.List), mayRepeat: true);
        EntityLists = new(StringListComparer.Instance, PackedValues<string[]>.Open(file, ValueCodec.List), mayRepeat: true);
        Infos = new(InfoComparer.Instance, PackedValues<ImmutableSortedDictionary<string, string>>.Open(file, ValueCodec.Info), mayRepeat: true);
        AccessRules = new(AccessRuleComparer.Instance, PackedValues<GovernanceHeader>.Open(file, ValueCodec.AccessRule));
        int[] sessionLengths = new int[file.Directory.ReadInt32()];
        PackedColumn.Open(file, sessionLengths.Length).CopyTo<int>(sessionLengths);
        Conversations = new(sessionGap, sessionLengths, _count);
        Postings = new(PackedPostings.Open(file, _count));
        _vectors = new(space, PackedVectors.Open(file, _count));
        for (int document = 0; document < _count; document++)
        {
            _totalLength += _columns.Length[document];
            _withLifespan += _columns.Has(document, DocumentFlags.EndsLiving) ? 1 : 0;
        }
    }

    /// <summary>The documents, dead ones included. Read it before <see cref="Columns"/>.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The documents that are alive.</summary>
    public int Live => Volatile.Read(ref _live);

    /// <summary>The words of all live documents together.</summary>
    public long TotalLength => Volatile.Read(ref _totalLength);

    /// <summary>Whether a document may have come to the end of its life without a change of state.</summary>
    public bool HasLifespans => Volatile.Read(ref _withLifespan) > 0;

    /// <summary>The highest of <see cref="Columns.DiedAt"/>. Above the reader's count, some dead documents are alive to it.</summary>
    public int LastDeath => Volatile.Read(ref _lastDeath);

    /// <summary>The properties of each document.</summary>
    public Columns Columns => _columns;

    public Postings Postings { get; }

    /// <summary>The vectors. Read it once for a search: those of another embedding space may take their place.</summary>
    public VectorPlanes Vectors => _vectors;

    public Conversations Conversations { get; }

    public ValueTable<string> Types { get; }

    public ValueTable<string> Speakers { get; }

    public ValueTable<string> Roles { get; }

    public ValueTable<string> ConversationNames { get; }

    public ValueTable<string> FactKeys { get; }

    public ValueTable<string[]> TagLists { get; }

    public ValueTable<string[]> EntityLists { get; }

    public ValueTable<ImmutableSortedDictionary<string, string>> Infos { get; }

    /// <summary>Headers of which only the rules on who may read what are of interest.</summary>
    public ValueTable<GovernanceHeader> AccessRules { get; }

    /// <summary>About how many bytes of memory it takes.</summary>
    public long Bytes =>
        ((long)BytesInArrays * _columns.Capacity) + ((long)BytesInColumns * (Count - _packedCount)) + Postings.Bytes + Vectors.Bytes;

    /// <summary>The live document of a cube, or -1. For the writer.</summary>
    public int Find(CubeId id) => _cubes.Find(_columns, _count, id.Value);

    /// <summary>Appends a document and kills the cube's former one. For the writer.</summary>
    public void Add(MemCube cube, IndexDocument document, ReadOnlySpan<float> vector)
    {
        int number = NextNumber();
        Kill(cube.Id, number + 1); // a reader sees the old version until it counts the new one
        Columns columns = _columns;
        Fill(columns, number, cube);
        columns.Length[number] = (ushort)Math.Min(document.Length, ushort.MaxValue);
        columns.TextLength.Set(number, document.TextLength);
        columns.Traits.Set(number, (byte)document.Traits);
        columns.Flags[number] = (byte)FlagsOf(cube, document);
        Postings.Add(number, document.Terms, document.Frequencies);
        _vectors.Set(number, vector);
        Publish(columns, number);
    }

    /// <summary>Appends a live document of another state. For the writer of both.</summary>
    public void Copy(IndexState source, int document)
    {
        int number = NextNumber();
        Columns to = _columns;
        Columns from = source._columns;
        to.Flags[number] = from.Flags[document];
        to.Length[number] = from.Length[document];
        to.Id.Set(number, from.Id[document]);
        to.Sequence.Set(number, from.Sequence[document]);
        to.TextLength.Set(number, from.TextLength[document]);
        to.Traits.Set(number, from.Traits[document]);
        to.Message.Set(number, from.Message[document]);
        to.Start.Set(number, from.Start[document]);
        to.CreatedAt.Set(number, from.CreatedAt[document]);
        to.UpdatedAt.Set(number, from.UpdatedAt[document]);
        to.SaidAt.Set(number, from.SaidAt[document]);
        to.ValidFrom.Set(number, from.ValidFrom[document]);
        to.ValidTo.Set(number, from.ValidTo[document]);
        to.ExpiresAt.Set(number, from.ExpiresAt[document]);
        to.Fingerprint.Set(number, from.Fingerprint[document]);
        to.Priority.Set(number, from.Priority[document]);
        to.Sensitivity.Set(number, from.Sensitivity[document]);
        to.Kind.Set(number, from.Kind[document]);
        to.State.Set(number, from.State[document]);
        to.Type.Set(number, Types.Add(source.Types[from.Type[document]]));
        to.Speaker.Set(number, Speakers.Add(source.Speakers[from.Speaker[document]]));
        to.Role.Set(number, Roles.Add(source.Roles[from.Role[document]]));
        to.Conversation.Set(number, ConversationNames.Add(source.ConversationNames[from.Conversation[document]]));
        to.FactKey.Set(number, FactKeys.Add(source.FactKeys[from.FactKey[document]]));
        to.Tags.Set(number, TagLists.Add(source.TagLists[from.Tags[document]]));
        to.Entities.Set(number, EntityLists.Add(source.EntityLists[from.Entities[document]]));
        to.Info.Set(number, Infos.Add(source.Infos[from.Info[document]]));
        to.Access.Set(number, AccessRules.Add(source.AccessRules[from.Access[document]]));
        Postings.Copy(number, source.Postings, document);
        _vectors.Copy(number, source._vectors, document);
        Publish(to, number);
    }

    /// <summary>Puts vectors of another space, of all documents, in place of the present ones. For the writer.</summary>
    public void Replace(VectorPlanes vectors) => _vectors = vectors;

    /// <summary>Kills the document of a cube; false when it has none. For the writer.</summary>
    public bool Remove(CubeId id) => Kill(id, _count);

    private static DocumentFlags FlagsOf(MemCube cube, IndexDocument document)
    {
        DocumentFlags flags = cube.State switch
        {
            CubeState.Archived => DocumentFlags.Archived,
            CubeState.Expired => DocumentFlags.Expired,
            _ => DocumentFlags.None,
        };
        flags |= document.Asks ? DocumentFlags.Asks : 0;
        flags |= CubeFields.IsDerived(cube) ? DocumentFlags.Derived : 0;
        flags |= cube.Valid.To is not null && CubeFields.CanStopBeingTrue(cube) ? DocumentFlags.EndsBeingTrue : 0;
        flags |= cube.Governance.Lifespan.ExpiresAt is not null ? DocumentFlags.EndsLiving : 0;
        return flags;
    }

    private bool Kill(CubeId id, int diedAt)
    {
        Columns columns = _columns;
        int document = _cubes.Find(columns, _count, id.Value);
        if (document < 0)
        {
            return false;
        }

        _cubes.Remove(columns, id.Value);
        columns.DiedAt[document] = diedAt;
        Volatile.Write(ref _lastDeath, Math.Max(_lastDeath, diedAt)); // before the flag, so that who sees the flag sees this
        Volatile.Write(ref columns.Flags[document], (byte)(columns.Flags[document] | (byte)DocumentFlags.Dead));
        Conversations.Remove(columns, document);
        Postings.MarkDead(document);
        if (columns.Has(document, DocumentFlags.EndsLiving))
        {
            _withLifespan--;
        }

        Volatile.Write(ref _totalLength, _totalLength - columns.Length[document]);
        Volatile.Write(ref _live, _live - 1);
        return true;
    }

    private int NextNumber()
    {
        int number = _count;
        if (number > PostingList.MaximumDocument)
        {
            throw new InvalidOperationException($"An index holds at most {PostingList.MaximumDocument + 1} documents.");
        }

        if (number == _columns.Capacity)
        {
            _columns = new Columns(number * 2, _columns);
        }

        return number;
    }

    private void Fill(Columns columns, int number, MemCube cube)
    {
        DescriptiveHeader header = cube.Descriptive;
        columns.Id.Set(number, cube.Id.Value);
        columns.Sequence.Set(number, cube.Sequence);
        columns.Message.Set(number, cube.Sources.IsDefaultOrEmpty ? Columns.NoTime : cube.Sources[0].Number);
        columns.Start.Set(number, cube.Sources.IsDefaultOrEmpty ? 0 : cube.Sources[0].Start);
        columns.CreatedAt.Set(number, CubeFields.Ticks(header.CreatedAt));
        columns.UpdatedAt.Set(number, CubeFields.Ticks(cube.TxFrom));
        columns.SaidAt.Set(number, CubeFields.Ticks(header.SaidAt));
        columns.ValidFrom.Set(number, CubeFields.Ticks(cube.Valid.From));
        columns.ValidTo.Set(number, CubeFields.Ticks(cube.Valid.To));
        columns.ExpiresAt.Set(number, CubeFields.Ticks(cube.Governance.Lifespan.ExpiresAt));
        columns.Fingerprint.Set(number, cube.Fingerprint?.Bits ?? 0);
        columns.Priority.Set(number, (sbyte)Math.Clamp(cube.Governance.Priority, sbyte.MinValue, sbyte.MaxValue));
        columns.Sensitivity.Set(number, (byte)cube.Governance.Sensitivity);
        columns.Kind.Set(number, (byte)cube.Payload.Kind);
        columns.State.Set(number, (byte)cube.State);
        columns.Type.Set(number, Types.Add(header.Type.Value));
        columns.Speaker.Set(number, Speakers.Add(header.Speaker));
        columns.Role.Set(number, Roles.Add(header.Role));
        columns.Conversation.Set(number, ConversationNames.Add(CubeFields.ConversationOf(cube)));
        columns.FactKey.Set(number, FactKeys.Add(header.FactKey));
        columns.Tags.Set(number, header.Tags.IsDefaultOrEmpty ? Columns.None : TagLists.Add([.. header.Tags]));
        columns.Entities.Set(number, header.Entities.IsDefaultOrEmpty ? Columns.None : EntityLists.Add([.. header.Entities]));
        columns.Info.Set(number, header.Info is { IsEmpty: false } info ? Infos.Add(info) : Columns.None);
        columns.Access.Set(number, AccessRules.Add(cube.Governance));
    }

    private void Publish(Columns columns, int number)
    {
        columns.Session[number] = Columns.None;
        columns.Previous[number] = Columns.None;
        columns.Next[number] = Columns.None;
        columns.Parent[number] = Columns.None;
        columns.FirstDerived[number] = Columns.None;
        columns.NextDerived[number] = Columns.None;
        Conversations.Add(columns, number);
        if (columns.Has(number, DocumentFlags.EndsLiving))
        {
            _withLifespan++;
        }

        Volatile.Write(ref _totalLength, _totalLength + columns.Length[number]);
        Volatile.Write(ref _live, _live + 1);
        Volatile.Write(ref _count, number + 1);
    }
}
