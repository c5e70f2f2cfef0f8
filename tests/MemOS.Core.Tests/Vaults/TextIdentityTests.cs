using MemOS.Vaults;

namespace MemOS.Core.Tests.Vaults;

public sealed class TextIdentityTests
{
    [Theory]
    [InlineData("My train leaves at nine.", "my  train leaves at nine", true)]
    [InlineData(" Hello there! ", "hello there", true)]
    [InlineData("My train leaves at nine.", "My train leaves at ten.", false)]
    [InlineData("I do like it", "I do not like it", false)]
    public void Texts_are_the_same_but_for_case_spaces_and_closing_punctuation(string left, string right, bool same)
    {
        Assert.Equal(same, TextIdentity.Hash("Ann", left) == TextIdentity.Hash("Ann", right));
        Assert.Equal(same, TextIdentity.Same("Ann", left, "Ann", right));
    }

    [Fact]
    public void The_same_words_of_another_speaker_are_another_statement() =>
        Assert.NotEqual(TextIdentity.Hash("Ann", "I like tea"), TextIdentity.Hash("Bob", "I like tea"));
}
