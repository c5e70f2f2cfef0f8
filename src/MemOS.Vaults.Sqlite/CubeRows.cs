using System.Text.Json;
using MemOS.Cubes;

namespace MemOS.Vaults.Sqlite;

/// <summary>The columns of a version row and how a version is made of them.</summary>
internal static class CubeRows
{
    /// <summary>What every query of versions selects, in the order that <see cref="Decode"/> expects.</summary>
    public const string Columns =
        "v.sequence, v.cube, v.number, v.tx_from, v.tx_to, v.state, v.kind, v.valid_from, v.valid_to, v.fact_key, v.payload, v.header, v.text, v.sum, v.branch, " +
        "CASE v.branch WHEN 0 THEN NULL ELSE (SELECT name FROM branch b WHERE b.number = v.branch) END, v.text_hash";

    /// <summary>Where <see cref="Columns"/> come from.</summary>
    public const string From = "FROM version v";

    /// <summary>The number of columns.</summary>
    public const int Count = 17;

    /// <summary>The end of a current version, as it stands in the column.</summary>
    public const long NoEnd = long.MaxValue;

    /// <summary>Mixes the end of a version's time into its checksum; a second call with the same time takes it out again.</summary>
    public static long WithEnd(long sum, long txTo) => txTo == NoEnd ? sum : sum ^ (long)RowSum.Mix((ulong)txTo);

    /// <exception cref="MemOSException">The row does not have its checksum (<see cref="ErrorCodes.Corrupted"/>).</exception>
    public static MemCube Decode(Statement row, string file)
    {
        long sequence = row.Int64(0);
        long txTo = row.Int64(4);
        if (!HasItsSum(row))
        {
            throw SqliteErrors.Corrupted(file, $"version {sequence} does not have its checksum");
        }

        try
        {
            StoredHeader header = HeaderReader.Read(row.Bytes(11));
            DateTimeOffset txFrom = Ticks.Decode(row.Int64(3));
            return new MemCube
            {
                Id = new CubeId(row.Guid(1)),
                Version = row.Int32(2),
                Branch = DecodeBranch(row, sequence, file),
                Sequence = sequence,
                State = (CubeState)row.Int32(5),
                Descriptive = HeaderCodec.DecodeDescriptive(header, txFrom, row.NullableText(9)),
                Governance = HeaderCodec.DecodeGovernance(header),
                Payload = DecodePayload(row, header),
                Valid = new TimeInterval(
                    row.NullableInt64(7) is { } from ? Ticks.Decode(from) : null,
                    row.NullableInt64(8) is { } to ? Ticks.Decode(to) : null),
                TxFrom = txFrom,
                TxTo = txTo == NoEnd ? null : Ticks.Decode(txTo),
                Sources = HeaderCodec.DecodeSources(header),
                Fingerprint = header.Fingerprint is null ? null : ContextualFingerprint.TryParse(header.Fingerprint, out ContextualFingerprint fingerprint)
                    ? fingerprint
                    : throw SqliteErrors.Corrupted(file, $"version {sequence} has no readable fingerprint"),
                Lineage = HeaderCodec.DecodeLineage(header),
            };
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw SqliteErrors.Corrupted(file, $"version {sequence} cannot be read", error);
        }
    }

    /// <summary>Whether a row has its checksum.</summary>
    public static bool HasItsSum(Statement row) => SumWith(row, row.NullableInt64(16)) == row.Int64(13);

    /// <summary>The checksum of a row with a hash of its text.</summary>
    public static long SumWith(Statement row, long? textHash) => WithEnd(Sum(row, textHash), row.Int64(4));

    private static long Sum(Statement row, long? textHash)
    {
        var sum = new RowSum(row.Int64(0));
        sum.AddColumn(row, 1);
        sum.Add(row.Int64(14));
        sum.Add(row.Int64(2));
        sum.Add(row.Int64(3));
        sum.Add(row.Int64(5));
        sum.Add(row.Int64(6));
        sum.Add(row.NullableInt64(7));
        sum.Add(row.NullableInt64(8));
        sum.Add(textHash);
        sum.AddColumn(row, 9);
        sum.AddColumn(row, 10);
        sum.AddColumn(row, 11);
        sum.AddColumn(row, 12);
        return sum.Value;
    }

    private static BranchName DecodeBranch(Statement row, long sequence, string file) => row.Int64(14) == 0 ? default :
        row.NullableText(15) is { } name ? new BranchName(name) : throw SqliteErrors.Corrupted(file, $"version {sequence} is on a branch that is not there");

    private static CubePayload DecodePayload(Statement row, StoredHeader header)
    {
        var kind = (PayloadKind)row.Int32(6);
        return kind == PayloadKind.Plaintext
            ? new PlaintextPayload(StoredText.Read(row, 12))
            : new StoredPayload(kind, ContentHash.FromDigest(row.Bytes(10)), header.PayloadLength, header.PayloadFormat ?? "");
    }
}
