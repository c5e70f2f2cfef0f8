using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace MemOS.Text.Classes;

/// <summary>What belongs to which class of things: London to "city", tennis to "sport". English; read where it lies, nothing is copied or built when it is opened.</summary>
/// <remarks>
/// Made from the WordNet 3.0 database by <c>tools/MemOS.EmbedderBuilder</c>. Format 1, little-endian. Header of <see cref="HeaderSize"/> bytes: magic, words, bytes
/// of words, names, classes, members, bytes of the licence notice, SHA-256 of all other bytes. Then the notice (UTF-8); the words (UTF-8), in ordinal order; where each
/// begins, and where the last ends; the words that are names, rising, each followed by the numbers of <see cref="MostSenses"/> classes, -1 for none; the first
/// member of each class, and one more than the last; the members: word in the upper 24 bits, share in the lower 8, in 1/255. A word is a term of
/// <see cref="TextAnalyzer"/>, or several with a space between them. Immutable; safe for use from several threads.
/// </remarks>
internal sealed class WordClasses
{
    /// <summary>Bytes before the notice.</summary>
    public const int HeaderSize = 64;

    /// <summary>Where the hash stands in the header.</summary>
    public const int HashOffset = 32;

    /// <summary>So many meanings of a name are kept, the most usual ones.</summary>
    public const int MostSenses = 2;

    private const int LongestWord = 128;
    private const int NameSize = (1 + MostSenses) * sizeof(int);

    private readonly ReadOnlyMemory<byte> _data;
    private readonly int _names;
    private readonly int _noticeLength;
    private readonly int _wordsAt;
    private readonly int _startsAt;
    private readonly int _namesAt;
    private readonly int _classesAt;
    private readonly int _membersAt;

    /// <summary>Reads the header.</summary>
    /// <param name="data">The table; must stay readable and unchanged as long as this is used.</param>
    /// <exception cref="InvalidDataException">It is not a table of this format, or it is cut off.</exception>
    public WordClasses(ReadOnlyMemory<byte> data)
    {
        _data = data;
        if (data.Length < HeaderSize || !data.Span.StartsWith(Magic))
        {
            throw new InvalidDataException("This is not a table of word classes of format 1.");
        }

        int words = Number(8);
        _names = Number(16);
        _noticeLength = Number(28);
        _wordsAt = HeaderSize + _noticeLength;
        _startsAt = _wordsAt + Number(12);
        _namesAt = _startsAt + ((words + 1) * sizeof(int));
        _classesAt = _namesAt + (_names * NameSize);
        _membersAt = _classesAt + ((Number(20) + 1) * sizeof(int));
        if (data.Length != _membersAt + ((long)Number(24) * sizeof(int)))
        {
            throw new InvalidDataException($"A table of word classes is cut off or damaged: it has {data.Length} bytes.");
        }
    }

    /// <summary>The first bytes of a table.</summary>
    public static ReadOnlySpan<byte> Magic => "MEMOSWC1"u8;

    /// <summary>The table that ships with this assembly, mapped on first use.</summary>
    public static WordClasses Shared { get; } = new(ImageMemory.Open(typeof(WordClasses).Assembly, "wordnet.classes"));

    /// <summary>How many names of classes there are.</summary>
    public int Names => _names;

    /// <summary>The notice under which the table may be passed on.</summary>
    public string Notice => Encoding.UTF8.GetString(_data.Span.Slice(HeaderSize, _noticeLength));

    /// <summary>SHA-256 of all bytes but the hash itself, as it was written.</summary>
    public ReadOnlySpan<byte> Hash => _data.Span.Slice(HashOffset, 32);

    /// <summary>Finds the classes that a name can mean, the most usual first.</summary>
    /// <param name="name">A term, or several with a space between them.</param>
    /// <returns>None when the name is not known, or means nothing that other words belong to.</returns>
    public ImmutableArray<WordClass> Find(ReadOnlySpan<char> name)
    {
        Span<byte> word = stackalloc byte[LongestWord];
        if (!Encoding.UTF8.TryGetBytes(name, word, out int length))
        {
            return [];
        }

        int low = 0;
        int high = _names - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int at = _namesAt + (middle * NameSize);
            int order = Word(Number(at)).SequenceCompareTo(word[..length]);
            if (order == 0)
            {
                return SensesAt(at + sizeof(int));
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return [];
    }

    /// <summary>Computes the hash of a table.</summary>
    public static byte[] ComputeHash(ReadOnlySpan<byte> table)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(table[..HashOffset]);
        hash.AppendData(table[HeaderSize..]);
        return hash.GetHashAndReset();
    }

    /// <summary>The word of a member, in UTF-8.</summary>
    internal ReadOnlySpan<byte> WordOf(int member) => Word((int)((uint)Number(_membersAt + (member * sizeof(int)), signed: true) >> 8));

    /// <summary>The share of a member.</summary>
    internal float ShareOf(int member) => _data.Span[_membersAt + (member * sizeof(int))] * (1f / 255);

    private ImmutableArray<WordClass> SensesAt(int at)
    {
        ImmutableArray<WordClass>.Builder senses = ImmutableArray.CreateBuilder<WordClass>(MostSenses);
        for (int sense = 0; sense < MostSenses; sense++)
        {
            int number = Number(at + (sense * sizeof(int)), signed: true);
            if (number >= 0)
            {
                int bounds = _classesAt + (number * sizeof(int));
                senses.Add(new WordClass(this, Number(bounds), Number(bounds + sizeof(int))));
            }
        }

        return senses.DrainToImmutable();
    }

    private ReadOnlySpan<byte> Word(int number)
    {
        int at = _startsAt + (number * sizeof(int));
        int start = Number(at);
        return _data.Span.Slice(_wordsAt + start, Number(at + sizeof(int)) - start);
    }

    // The table lies at any address, so numbers are read as unaligned ones.
    private int Number(int at, bool signed = false) => BinaryPrimitives.ReadInt32LittleEndian(_data.Span[at..]) is var number && (signed || number >= 0)
        ? number
        : throw new InvalidDataException("A table of word classes is damaged.");
}
