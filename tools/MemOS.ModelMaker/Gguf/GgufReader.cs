using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;

namespace MemOS.ModelMaker.Gguf;

/// <summary>Reads the tensors of files that <see cref="GgufWriter"/> wrote, in <see cref="TensorEncoding.F32"/> and <see cref="TensorEncoding.F16"/>.</summary>
internal static class GgufReader
{
    private const int Alignment = 32;

    public static IReadOnlyDictionary<string, float[]> ReadTensors(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using BinaryReader reader = new(stream, Encoding.UTF8);
        if (!reader.ReadBytes(4).AsSpan().SequenceEqual("GGUF"u8) || reader.ReadInt32() != 3)
        {
            throw new InvalidDataException($"{path} is not a GGUF file of version 3.");
        }

        long tensors = reader.ReadInt64(), facts = reader.ReadInt64();
        for (long fact = 0; fact < facts; fact++)
        {
            Text(reader);
            Skip(reader, (GgufValueType)reader.ReadInt32());
        }

        List<(string Name, long Values, TensorEncoding Encoding, long Offset)> directory = [];
        for (long tensor = 0; tensor < tensors; tensor++)
        {
            string name = Text(reader);
            long values = 1;
            for (int dimension = reader.ReadInt32(); dimension > 0; dimension--)
            {
                values *= reader.ReadInt64();
            }

            directory.Add((name, values, (TensorEncoding)reader.ReadInt32(), reader.ReadInt64()));
        }

        long start = (stream.Position + Alignment - 1) / Alignment * Alignment;
        return directory.ToDictionary(tensor => tensor.Name, tensor => Values(reader, start + tensor.Offset, tensor.Values, tensor.Encoding));
    }

    private static float[] Values(BinaryReader reader, long at, long count, TensorEncoding encoding)
    {
        reader.BaseStream.Position = at;
        float[] values = new float[count];
        switch (encoding)
        {
            case TensorEncoding.F32:
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
                break;
            case TensorEncoding.F16:
                Half[] halves = new Half[count];
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(halves.AsSpan()));
                TensorPrimitives.ConvertToSingle(halves, values);
                break;
            default:
                throw new InvalidDataException($"Tensors stored as {encoding} are not read back.");
        }

        return values;
    }

    private static string Text(BinaryReader reader) => Encoding.UTF8.GetString(reader.ReadBytes(checked((int)reader.ReadInt64())));

    private static void Skip(BinaryReader reader, GgufValueType type)
    {
        switch (type)
        {
            case GgufValueType.String:
                Text(reader);
                break;
            case GgufValueType.Array:
                GgufValueType item = (GgufValueType)reader.ReadInt32();
                for (long count = reader.ReadInt64(); count > 0; count--)
                {
                    Skip(reader, item);
                }

                break;
            default:
                reader.ReadBytes(type == GgufValueType.Bool ? 1 : 4);
                break;
        }
    }
}
