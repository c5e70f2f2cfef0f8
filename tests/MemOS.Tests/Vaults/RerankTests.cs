using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;
using MemOS.Tests.Chat;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MemOS.Tests.Vaults;

public sealed class RerankTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
    private readonly LogLines _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_best_hits_stand_in_the_order_of_the_reranker_and_the_parts_still_sum_to_the_score()
    {
        await using MemoryVault vault = await OpenAsync(new Scripted((_, hits) => [hits.Count - 1, 0]));
        RecallQuery query = new() { Text = "Where is the tea?", Limit = 3 };
        string?[] plain = [.. (await vault.RecallAsync(query with { Rerank = false, Limit = 4 })).Hits.Select(hit => hit.Cube.Text)];
        RecallResult found = await vault.RecallAsync(query);
        Assert.Equal([plain[3], plain[0], plain[1]], found.Hits.Select(hit => hit.Cube.Text));
        Assert.All(found.Hits, hit => Assert.Equal(hit.Score, hit.Breakdown.Total, 6));
        Assert.Equal(found.Hits.OrderByDescending(hit => hit.Score), found.Hits);
    }

    [Fact]
    public async Task A_budget_counts_what_the_reranker_puts_first()
    {
        await using MemoryVault vault = await OpenAsync(new Scripted((_, hits) => [hits.Count - 1]));
        RecallResult found = await vault.RecallAsync(new RecallQuery { Text = "Where is the tea?", TokenBudget = 10 });
        Assert.Single(found.Hits);
        Assert.InRange(found.Tokens, 1, 10);
    }

    [Fact]
    public async Task A_reranker_that_fails_leaves_the_hits_as_they_were_and_the_log_says_why_without_content()
    {
        await using MemoryVault vault = await OpenAsync(new Scripted((_, _) => throw new InvalidOperationException("The tea is in the attic")));
        RecallQuery query = new() { Text = "Where is the tea?" };
        Assert.Equal(
            (await vault.RecallAsync(query with { Rerank = false })).Hits.Select(hit => hit.Cube.Id), (await vault.RecallAsync(query)).Hits.Select(hit => hit.Cube.Id));
        Assert.Contains(_log.Lines, line => line.Text.Contains("the reranker failed", StringComparison.Ordinal) && line.Text.Contains("InvalidOperationException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reranker_that_takes_too_long_is_not_waited_for()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using MemoryVault vault = await OpenAsync(new Endless(asked));
        Task<RecallResult> recall = vault.RecallAsync(new RecallQuery { Text = "Where is the tea?" });
        await asked.Task;
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.NotEmpty((await recall).Hits);
        Assert.Contains(_log.Lines, line => line.Text.Contains("it took too long", StringComparison.Ordinal));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RerankOptions(new Endless(new())) { Depth = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RerankOptions(new Endless(new())) { Timeout = TimeSpan.Zero });
    }

    private async Task<MemoryVault> OpenAsync(IReranker reranker)
    {
        MemoryVault vault = await MemoryVault.OpenAsync(
            await new SqliteVaultEngine(_folder.Path, null, _clock).OpenAsync(new VaultId("v"), create: true),
            new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared, Clock = _clock, Logger = _log.CreateLogger("v"), Rerank = new RerankOptions(reranker) });
        await vault.AddAsync([.. new[] { "The tea is in the cupboard.", "Tea is what I like.", "No tea for me, thanks.", "Green tea is best." }.Select((text, i) => new MemOS.Reader.Message { Id = $"{i}", Speaker = "Ann", Text = text, Time = _clock.GetUtcNow() })]);
        return vault;
    }

    private sealed class Scripted(Func<string, IReadOnlyList<RecallHit>, int[]> order) : IReranker
    {
        public ValueTask<IReadOnlyList<int>> RerankAsync(string question, IReadOnlyList<RecallHit> hits, CancellationToken cancellationToken) => new(order(question, hits));
    }

    private sealed class Endless(TaskCompletionSource asked) : IReranker
    {
        public async ValueTask<IReadOnlyList<int>> RerankAsync(string question, IReadOnlyList<RecallHit> hits, CancellationToken cancellationToken)
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None); // one that does not listen
            return [];
        }
    }
}
