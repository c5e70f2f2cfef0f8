namespace MemOS.Operator.Recall.Indexing;

/// <summary>What the index knows of each document beside its words and vector: one array for each property.</summary>
/// <remarks>
/// The arrays have one length. When they are full, the writer makes a copy of twice the length and publishes it; a reader that still has the old
/// one sees all documents that it counted. Times are UTC ticks; <see cref="NoTime"/> for none.
/// </remarks>
internal sealed class Columns
{
    /// <summary>Stands for a missing time.</summary>
    public const long NoTime = long.MinValue;

    /// <summary>Stands for a missing document, session or value.</summary>
    public const int None = -1;

    public readonly Guid[] Id;
    public readonly long[] Sequence;
    public readonly byte[] Flags;
    public readonly ushort[] Length;
    public readonly int[] TextLength;
    public readonly ForwardEntry[] Forward;

    /// <summary>For a dead document, the number of documents from which on it is dead: a reader that counted fewer still sees it alive.</summary>
    public readonly int[] DiedAt;

    // Place in the conversation: number of the message and start in its text; links to the turns beside it, the episode it was read out of,
    // and from an episode the chain of what was read out of it.
    public readonly long[] Message;
    public readonly int[] Start;
    public readonly int[] Session;
    public readonly int[] Previous;
    public readonly int[] Next;
    public readonly int[] Parent;
    public readonly int[] FirstDerived;
    public readonly int[] NextDerived;

    public readonly long[] CreatedAt;
    public readonly long[] UpdatedAt;
    public readonly long[] SaidAt;
    public readonly long[] ValidFrom;
    public readonly long[] ValidTo;
    public readonly long[] ExpiresAt;

    // Numbers out of the value tables.
    public readonly int[] Type;
    public readonly int[] Speaker;
    public readonly int[] Role;
    public readonly int[] Conversation;
    public readonly int[] FactKey;
    public readonly int[] Tags;
    public readonly int[] Entities;
    public readonly int[] Info;
    public readonly int[] Access;

    /// <summary>The contextual fingerprint; 0 for none.</summary>
    public readonly UInt128[] Fingerprint;

    public readonly sbyte[] Priority;
    public readonly byte[] Sensitivity;
    public readonly byte[] Kind;
    public readonly byte[] State;

    /// <summary>Makes columns for so many documents, beginning with those of other columns.</summary>
    public Columns(int capacity, Columns? source = null)
    {
        Capacity = capacity;
        Id = Copy(source?.Id, capacity);
        Sequence = Copy(source?.Sequence, capacity);
        Flags = Copy(source?.Flags, capacity);
        Length = Copy(source?.Length, capacity);
        TextLength = Copy(source?.TextLength, capacity);
        Forward = Copy(source?.Forward, capacity);
        DiedAt = Copy(source?.DiedAt, capacity);
        Message = Copy(source?.Message, capacity);
        Start = Copy(source?.Start, capacity);
        Session = Copy(source?.Session, capacity);
        Previous = Copy(source?.Previous, capacity);
        Next = Copy(source?.Next, capacity);
        Parent = Copy(source?.Parent, capacity);
        FirstDerived = Copy(source?.FirstDerived, capacity);
        NextDerived = Copy(source?.NextDerived, capacity);
        CreatedAt = Copy(source?.CreatedAt, capacity);
        UpdatedAt = Copy(source?.UpdatedAt, capacity);
        SaidAt = Copy(source?.SaidAt, capacity);
        ValidFrom = Copy(source?.ValidFrom, capacity);
        ValidTo = Copy(source?.ValidTo, capacity);
        ExpiresAt = Copy(source?.ExpiresAt, capacity);
        Type = Copy(source?.Type, capacity);
        Speaker = Copy(source?.Speaker, capacity);
        Role = Copy(source?.Role, capacity);
        Conversation = Copy(source?.Conversation, capacity);
        FactKey = Copy(source?.FactKey, capacity);
        Tags = Copy(source?.Tags, capacity);
        Entities = Copy(source?.Entities, capacity);
        Info = Copy(source?.Info, capacity);
        Access = Copy(source?.Access, capacity);
        Fingerprint = Copy(source?.Fingerprint, capacity);
        Priority = Copy(source?.Priority, capacity);
        Sensitivity = Copy(source?.Sensitivity, capacity);
        Kind = Copy(source?.Kind, capacity);
        State = Copy(source?.State, capacity);
    }

    /// <summary>How many documents fit.</summary>
    public int Capacity { get; }

    /// <summary>Whether the document has a flag.</summary>
    public bool Has(int document, DocumentFlags flag) => (Flags[document] & (byte)flag) != 0;

    private static T[] Copy<T>(T[]? source, int capacity)
    {
        T[] copy = new T[capacity];
        source?.CopyTo(copy, 0);
        return copy;
    }
}
