// An ASP.NET application with a vault for each user. Real applications take the user from their authentication, never from the address.
using MemOS;
using MemOS.Api;
using Microsoft.Extensions.AI;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddMemOS(options => options.DataFolder = builder.Configuration["data"] ?? "memos-data");
builder.Services.AddHealthChecks().AddMemOS();
builder.Services.AddSingleton(Model.FromEnvironment());
WebApplication app = builder.Build();
app.MapHealthChecks("/health");

app.MapPost("/{user}/chat", async (string user, ChatInput input, IMemoryClientFactory memories, IChatClient model, ILoggerFactory loggers, CancellationToken cancellationToken) =>
{
    IChatClient chat = model.WithMemory(memories.CreateClient($"user-{user}"), options => options.Loggers = loggers); // cheap: one for each request
    return (await chat.GetResponseAsync(input.Text, cancellationToken: cancellationToken)).Text;
});

app.MapGet("/{user}/memories", async (string user, IMemoryClientFactory memories, CancellationToken cancellationToken) =>
    (await memories.CreateClient($"user-{user}").ListAsync(new CubeListRequest(), cancellationToken)).Items.Select(cube => new { cube.Id, cube.Text }));

// The right to be forgotten: the files of the vault are gone when this returns.
app.MapDelete("/{user}", (string user, VaultHost host, CancellationToken cancellationToken) => host.DeleteAsync(new MemOS.Vaults.VaultId($"user-{user}"), cancellationToken));

app.Run();

internal sealed record ChatInput(string Text);
