using System.Text.Json;
using MemOS.Api;
using Xunit;

namespace MemOS.Testing.Clients;

/// <summary>What every <see cref="IMemoryClient"/> does, so that a program does not notice where its memories lie.</summary>
public abstract class MemoryClientConformance
{
    protected abstract IMemoryClientFactory Memories { get; }

    private IMemoryClient NewClient() => Memories.CreateClient($"client {Guid.CreateVersion7():N}");

    [Fact]
    public async Task What_was_added_is_recalled_and_the_vault_makes_itself()
    {
        IMemoryClient memory = NewClient();
        AddMessagesResponse added = await memory.AddAsync("My train to Vienna leaves at nine.", speaker: "Alice", conversation: "trip");
        Guid cube = Assert.Single(Assert.Single(added.Messages).Cubes).Id;
        RecallResponse found = await memory.RecallAsync("When does the train leave?");
        Assert.Equal(cube, found.Hits[0].Cube.Id);
        Assert.Equal(("Alice", "trip"), (found.Hits[0].Cube.Speaker, Assert.Single(found.Hits[0].Cube.Sources).Conversation));
        Assert.Contains("Alice: My train to Vienna leaves at nine.", found.PromptText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_vault_recalls_and_lists_nothing()
    {
        IMemoryClient memory = NewClient();
        Assert.Empty((await memory.RecallAsync("Anything?")).Hits);
        Assert.Empty((await memory.ListAsync(new CubeListRequest())).Items);
        Assert.Equal("", (await memory.RecallAsync("Anything?")).PromptText());
    }

    [Fact]
    public async Task A_memory_is_read_changed_and_keeps_its_history()
    {
        IMemoryClient memory = NewClient();
        Guid cube = await AddAsync(memory, "The meeting is on Monday at ten.");
        CubeRecord changed = await memory.UpdateAsync(cube, "The meeting is on Tuesday at ten.");
        Assert.Equal(2, changed.Version);
        Assert.Equal("The meeting is on Tuesday at ten.", (await memory.GetAsync(cube))?.Text);
        Assert.Equal("The meeting is on Monday at ten.", (await memory.GetAsync(cube, version: 1))?.Text);
        Assert.Null(await memory.GetAsync(cube, version: 3));
        Assert.Equal([1, 2], (await memory.HistoryAsync(cube)).Items.Select(version => version.Version));
        MemOSException late = await Assert.ThrowsAsync<MemOSException>(() => memory.UpdateAsync(cube, new UpdateCubeRequest { Text = "x", ExpectedVersion = 1 }));
        Assert.Equal(ErrorCodes.VersionConflict, late.Code);
    }

    [Fact]
    public async Task A_list_comes_in_pages()
    {
        IMemoryClient memory = NewClient();
        Guid[] cubes = [await AddAsync(memory, "The first remark is short."), await AddAsync(memory, "The second remark is shorter."), await AddAsync(memory, "The third is the shortest.")];
        CubePage first = await memory.ListAsync(new CubeListRequest { Type = "episode", Limit = 2 });
        CubePage second = await memory.ListAsync(new CubeListRequest { Type = "episode", Limit = 2, After = first.Next ?? 0 });
        Assert.Equal(cubes, first.Items.Concat(second.Items).Select(cube => cube.Id));
        Assert.Null(second.Next);
        Assert.Empty((await memory.ListAsync(new CubeListRequest { State = "archived" })).Items);
    }

    [Fact]
    public async Task What_is_forgotten_is_gone()
    {
        IMemoryClient memory = NewClient();
        Guid cube = await AddAsync(memory, "The code of the gate is heliotrope.");
        ForgetResponse forgotten = await memory.ForgetAsync(cube);
        Assert.Equal(1, forgotten.Messages);
        Assert.Contains(cube, forgotten.Cubes);
        Assert.Null(await memory.GetAsync(cube));
        Assert.Empty((await memory.RecallAsync("heliotrope gate code")).Hits);
    }

    [Fact]
    public async Task An_explanation_holds_the_words_that_a_memory_came_from()
    {
        IMemoryClient memory = NewClient();
        Guid cube = await AddAsync(memory, "Bob's birthday is on the third of May.");
        await memory.UpdateAsync(cube, "Bob was born on a third of May.");
        ExplanationRecord explained = await memory.ExplainAsync(cube);
        Assert.Equal("Bob's birthday is on the third of May.", Assert.Single(explained.Messages).Text);
        Assert.Equal("Bob was born on a third of May.", explained.Cube.Text);
        Assert.Equal(cube, explained.Lineage.Root);
    }

    [Fact]
    public async Task Feedback_confirms_corrects_supplements_and_rejects_and_loses_nothing()
    {
        IMemoryClient memory = NewClient();
        Guid cube = await AddAsync(memory, "Our office is in Graz.");
        Assert.Equal("confirmed", (await memory.GiveFeedbackAsync(cube, new FeedbackRequest { Verdict = "confirm" })).Info?["feedback"]);
        Assert.Equal("Our office is in Linz.", (await memory.GiveFeedbackAsync(cube, new FeedbackRequest { Verdict = "correct", Text = "Our office is in Linz." })).Text);
        Assert.Contains("third floor", (await memory.GiveFeedbackAsync(cube, new FeedbackRequest { Verdict = "supplement", Text = "It is on the third floor." })).Text, StringComparison.Ordinal);
        Assert.Equal("archived", (await memory.GiveFeedbackAsync(cube, new FeedbackRequest { Verdict = "reject" })).State);
        Assert.DoesNotContain((await memory.RecallAsync("Where is our office?")).Hits, hit => hit.Cube.Id == cube);
        Assert.Equal("Our office is in Graz.", (await memory.HistoryAsync(cube)).Items[0].Text);
    }

    [Fact]
    public async Task Feedback_in_plain_words_changes_what_it_means_and_asks_where_that_is_not_clear()
    {
        IMemoryClient memory = NewClient();
        Guid dentist = (await memory.AddAsync("Book the dentist for Thursday.", conversation: "c")).Messages[0].Cubes[0].Id;
        SpokenFeedbackResponse changed = await memory.GiveFeedbackAsync(new SpokenFeedbackRequest { Text = "Change it to Friday the 9th of January 2026.", Conversation = "c" });
        Assert.Equal(("applied", dentist, 2), (changed.Status, Assert.Single(changed.Changed).After.Id, changed.Changed[0].After.Version));
        Assert.Equal("Book the dentist for Thursday.", changed.Changed[0].Before.Text);

        await memory.AddAsync("Dinner with Bo is on Monday.", conversation: "c");
        SpokenFeedbackResponse unclear = await memory.GiveFeedbackAsync(new SpokenFeedbackRequest { Text = "Change it to Sunday.", Conversation = "c" });
        Assert.Equal(("needs_clarification", 2, 0), (unclear.Status, unclear.Candidates.Count, unclear.Changed.Count));
        SpokenFeedbackResponse chosen = await memory.GiveFeedbackAsync(new SpokenFeedbackRequest { Text = "Change it to Sunday.", Conversation = "c", About = [unclear.Candidates[0].Id] });
        Assert.Equal("applied", chosen.Status);
        Assert.Equal("nothing_found", (await memory.GiveFeedbackAsync(new SpokenFeedbackRequest { Text = "Replace Oslo with Bergen." })).Status);
        await Assert.ThrowsAsync<MemOSException>(() => memory.GiveFeedbackAsync(new SpokenFeedbackRequest { Text = " " }));
    }

    [Theory]
    [InlineData("applaud", null)]
    [InlineData("correct", null)]
    [InlineData("confirm", "too much")]
    public async Task Feedback_that_says_nothing_is_refused(string verdict, string? text)
    {
        IMemoryClient memory = NewClient();
        Guid cube = await AddAsync(memory, "The kettle is green.");
        MemOSException refused = await Assert.ThrowsAsync<MemOSException>(() => memory.GiveFeedbackAsync(cube, new FeedbackRequest { Verdict = verdict, Text = text }));
        Assert.Equal(ErrorCodes.InvalidInput, refused.Code);
    }

    [Fact]
    public async Task A_document_is_remembered_by_passages()
    {
        IMemoryClient memory = NewClient();
        await memory.AddDocumentAsync(new AddDocumentRequest { Name = "guide.md", Text = "# Watering\n\nThe ferns want water every second day.\n\n# Light\n\nThe cactus wants sun." });
        RecallResponse found = await memory.RecallAsync("How often do ferns want water?");
        Assert.Equal(("document", "guide.md"), (found.Hits[0].Cube.Type, found.Hits[0].Cube.Context));
    }

    [Fact]
    public async Task What_does_not_exist_is_said_so_with_a_code()
    {
        IMemoryClient memory = NewClient();
        Assert.Null(await memory.GetAsync(Guid.CreateVersion7()));
        Assert.Equal(ErrorCodes.CubeNotFound, (await Assert.ThrowsAsync<MemOSException>(() => memory.HistoryAsync(Guid.CreateVersion7()))).Code);
        Assert.Equal(ErrorCodes.CubeNotFound, (await Assert.ThrowsAsync<MemOSException>(() => memory.ExplainAsync(Guid.CreateVersion7()))).Code);
        Assert.Equal(ErrorCodes.UnscopedDelete, (await Assert.ThrowsAsync<MemOSException>(() => memory.ForgetAsync(new ForgetRequest()))).Code);
        ForgetRequest anything = new() { Filter = JsonElement.Parse("""{"and":[{}]}""") };
        Assert.Equal(ErrorCodes.UnscopedDelete, (await Assert.ThrowsAsync<MemOSException>(() => memory.ForgetAsync(anything))).Code);
        Assert.Equal(ErrorCodes.InvalidInput, (await Assert.ThrowsAsync<MemOSException>(() => memory.AddAsync(""))).Code);
        Assert.Equal(ErrorCodes.InvalidInput, Assert.Throws<MemOSException>(() => Memories.CreateClient("two\nlines")).Code);
    }

    [Fact]
    public async Task A_cancelled_call_says_so()
    {
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NewClient().RecallAsync("Anything?", cancellationToken: cancelled.Token));
    }

    private static async Task<Guid> AddAsync(IMemoryClient memory, string text) => (await memory.AddAsync(text)).Messages[0].Cubes[0].Id;
}
