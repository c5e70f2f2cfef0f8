using System.Text;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Tests.Vaults;

public sealed class ContextTests
{
    private const string House = "viewing houses, mortgage from the bank, garden and kitchen, the agent named a price";
    private const string Chess = "chess tournament, sicilian opening, queen and rook endgame, clock and rating";

    [Fact]
    public async Task One_text_stored_in_two_contexts_is_found_in_the_one_that_is_asked_about()
    {
        await using TestVault test = await TestVault.OpenAsync();
        NewCube offer = new() { Payload = new PlaintextPayload("The offer was declined."), Origin = OriginSignature.UserInput };
        MemCube atHouse = await test.Vault.AddCubeAsync(offer with { ContextText = House, Context = "a" });
        MemCube atChess = await test.Vault.AddCubeAsync(offer with { ContextText = Chess, Context = "b" });
        Assert.Equal(atHouse.Id, (await test.Vault.RecallAsync(Asked("the bank, the mortgage and the garden"))).Hits[0].Cube.Id);
        Assert.Equal(atChess.Id, (await test.Vault.RecallAsync(Asked("the endgame with queen and rook in the tournament"))).Hits[0].Cube.Id);
        await test.ReopenAsync();
        Assert.Equal(atChess.Id, (await test.Vault.RecallAsync(Asked("the endgame with queen and rook in the tournament"))).Hits[0].Cube.Id);
    }

    [Fact]
    public async Task A_sentence_said_in_two_tasks_is_two_memories_and_a_recall_prefers_the_task_at_hand()
    {
        await using TestVault test = await TestVault.OpenAsync();
        Message said = test.Said("I accepted the second offer, and my answer is yes.");
        await test.Vault.AddAsync([said with { ContextText = House }]);
        await test.Vault.AddAsync([said with { ContextText = Chess }]);
        await test.Vault.AddAsync([said with { ContextText = Chess }]);
        await test.Vault.SettleAsync();

        RecallResult found = await test.Vault.RecallAsync(new RecallQuery { Text = "Which offer was accepted?", Context = "the endgame with queen and rook in the tournament" });

        Assert.Equal([3L, 2L], found.Hits.Take(1).SelectMany(hit => hit.Cube.Sources).Select(source => source.Number).OrderDescending());
        Assert.Equal(1, (await test.Vault.RecallAsync(new RecallQuery { Text = "Which offer was accepted?", Context = "the bank, the mortgage and the garden" })).Hits[0].Cube.Sources[0].Number);
    }

    [Fact]
    public async Task The_words_of_a_context_are_kept_with_the_message_and_forgotten_with_it()
    {
        await using TestVault test = await TestVault.OpenAsync();
        AddedMessage added = (await test.Vault.AddAsync([test.Said("The offer was declined.") with { ContextText = Chess }]))[0];
        await test.ReopenAsync();
        Assert.Equal(Chess, test.Vault.Read(reader => reader.FindMessage(added.MessageId, added.Conversation))?.ContextText);

        await test.Vault.ForgetAsync(new ForgetScope { Messages = [added.MessageId] });

        Assert.DoesNotContain(
            Directory.EnumerateFiles(test.VaultFolder),
            file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes("sicilian")) >= 0);
    }

    private static RecallQuery Asked(string context) => new() { Text = "What became of the offer?", Context = context };
}
