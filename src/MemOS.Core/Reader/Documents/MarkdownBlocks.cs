using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MemOS.Reader.Documents;

/// <summary>Finds the blocks of a Markdown document. A block reaches to the start of the next, so that nothing falls between two.</summary>
internal static class MarkdownBlocks
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UsePipeTables().Build();

    /// <summary>The blocks, in order, over the whole source; or null for a document that is nested too deeply to be read as Markdown.</summary>
    public static List<DocumentBlock>? TryFind(string source)
    {
        MarkdownDocument document;
        try
        {
            document = Markdown.Parse(source, Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig bounds its recursion and throws when a document goes deeper.
            return null;
        }

        var blocks = new List<DocumentBlock>();
        foreach (var block in document)
        {
            if (block is ListBlock list)
            {
                foreach (var item in list)
                {
                    Add(blocks, source, item, DocumentBlockKind.Whole);
                }
            }
            else
            {
                Add(blocks, source, block, block is CodeBlock or Table ? DocumentBlockKind.Whole : DocumentBlockKind.Prose);
            }
        }

        return blocks;
    }

    private static void Add(List<DocumentBlock> blocks, string source, Block block, DocumentBlockKind kind)
    {
        // Definitions of link references are listed at the end, wherever they stand; they count with the block before them.
        var start = block.Span.Start;
        var first = blocks.Count == 0;
        if (start < 0 || start >= source.Length || (!first && start <= blocks[^1].Start) || block is LinkReferenceDefinitionGroup)
        {
            return;
        }

        if (first)
        {
            // What stands before the first block is prose of its own only when the parser left something there.
            if (!source.AsSpan(0, start).IsWhiteSpace())
            {
                blocks.Add(new DocumentBlock(0, start, DocumentBlockKind.Prose));
            }
            else
            {
                start = 0;
            }
        }
        else
        {
            blocks[^1] = blocks[^1] with { End = start };
        }

        blocks.Add(block is HeadingBlock heading
            ? new DocumentBlock(start, source.Length, DocumentBlockKind.Heading, heading.Level, Title(heading))
            : new DocumentBlock(start, source.Length, kind));
    }

    private static string Title(HeadingBlock heading)
    {
        var title = new StringBuilder();
        foreach (var inline in heading.Inline?.Descendants() ?? [])
        {
            switch (inline)
            {
                case LiteralInline literal:
                    title.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    title.Append(code.Content);
                    break;
                case HtmlEntityInline entity:
                    title.Append(entity.Transcoded.AsSpan());
                    break;
                case LineBreakInline:
                    title.Append(' ');
                    break;
            }
        }

        return title.ToString().Trim();
    }
}
