using System.Collections.Immutable;
using System.Text;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Ranking;
using MemOS.Text.Classes;
using static MemOS.Core.Tests.Operator.Recall.SampleCubes;

namespace MemOS.Core.Tests.Operator.Recall.Ranking;

public sealed class ClassLegTests
{
    private static readonly RecallOptions s_without = new() { ClassWeight = 0 };

    [Theory]
    [InlineData("What martial arts has John done?", "taekwondo")]
    [InlineData("Which cities did she visit?", "pari")]
    [InlineData("Which city have both of them seen?", "rome")]
    [InlineData("What kinds of musical instruments does she play?", "violin")]
    [InlineData("How many dogs do we have?", "puppi")]
    [InlineData("In which European countries was Maria?", "spain")]
    public void The_noun_before_the_verb_is_the_class_that_is_asked_for(string question, string member) => Assert.Contains(member, Members(question));

    [Theory]
    [InlineData("What is Paris?")]
    [InlineData("When did the cities grow?")]
    [InlineData("I like cities, which is odd")]
    [InlineData("What did she do in the city?")]
    [InlineData("")]
    public void Other_questions_ask_for_no_class(string question) => Assert.Empty(Members(question));

    [Fact]
    public void A_member_is_found_that_shares_no_word_with_the_question()
    {
        MemCube[] turns = [.. Enumerable.Range(1, 30).Select(i => Turn(i, "Ann", $"note {i} about the garden", $"c{i}")), Turn(40, "Ann", "Off to do some taekwondo", "c40")];
        Assert.Equal(40, Assert.Single(Hits(new RecallIndex("none"), turns, "What martial arts has she done?")).Sequence);
        Assert.Empty(Hits(new RecallIndex("none", s_without), turns, "What martial arts has she done?"));
    }

    [Fact]
    public void What_the_question_names_itself_and_what_nearly_all_have_is_no_answer()
    {
        var index = new IndexFixture(Turn(1, "Ann", "Rome again", "c1"), Turn(2, "Ann", "Nice weather, they say", "c2"), Turn(3, "Ann", "Oslo was cold", "c3"));
        Assert.Equal(3, index.Sequences("Which cities other than Rome?", query => query with { Limit = 3 }).First(sequence => sequence != 1));
        float rare = Lexical(index, "Which cities did she see?", 3);
        for (int i = 4; i < 60; i++)
        {
            index.Apply(Turn(i, "Ann", $"Vienna {i}", $"c{i}"));
        }

        Assert.True(Lexical(index, "Which cities did she see?", 3) < rare / 2);
    }

    [Fact]
    public void A_member_in_what_the_caller_may_not_read_changes_nothing()
    {
        MemCube seen = Turn(1, "Ann", "Oslo was cold", "c1");
        MemCube hidden = Turn(2, "Ann", "Vienna was warm", "c2");
        hidden = hidden with { Governance = hidden.Governance with { Sensitivity = Sensitivity.Secret } };
        var plain = new IndexFixture(seen, Turn(2, "Ann", "Nothing was warm", "c2"));
        var index = new IndexFixture(seen, hidden);
        RankedCube hit = Assert.Single(index.Search("Which cities did she see?", query => query with { Caller = Caller.Named("guest") }).Hits);
        Assert.Equal(Lexical(plain, "Which cities did she see?", 1), hit.Breakdown.Lexical, 5);
    }

    private static ImmutableArray<RankedCube> Hits(RecallIndex index, MemCube[] turns, string question)
    {
        foreach (MemCube turn in turns)
        {
            index.Apply(turn, DocumentAnalyzer.Analyze(turn, vector: null));
        }

        return index.Search(new RecallQuery { Text = question }, null, IndexFixture.Now).Hits;
    }

    private static float Lexical(IndexFixture index, string question, long sequence) =>
        (float)index.Search(question, query => query with { Limit = 100 }).Hits.Single(hit => hit.Sequence == sequence).Breakdown.Lexical;

    private static HashSet<string> Members(string question)
    {
        ImmutableArray<WordClass> classes = ClassReader.Read(question);
        return [.. classes.SelectMany(one => Enumerable.Range(0, one.Count).Select(i => Encoding.UTF8.GetString(one.Word(i))))];
    }
}
