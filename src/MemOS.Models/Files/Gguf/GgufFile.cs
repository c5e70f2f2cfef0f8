using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;

namespace MemOS.Models.Files.Gguf;

/// <summary>A file in the GGUF format, version 3: what it says of itself, and its tensors, read when they are asked for.</summary>
internal sealed class GgufFile
{
    private const int Version = 3;
    private const int DeepestList = 8;
    private const int BlockValues = 32; // of TensorEncoding.Q8_0: a scale of half precision, then as many signed bytes

    private readonly string path;
    private readonly Dictionary<string, string> facts = [];
    private readonly Dictionary<string, GgufTensorPlace> tensors = [];

    private GgufFile(string path) => this.path = path;

    /// <summary>Facts that are one value each, as invariant text; lists are left out.</summary>
    public IReadOnlyDictionary<string, string> Facts => facts;

    public IReadOnlyDictionary<string, GgufTensorPlace> Tensors => tensors;

    /// <summary>Reads the directory of a file.</summary>
    /// <exception cref="ModelException">It is not there, or no whole GGUF file.</exception>
    public static GgufFile Open(string path)
    {
        GgufFile file = new(path);
        try
        {
            using FileStream stream = File.OpenRead(path);
            using BinaryReader reader = new(stream, Encoding.UTF8);
            file.ReadDirectory(reader);
            return file;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException(ModelErrorCodes.ModelNotFound, $"There is no file '{path}'.", exception);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or OverflowException or FormatException or DecoderFallbackException)
        {
            throw new ModelException(ModelErrorCodes.ModelUnusable, $"{Path.GetFileName(path)} is no whole GGUF file of version {Version}.", exception);
        }
    }

    /// <summary>The values of a tensor.</summary>
    /// <exception cref="ModelException">There is none of this name, or it is stored in a way that is not read here.</exception>
    public float[] Read(string name)
    {
        GgufTensorPlace place = tensors.GetValueOrDefault(name) ?? throw new ModelException(ModelErrorCodes.ModelUnusable, $"{Path.GetFileName(path)} has no tensor {name}.");
        using FileStream stream = File.OpenRead(path);
        if (place.Bytes > stream.Length - place.Offset)
        {
            throw new ModelException(ModelErrorCodes.ModelUnusable, $"{Path.GetFileName(path)} ends within {name}; it was cut short.");
        }

        float[] values = new float[place.Count];
        stream.Position = place.Offset;
        switch (place.Encoding)
        {
            case TensorEncoding.F32:
                stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
                break;
            case TensorEncoding.F16:
                Half[] halves = new Half[place.Count];
                stream.ReadExactly(MemoryMarshal.AsBytes(halves.AsSpan()));
                TensorPrimitives.ConvertToSingle(halves, values);
                break;
            case TensorEncoding.Q8_0:
                ReadBlocks(stream, values);
                break;
            default:
                throw new ModelException(ModelErrorCodes.ModelUnusable, $"{name} of {Path.GetFileName(path)} is stored in a way that is not read here; use a file in F32, F16 or Q8_0.");
        }

        return values;
    }

    private static void ReadBlocks(FileStream stream, Span<float> values)
    {
        byte[] block = new byte[sizeof(ushort) + BlockValues];
        for (int at = 0; at < values.Length; at += BlockValues)
        {
            stream.ReadExactly(block);
            float scale = (float)BitConverter.ToHalf(block);
            for (int i = 0; i < BlockValues; i++)
            {
                values[at + i] = scale * (sbyte)block[sizeof(ushort) + i];
            }
        }
    }

    private void ReadDirectory(BinaryReader reader)
    {
        if (!reader.ReadBytes(4).AsSpan().SequenceEqual("GGUF"u8) || reader.ReadInt32() != Version)
        {
            throw new InvalidDataException("The beginning is that of another format.");
        }

        long tensorCount = reader.ReadInt64(), factCount = reader.ReadInt64();
        for (long fact = 0; fact < factCount; fact++)
        {
            string key = Text(reader);
            if (Value(reader, (GgufValueType)reader.ReadInt32()) is { } value)
            {
                facts[key] = value;
            }
        }

        for (long tensor = 0; tensor < tensorCount; tensor++)
        {
            string name = Text(reader);
            long[] dimensions = new long[reader.ReadInt32() is > 0 and <= 4 and int count ? count : throw new InvalidDataException("A tensor has one to four dimensions.")];
            for (int i = 0; i < dimensions.Length; i++)
            {
                dimensions[i] = reader.ReadInt64();
            }

            GgufTensorPlace place = new(dimensions, (TensorEncoding)reader.ReadInt32(), reader.ReadInt64());
            tensors[name] = dimensions.All(size => size > 0) && place.Count <= Array.MaxLength && place.Offset >= 0 && IsWhole(place) ? place : throw new InvalidDataException("A tensor has no such size or place.");
        }

        long alignment = facts.TryGetValue("general.alignment", out string? told) ? long.Parse(told, CultureInfo.InvariantCulture) : 32;
        if (alignment is < 1 or > int.MaxValue)
        {
            throw new InvalidDataException("There is no such alignment.");
        }

        long start = (reader.BaseStream.Position + alignment - 1) / alignment * alignment;
        foreach ((string name, GgufTensorPlace place) in tensors.ToArray())
        {
            tensors[name] = place with { Offset = checked(start + place.Offset) };
        }
    }

    private static bool IsWhole(GgufTensorPlace place) => place.Encoding is not TensorEncoding.Q8_0 || place.Dimensions[0] % BlockValues == 0;

    private static string Text(BinaryReader reader)
    {
        long length = reader.ReadInt64();
        return length >= 0 && length <= reader.BaseStream.Length - reader.BaseStream.Position && length <= Array.MaxLength ? Encoding.UTF8.GetString(reader.ReadBytes((int)length)) : throw new InvalidDataException("A text has no such length.");
    }

    // Null for a list, which is passed over.
    private static string? Value(BinaryReader reader, GgufValueType type, int depth = 0)
    {
        if (type is GgufValueType.Array)
        {
            GgufValueType item = depth < DeepestList ? (GgufValueType)reader.ReadInt32() : throw new InvalidDataException("Lists are not so deep.");
            for (long count = reader.ReadInt64(); count > 0; count--)
            {
                Value(reader, item, depth + 1);
            }

            return null;
        }

        if (type is GgufValueType.String)
        {
            return Text(reader);
        }

        double number = type switch
        {
            GgufValueType.UInt8 => reader.ReadByte(),
            GgufValueType.Bool => reader.ReadByte(),
            GgufValueType.Int8 => reader.ReadSByte(),
            GgufValueType.UInt16 => reader.ReadUInt16(),
            GgufValueType.Int16 => reader.ReadInt16(),
            GgufValueType.UInt32 => reader.ReadUInt32(),
            GgufValueType.Int32 => reader.ReadInt32(),
            GgufValueType.UInt64 => reader.ReadUInt64(),
            GgufValueType.Int64 => reader.ReadInt64(),
            GgufValueType.Float32 => reader.ReadSingle(),
            GgufValueType.Float64 => reader.ReadDouble(),
            _ => throw new InvalidDataException("There is no such kind of value."),
        };
        return number.ToString(CultureInfo.InvariantCulture);
    }
}
