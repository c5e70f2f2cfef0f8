using MemOS.Operator.Recall.Ranking;
using Xunit;

namespace MemOS.Core.Tests.Operator.Recall.Ranking;

public sealed class QuestionReaderTests
{
    [Theory]
    [InlineData("When did Ann move?", AskedFor.Time)]
    [InlineData("Where does Bob work?", AskedFor.Name)]
    [InlineData("How many cats are there?", AskedFor.Number | AskedFor.Several)]
    [InlineData("Write a function that reads a file.", AskedFor.Action)]
    [InlineData("Which board should the carpenter take?", AskedFor.Name | AskedFor.Action)]
    [InlineData("What did I say about tea?", AskedFor.OfSelf)]
    [InlineData("What about the tea?", AskedFor.Anything)]
    [InlineData("Wann fährt der Zug?", AskedFor.Time)]
    [InlineData("", AskedFor.Anything)]
    public void Question_words_tell_what_is_wanted(string text, object expected) => Assert.Equal((AskedFor)expected, QuestionReader.Read(text));
}
