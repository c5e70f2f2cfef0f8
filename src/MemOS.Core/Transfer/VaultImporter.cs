using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MemOS.Cubes;
using MemOS.Reader;
using MemOS.Transformations;
using MemOS.Vaults;

namespace MemOS.Transfer;

/// <summary>Reads what <see cref="VaultExporter"/> wrote into a vault (paper, MemLoader).</summary>
/// <remarks>
/// Ids, versions, policy, provenance, uses and payloads come back as they were; transaction times are those of the vault that takes them in. Each cube is there whole or not
/// at all, and importing again goes on where an import stopped. Branches and the audit log of the other vault stay in the file. Only for files whose origin is trusted: the
/// file says who may read a cube.
/// </remarks>
public sealed class VaultImporter
{
    private const int MessageBatch = 500;

    private readonly MemoryVault _vault;
    private readonly string _path;
    private readonly List<Message> _messages = [];
    private readonly List<MemCube> _versions = [];
    private readonly Dictionary<CubeId, UsageDelta> _usage = [];
    private string _origin = "";
    private PayloadAssembly? _payload;
    private RestoreSummary _summary = new(0, 0, 0, 0);

    private VaultImporter(MemoryVault vault, string path) => (_vault, _path) = (vault, path);

    /// <summary>Reads an export into the vault.</summary>
    /// <param name="vault">Where to.</param>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told after each write; null for nobody.</param>
    /// <param name="cancellationToken">Stops between two writes; calling again goes on.</param>
    /// <exception cref="MemOSException">
    /// <see cref="ErrorCodes.InvalidInput"/> when the file is cut off or is no export, naming the line; <see cref="ErrorCodes.FormatTooNew"/>;
    /// <see cref="ErrorCodes.VersionConflict"/> or <see cref="ErrorCodes.MessageIdConflict"/> when the vault holds something else under the same id. A file that is cut off changes
    /// nothing; what was taken in before another error stays.
    /// </exception>
    public static async Task<RestoreSummary> LoadAsync(
        MemoryVault vault, string path, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        using FileStream stream = MemLoader.Open(path);
        RequireEnd(stream, path);
        VaultImporter importer = new(vault, path);
        using StreamReader reader = TextStreams.Lines(stream);
        for (int number = 1; await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line; number++)
        {
            if (await importer.ReadAsync(line, number, cancellationToken).ConfigureAwait(false))
            {
                progress?.Report(new ImportProgress(stream.Position, stream.Length, importer._summary.Messages));
            }
        }

        return importer._summary;
    }

    /// <summary>Reads the messages and the current versions of an export without writing them.</summary>
    internal static async IAsyncEnumerable<Importers.ImportItem> ReadAsync(
        FileStream stream, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RequireEnd(stream, path);
        using StreamReader reader = TextStreams.Lines(stream);
        HashSet<CubeId> seen = [];
        for (int number = 1; await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line; number++)
        {
            string where = string.Create(CultureInfo.InvariantCulture, $"{path}, line {number}");
            using JsonDocument document = Parse(line, where);
            PackageFields fields = new(document.RootElement, where);
            switch (fields.Required("kind"))
            {
                case "message":
                    yield return new Importers.ImportItem(MessageJson.Read(fields), null);
                    break;
                case "cube" when CubeJsonReader.Read(fields) is var cube && !TrainingOrders.IsOrder(cube) && seen.Add(cube.Id):
                    yield return new Importers.ImportItem(null, new NewCube
                    {
                        Id = cube.Id,
                        Payload = cube.Payload,
                        Origin = cube.Descriptive.Origin,
                        Context = cube.Descriptive.Context,
                        SaidAt = cube.Descriptive.SaidAt,
                    });
                    break;
            }
        }
    }

    // The last line counts the others: without it the file was cut off, which is told before anything is written.
    private static void RequireEnd(FileStream stream, string path)
    {
        byte[] tail = new byte[(int)Math.Min(stream.Length, 4096)];
        stream.Position = stream.Length - tail.Length;
        stream.ReadExactly(tail);
        stream.Position = 0;
        ReadOnlySpan<byte> last = tail.AsSpan().TrimEnd("\r\n \t"u8);
        if (!last[(last.LastIndexOf((byte)'\n') + 1)..].StartsWith("{\"kind\":\"end\""u8))
        {
            throw TransferErrors.Invalid(path, "the last line of the export is missing: the file was cut off. Export the vault again.");
        }
    }

