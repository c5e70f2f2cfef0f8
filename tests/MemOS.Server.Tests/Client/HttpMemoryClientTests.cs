using MemOS.Api;
using MemOS.Testing.Clients;

namespace MemOS.Server.Tests.Client;

[Collection(RunningServer.Name)]
public sealed class HttpMemoryClientTests(ServerFixture server) : MemoryClientConformance
{
    protected override IMemoryClientFactory Memories { get; } = new MemoryServerConnection(server.Client.BaseAddress!, server.Key);

    [Fact]
    public async Task A_wrong_key_and_a_server_that_is_not_there_have_codes()
    {
        using MemoryServerConnection stranger = new(server.Client.BaseAddress!, "memos-wrong-key-of-some-length");
        Assert.Equal(ErrorCodes.Unauthorized, (await Assert.ThrowsAsync<MemOSException>(() => stranger.CreateClient("a").RecallAsync("x"))).Code);
        using MemoryServerConnection nobody = new(new Uri("http://127.0.0.1:1"));
        MemOSException gone = await Assert.ThrowsAsync<MemOSException>(() => nobody.CreateClient("a").RecallAsync("x"));
        Assert.Equal((ErrorCodes.Unreachable, true), (gone.Code, gone.IsTransient));
    }
}
