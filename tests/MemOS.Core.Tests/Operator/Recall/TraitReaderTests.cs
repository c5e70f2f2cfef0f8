using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Indexing;
using Xunit;

namespace MemOS.Core.Tests.Operator.Recall;

public sealed class TraitReaderTests
{
    [Theory]
    [InlineData("I went there yesterday", DocumentTraits.OfSelf | DocumentTraits.SaysWhen)]
    [InlineData("See you next week", DocumentTraits.OfOther | DocumentTraits.SaysWhen)]
    [InlineData("The week was long", DocumentTraits.None)]
    [InlineData("Founded in 1987", DocumentTraits.Counts | DocumentTraits.SaysWhen)]
    [InlineData("12 eggs", DocumentTraits.Counts)]
    [InlineData("Never use tabs", DocumentTraits.Directs)]
    [InlineData("The tests have to pass", DocumentTraits.Directs)]
    [InlineData("Don't touch it", DocumentTraits.Directs)]
    [InlineData("How nice! Was it warm? Good.", DocumentTraits.Inquires)]
    [InlineData("Look\n[image: a dog on a beach]", DocumentTraits.Shows)]
    [InlineData("", DocumentTraits.None)]
    [InlineData("an extraordinarilylongwordthatnobodyknows", DocumentTraits.None)]
    public void Wording_tells_what_a_text_may_answer(string text, object expected) =>
        Assert.Equal((DocumentTraits)expected, TraitReader.Of(text, named: false));

    [Fact]
    public void Names_are_those_that_the_reader_found() => Assert.Equal(DocumentTraits.Names, TraitReader.Of("In Oslo", named: true));
}
