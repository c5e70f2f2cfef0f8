using System.Text;
using MemOS.Text.Classes;
using Xunit;

namespace MemOS.Text.Tests;

public class WordClassesTests
{
    private static readonly ReadOnlyMemory<byte> Data = ImageMemory.Open(typeof(WordClasses).Assembly, "wordnet.classes");

    [Fact]
    public void The_table_that_ships_is_what_its_hash_says_and_small()
    {
        Assert.Equal(WordClasses.ComputeHash(Data.Span), new WordClasses(Data).Hash.ToArray());
        Assert.InRange(Data.Length, 1 << 20, 4 << 20);
        Assert.Contains("WordNet", WordClasses.Shared.Notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cities", "Paris")]
    [InlineData("city", "Rome")]
    [InlineData("martial arts", "taekwondo")]
    [InlineData("states", "Oregon")]
    [InlineData("sport", "tennis")]
    [InlineData("musical instruments", "violin")]
    [InlineData("children", "son")]
    [InlineData("European countries", "England")]
    [InlineData("states", "North Carolina")]
    public void A_class_has_its_members_and_instances(string name, string member) => Assert.Contains(Term(member), Members(name).Keys);

    [Theory]
    [InlineData("city", "make")]
    [InlineData("sport", "go")]
    [InlineData("fruit", "like")]
    public void What_mostly_means_something_else_is_no_member(string name, string word) => Assert.DoesNotContain(Term(word), Members(name).Keys);

    [Theory]
    [InlineData("")]
    [InlineData("kjartansson")]
    [InlineData("entity")]
    [InlineData("artifact")]
    public void Names_that_are_unknown_or_mean_nearly_everything_are_no_classes(string name) => Assert.Empty(Members(name));

    [Fact]
    public void Shares_are_at_least_a_half() => Assert.All(Members("city").Values, share => Assert.InRange(share, 0.49f, 1));

    [Fact]
    public void Every_name_and_member_can_be_read_from_any_address()
    {
        byte[] shifted = new byte[Data.Length + 1];
        Data.CopyTo(shifted.AsMemory(1));
        WordClass sport = new WordClasses(shifted.AsMemory(1)).Find(Term("sport"))[0];
        Assert.Equal(Enumerable.Range(0, sport.Count).Select(i => sport.Word(i).ToArray()), Enumerable.Range(0, sport.Count).Select(i => WordClasses.Shared.Find(Term("sport"))[0].Word(i).ToArray()));
    }

    [Fact]
    public void A_table_that_is_cut_off_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => new WordClasses(Data[..^1]));
        Assert.Throws<InvalidDataException>(() => new WordClasses(Data[..20]));
        Assert.Throws<InvalidDataException>(() => new WordClasses(new byte[1000]));
    }

    private static string Term(string text) => string.Join(' ', TextAnalyzer.Analyze(text));

    private static Dictionary<string, float> Members(string name)
    {
        Dictionary<string, float> members = [];
        foreach (WordClass sense in WordClasses.Shared.Find(Term(name)))
        {
            for (int i = 0; i < sense.Count; i++)
            {
                members[Encoding.UTF8.GetString(sense.Word(i))] = sense.Share(i);
            }
        }

        return members;
    }
}
