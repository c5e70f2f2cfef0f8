using System.Text;
using MemOS.Models.Files.Gguf;

namespace MemOS.ModelMaker.Gguf;

/// <summary>Writes model files in the GGUF format, version 3: facts about the model first, then its tensors, aligned.</summary>
internal sealed class GgufWriter
{
    private const int Alignment = 32;

    private readonly List<(string Key, GgufValueType Type, Action<BinaryWriter> Write)> facts = [];
    private readonly List<GgufTensor> tensors = [];

    public GgufWriter(string architecture) => Add("general.architecture", architecture);

    public void Add(string key, string value) => facts.Add((key, GgufValueType.String, writer => WriteText(writer, value)));

    public void Add(string key, uint value) => facts.Add((key, GgufValueType.UInt32, writer => writer.Write(value)));

    public void Add(string key, float value) => facts.Add((key, GgufValueType.Float32, writer => writer.Write(value)));

    public void Add(string key, bool value) => facts.Add((key, GgufValueType.Bool, writer => writer.Write(value)));

    public void Add(string key, IReadOnlyList<string> values) => AddArray(key, GgufValueType.String, values, WriteText);

    public void Add(string key, IReadOnlyList<float> values) => AddArray(key, GgufValueType.Float32, values, (writer, value) => writer.Write(value));

    public void Add(string key, IReadOnlyList<int> values) => AddArray(key, GgufValueType.Int32, values, (writer, value) => writer.Write(value));

    public void Add(GgufTensor tensor) => tensors.Add(tensor);

    /// <summary>Writes the file; one that exists is replaced when the new one is whole.</summary>
    public void Write(string path)
    {
        string partial = path + ".partial";
        using (FileStream stream = File.Create(partial))
        using (BinaryWriter writer = new(stream, new UTF8Encoding(false)))
        {
            writer.Write("GGUF"u8);
            writer.Write(3);
            writer.Write((long)tensors.Count);
            writer.Write((long)facts.Count);
            foreach ((string key, GgufValueType type, Action<BinaryWriter> write) in facts)
            {
                WriteText(writer, key);
                writer.Write((int)type);
                write(writer);
            }

            WriteDirectory(writer);
            foreach (GgufTensor tensor in tensors)
            {
                Align(writer);
                WriteRows(writer, tensor);
            }

            Align(writer);
        }

        File.Move(partial, path, overwrite: true);
    }

    private void WriteDirectory(BinaryWriter writer)
    {
        long offset = 0;
        foreach (GgufTensor tensor in tensors)
        {
            WriteText(writer, tensor.Name);
            writer.Write(tensor.Dimensions.Length);
            foreach (long size in tensor.Dimensions)
            {
                writer.Write(size);
            }

            writer.Write((int)tensor.Encoding);
            writer.Write(offset);
            offset += (tensor.Bytes + Alignment - 1) / Alignment * Alignment;
        }
    }

    private static void WriteRows(BinaryWriter writer, GgufTensor tensor)
    {
        float[] values = new float[tensor.RowLength];
        byte[] bytes = new byte[RowEncoder.RowBytes(tensor.Encoding, tensor.RowLength)];
        for (long row = 0; row < tensor.Rows; row++)
        {
            tensor.FillRow(row, values);
            RowEncoder.Encode(tensor.Encoding, values, bytes);
            writer.Write(bytes);
        }
    }

    private static void Align(BinaryWriter writer)
    {
        writer.Flush();
        int behind = (int)(writer.BaseStream.Position % Alignment);
        writer.Write(new byte[behind == 0 ? 0 : Alignment - behind]);
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((long)bytes.Length);
        writer.Write(bytes);
    }

    private void AddArray<T>(string key, GgufValueType type, IReadOnlyList<T> values, Action<BinaryWriter, T> write)
    {
        facts.Add((key, GgufValueType.Array, WriteAll));

        void WriteAll(BinaryWriter writer)
        {
            writer.Write((int)type);
            writer.Write((long)values.Count);
            foreach (T value in values)
            {
                write(writer, value);
            }
        }
    }
}
