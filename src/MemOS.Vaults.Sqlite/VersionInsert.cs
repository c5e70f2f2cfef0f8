using System.Buffers;
using System.Text.Json;
using MemOS.Cubes;

namespace MemOS.Vaults.Sqlite;

/// <summary>Inserts version rows.</summary>
internal sealed class VersionInsert(Database database, TextTable texts)
{
    private readonly Statement _insert = database.Prepare(
        "INSERT INTO version(sequence, cube, branch, number, tx_from, state, kind, valid_from, valid_to, text_hash, fact_key, payload, header, text, sum) " +
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

    private readonly ArrayBufferWriter<byte> _json = new(1024);
    private Utf8JsonWriter? _writer;

    /// <summary>Inserts the row and returns its checksum, as long as no version follows it.</summary>
    public long Run(MemCube cube, long branch, long? knownHash)
    {
        var payload = cube.Payload as StoredPayload;
        long? textHash = branch == 0 && cube.Text is { } plain ? knownHash ?? TextIdentity.Hash(cube.Descriptive.Speaker, plain) : null;
        ReadOnlySpan<byte> header = Encode(HeaderCodec.Encode(cube));
        Span<byte> id = stackalloc byte[16];
        cube.Id.Value.TryWriteBytes(id, bigEndian: true, out _);
        var sum = new RowSum(cube.Sequence);
        sum.Add(id);
        sum.Add(branch);
        sum.Add(cube.Version);
        sum.Add(cube.TxFrom.UtcTicks);
        sum.Add((long)cube.State);
        sum.Add((long)cube.Payload.Kind);
        sum.Add(cube.Valid.From?.UtcTicks);
        sum.Add(cube.Valid.To?.UtcTicks);
        sum.Add(textHash);
        sum.Add(cube.Descriptive.FactKey);

        _insert.Bind(0, cube.Sequence);
        _insert.Bind(1, id);
        _insert.Bind(2, branch);
        _insert.Bind(3, cube.Version);
        _insert.Bind(4, cube.TxFrom.UtcTicks);
        _insert.Bind(5, (long)cube.State);
        _insert.Bind(6, (long)cube.Payload.Kind);
        _insert.Bind(7, cube.Valid.From?.UtcTicks);
        _insert.Bind(8, cube.Valid.To?.UtcTicks);
        _insert.Bind(9, textHash);
        _insert.Bind(10, cube.Descriptive.FactKey);
        if (payload is null)
        {
            _insert.BindNull(11);
            sum.Add(-1L);
        }
        else
        {
            byte[] hash = Convert.FromHexString(payload.Hash.Value);
            _insert.Bind(11, hash);
            sum.Add(hash);
        }

        _insert.Bind(12, header);
        sum.Add(header);
        if (cube.Text is { } text)
        {
            StoredText.Bind(_insert, 13, text, ref sum);
        }
        else
        {
            _insert.BindNull(13);
            sum.Add(-1L);
        }

        _insert.Bind(14, sum.Value);
        _insert.Execute();
        if (textHash is { } noted)
        {
            texts.Add(noted, cube.Sequence);
        }

        return sum.Value;
    }

    private ReadOnlySpan<byte> Encode(StoredHeader header)
    {
        _json.ResetWrittenCount();
        _writer ??= new Utf8JsonWriter(_json, new JsonWriterOptions { Encoder = StoredJson.Compact.Options.Encoder, SkipValidation = true });
        _writer.Reset();
        HeaderWriter.Write(_writer, header);
        _writer.Flush();
        return _json.WrittenSpan;
    }
}
