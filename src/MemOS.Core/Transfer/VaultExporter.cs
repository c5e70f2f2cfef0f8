using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Reader;
using MemOS.Transformations;
using MemOS.Vaults;

namespace MemOS.Transfer;

/// <summary>Writes a vault, or some of its cubes, as JSON Lines (paper, MemDumper): readable by people, by other programs, and for ever.</summary>
/// <remarks>
/// The first line describes the vault; then come all messages, all versions of all cubes on all branches with their uses and payload bytes, and the audit log, newest
/// entry first; the last line counts them, so that a file that was cut off shows. Each line has a <c>kind</c>: <c>vault</c>, <c>message</c>, <c>payload</c>
/// (a part of the bytes under a hash, in base64), <c>cube</c>, <c>usage</c>, <c>audit</c>, <c>end</c>. Everything but the payload bytes, which never change, is read from one
/// consistent view; writes that go on meanwhile are not in it. What is still to be done stays behind: jobs, and cartridges that were ordered and are not trained.
/// <see cref="VaultImporter"/> reads it back.
/// </remarks>
public static class VaultExporter
{
    /// <summary>The version of the format, in the first line.</summary>
    public const int FormatVersion = 2;

    private const int AuditPage = 10_000;
    private const int PayloadPart = 1 << 20;

    // Safe outside HTML, which is where JSON Lines live; other letters than ASCII stay readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the vault. Blocks the calling thread while it does.</summary>
    /// <param name="vault">What to write.</param>
    /// <param name="output">Where to. Neither flushed nor closed.</param>
    /// <param name="exportedAt">The time to put in the first line.</param>
    /// <param name="cancellationToken">Stops between two lines; the output is then incomplete and has no last line.</param>
    public static ExportSummary Write(MemoryVault vault, TextWriter output, DateTimeOffset exportedAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(output);
        using LineWriter lines = new(output, cancellationToken);
        return vault.Read(reader => Write(lines, vault, reader, exportedAt, reader.ReadMessages(), Versions(reader), Audit(reader)));
    }

    /// <summary>Writes some cubes with all their versions, the members of composites among them, and the messages that they came from. No audit log.</summary>
    /// <param name="vault">Where they are.</param>
    /// <param name="cubes">Which.</param>
    /// <param name="output">Where to. Neither flushed nor closed.</param>
    /// <param name="exportedAt">The time to put in the first line.</param>
    /// <param name="cancellationToken">Stops between two lines; the output is then incomplete and has no last line.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.CubeNotFound"/>; nothing was written then.</exception>
    public static ExportSummary Write(
        MemoryVault vault, IReadOnlyList<CubeId> cubes, TextWriter output, DateTimeOffset exportedAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(cubes);
        ArgumentNullException.ThrowIfNull(output);
        IReadOnlyList<IReadOnlyList<MemCube>> histories = CubeMigration.Histories(vault, cubes);
        using LineWriter lines = new(output, cancellationToken);
        return vault.Read(reader =>
            Write(lines, vault, reader, exportedAt, CubeMigration.Messages(vault, histories), histories.SelectMany(versions => versions), []));
    }

    private static ExportSummary Write(
        LineWriter lines, MemoryVault vault, IVaultReader reader, DateTimeOffset exportedAt, IEnumerable<Message> exported, IEnumerable<MemCube> cubesToWrite, IEnumerable<AuditEntry> log)
    {
        lines.Write("vault", json =>
        {
            json.WriteNumber("format", FormatVersion);
            json.WriteString("vault", vault.Id.Value);
            json.WriteNumber("last_sequence", reader.LastSequence);
            json.WriteString("exported_at", exportedAt);
        });
        long messages = 0;
        foreach (Message message in exported)
        {
            lines.Write("message", json => MessageJson.WriteFields(json, message));
            messages++;
        }

        HashSet<CubeId> cubes = [];
        HashSet<ContentHash> payloads = [];
        long versions = 0;
        foreach (MemCube version in cubesToWrite)
        {
            if (version.Payload is StoredPayload payload && payloads.Add(payload.Hash))
            {
                WritePayload(lines, vault, version, payload);
            }

            if (cubes.Add(version.Id) && CubeMigration.UsageOf(vault, version.Id) is { } usage)
            {
                lines.Write("usage", json => CubeJson.WriteFields(json, usage));
            }

            lines.Write("cube", json => CubeJson.WriteFields(json, version));
            versions++;
        }

        long audit = 0;
        foreach (AuditEntry entry in log)
        {
            lines.Write("audit", json => WriteFields(json, entry));
            audit++;
        }

        ExportSummary summary = new(messages, cubes.Count, versions, audit);
        lines.Write("end", json =>
        {
            json.WriteNumber("messages", summary.Messages);
            json.WriteNumber("cubes", summary.Cubes);
            json.WriteNumber("versions", summary.Versions);
            json.WriteNumber("audit_entries", summary.AuditEntries);
        });
        return summary;
    }

