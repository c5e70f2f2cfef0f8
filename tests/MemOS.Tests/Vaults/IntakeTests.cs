using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Tests.Vaults;

public sealed class IntakeTests
{
    [Fact]
    public async Task What_was_added_is_found_by_the_next_recall_and_after_reopening()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await test.AddAsync("My train to Vienna leaves at nine.");
        Assert.Contains("My train to Vienna leaves at nine.", await test.RecallAsync("When does the train leave?"));
        await test.ReopenAsync();
        Assert.Contains("My train to Vienna leaves at nine.", await test.RecallAsync("When does the train leave?"));
    }

    [Fact]
    public async Task A_cube_names_its_message_and_the_span_in_it()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube cube = await test.AddAsync("  My train leaves at nine.\n", id: "m1");
        MessageSource source = Assert.Single(cube.Sources);
        Assert.Equal(("m1", "s1", 2, 24), (source.MessageId, source.Conversation, source.Start, source.Length));
        Message message = test.Vault.Read(reader => reader.FindMessage(source.Number))!;
        Assert.Equal("  My train leaves at nine.\n", message.Text);
        Assert.Equal(cube.Text, message.Text.Substring(source.Start, source.Length));
    }

    [Fact]
    public async Task A_message_id_is_stored_once()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube first = await test.AddAsync("My train leaves at nine.", id: "m1");
        AddedMessage again = (await test.Vault.AddAsync([test.Said("My train leaves at nine.", "m1")]))[0];
        Assert.True(again.WasKnown);
        Assert.Equal(first.Id, Assert.Single(again.Cubes).Id);
        Assert.Equal(1, test.Vault.Statistics().Messages);
    }

    [Fact]
    public async Task The_same_words_about_another_day_are_another_memory()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube first = await test.AddAsync("I met Tom for lunch yesterday.");
        test.Clock.Advance(TimeSpan.FromDays(30));
        Assert.NotEqual(first.Id, (await test.AddAsync("I met Tom for lunch yesterday.")).Id);
        MemCube plain = await test.AddAsync("Tom is my oldest friend.");
        test.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(plain.Id, (await test.AddAsync("Tom is my oldest friend.")).Id);
    }

    [Fact]
    public async Task The_same_id_in_another_conversation_is_another_message()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await test.AddAsync("My train leaves at nine.", id: "1", conversation: "s1");
        await test.AddAsync("The soup was too salty.", id: "1", conversation: "s2");
        Assert.Equal(2, test.Vault.Statistics().Messages);
    }

    [Fact]
    public async Task A_message_id_that_comes_back_with_another_text_is_a_conflict_and_stores_nothing_of_the_call()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await test.AddAsync("My train leaves at nine.", id: "m1");
        Assert.Equal(ErrorCodes.MessageIdConflict, await TestVault.CodeOf(() => test.Vault.AddAsync([test.Said("Something new", "m0"), test.Said("Other words", "m1")])));
        Assert.Equal(1, test.Vault.Statistics().Messages);
        Assert.DoesNotContain("Something new", await test.RecallAsync("Something new"));
    }

    [Fact]
    public async Task A_statement_said_again_is_one_memory_with_both_sources()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube first = await test.AddAsync("I am allergic to peanuts.", id: "a");
        MemCube again = await test.AddAsync("I am allergic to peanuts!", id: "b");
        Assert.Equal(first.Id, again.Id);
        Assert.Equal(CubeState.Merged, again.State);
        Assert.Equal(["a", "b"], again.Sources.Select(source => source.MessageId));
        Assert.Equal(2, test.Vault.Statistics().Messages);
        Assert.Equal(1, test.AuditCount(AuditOperations.Merge));
    }

    [Fact]
    public async Task Repeats_within_one_call_are_one_memory_too()
    {
        await using TestVault test = await TestVault.OpenAsync();
        ImmutableArray<AddedMessage> added = await test.Vault.AddAsync([test.Said("I am allergic to peanuts."), test.Said("I am allergic to peanuts.")]);
        Assert.Equal(added[0].Cubes[0].Id, added[1].Cubes[0].Id);
        Assert.Equal(2, test.Vault.Find(added[0].Cubes[0].Id)!.Sources.Length);
    }

    [Fact]
    public async Task Small_talk_and_other_speakers_words_stay_apart()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await test.AddAsync("Thanks!");
        await test.AddAsync("Thanks!");
        await test.AddAsync("I am allergic to peanuts.");
        await test.AddAsync("I am allergic to peanuts.", speaker: "Bob");
        Assert.Equal(4, test.Vault.Statistics().Cubes);
    }

    [Fact]
    public async Task Text_that_recall_put_into_a_prompt_is_kept_raw_but_not_learned()
    {
        await using TestVault test = await TestVault.OpenAsync();
        string prompt = $"{InjectionStamp.Wrap("Ann is allergic to peanuts.")}\nWhat may I cook?";
        AddedMessage added = (await test.Vault.AddAsync([test.Said(prompt)]))[0];
        Assert.Equal("What may I cook?", Assert.Single(added.Cubes).Text);
        Assert.Equal(prompt, test.Vault.Read(reader => reader.FindMessage(added.Number))!.Text);
        Assert.Empty((await test.Vault.AddAsync([test.Said(InjectionStamp.Wrap("Ann is allergic to peanuts."))]))[0].Cubes);
        Assert.DoesNotContain(await test.RecallAsync("peanuts"), text => text.Contains("peanuts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Captions_and_tool_calls_are_read_like_text()
    {
        await using TestVault test = await TestVault.OpenAsync();
        Message picture = test.Said("Look at this!") with { Attachments = [new MessageAttachment("image", "https://example.com/1.jpg", "a photo of a lighthouse")] };
        Message call = test.Said("") with { Role = MessageRole.Assistant, ToolCalls = [new ToolCall("c1", "get_weather", """{"city":"Lisbon"}""")] };
        await test.Vault.AddAsync([picture, call]);
        Assert.Equal("Look at this!\n[image: a photo of a lighthouse]", (await test.RecallAsync("lighthouse"))[0]);
        Assert.Contains("Lisbon", (await test.RecallAsync("weather in Lisbon"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_is_kept_verbatim_and_recalled_by_passage()
    {
        await using TestVault test = await TestVault.OpenAsync();
        string text = "# Manual\n\nIntro about the boiler.\n\n## Safety\n\nNever open the valve while hot.\n\n## Care\n\n" + string.Join("\n\n", Enumerable.Range(1, 40).Select(i => $"Step {i}: clean part number {i} with a soft cloth and dry it well."));
        ImmutableArray<AddedMessage> added = await test.Vault.AddDocumentAsync(new DocumentInput { Name = "manual.md", Text = text });
        Assert.True(added.Length > 2);
        Assert.Equal(text, string.Concat(test.Vault.Read(reader => reader.ReadConversation("manual.md").Select(message => message.Text).ToArray())));
        Assert.Contains("valve", (await test.RecallAsync("What must I never open?"))[0], StringComparison.Ordinal);
        Assert.All(await test.Vault.AddDocumentAsync(new DocumentInput { Name = "manual.md", Text = text }), passage => Assert.True(passage.WasKnown));
    }
}
