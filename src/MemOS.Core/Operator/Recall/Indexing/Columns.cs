using MemOS.Operator.Recall.Snapshots;

namespace MemOS.Operator.Recall.Indexing;

/// <summary>What the index knows of each document beside its words and vector.</summary>
/// <remarks>
/// What every search looks at for every document, and what changes while a document lives, are arrays of one length. When they are full, the writer makes a copy
/// with longer ones and publishes it; a reader that still has the old one sees all documents that it counted. The rest is written once, in <see cref="Column{T}"/>s
/// that all copies share. Times are UTC ticks; <see cref="NoTime"/> for none.
/// </remarks>
internal sealed class Columns
{
    /// <summary>Stands for a missing time.</summary>
    public const long NoTime = long.MinValue;

    /// <summary>Stands for a missing document, session or value.</summary>
    public const int None = -1;

    public readonly byte[] Flags;
    public readonly ushort[] Length;

    /// <summary>For a dead document, the number of documents from which on it is dead: a reader that counted fewer still sees it alive.</summary>
    public readonly int[] DiedAt;

    // Place in the conversation: links to the turns beside it, the episode it was read out of, and from an episode the chain of what was read out of it.
    public readonly int[] Session;
    public readonly int[] Previous;
    public readonly int[] Next;
    public readonly int[] Parent;
    public readonly int[] FirstDerived;
    public readonly int[] NextDerived;

    public readonly Column<Guid> Id;
    public readonly Column<long> Sequence;
    public readonly Column<int> TextLength;
    public readonly Column<byte> Traits;

    // Number of the first source message, and start in its text.
    public readonly Column<long> Message;
    public readonly Column<int> Start;

    public readonly Column<long> CreatedAt;
    public readonly Column<long> UpdatedAt;
    public readonly Column<long> SaidAt;
    public readonly Column<long> ValidFrom;
    public readonly Column<long> ValidTo;
    public readonly Column<long> ExpiresAt;

    // Numbers out of the value tables.
    public readonly Column<int> Type;
    public readonly Column<int> Speaker;
    public readonly Column<int> Role;
    public readonly Column<int> Conversation;
    public readonly Column<int> FactKey;
    public readonly Column<int> Tags;
    public readonly Column<int> Entities;
    public readonly Column<int> Info;
    public readonly Column<int> Access;

    /// <summary>The contextual fingerprint; 0 for none.</summary>
    public readonly Column<UInt128> Fingerprint;

    public readonly Column<sbyte> Priority;
    public readonly Column<byte> Sensitivity;
    public readonly Column<byte> Kind;
    public readonly Column<byte> State;

    /// <summary>Makes columns for so many documents, beginning with those of other columns.</summary>
    public Columns(int capacity, Columns? source = null)
    {
        Capacity = capacity;
        Flags = Copy(source?.Flags, capacity);
        Length = Copy(source?.Length, capacity);
        DiedAt = Copy(source?.DiedAt, capacity);
        Session = Copy(source?.Session, capacity);
        Previous = Copy(source?.Previous, capacity);
        Next = Copy(source?.Next, capacity);
        Parent = Copy(source?.Parent, capacity);
        FirstDerived = Copy(source?.FirstDerived, capacity);
        NextDerived = Copy(source?.NextDerived, capacity);
        Id = source?.Id ?? new();
        Sequence = source?.Sequence ?? new();
        TextLength = source?.TextLength ?? new();
        Traits = source?.Traits ?? new();
        Message = source?.Message ?? new();
        Start = source?.Start ?? new();
        CreatedAt = source?.CreatedAt ?? new();
        UpdatedAt = source?.UpdatedAt ?? new();
        SaidAt = source?.SaidAt ?? new();
        ValidFrom = source?.ValidFrom ?? new();
        ValidTo = source?.ValidTo ?? new();
        ExpiresAt = source?.ExpiresAt ?? new();
        Type = source?.Type ?? new();
        Speaker = source?.Speaker ?? new();
        Role = source?.Role ?? new();
        Conversation = source?.Conversation ?? new();
        FactKey = source?.FactKey ?? new();
        Tags = source?.Tags ?? new();
        Entities = source?.Entities ?? new();
        Info = source?.Info ?? new();
        Access = source?.Access ?? new();
        Fingerprint = source?.Fingerprint ?? new();
        Priority = source?.Priority ?? new();
        Sensitivity = source?.Sensitivity ?? new();
        Kind = source?.Kind ?? new();
        State = source?.State ?? new();
    }

