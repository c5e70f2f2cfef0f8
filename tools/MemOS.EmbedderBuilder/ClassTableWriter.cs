using System.Buffers.Binary;
using System.Text;
using MemOS.Text.Classes;

namespace MemOS.EmbedderBuilder;

/// <summary>Writes tables in the format of <see cref="WordClasses"/>.</summary>
internal sealed class ClassTableWriter(string notice)
{
    private readonly SortedDictionary<string, int[]> _names = new(StringComparer.Ordinal);
    private readonly List<(string Word, float Share)[]> _classes = [];

    /// <summary>Adds a class.</summary>
    /// <returns>Its number.</returns>
    public int AddClass(IEnumerable<(string Word, float Share)> members)
    {
        _classes.Add([.. members.DistinctBy(member => member.Word).OrderBy(member => member.Word, StringComparer.Ordinal)]);
        return _classes.Count - 1;
    }

    /// <summary>Adds a name. The first classes for it stay.</summary>
    /// <param name="name">The name.</param>
    /// <param name="classes">The numbers of its classes, the most usual first; -1 for one that is left out.</param>
    public void AddName(string name, int[] classes) => _names.TryAdd(name, classes);

    /// <summary>The table.</summary>
    public byte[] ToArray()
    {
        // The words are in the order of their UTF-8, which is that of the names' search.
        string[] words = [.. _classes.SelectMany(members => members.Select(member => member.Word)).Concat(_names.Keys).Distinct().Order(StringComparer.Ordinal)];
        Dictionary<string, int> numbers = words.Index().ToDictionary(word => word.Item, word => word.Index);
        byte[] text = Encoding.UTF8.GetBytes(notice);
        using MemoryStream body = new();
        using BinaryWriter writer = new(body); // little-endian everywhere
        writer.Write(text);
        List<int> starts = [0];
        foreach (string word in words)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(word);
            writer.Write(bytes);
            starts.Add(starts[^1] + bytes.Length);
        }

        starts.ForEach(writer.Write);
        foreach ((string name, int[] classes) in _names)
        {
            writer.Write(numbers[name]);
            for (int sense = 0; sense < WordClasses.MostSenses; sense++)
            {
                writer.Write(sense < classes.Length ? classes[sense] : -1);
            }
        }

        int members = 0;
        foreach ((string, float)[] one in _classes)
        {
            writer.Write(members);
            members += one.Length;
        }

        writer.Write(members);
        foreach ((string word, float share) in _classes.SelectMany(one => one))
        {
            writer.Write(((uint)numbers[word] << 8) | (uint)Math.Clamp(MathF.Round(share * 255), 1, 255));
        }

        writer.Flush();
        byte[] table = new byte[WordClasses.HeaderSize + body.Length];
        WordClasses.Magic.CopyTo(table);
        int at = WordClasses.Magic.Length;
        foreach (int number in (ReadOnlySpan<int>)[words.Length, starts[^1], _names.Count, _classes.Count, members, text.Length])
        {
            BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(at), number);
            at += sizeof(int);
        }

        body.ToArray().CopyTo(table, WordClasses.HeaderSize);
        WordClasses.ComputeHash(table).CopyTo(table, WordClasses.HashOffset);
        return table;
    }
}