    private static void WritePayload(LineWriter lines, MemoryVault vault, MemCube version, StoredPayload payload)
    {
        using Stream bytes = vault.OpenPayload(version);
        byte[] part = new byte[(int)Math.Min(PayloadPart, Math.Max(1, payload.Length))];
        long at = 0;
        do
        {
            int read = bytes.ReadAtLeast(part, part.Length, throwOnEndOfStream: false);
            lines.Write("payload", json =>
            {
                json.WriteString("hash", payload.Hash.Value);
                json.WriteNumber("at", at);
                json.WriteNumber("of", payload.Length);
                json.WriteBase64String("bytes", part.AsSpan(0, read));
            });
            at += Math.Max(read, 1); // an empty payload has one empty part
        }
        while (at < payload.Length);
    }

    private static IEnumerable<MemCube> Versions(IVaultReader reader)
    {
        foreach (MemCube current in reader.ReadCurrent().Where(cube => !TrainingOrders.IsOrder(cube)))
        {
            foreach (MemCube version in reader.History(current.Id))
            {
                yield return version;
            }
        }

        foreach (Branch branch in reader.ReadBranches())
        {
            foreach (MemCube current in reader.ReadBranch(branch.Name).Where(cube => !TrainingOrders.IsOrder(cube)))
            {
                foreach (MemCube version in reader.History(current.Id, branch.Name))
                {
                    yield return version;
                }
            }
        }
    }

    // The log is read in pages by time. Entries of one change share their time, so a page that is full gives up its oldest instant to the next page.
    private static IEnumerable<AuditEntry> Audit(IVaultReader reader)
    {
        DateTimeOffset? before = null;
        int limit = AuditPage;
        while (true)
        {
            IReadOnlyList<AuditEntry> page = reader.ReadAudit(new AuditQuery { Time = new TimeInterval(null, before), Limit = limit });
            bool full = page.Count == limit;
            DateTimeOffset oldest = page.Count > 0 ? page[^1].At : default;
            if (full && page[0].At == oldest)
            {
                limit *= 2; // one change wrote more entries than a page holds
                continue;
            }

            foreach (AuditEntry entry in page.Where(entry => !full || entry.At > oldest))
            {
                yield return entry;
            }

            if (!full)
            {
                yield break;
            }

            before = oldest.AddTicks(1);
            limit = AuditPage;
        }
    }

    private static void WriteFields(Utf8JsonWriter json, AuditEntry entry)
    {
        json.WriteNumber("sequence", entry.Sequence);
        json.WriteString("at", entry.At);
        json.WriteString("caller", entry.Caller);
        json.WriteString("operation", entry.Operation);
        if (!entry.Cube.IsDefault)
        {
            json.WriteString("cube", entry.Cube.Value);
            json.WriteNumber("version", entry.Version);
        }

        CubeJson.Optional(json, "detail", entry.Detail);
    }

    private sealed class LineWriter(TextWriter output, CancellationToken cancellationToken) : IDisposable
    {
        private readonly ArrayBufferWriter<byte> _buffer = new();
        private readonly Utf8JsonWriter _json = new(Stream.Null, Options);

        public void Write(string kind, Action<Utf8JsonWriter> fields)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _buffer.ResetWrittenCount();
            _json.Reset(_buffer);
            _json.WriteStartObject();
            _json.WriteString("kind", kind);
            fields(_json);
            _json.WriteEndObject();
            _json.Flush();
            output.Write(Encoding.UTF8.GetString(_buffer.WrittenSpan));
            output.Write('\n');
        }

        public void Dispose() => _json.Dispose();
    }
}
