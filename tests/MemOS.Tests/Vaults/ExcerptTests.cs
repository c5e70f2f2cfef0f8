using MemOS.Operator.Recall;
using MemOS.Scheduler;

namespace MemOS.Tests.Vaults;

/// <summary>A token budget with excerpts holds more memories, each with the sentences that matched.</summary>
public sealed class ExcerptTests
{
    [Fact]
    public async Task More_fits_a_budget_when_later_hits_are_cut_to_the_sentences_that_match()
    {
        await using TestVault test = await FilledAsync();
        RecallQuery query = new() { Text = "Which boat did you see?", Limit = 50, TokenBudget = 400 };
        RecallResult whole = await test.Vault.RecallAsync(query);
        RecallResult cut = await test.Vault.RecallAsync(query with { ExcerptTokens = 10 });
        Assert.True(cut.Hits.Length > whole.Hits.Length * 2, $"{cut.Hits.Length} instead of {whole.Hits.Length}");
        Assert.Equal(whole.Hits.Select(hit => hit.Cube.Id), cut.Hits.Take(whole.Hits.Length).Select(hit => hit.Cube.Id));
        Assert.InRange(cut.Tokens, 1, 400);
        Assert.Equal(cut.Tokens, cut.Hits.Sum(hit => (hit.Text!.Length + 3) / 4));
        RecallHit[] excerpts = [.. cut.Hits.Where(hit => hit.Excerpt is not null)];
        Assert.NotEmpty(excerpts);
        Assert.Null(cut.Hits[0].Excerpt);
        Assert.All(excerpts, hit => Assert.Contains("boat number", hit.Text, StringComparison.Ordinal));
        Assert.All(excerpts, hit => Assert.All(hit.Excerpt!.Spans, span => Assert.Contains(hit.Cube.Text!.Substring(span.Start, span.Length), hit.Text, StringComparison.Ordinal)));
        Assert.Contains(excerpts[0].Text!, InjectionPlan.For(cut).PromptText(), StringComparison.Ordinal);
        Assert.DoesNotContain(excerpts[0].Cube.Text!, InjectionPlan.For(cut).PromptText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_all_hits_fit_they_are_whole()
    {
        await using TestVault test = await FilledAsync();
        RecallResult found = await test.Vault.RecallAsync(new RecallQuery { Text = "Which boat did you see?", Limit = 5, TokenBudget = 400, ExcerptTokens = 30 });
        Assert.Equal(5, found.Hits.Length);
        Assert.All(found.Hits, hit => Assert.Null(hit.Excerpt));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(1001)]
    public async Task A_length_out_of_range_is_refused(int tokens)
    {
        await using TestVault test = await TestVault.OpenAsync();
        Assert.Equal(ErrorCodes.InvalidInput, await TestVault.CodeOf(() => test.Vault.RecallAsync(new RecallQuery { Text = "boat", ExcerptTokens = tokens })));
    }

    private static async Task<TestVault> FilledAsync()
    {
        TestVault test = await TestVault.OpenAsync();
        await test.Vault.AddAsync([.. Enumerable.Range(0, 40).Select(i => test.Said(
            $"The weather was fine on that day, and we walked for a long time along the shore. I saw boat number {i} there. After that we had tea and cake in a small café by the church, as always."))]);
        return test;
    }
}