    /// <summary>Continues the columns of a snapshot of so many documents, as <see cref="IndexCut"/> writes them.</summary>
    public Columns(SnapshotFile file, int count)
    {
        Capacity = count + (count >> 3) + 64;
        DiedAt = new int[Capacity];
        Flags = Load<byte>(file, count, Capacity);
        Length = Load<ushort>(file, count, Capacity);
        Session = Load<int>(file, count, Capacity);
        Previous = Load<int>(file, count, Capacity);
        Next = Load<int>(file, count, Capacity);
        Parent = Load<int>(file, count, Capacity);
        FirstDerived = Load<int>(file, count, Capacity);
        NextDerived = Load<int>(file, count, Capacity);
        Id = new(PackedColumn.Open(file, count), count);
        Sequence = new(PackedColumn.Open(file, count), count);
        TextLength = new(PackedColumn.Open(file, count), count);
        Traits = new(PackedColumn.Open(file, count), count);
        Message = new(PackedColumn.Open(file, count), count);
        Start = new(PackedColumn.Open(file, count), count);
        CreatedAt = new(PackedColumn.Open(file, count), count);
        UpdatedAt = new(PackedColumn.Open(file, count), count);
        SaidAt = new(PackedColumn.Open(file, count), count);
        ValidFrom = new(PackedColumn.Open(file, count), count);
        ValidTo = new(PackedColumn.Open(file, count), count);
        ExpiresAt = new(PackedColumn.Open(file, count), count);
        Type = new(PackedColumn.Open(file, count), count);
        Speaker = new(PackedColumn.Open(file, count), count);
        Role = new(PackedColumn.Open(file, count), count);
        Conversation = new(PackedColumn.Open(file, count), count);
        FactKey = new(PackedColumn.Open(file, count), count);
        Tags = new(PackedColumn.Open(file, count), count);
        Entities = new(PackedColumn.Open(file, count), count);
        Info = new(PackedColumn.Open(file, count), count);
        Access = new(PackedColumn.Open(file, count), count);
        Fingerprint = new(PackedColumn.Open(file, count), count);
        Priority = new(PackedColumn.Open(file, count), count);
        Sensitivity = new(PackedColumn.Open(file, count), count);
        Kind = new(PackedColumn.Open(file, count), count);
        State = new(PackedColumn.Open(file, count), count);
    }

    /// <summary>How many documents fit.</summary>
    public int Capacity { get; }

    /// <summary>Whether the document has a flag.</summary>
    public bool Has(int document, DocumentFlags flag) => (Flags[document] & (byte)flag) != 0;

    /// <summary>Writes the columns that are written once, for some of the documents.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="documents">The documents, in the order that they get.</param>
    /// <param name="values">Numbers the values of the tables anew.</param>
    public void WriteFixed(SnapshotWriter writer, ReadOnlySpan<int> documents, ValueNumbers values)
    {
        Write(writer, Id, documents);
        Write(writer, Sequence, documents);
        Write(writer, TextLength, documents);
        Write(writer, Traits, documents);
        Write(writer, Message, documents);
        Write(writer, Start, documents);
        Write(writer, CreatedAt, documents);
        Write(writer, UpdatedAt, documents);
        Write(writer, SaidAt, documents);
        Write(writer, ValidFrom, documents);
        Write(writer, ValidTo, documents);
        Write(writer, ExpiresAt, documents);
        Write(writer, Type, documents, values.Types);
        Write(writer, Speaker, documents, values.Speakers);
        Write(writer, Role, documents, values.Roles);
        Write(writer, Conversation, documents, values.Conversations);
        Write(writer, FactKey, documents, values.FactKeys);
        Write(writer, Tags, documents, values.Tags);
        Write(writer, Entities, documents, values.Entities);
        Write(writer, Info, documents, values.Infos);
        Write(writer, Access, documents, values.AccessRules);
        Write(writer, Fingerprint, documents);
        Write(writer, Priority, documents);
        Write(writer, Sensitivity, documents);
        Write(writer, Kind, documents);
        Write(writer, State, documents);
    }

    private static void Write<T>(SnapshotWriter writer, Column<T> column, ReadOnlySpan<int> documents)
        where T : unmanaged
    {
        T[] values = new T[documents.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = column[documents[i]];
        }

        PackedColumn.Write<T>(writer, values);
    }

    private static void Write(SnapshotWriter writer, Column<int> column, ReadOnlySpan<int> documents, ReadOnlySpan<int> renumbered)
    {
        int[] values = new int[documents.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int number = column[documents[i]];
            values[i] = number < 0 ? None : renumbered[number];
        }

        PackedColumn.Write<int>(writer, values);
    }

    private static T[] Load<T>(SnapshotFile file, int count, int capacity)
        where T : unmanaged
    {
        T[] values = new T[capacity];
        PackedColumn.Open(file, count).CopyTo<T>(values);
        return values;
    }

    private static T[] Copy<T>(T[]? source, int capacity)
    {
        T[] copy = new T[capacity];
        source.AsSpan(0, Math.Min(capacity, source?.Length ?? 0)).CopyTo(copy);
        return copy;
    }
}
