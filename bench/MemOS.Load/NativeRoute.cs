using MemOS.Api;

namespace MemOS.Load;

/// <summary>The native REST routes through the .NET client.</summary>
internal sealed class NativeRoute(IMemoryClient memory) : ILoadRoute
{
    public Task AddAsync(string text, string speaker) => memory.AddAsync(text, speaker: speaker);

    public Task SearchAsync(string question) => memory.RecallAsync(question);
}
