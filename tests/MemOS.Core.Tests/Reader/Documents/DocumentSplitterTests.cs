using FsCheck;
using FsCheck.Fluent;
using MemOS.Reader.Documents;
using Xunit;

namespace MemOS.Core.Tests.Reader.Documents;

public class DocumentSplitterTests
{
    private static readonly string Sentence = string.Concat(Enumerable.Repeat("word ", 15)).Trim() + ". ";

    private static readonly Gen<string> Pieces = Gen.Elements(
        "# Title\n", "## Part\n\n", "Setext\n===\n", "- item one\n", "  - nested\n", "1. first\n", "> quote\n", "```\ncode\n\nmore\n```\n",
        "    indented\n", "| a | b |\n|---|---|\n| 1 | 2 |\n", "\n", "\r\n", "[ref]: http://x.y\n", "<div>\nhtml\n</div>\n", "text *em* `c`\n",
        "---\n", "long long words without an end \n", "\t", "😀", "。", "plain. ", "\0", "[^1]: note\n", "&amp;\n", "#\n");

    [Fact]
    public void A_blank_document_has_no_passages() => Assert.Empty(DocumentSplitter.Split(" \n\n", DocumentFormat.Markdown));

    [Fact]
    public void A_section_carries_the_headings_above_it()
    {
        var passages = DocumentSplitter.Split("intro\n\n# A\n\none\n\n## B `c` *d*\n\ntwo\n\n## E\n\nthree\n\n# F\n\nfour", DocumentFormat.Markdown);
        Assert.Equal(
            ["|intro", "A|# A\n\none", "A/B c d|## B `c` *d*\n\ntwo", "A/E|## E\n\nthree", "F|# F\n\nfour"],
            passages.Select(p => string.Join('/', p.Headings) + "|" + p.Text));
    }

    [Fact]
    public void A_heading_without_text_stays_with_its_first_section_and_a_last_one_stands_alone()
    {
        var passages = DocumentSplitter.Split("# A\n\n## B\n\ntext\n\n## C\n\n## D", DocumentFormat.Markdown);
        Assert.Equal(["A/B|# A\n\n## B\n\ntext", "A/C|## C", "A/D|## D"], passages.Select(p => string.Join('/', p.Headings) + "|" + p.Text));
    }

    [Fact]
    public void Short_paragraphs_are_packed_together()
    {
        var source = string.Join("\n\n", Enumerable.Repeat(Sentence.Trim(), 40));
        var passages = DocumentSplitter.Split(source, DocumentFormat.PlainText);
        Assert.All(passages, p => Assert.InRange(p.Length, 200, 1200));
    }

    [Theory]
    [InlineData(DocumentFormat.PlainText)]
    [InlineData(DocumentFormat.Markdown)]
    public void A_long_paragraph_is_cut_between_sentences(DocumentFormat format)
    {
        var passages = DocumentSplitter.Split(string.Concat(Enumerable.Repeat(Sentence, 100)), format);
        Assert.All(passages, p => Assert.InRange(p.Length, 1, 1200));
        Assert.All(passages, p => Assert.EndsWith(".", p.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_code_block_stays_whole_up_to_four_times_the_maximum()
    {
        var code = "```\n" + string.Concat(Enumerable.Repeat("line. of code\n\n", 200)) + "```";
        var passages = DocumentSplitter.Split(Sentence + "\n\n" + code + "\n\n" + Sentence, DocumentFormat.Markdown);
        Assert.Contains(passages, p => p.Text.Contains(code, StringComparison.Ordinal));
    }

    [Fact]
    public void A_code_block_over_four_times_the_maximum_is_cut()
    {
        var code = "```\n" + string.Concat(Enumerable.Repeat("line. of code\n\n", 1000)) + "```";
        Assert.All(DocumentSplitter.Split(code, DocumentFormat.Markdown), p => Assert.InRange(p.Length, 1, 1200));
    }

    [Fact]
    public void List_items_and_tables_stay_whole()
    {
        var item = "- " + string.Concat(Enumerable.Repeat(Sentence, 10)).Trim();
        var table = "| a | b |\n|---|---|\n" + string.Concat(Enumerable.Repeat("| some cell. | some other cell. |\n", 60)).Trim();
        var passages = DocumentSplitter.Split(item + "\n" + item + "\n\n" + table, DocumentFormat.Markdown);
        Assert.Equal([item, item, table], passages.Select(p => p.Text));
    }

    [Fact]
    public void Markdown_that_is_nested_too_deeply_is_read_as_text()
    {
        var source = string.Concat(Enumerable.Repeat("> ", 5000)) + "deep";
        Assert.NotEmpty(DocumentSplitter.Split(source, DocumentFormat.Markdown));
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => DocumentSplitter.Split("x", DocumentFormat.PlainText, new DocumentSplitOptions { MinimumLength = 50, MaximumLength = 20 }));

    [Theory]
    [InlineData(DocumentFormat.PlainText)]
    [InlineData(DocumentFormat.Markdown)]
    public void Passages_are_ordered_verbatim_and_hold_every_character_that_is_not_blank(DocumentFormat format) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1000),
            Prop.ForAll(
                Gen.Zip(Pieces.ArrayOf(), Gen.Choose(16, 100)).ToArbitrary(),
                pair =>
                {
                    var source = string.Concat(pair.Item1);
                    var options = new DocumentSplitOptions { MinimumLength = pair.Item2 / 4, MaximumLength = pair.Item2 };
                    var at = 0;
                    foreach (var passage in DocumentSplitter.Split(source, format, options))
                    {
                        if (passage.Start < at || passage.Length == 0
                            || !string.Equals(source.Substring(passage.Start, passage.Length), passage.Text, StringComparison.Ordinal)
                            || !string.IsNullOrWhiteSpace(source[at..passage.Start]))
                        {
                            return false;
                        }

                        at = passage.Start + passage.Length;
                    }

                    return string.IsNullOrWhiteSpace(source[at..]);
                }));
}
