using MemOS.Governance;
using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace MemOS.Tests.Vaults;

/// <summary>A vault of the embedded engine in a folder of its own, with a clock that the test moves.</summary>
internal sealed class TestVault : IAsyncDisposable
{
    private IVaultStore? _store;
    private IChatClient? _model;

    private TestVault(string folder, FakeTimeProvider clock) => (Folder, Clock) = (folder, clock);

    public string Folder { get; }

    public string VaultFolder => Path.Combine(Folder, "vaults", "test");

    public FakeTimeProvider Clock { get; }

    public MemoryVault Vault { get; private set; } = null!; // set by OpenAsync

    public static async Task<TestVault> OpenAsync(IChatClient? model = null)
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
        TestVault test = new(Directory.CreateTempSubdirectory("memos-test-").FullName, clock) { _model = model };
        await test.ReopenAsync();
        return test;
    }

    public async Task ReopenAsync()
    {
        if (Vault is not null)
        {
            await Vault.DisposeAsync();
        }

        SqliteVaultEngine engine = new(Folder, options: null, Clock);
        _store = await engine.OpenAsync(new VaultId("test"), create: true);
        Vault = await MemoryVault.OpenAsync(_store, new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared, Model = _model, Clock = Clock });
    }

    /// <summary>What a full check of the files finds.</summary>
    public IReadOnlyList<string> Verify() => _store?.Verify() ?? [];

    public Message Said(string text, string? id = null, string? conversation = "s1", string speaker = "Ann") => new()
    {
        Id = id ?? "",
        Conversation = conversation,
        Speaker = speaker,
        Text = text,
        Time = Clock.GetUtcNow(),
    };

    public async Task<Cubes.MemCube> AddAsync(string text, string? id = null, string? conversation = "s1", string speaker = "Ann") =>
        (await Vault.AddAsync([Said(text, id, conversation, speaker)]))[0].Cubes[0];

    public async Task<string[]> RecallAsync(string question, DateTimeOffset? asOf = null) =>
        [.. (await Vault.RecallAsync(new RecallQuery { Text = question, AsOf = asOf })).Hits.Select(hit => hit.Cube.Text ?? "")];

    public static async Task<string> CodeOf(Func<Task> call) => (await Assert.ThrowsAnyAsync<MemOSException>(call)).Code;

    public int AuditCount(string operation) => Vault.Audit(new AuditQuery { Operation = operation, Limit = 1000 }).Count;

    public async ValueTask DisposeAsync()
    {
        await Vault.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
