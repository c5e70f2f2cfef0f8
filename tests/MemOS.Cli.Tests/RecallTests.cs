using System.Text.Json;
using Xunit;

namespace MemOS.Cli.Tests;

public sealed class RecallTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task What_was_added_is_found_with_its_source()
    {
        string cube = await _cli.AddAsync("I planted tomatoes on the balcony.", "--speaker", "Tom", "--time", "2026-02-03T10:00:00+01:00", "--conversation", "c1", "--id", "m1", "--tag", "garden");
        await _cli.AddAsync("The train to Bergen was late.", "--speaker", "Ida");
        JsonElement result = await _cli.JsonAsync("recall", "What does Tom grow on the balcony?", "--explain");
        Assert.Equal("default", result.GetProperty("vault").GetString());
        JsonElement hit = result.GetProperty("hits")[0];
        Assert.Equal(1, hit.GetProperty("rank").GetInt32());
        Assert.Equal(cube, hit.GetProperty("cube").GetProperty("id").GetString());
        Assert.Equal("m1", hit.GetProperty("cube").GetProperty("sources")[0].GetProperty("message_id").GetString());
        Assert.Equal("garden", hit.GetProperty("cube").GetProperty("tags")[0].GetString());
        double parts = hit.GetProperty("breakdown").EnumerateObject().Sum(part => part.Value.GetDouble());
        Assert.Equal(hit.GetProperty("score").GetDouble(), parts, 4);
    }

    [Fact]
    public async Task An_option_that_is_not_known_is_no_question()
    {
        await _cli.AddAsync("The switch --nope does nothing.");
        Assert.Equal("usage", await _cli.FailAsync(2, "recall", "--nope"));
        Assert.Equal(0, await _cli.RunAsync("recall", "--", "--nope"));
        Assert.Equal("usage", await _cli.FailAsync(2, "add", "--nope"));
    }

    [Fact]
    public async Task People_get_a_table_in_which_content_is_no_markup()
    {
        await _cli.AddAsync("Use [red]array[0][/] and \u001b[31mcolour\u001b[0m");
        Assert.Equal(0, await _cli.RunAsync("recall", "array colour", "--explain"));
        Assert.Contains("[red]array[0][/]", _cli.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', _cli.Output);
        Assert.Contains("lexical", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_restricts_and_a_bad_one_is_refused()
    {
        await _cli.AddAsync("Tea is good.", "--speaker", "Ida");
        await _cli.AddAsync("Tea is bad.", "--speaker", "Tom");
        JsonElement hits = (await _cli.JsonAsync("recall", "tea", "--filter", """{"speaker":"Tom"}""")).GetProperty("hits");
        Assert.Equal("Tom", Assert.Single(hits.EnumerateArray()).GetProperty("cube").GetProperty("speaker").GetString());
        Assert.Equal(ErrorCodes.InvalidFilter, await _cli.FailAsync(2, "recall", "tea", "--filter", "{speaker"));
        Assert.Equal(ErrorCodes.InvalidFilter, await _cli.FailAsync(2, "recall", "tea", "--filter", """{"colour_of_hair":{"near":"red"}}"""));
    }

    [Fact]
    public async Task The_vault_can_be_asked_as_it_stood_before()
    {
        await _cli.AddAsync("Momo is a cat.");
        DateTimeOffset before = DateTimeOffset.Parse((await _cli.JsonAsync("recall", "Momo")).GetProperty("hits")[0].GetProperty("cube").GetProperty("tx").GetProperty("from").GetString()!, null); // there is a hit
        await _cli.AddAsync("Momo broke the vase.");
        JsonElement then = await _cli.JsonAsync("recall", "Momo", "--as-of", before.AddTicks(1).ToString("O"));
        Assert.Equal(1, then.GetProperty("hits").GetArrayLength());
        Assert.Equal(2, (await _cli.JsonAsync("recall", "Momo")).GetProperty("hits").GetArrayLength());
    }

    [Fact]
    public async Task Limit_and_budget_bound_what_comes_back()
    {
        for (int i = 0; i < 5; i++)
        {
            await _cli.AddAsync($"Apple number {i} is ripe.");
        }

        Assert.Equal(2, (await _cli.JsonAsync("recall", "apple", "--limit", "2")).GetProperty("hits").GetArrayLength());
        JsonElement budgeted = await _cli.JsonAsync("recall", "apple", "--budget", "25");
        Assert.InRange(budgeted.GetProperty("tokens").GetInt32(), 1, 25);
        Assert.Equal("usage", await _cli.FailAsync(2, "recall", "apple", "--limit", "0"));
        Assert.Equal("usage", await _cli.FailAsync(2, "recall", "apple", "--as-of", "someday"));
    }

    [Fact]
    public async Task A_vault_that_is_not_there_is_not_made_by_asking()
    {
        Assert.Equal(ErrorCodes.VaultNotFound, await _cli.FailAsync(3, "recall", "x", "--vault", "nobody"));
        Assert.Empty((await _cli.JsonAsync("vaults")).GetProperty("vaults").EnumerateArray());
    }
}
