using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MemOS.SideBySide;

// The vault's side of the protocol described in ../side-by-side/README.md: one command a process, one line of JSON as its answer.
string[] commands = ["vectors", "add-single", "add-batch", "add-concurrent", "recall", "cold"];

Answer? answer = args switch
{
    ["commands"] => new Answer("commands") { Commands = commands },
    ["vectors", var corpus, var count] => new Answer("vectors") { Hashes = VectorHashes(corpus, Number(count)) },
    ["add-single", var folder, var corpus, var skip, var count] => await VaultCommands.AddSingleAsync(folder, corpus, Number(skip), Number(count)),
    ["add-batch", var folder, var corpus, var skip, var count, var size] => await VaultCommands.AddBatchAsync(folder, corpus, Number(skip), Number(count), Number(size)),
    ["add-concurrent", var folder, var corpus, var skip, var count, var adders] => await VaultCommands.AddConcurrentAsync(folder, corpus, Number(skip), Number(count), Number(adders)),
    ["recall", var folder, var queries, var warmups] => await VaultCommands.RecallAsync(folder, queries, Number(warmups)),
    ["cold", var folder, var question] => await VaultCommands.ColdAsync(folder, question),
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
