using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Excerpts;
using MemOS.Text;

namespace MemOS.Core.Tests.Operator.Recall.Excerpts;

public sealed class ExcerptCutterTests
{
    private const string Text = "Hey there! I moved to Bergen in May. The rain never stops. Dr. Olsen, e.g. my dentist, laughs at it. Do you like Bergen?";

    [Fact]
    public void The_sentence_with_the_questions_words_is_kept_whole_and_gaps_are_marked()
    {
        Excerpt cut = Cut(Text, "When did you move to Bergen?", 35)!;
        Assert.Equal("… I moved to Bergen in May. …", cut.Text);
        Assert.Equal("I moved to Bergen in May.", Shown(Text, Assert.Single(cut.Spans)));
    }

    [Fact]
    public void Neighbouring_sentences_are_one_span_and_every_span_stands_in_the_excerpt()
    {
        Excerpt cut = Cut(Text, "moved to Bergen, rain", 55)!;
        Assert.All(cut.Spans, span => Assert.Contains(Shown(Text, span), cut.Text, StringComparison.Ordinal));
        Assert.Equal("… I moved to Bergen in May. The rain never stops. …", cut.Text);
    }

    [Fact]
    public void Abbreviations_lists_and_other_scripts_are_cut_where_sentences_end()
    {
        Assert.Equal(["Use v1.5, e.g. for this.", "It works!"], Sentences("Use v1.5, e.g. for this. It works!"));
        Assert.Equal(["Ask Dr. Olsen.", "Yes."], Sentences("Ask Dr. Olsen. Yes."));
        Assert.Equal(["- eggs", "- milk"], Sentences("- eggs\n- milk\n"));
        Assert.Equal(["我喜欢茶。", "你呢？"], Sentences("我喜欢茶。你呢？"));
        Assert.Equal(["\"Really?\"", "She nodded."], Sentences("\"Really?\" She nodded."));
    }

    [Fact]
    public void A_short_text_and_a_single_sentence_are_not_cut()
    {
        Assert.Null(Cut("One. Two.", "one", 40));
        Assert.Null(Cut(new string('x', 200), "one", 40));
        Assert.Null(Cut("", "one", 40));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_text_gives_whole_sentences_in_their_order(int seed)
    {
        var random = new Random(seed);
        string[] parts = ["A b. ", "See v2.1! ", "\n", "what? ", "…", " ", "漢字。", "x", "\ud83d\ude00. ", "\ud83d", "e.g. so "];
        for (int i = 0; i < 300; i++)
        {
            string text = string.Concat(random.GetItems(parts, random.Next(1, 30)));
            List<TextSpan> sentences = SentenceSpans.Of(text);
            Assert.Equal(string.Concat(text.Where(c => !char.IsWhiteSpace(c))), string.Concat(sentences.Select(span => Shown(text, span)).SelectMany(part => part.Where(c => !char.IsWhiteSpace(c)))));
            if (Cut(text, "see 漢字", random.Next(8, 60)) is { } cut)
            {
                Assert.True(cut.Text.Length < text.Length);
                Assert.All(cut.Spans, span => Assert.Contains(sentences, sentence => sentence.Start == span.Start));
                Assert.All(cut.Spans, span => Assert.Contains(sentences, sentence => sentence.Start + sentence.Length == span.Start + span.Length));
                Assert.Equal(cut.Spans.OrderBy(span => span.Start), cut.Spans);
            }
        }
    }

    private static string Shown(string text, TextSpan span) => text.Substring(span.Start, span.Length);

    private static string[] Sentences(string text) => [.. SentenceSpans.Of(text).Select(span => Shown(text, span))];

    private static Excerpt? Cut(string text, string question, int length)
    {
        ulong[] keys = [.. TextAnalyzer.Analyze(question).Select(word => MemOS.Operator.Recall.Indexing.TermKey.Of(word)).Distinct()];
        return ExcerptCutter.Cut(text, new QuestionWords(keys, [.. keys.Select(_ => 3f)]), length);
    }
}
