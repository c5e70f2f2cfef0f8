using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Corrections;
using MemOS.Scheduler;
using MemOS.Vaults;

namespace MemOS.Tests.Vaults;

public sealed class FeedbackJobTests
{
    private static Task<AddedMessage> AcceptAsync(TestVault test, string text, params CubeId[] about) =>
        test.Vault.AcceptFeedbackAsync(new FeedbackInput { Text = text, Conversation = "s1", Speaker = "Ann", About = [.. about], Time = test.Clock.GetUtcNow() });

    private static VaultJob? Left(TestVault test, AddedMessage own) => test.Vault.JobsFor(own.Number, own.Number).SingleOrDefault();

    [Fact]
    public async Task Accepted_feedback_is_carried_out_later_and_leaves_no_job()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube dentist = await test.AddAsync("Book the dentist for Thursday.", "m1");
        AddedMessage own = await AcceptAsync(test, "Change it to next Friday.");
        await test.Vault.SettleAsync();
        Assert.Null(Left(test, own));
        Assert.Equal("Book the dentist for next Friday (9 January 2026).", test.Vault.Find(dentist.Id)!.Text);
        Assert.Contains(test.Vault.Find(dentist.Id)!.Sources, source => source.MessageId == own.MessageId);
    }

    [Fact]
    public async Task What_could_mean_two_memories_ends_dead_with_the_reason_survives_a_restart_and_is_tried_again_on_demand()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube dentist = await test.AddAsync("Book the dentist for Thursday.", "m1");
        MemCube dinner = await test.AddAsync("Dinner with Bo is on Monday.", "m2");
        AddedMessage own = await AcceptAsync(test, "Change it to next Friday.");
        await test.Vault.SettleAsync();
        await test.ReopenAsync();
        VaultJob dead = Left(test, own)!;
        Assert.Equal((true, ErrorCodes.AmbiguousFeedback, JobKinds.Feedback), (dead.IsDead, dead.Failure, dead.Kind));
        Assert.Equal((1, 1), (test.Vault.Find(dentist.Id)!.Version, test.Vault.Find(dinner.Id)!.Version));
        Assert.Equal("Change it to next Friday.", test.Vault.Read(reader => reader.FindMessage(own.Number))!.Text);

        await test.Vault.TransitionAsync(dentist.Id, CubeState.Archived);
        await test.Vault.RetryJobAsync(dead.Number);
        await test.Vault.SettleAsync();
        Assert.Null(Left(test, own));
        Assert.Equal("Dinner with Bo is on next Friday (9 January 2026).", test.Vault.Find(dinner.Id)!.Text);
        Assert.Equal(ErrorCodes.JobNotFound, await TestVault.CodeOf(() => test.Vault.RetryJobAsync(dead.Number)));
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_asked_again_later_without_a_new_write()
    {
        using ScriptedModel model = new("", """{"edits":[{"action":"replace","memory":0,"text":"The bakery opens at eight."}],"also_new":false}""");
        await using TestVault test = await TestVault.OpenAsync(model);
        MemCube bakery = await test.AddAsync("The bakery opens at seven.", "m1");
        AddedMessage own = await AcceptAsync(test, "They changed the bakery's opening hours, it is eight now.");
        await test.Vault.SettleAsync();
        VaultJob waiting = Left(test, own)!;
        Assert.Equal((false, 1, ErrorCodes.ModelFailed), (waiting.IsDead, waiting.Attempts, waiting.Failure));

        test.Clock.Advance(TimeSpan.FromSeconds(10));
        await test.Vault.SettleAsync();
        Assert.Null(Left(test, own));
        Assert.Equal("The bakery opens at eight.", test.Vault.Find(bakery.Id)!.Text);
        Assert.Equal("The bakery opens at seven.", test.Vault.FindVersion(bakery.Id, 1)!.Text);
    }

    [Fact]
    public async Task Closing_waits_for_no_model_and_the_job_goes_on_when_the_vault_is_opened_again()
    {
        using ScriptedModel model = new(ScriptedModel.Never, """{"edits":[],"also_new":true}""");
        await using TestVault test = await TestVault.OpenAsync(model);
        AddedMessage own = await AcceptAsync(test, "The bakery opens at eight now.");
        Task settled = test.Vault.SettleAsync(); // makes the job begin at once
        await model.WasAsked.Task;
        await test.ReopenAsync();
        await settled;
        await test.Vault.SettleAsync();
        Assert.Null(Left(test, own));
        Assert.Equal(2, model.Asked.Count);
    }

    [Fact]
    public async Task A_model_that_never_answers_as_asked_costs_three_tries_and_no_words()
    {
        using ScriptedModel model = new("Sure!", """{"edits":[{"action":"replace","memory":7,"text":"x"}],"also_new":false}""", """{"edits":[{"action":"erase","memory":0,"text":""}]}""");
        await using TestVault test = await TestVault.OpenAsync(model);
        MemCube bakery = await test.AddAsync("The bakery opens at seven.", "m1");
        AddedMessage own = await AcceptAsync(test, "The bakery opens at eight now.");
        await test.Vault.SettleAsync();
        Assert.Equal((true, ErrorCodes.ModelAnswerInvalid), (Left(test, own)!.IsDead, Left(test, own)!.Failure));
        Assert.Equal(3, model.Asked.Count);
        Assert.Contains("edits[0].memory must be a number from 0 to 0", model.Asked.Last(), StringComparison.Ordinal);
        Assert.Equal(1, test.Vault.Find(bakery.Id)!.Version);
        Assert.Contains(await test.RecallAsync("When does the bakery open?"), text => text == "The bakery opens at eight now.");
    }

    [Fact]
    public async Task A_model_changes_what_it_was_shown_and_the_instruction_itself_is_put_away()
    {
        using ScriptedModel model = new(
            """
            Here is the plan:
            ```json
            {"edits":[{"action":"replace","memory":0,"text":"My flat has three rooms.",}], // as asked
             "also_new":false}
            ```
            """);
        await using TestVault test = await TestVault.OpenAsync(model);
        MemCube flat = await test.AddAsync("My flat has two rooms.", "m1");
        FeedbackResult result = await test.Vault.GiveFeedbackAsync(new FeedbackInput { Text = "We tore down a wall and built another: count three rooms in the flat.", Conversation = "s1" });
        Assert.Equal((FeedbackStatus.Applied, flat.Id), (result.Status, result.Changed.Single().After.Id));
        Assert.Equal(["My flat has three rooms."], await test.RecallAsync("How many rooms has the flat?"));
        Assert.Contains("\"text\":\"My flat has two rooms.\"", model.Asked.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_with_narrower_rights_cannot_leave_work_for_the_owner()
    {
        await using TestVault test = await TestVault.OpenAsync();
        Assert.Equal(ErrorCodes.Forbidden, await TestVault.CodeOf(() => test.Vault.AcceptFeedbackAsync(new FeedbackInput { Text = "Forget that." }, Caller.Named("guest"))));
    }
}
