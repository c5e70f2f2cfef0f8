using System.Collections.Immutable;
using MemOS.Cubes;

namespace MemOS.Operator.Recall.Snapshots;

/// <summary>How the values of a table are written and read.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="Write">Writes one.</param>
/// <param name="Read">Reads one.</param>
internal sealed record ValueCodec<T>(Action<BinaryWriter, T> Write, Func<BinaryReader, T> Read);

/// <summary>The codecs of the values that the index keeps.</summary>
internal static class ValueCodec
{
    public static ValueCodec<string> Text { get; } = new((writer, value) => writer.Write(value), reader => reader.ReadString());

    public static ValueCodec<string[]> List { get; } = new(WriteList, ReadList);

    public static ValueCodec<ImmutableSortedDictionary<string, string>> Info { get; } = new(
        (writer, value) =>
        {
            writer.Write7BitEncodedInt(value.Count);
            foreach ((string key, string text) in value)
            {
                writer.Write(key);
                writer.Write(text);
            }
        },
        reader =>
        {
            var info = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            for (int left = reader.Read7BitEncodedInt(); left > 0; left--)
            {
                string key = reader.ReadString();
                info[key] = reader.ReadString();
            }

            return info.ToImmutable();
        });

    /// <summary>Of a header only the rules on who may read what.</summary>
    public static ValueCodec<GovernanceHeader> AccessRule { get; } = new(
        (writer, value) =>
        {
            writer.Write((int)value.Access.Layer);
            WriteList(writer, [.. value.Access.Readers]);
            WriteList(writer, [.. value.Access.Writers]);
            writer.Write7BitEncodedInt(value.Restricted is null ? 0 : value.Restricted.Count + 1);
            foreach ((string field, ImmutableSortedSet<string> allowed) in value.Restricted ?? ImmutableSortedDictionary<string, ImmutableSortedSet<string>>.Empty)
            {
                writer.Write(field);
                WriteList(writer, [.. allowed]);
            }
        },
        reader =>
        {
            var access = new AccessScope { Layer = (AccessLayer)reader.ReadInt32(), Readers = [.. ReadList(reader)], Writers = [.. ReadList(reader)] };
            int restricted = reader.Read7BitEncodedInt();
            if (restricted == 0)
            {
                return new GovernanceHeader { Access = access };
            }

            var fields = ImmutableSortedDictionary.CreateBuilder<string, ImmutableSortedSet<string>>();
            for (int left = restricted - 1; left > 0; left--)
            {
                string field = reader.ReadString();
                fields[field] = [.. ReadList(reader)];
            }

            return new GovernanceHeader { Access = access, Restricted = fields.ToImmutable() };
        });

    private static void WriteList(BinaryWriter writer, string[] list)
    {
        writer.Write7BitEncodedInt(list.Length);
        foreach (string element in list)
        {
            writer.Write(element);
        }
    }

    private static string[] ReadList(BinaryReader reader)
    {
        string[] list = new string[reader.Read7BitEncodedInt()];
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = reader.ReadString();
        }

        return list;
    }
}
