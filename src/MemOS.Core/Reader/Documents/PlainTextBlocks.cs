namespace MemOS.Reader.Documents;

/// <summary>Finds the paragraphs of a plain text: runs of lines between blank ones.</summary>
internal static class PlainTextBlocks
{
    /// <summary>The paragraphs, in order, over the whole source.</summary>
    public static List<DocumentBlock> Find(string source)
    {
        var blocks = new List<DocumentBlock>();
        var start = 0;
        var line = 0;
        var blankBefore = false;
        while (line < source.Length)
        {
            var length = source.AsSpan(line).IndexOf('\n');
            var next = length < 0 ? source.Length : line + length + 1;
            var blank = source.AsSpan(line, next - line).IsWhiteSpace();
            if (!blank && blankBefore && line > start)
            {
                blocks.Add(new DocumentBlock(start, line, DocumentBlockKind.Prose));
                start = line;
            }

            blankBefore = blank;
            line = next;
        }

        blocks.Add(new DocumentBlock(start, source.Length, DocumentBlockKind.Prose));
        return blocks;
    }
}
