using MemOS.Activation;
using MemOS.Models.Llama;

namespace MemOS.Cli.Commands;

/// <summary>A local model with activation memory over it.</summary>
internal sealed class LocalMemory(LocalModel model, ActivationOptions options, TimeProvider clock, ILogger<ActivationMemory>? logger) : IAsyncDisposable
{
    public LocalModel Model { get; } = model;

    public ActivationMemory Activation { get; } = new(model, options, clock, logger);

    public ActivationChatClient Chat => field ??= new ActivationChatClient(Activation);

    public async ValueTask DisposeAsync()
    {
        await Activation.DisposeAsync();
        await Model.DisposeAsync();
    }
}
