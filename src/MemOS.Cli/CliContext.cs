using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MemOS.Models.BuiltIn;
using MemOS.Reader.Time;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;

namespace MemOS.Cli;

/// <summary>What a command works with: the data folder, the vault, and where output goes.</summary>
/// <param name="GivenData">The data folder as given, or null.</param>
/// <param name="GivenVault">The vault as given, or null.</param>
/// <param name="Json">Whether output is JSON.</param>
/// <param name="Output">Where results go.</param>
/// <param name="Error">Where errors and progress go.</param>
/// <param name="Clock">Where time comes from.</param>
internal sealed record CliContext(string? GivenData, string? GivenVault, bool Json, TextWriter Output, TextWriter Error, TimeProvider Clock)
{
    // Output is read by programs and people, never embedded in HTML: letters of all scripts stay readable.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string DataFolder =>
        GivenData ?? (Environment.GetEnvironmentVariable("MEMOS_DATA") is { Length: > 0 } named ? named : Path.Combine(Environment.CurrentDirectory, "memos-data"));

    public VaultId Vault => ToVaultId(GivenVault ?? "default");

    /// <summary>Whether a person watches, so that progress may be drawn.</summary>
    public bool Interactive => !Json && ReferenceEquals(Error, Console.Error) && !Console.IsErrorRedirected;

    public static VaultId ToVaultId(string name) =>
        VaultId.TryParse(name, out VaultId id) ? id : throw new CliUsageException($"'{name}' cannot name a vault: use 1 to {VaultId.MaximumLength} characters without control characters.");

    public SqliteVaultEngine Engine() => new SqliteVaultEngine(DataFolder, null, Clock);

    /// <summary>Opens the vault. The caller disposes it.</summary>
    public Task<MemoryVault> OpenAsync(bool create, CancellationToken cancellationToken) => OpenAsync(Vault, create, cancellationToken);

    /// <inheritdoc cref="OpenAsync(bool, CancellationToken)"/>
    public async Task<MemoryVault> OpenAsync(VaultId vault, bool create, CancellationToken cancellationToken)
    {
        IVaultStore store = await Engine().OpenAsync(vault, create, cancellationToken);
        return await MemoryVault.OpenAsync(store, new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared, Reembed = false, Clock = Clock }, cancellationToken);
    }

    /// <summary>Opens the vault to write to it, and makes it when it is not there. The caller disposes it.</summary>
    public Task<TargetVault> OpenTargetAsync(CancellationToken cancellationToken) => TargetVault.OpenAsync(this, Vault, cancellationToken);

    /// <summary>Reads a time as people and programs write it; one without a zone is local.</summary>
    public DateTimeOffset? ToTime(string? text, string option) => text is null ? null
        : ChatTimeParser.TryParse(text, Clock.GetLocalNow(), out DateTimeOffset time) ? time
        : throw new CliUsageException($"{option}: '{text}' is not a time. Write it as 2026-01-31, 2026-01-31T10:00 or 2026-01-31T10:00:00+01:00.");

    /// <summary>Writes one JSON document on a line of its own.</summary>
    public void WriteJson(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, WriterOptions))
        {
            write(json);
        }

        Output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        Output.Write('\n');
    }
}
