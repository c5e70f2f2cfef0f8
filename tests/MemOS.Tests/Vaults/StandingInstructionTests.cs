using MemOS.Operator.Recall;

namespace MemOS.Tests.Vaults;

public sealed class StandingInstructionTests
{
    [Fact]
    public async Task An_instruction_given_once_comes_back_when_a_request_falls_under_it_though_they_share_no_word()
    {
        await using TestVault test = await TestVault.OpenAsync();
        string[] weeks = [.. Enumerable.Range(0, 60).Select(i => $"In week {i} we wrote the invoice for shop {i} and sent the letter to customer {i}, as usual.")];
        string instruction = "The weather was fine on Sunday. Keep prices as whole cents in every calculation. My sister came by in the evening.";
        await test.Vault.AddAsync([.. weeks[..30].Select(text => test.Said(text)), test.Said(instruction), .. weeks[30..].Select(text => test.Said(text))]);
        await test.Vault.SettleAsync();
        RecallQuery request = new() { Text = "Write the function that adds up the costs of an invoice." };
        RecallHit hit = Assert.Single((await test.Vault.RecallAsync(request)).Hits, hit => hit.Cube.Text == instruction);
        Assert.Single(hit.Derived);

        // A question of fact does not call for it.
        Assert.DoesNotContain((await test.Vault.RecallAsync(request with { Text = "When was the invoice for shop 7 written?" })).Hits, hit => hit.Cube.Text == instruction);
    }
}
