using MemOS.Operator;
using Xunit;

namespace MemOS.Core.Tests.Operator;

public class NearDuplicatesTests
{
    private static readonly DateTimeOffset Said = new(2023, 6, 14, 15, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("I love hiking in the mountains.", "I love hiking in the mountains!")]
    [InlineData("I love hiking in the mountains.", "I really love hiking in the mountains.")]
    [InlineData("I love hiking.", "i love hiking")]
    [InlineData("I'm allergic to peanuts.", "I am allergic to peanuts")]
    [InlineData("I'm allergic to peanuts.", "I'm also allergic to peanuts, btw.")]
    [InlineData("I enjoy painting watercolour landscapes.", "I just enjoy painting the watercolour landscapes.")]
    [InlineData("I like jazz music.", "Well, I like jazz music.")]
    [InlineData("I hate loud chewing.", "I absolutely hate loud chewing!")]
    [InlineData("I have two cats.", "I have two cats")]
    [InlineData("I can't stand cilantro.", "I really can't stand cilantro.")]
    [InlineData("I don't like horror movies.", "I don't like horror movies!!")]
    [InlineData("I play the violin.", "I play violin.")]
    [InlineData("I speak Spanish.", "I also speak Spanish.")]
    [InlineData("I'm into bouldering.", "I'm really into bouldering")]
    [InlineData("I love cooking spicy food.", "I love cooking spicy foods.")]
    [InlineData("I prefer tea over coffee.", "Honestly I prefer tea over coffee.")]
    [InlineData("I went to the dentist yesterday.", "I went to the dentist on June 13.")]
    [InlineData("I enjoy running along beautiful wooded river trails.", "I enjoy running along beautiful quiet wooded river trails.")]
    [InlineData("Please answer in French.", "please answer in French")]
    [InlineData("I own a small bakery downtown.", "I own a small bakery downtown, actually.")]
    public void These_join(string left, string right) => Assert.True(Same(left, right));

    [Theory]
    [InlineData("I have two cats.", "I have three cats.")]
    [InlineData("I have 2 cats.", "I have 3 cats.")]
    [InlineData("I like jazz.", "I don't like jazz.")]
    [InlineData("I can stand the heat.", "I can't stand the heat.")]
    [InlineData("I went to the dentist yesterday.", "I went to the dentist last week.")]
    [InlineData("I went to Rome in May.", "I went to Rome in June.")]
    [InlineData("I went to Rome in 2021.", "I went to Rome in 2022.")]
    [InlineData("I speak Spanish.", "I speak Italian.")]
    [InlineData("I love walking with Anna.", "I love walking with Anne.")]
    [InlineData("I prefer tea to coffee.", "I prefer coffee to tea.")]
    [InlineData("I flew to Paris.", "I flew from Paris.")]
    [InlineData("I love my cat.", "I love cats.")]
    [InlineData("I love my dog.", "I love his dog.")]
    [InlineData("I like eating before swimming.", "I like eating after swimming.")]
    [InlineData("I like coffee with sugar.", "I like coffee without sugar.")]
    [InlineData("I like running.", "I rarely like running.")]
    [InlineData("I like running uphill.", "I like running downhill.")]
    [InlineData("I'm allergic to peanuts.", "I'm allergic to walnuts.")]
    [InlineData("I was happy at the farm.", "I'm happy at the farm.")]
    [InlineData("I love the red house behind the old mill.", "I love the blue house behind the old mill.")]
    [InlineData("I pay 5% interest.", "I pay 5 dollars interest.")]
    [InlineData("I like all vegetables.", "I like some vegetables.")]
    [InlineData("I like red wine.", "I like wine.")]
    [InlineData("I no longer like wine.", "I like wine.")]
    [InlineData("I met Tom at 3pm today.", "I met Tom at 4pm today.")]
    public void These_stay_apart(string left, string right) => Assert.False(Same(left, right));

    private static bool Same(string left, string right)
    {
        bool same = NearDuplicates.AreSame(StatementShape.Of(left, Said), StatementShape.Of(right, Said));
        Assert.Equal(same, NearDuplicates.AreSame(StatementShape.Of(right, Said), StatementShape.Of(left, Said)));
        return same;
    }
}
