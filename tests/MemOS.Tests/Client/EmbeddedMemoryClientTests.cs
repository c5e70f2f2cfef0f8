using MemOS.Api;
using MemOS.Testing.Clients;

namespace MemOS.Tests.Client;

public sealed class EmbeddedMemoryClientTests : MemoryClientConformance, IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly VaultHost _host;

    public EmbeddedMemoryClientTests() => _host = VaultHost.OpenFolder(_folder.Path);

    protected override IMemoryClientFactory Memories => _host;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _folder.Dispose();
}
