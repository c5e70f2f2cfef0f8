using MemOS.Cubes;
using MemOS.Reader;
using MemOS.Reader.Statements;

namespace MemOS.Core.Tests.Reader.Statements;

public sealed class StandingInstructionsTests
{
    [Theory]
    [InlineData("Keep money as whole minor units, an integer, everywhere.")]
    [InlineData("No child of this group may be pictured on the web.")]
    [InlineData("With craftsmen, always get a signed offer; never pay ahead, and only use cards.")]
    [InlineData("The works council signed off on this: households must not be recognisable.")]
    [InlineData("In letters to the bank, don't use my first name.")]
    [InlineData("I will not have the app praise losing kilos.")]
    [InlineData("I only want the lines that differ, not the file over again.")]
    [InlineData("Removal of linked records has to be announced first.")]
    [InlineData("Peanuts are out of the question in this kitchen.")]
    public void What_is_laid_down_for_the_future_is_an_instruction(string sentence) => Assert.True(StandingInstructions.Is(sentence));

    [Theory]
    [InlineData("Don't give up, you can do it!")]
    [InlineData("You must be tired after such a long day.")]
    [InlineData("That must have been a sight to behold.")]
    [InlineData("Keep the receipt of the new lamp.")]
    [InlineData("Always here to help when you need it.")]
    [InlineData("I have to go now, see you tomorrow.")]
    [InlineData("May I bring my sister to the party?")]
    [InlineData("We may be late on Friday, nobody knows.")]
    [InlineData("I never saw such a thing before.")]
    [InlineData("The tent is the only part which Jonas really cares about.")]
    [InlineData("It took longer than last week, nobody knows why.")]
    [InlineData("No sugar.")]
    public void Encouragement_guesses_requests_and_stories_are_none(string sentence) => Assert.False(StandingInstructions.Is(sentence));

    [Fact]
    public void One_in_a_long_message_becomes_a_preference_with_its_exact_words()
    {
        const string Text = "The boiler made a noise again. Keep money as whole minor units, an integer, everywhere. The visitors left early.";
        Statement read = Assert.Single(StatementReader.Read(Said(Text, MessageRole.User)));
        Assert.Equal(("Keep money as whole minor units, an integer, everywhere.", SemanticType.Preference), (read.Text, read.Type));
        Assert.Equal(read.Text, Text.Substring(read.Start, read.Length));
        Assert.Contains("instruction", read.Tags);
        Assert.Empty(StatementReader.Read(Said(Text, MessageRole.Assistant)));
        Assert.Empty(StatementReader.Read(Said("Kim said: keep money as whole minor units everywhere, always?", MessageRole.User)));
    }

    private static Message Said(string text, MessageRole role) =>
        new() { Id = "1", Text = text, Role = role, Speaker = "Ann", Time = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero) };
}