    /// <summary>Reads one line; true when something was written to the vault.</summary>
    private async Task<bool> ReadAsync(string line, int number, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return false;
        }

        string where = string.Create(CultureInfo.InvariantCulture, $"{_path}, line {number}");
        using JsonDocument document = Parse(line, where);
        PackageFields fields = new(document.RootElement, where);
        string kind = fields.Required("kind");
        if (number == 1 || kind == "vault")
        {
            ReadVault(fields, kind, number);
            return false;
        }

        bool written = kind != "message" && await FlushMessagesAsync(cancellationToken).ConfigureAwait(false);
        switch (kind)
        {
            case "message":
                _messages.Add(MessageJson.Read(fields));
                return _messages.Count >= MessageBatch && await FlushMessagesAsync(cancellationToken).ConfigureAwait(false);
            case "payload":
                await ReadPayloadAsync(fields, cancellationToken).ConfigureAwait(false);
                return true;
            case "usage":
                UsageDelta usage = CubeJsonReader.ReadUsage(fields);
                _usage[usage.Cube] = usage;
                return written;
            case "cube":
                return await AddAsync(CubeJsonReader.Read(fields), cancellationToken).ConfigureAwait(false) || written;
            case "audit":
                return written;
            case "end":
                await FlushCubeAsync(cancellationToken).ConfigureAwait(false);
                return true;
            default:
                throw fields.Invalid("kind", $"is '{kind}', which this release does not know");
        }
    }

    private void ReadVault(PackageFields fields, string kind, int number)
    {
        if (kind != "vault" || number != 1)
        {
            throw fields.Invalid("kind", "must be 'vault' on the first line, and only there");
        }

        long format = fields.Number("format", 1);
        if (format > VaultExporter.FormatVersion)
        {
            throw new MemOSException(
                ErrorCodes.FormatTooNew, $"{_path} has format {format}; this release reads up to {VaultExporter.FormatVersion}. Use a newer release of MemOS.");
        }

        _origin = fields.Required("vault");
    }

    private async Task<bool> FlushMessagesAsync(CancellationToken cancellationToken)
    {
        if (_messages.Count == 0)
        {
            return false;
        }

        int stored = await _vault.TakeInAsync([.. _messages], _origin, cancellationToken).ConfigureAwait(false);
        _summary = _summary with { Messages = _summary.Messages + stored };
        _messages.Clear();
        return true;
    }

    private async Task ReadPayloadAsync(PackageFields fields, CancellationToken cancellationToken)
    {
        ContentHash hash = CubeJsonReader.Hash(fields, "hash");
        _payload ??= new PayloadAssembly(hash, fields.Number("of"));
        _payload.Add(fields, hash);
        if (_payload.IsComplete)
        {
            using MemoryStream bytes = new(_payload.Bytes(fields), writable: false);
            await _vault.StagePayloadAsync(PayloadKind.Activation, bytes, "application/octet-stream", cancellationToken).ConfigureAwait(false);
            _payload = null;
        }
    }

    /// <summary>Versions of a cube stand together; the first one of the next cube completes it.</summary>
    private async Task<bool> AddAsync(MemCube version, CancellationToken cancellationToken)
    {
        if (TrainingOrders.IsOrder(version)) // as former releases wrote it
        {
            return await FlushCubeAsync(cancellationToken).ConfigureAwait(false);
        }

        if (!version.Branch.IsMain)
        {
            _summary = _summary with { BranchVersions = _summary.BranchVersions + 1 };
            return await FlushCubeAsync(cancellationToken).ConfigureAwait(false);
        }

        bool written = _versions.Count > 0 && _versions[0].Id != version.Id && await FlushCubeAsync(cancellationToken).ConfigureAwait(false);
        _versions.Add(version);
        return written;
    }

    private async Task<bool> FlushCubeAsync(CancellationToken cancellationToken)
    {
        if (_versions.Count == 0)
        {
            return false;
        }

        UsageDelta? usage = _usage.Remove(_versions[0].Id, out UsageDelta uses) ? uses : null;
        int added = await _vault.TakeInAsync([.. _versions], usage, _origin, cancellationToken).ConfigureAwait(false);
        _summary = _summary with { Cubes = _summary.Cubes + (added > 0 ? 1 : 0), Versions = _summary.Versions + added };
        _versions.Clear();
        return true;
    }

    private static JsonDocument Parse(string line, string where)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException exception)
        {
            throw TransferErrors.Invalid(where, "this is not valid JSON.", exception);
        }
    }
}
