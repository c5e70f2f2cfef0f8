using MemOS.Reader;

namespace MemOS.Core.Tests.Reader;

public sealed class EntityNamesTests
{
    [Theory]
    [InlineData("Yesterday we met Anna Maria Schmidt in New York.", "Anna Maria Schmidt|New York")]
    [InlineData("I'm sure that I love NASA and Jean-Luc", "NASA|Jean-Luc")]
    [InlineData("The dog ran. Then it slept.", "")]
    [InlineData("we saw Rome and Rome again", "Rome")]
    public void Names_inside_a_sentence_are_found_once(string text, string names) => Assert.Equal(names, string.Join('|', EntityNames.In(text)));
}
