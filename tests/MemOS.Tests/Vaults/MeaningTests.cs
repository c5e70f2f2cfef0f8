namespace MemOS.Tests.Vaults;

public sealed class MeaningTests
{
    [Theory]
    [InlineData("doctor", "The physician prescribed rest.")]
    [InlineData("car", "My new automobile is red.")]
    public async Task A_question_that_shares_no_word_with_its_answer_is_answered_by_meaning(string question, string answer)
    {
        await using TestVault test = await TestVault.OpenAsync();
        await test.AddAsync("My new automobile is red.");
        await test.AddAsync("The soup was too salty.");
        await test.AddAsync("The physician prescribed rest.");
        Assert.Equal(answer, (await test.RecallAsync(question))[0]);
    }
}
