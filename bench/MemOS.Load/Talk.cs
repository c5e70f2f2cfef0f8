using MemOS.Api;

namespace MemOS.Load;

/// <summary>What is said to one vault and asked of it through one route: made-up sentences over a few hundred words, the same in every run.</summary>
internal sealed class Talk(IMemoryClient memory, ILoadRoute route, int seed)
{
    private static readonly string[] Names = ["Alice", "Bob", "Carol", "Dave", "Erin", "Frank", "Grace", "Heidi"];
    private static readonly string[] Verbs = ["bought", "sold", "painted", "repaired", "lost", "found", "planned", "cancelled", "borrowed", "described"];
    private static readonly string[] Things = ["boat", "kettle", "garden", "bicycle", "ticket", "lamp", "piano", "recipe", "contract", "tent", "camera", "fence", "violin", "ladder", "map", "novel"];
    private static readonly string[] Places = ["Vienna", "Graz", "Linz", "Trieste", "Prague", "Munich", "Zagreb", "Basel", "Porto", "Lille", "Ghent", "Turin"];
    private readonly Random _random = new(seed);

    public async Task PreloadAsync(int count)
    {
        foreach (string[] batch in Enumerable.Range(0, count).Select(_ => Sentence()).Chunk(100))
        {
            await memory.AddAsync(new AddMessagesRequest { Messages = [.. batch.Select(text => new NewMessage { Text = text, Speaker = Pick(Names) })] });
        }
    }

    public Task AddAsync() => route.AddAsync(Sentence(), Pick(Names));

    public Task SearchAsync() => route.SearchAsync($"What has {Pick(Names)} {Pick(Verbs)} in {Pick(Places)}?");

    private string Sentence()
    {
        lock (_random)
        {
            return $"In {Pick(Places)} I {Pick(Verbs)} the {Pick(Things)} and {Pick(Verbs)} a {Pick(Things)} for {Pick(Names)}, number {_random.Next(100_000)}.";
        }
    }

    private string Pick(string[] words)
    {
        lock (_random)
        {
            return words[_random.Next(words.Length)];
        }
    }
}
