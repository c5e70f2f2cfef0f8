using System.Text;
using MemOS.Activation;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models.Llama;
using MemOS.Scheduler.Transitions;
using MemOS.Testing.Models;
using MemOS.Tests.Vaults;

namespace MemOS.Tests.Activation;

/// <summary>A vault and a small local model with random weights.</summary>
internal sealed class ActivationFixture : IAsyncDisposable
{
    private ActivationFixture(TestVault test, LocalModel model, ActivationMemory memory) => (Test, Model, Memory) = (test, model, memory);

    public TestVault Test { get; }

    public LocalModel Model { get; }

    public ActivationMemory Memory { get; }

    public static IReadOnlyList<ChatTurn> Question { get; } = [new("user", "what does she drink?")];

    public static async Task<ActivationFixture> OpenAsync(TestModels models, TransitionPolicy? policy = null, int contextTokens = 512, int mostWaiting = 64, int sequences = 4, string? path = null)
    {
        LocalModel model = new(TestModels.Options(path ?? models.Llama) with { ContextTokens = contextTokens, MostWaiting = mostWaiting, Sequences = sequences });
        TestVault test = await TestVault.OpenAsync();
        return new ActivationFixture(test, model, new ActivationMemory(model, new ActivationOptions { Policies = new TransitionPolicies(policy) }, test.Clock));
    }

    public Task<OpenContext> OpenAsync(MemCube cube, CubeId? state, Caller? caller = null) =>
        Memory.OpenAsync(Test.Vault, [new ContextPart([cube], state)], Question, caller ?? Caller.Owner);

    /// <summary>Whether a file under a folder holds bytes.</summary>
    public static bool Holds(string folder, ReadOnlySpan<byte> wanted)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            if (bytes.AsSpan().IndexOf(wanted) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public static bool Holds(string folder, string text) => Holds(folder, Encoding.UTF8.GetBytes(text));

    public async ValueTask DisposeAsync()
    {
        await Memory.DisposeAsync();
        await Model.DisposeAsync();
        await Test.DisposeAsync();
    }
}
