using MemOS.Cubes;
using MemOS.Operator.Corrections;
using MemOS.Reader.Instructions;
using MemOS.Vaults;

namespace MemOS.Tests.Vaults;

public sealed class FeedbackTests
{
    private static Task<FeedbackResult> GiveAsync(TestVault test, string text, bool erase = false, params CubeId[] about) =>
        test.Vault.GiveFeedbackAsync(new FeedbackInput { Text = text, Conversation = "s1", Speaker = "Ann", About = [.. about], Erase = erase, Time = test.Clock.GetUtcNow() });

    [Fact]
    public async Task It_stands_for_what_the_turns_before_spoke_of()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube dentist = await test.AddAsync("Book the dentist for Thursday.", "m1");
        await test.AddAsync("The weather is lovely today and I am happy.", "m2", conversation: "other");
        FeedbackResult result = await GiveAsync(test, "Change it to next Friday.");
        Assert.Equal(FeedbackStatus.Applied, result.Status);
        Assert.Equal("Book the dentist for next Friday (9 January 2026).", test.Vault.Find(dentist.Id)!.Text);
        Assert.Equal("Book the dentist for Thursday.", test.Vault.FindVersion(dentist.Id, 1)!.Text);
        Assert.Contains(test.Vault.Find(dentist.Id)!.Sources, source => source.MessageId == result.MessageId);
        Assert.Equal(["Book the dentist for next Friday (9 January 2026)."], await test.RecallAsync("dentist"));
    }

    [Fact]
    public async Task When_it_could_stand_for_two_things_nothing_changes_and_both_are_offered()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube dentist = await test.AddAsync("Book the dentist for Thursday.", "m1");
        MemCube dinner = await test.AddAsync("Dinner with Bo is on Monday.", "m2");
        FeedbackResult result = await GiveAsync(test, "Change it to next Friday.");
        Assert.Equal(FeedbackStatus.NeedsClarification, result.Status);
        Assert.Equal([dinner.Id, dentist.Id], result.Candidates.Select(cube => cube.Id));
        Assert.Equal((1, 1), (test.Vault.Find(dentist.Id)!.Version, test.Vault.Find(dinner.Id)!.Version));

        FeedbackResult chosen = await GiveAsync(test, "Change it to next Friday.", about: dinner.Id);
        Assert.Equal("Dinner with Bo is on next Friday (9 January 2026).", chosen.Changed.Single().After.Text);
    }

    [Fact]
    public async Task A_value_is_replaced_wherever_its_message_was_read_into()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube turn = await test.AddAsync("My sister Eva lives in Hamburg. We talk every week.", "m1");
        await test.Vault.SettleAsync();
        FeedbackResult result = await GiveAsync(test, "No, my sister lives in Bremen, not Hamburg.");
        Assert.Equal(FeedbackStatus.Applied, result.Status);
        Assert.Equal("My sister Eva lives in Bremen. We talk every week.", test.Vault.Find(turn.Id)!.Text);
        Assert.DoesNotContain(await test.RecallAsync("Where does my sister Eva live?"), text => text.Contains("Hamburg", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_corrected_fact_supersedes_the_old_one_which_stays_in_history()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await test.AddAsync("I live in Berlin.", "m1");
        await test.Vault.SettleAsync();
        FeedbackResult result = await GiveAsync(test, "That's wrong, I live in Lyon.");
        Assert.Equal((FeedbackStatus.Applied, MemoryIntent.Correct), (result.Status, result.Call.Intent));
        Assert.Single(result.Changed);
        Assert.Contains("Lyon", (await test.RecallAsync("Where do I live?"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_of_what_no_rule_knows_becomes_a_version_of_the_memory_that_it_contradicts()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube old = await test.AddAsync("The garden gate squeaks only in winter.", "m1");
        FeedbackResult result = await GiveAsync(test, "Actually, the garden gate squeaks only in summer.");
        Assert.Equal("the garden gate squeaks only in summer.", test.Vault.Find(old.Id)!.Text);
        Assert.Equal(old.Id, result.Changed.Single().Before.Id);
    }

    [Fact]
    public async Task What_is_to_be_forgotten_goes_to_the_archive_or_for_good_with_the_words_that_asked()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube coffee = await test.AddAsync("I really like strong coffee from Ethiopia.", "m1");
        Assert.Equal(FeedbackStatus.Applied, (await GiveAsync(test, "Forget that I like strong coffee.")).Status);
        Assert.Equal(CubeState.Archived, test.Vault.Find(coffee.Id)!.State);
        Assert.Empty(await test.RecallAsync("strong coffee"));

        MemCube tea = await test.AddAsync("I really like green tea from Uji.", "m2");
        FeedbackResult erased = await GiveAsync(test, "Forget that I like green tea.", erase: true);
        Assert.Null(test.Vault.Find(tea.Id));
        Assert.Null(erased.MessageId);
        Assert.DoesNotContain(test.Vault.Read(reader => reader.ReadMessages().ToArray()), message => message.Text.Contains("green tea", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Something_new_is_kept_and_nothing_else_changes()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube before = await test.AddAsync("The bakery opens at seven.", "m1");
        FeedbackResult result = await GiveAsync(test, "Also, the bakery sells rye bread.");
        Assert.Equal((FeedbackStatus.Applied, 0), (result.Status, result.Changed.Length));
        Assert.NotEmpty(result.Added);
        Assert.Equal(1, test.Vault.Find(before.Id)!.Version);

        FeedbackResult about = await GiveAsync(test, "Also, it is closed on Sundays.", about: before.Id);
        Assert.Equal("The bakery opens at seven.\nit is closed on Sundays.", about.Changed.Single().After.Text);
    }

    [Fact]
    public async Task Feedback_that_means_nothing_known_is_kept_as_a_message_and_says_so()
    {
        await using TestVault test = await TestVault.OpenAsync();
        FeedbackResult result = await GiveAsync(test, "Replace Oslo with Bergen.");
        Assert.Equal(FeedbackStatus.NothingFound, result.Status);
        Assert.Equal("Replace Oslo with Bergen.", test.Vault.Read(reader => reader.FindMessage(result.MessageId!, "s1"))!.Text);
    }

    [Fact]
    public async Task A_frozen_memory_is_not_changed_by_feedback()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube cube = await test.AddAsync("The contract runs until May.", "m1");
        await test.Vault.TransitionAsync(cube.Id, CubeState.Archived);
        await test.Vault.TransitionAsync(cube.Id, CubeState.Frozen);
        FeedbackResult result = await GiveAsync(test, "Replace May with June.");
        Assert.Equal(FeedbackStatus.NothingFound, result.Status);
        Assert.Equal(ErrorCodes.IllegalTransition, await TestVault.CodeOf(() => GiveAsync(test, "Forget that.", about: cube.Id)));
    }
}
