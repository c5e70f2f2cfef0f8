using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MemOS.SideBySide;

// The vault's side of the protocol described in ../side-by-side/README.md: one command a process, one line of JSON as its answer.
string[] commands = ["vectors"];

Answer? answer = args switch
{
    ["commands"] => new Answer("commands") { Commands = commands },
    ["vectors", var corpus, var count] => new Answer("vectors") { Hashes = VectorHashes(corpus, Number(count)) },
    _ => null,
};
if (answer is null)
{
    await Console.Error.WriteLineAsync($"Unknown command \"{string.Join(' ', args)}\". Commands: commands, {string.Join(", ", commands)}.");
    return 2;
}

Console.WriteLine(JsonSerializer.Serialize(answer, ProtocolJsonContext.Default.Answer));
return 0;

static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

static IReadOnlyList<string> VectorHashes(string corpus, int count) =>
    [.. CorpusReader.Messages(corpus, 0, count)
        .Select(message => Convert.ToHexStringLower(SHA256.HashData(LittleEndian(HashEmbedder.Embed(message.Text)))))];

static byte[] LittleEndian(float[] vector)
{
    var bytes = new byte[vector.Length * sizeof(float)];
    for (var i = 0; i < vector.Length; i++)
    {
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
    }

    return bytes;
}
