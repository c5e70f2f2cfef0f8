using MemOS.Models.Remote;
using Microsoft.Extensions.AI;

namespace MemOS.Server;

/// <summary>The model that reads feedback given in plain words.</summary>
/// <param name="settings">The settings, which name it.</param>
internal sealed class FeedbackModel(ServerSettings settings) : IDisposable
{
    private readonly IChatClient? _remote = settings is { Model: null, Upstream: { } endpoint, UpstreamModel: { } name }
        ? RemoteModel.Chat(new RemoteModelOptions { Endpoint = endpoint, Model = name, Key = settings.UpstreamKey })
        : null;

    /// <summary>The model; null to read feedback by rules.</summary>
    public IChatClient? Client => settings.Model ?? _remote;

    public void Dispose() => _remote?.Dispose();
}
