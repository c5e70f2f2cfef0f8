using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Vaults;

namespace MemOS.Tests.Vaults;

public sealed class ContextTests
{
    [Fact]
    public async Task One_text_stored_in_two_contexts_is_found_in_the_one_that_is_asked_about()
    {
        await using TestVault test = await TestVault.OpenAsync();
        string house = "viewing houses, mortgage from the bank, garden and kitchen, the agent named a price";
        string chess = "chess tournament, sicilian opening, queen and rook endgame, clock and rating";
        NewCube offer = new() { Payload = new PlaintextPayload("The offer was declined."), Origin = OriginSignature.UserInput };
        MemCube atHouse = await test.Vault.AddCubeAsync(offer with { ContextText = house, Context = "a" });
        MemCube atChess = await test.Vault.AddCubeAsync(offer with { ContextText = chess, Context = "b" });
        Assert.Equal(atHouse.Id, (await test.Vault.RecallAsync(Asked("the bank, the mortgage and the garden"))).Hits[0].Cube.Id);
        Assert.Equal(atChess.Id, (await test.Vault.RecallAsync(Asked("the endgame with queen and rook in the tournament"))).Hits[0].Cube.Id);
        await test.ReopenAsync();
        Assert.Equal(atChess.Id, (await test.Vault.RecallAsync(Asked("the endgame with queen and rook in the tournament"))).Hits[0].Cube.Id);
    }

    private static RecallQuery Asked(string context) => new() { Text = "What became of the offer?", Context = context };
}
