namespace MemOS.Reader.Documents;

/// <summary>Packs blocks into passages.</summary>
internal sealed class PassagePacker(string source, DocumentSplitOptions options)
{
    private readonly List<DocumentPassage> _passages = [];
    private readonly List<(int Level, string Title)> _open = [];
    private string[] _headings = [];
    private int _start;
    private int _end;
    private bool _hasBody;
    private bool _hasWhole;

    /// <summary>Takes the next block; each starts where the one before ended.</summary>
    public void Add(DocumentBlock block)
    {
        if (block.Kind == DocumentBlockKind.Heading)
        {
            // Headings without text of their own stay with the section below; after a sibling they stand alone.
            if (_hasBody || (_open.Count > 0 && _open[^1].Level >= block.Level))
            {
                Flush(block.Start);
            }

            _open.RemoveAll(h => h.Level >= block.Level);
            _open.Add((block.Level, block.Title));
            _headings = [.. _open.Select(h => h.Title)];
            _end = block.End;
            return;
        }

        var whole = block.Kind == DocumentBlockKind.Whole;
        var length = Trimmed(block.Start, block.End);
        if (_hasBody && Trimmed(_start, block.End) > options.MaximumLength
            && (whole || _hasWhole || Trimmed(_start, _end) >= options.MinimumLength))
        {
            Flush(block.Start);
        }

        _end = block.End;
        _hasBody = true;
        _hasWhole |= whole;
        if (!_hasWhole || length > (long)options.MaximumLength * DocumentSplitOptions.WholeBlockFactor)
        {
            CutWhatIsTooLong();
        }
    }

    /// <summary>Ends the last passage.</summary>
    public IReadOnlyList<DocumentPassage> Finish()
    {
        Flush(source.Length);
        return _passages;
    }

    private void CutWhatIsTooLong()
    {
        while (Trimmed(_start, _end) > options.MaximumLength)
        {
            var text = source.AsSpan(_start, _end - _start);
            var blank = text.Length - text.TrimStart().Length;
            var cut = ProseCutter.Cut(text[blank..], options.MinimumLength, options.MaximumLength);
            var end = _end;
            Flush(_start + blank + cut);
            _end = end;
            _hasBody = true;
        }
    }

    private int Trimmed(int start, int end) => source.AsSpan(start, end - start).Trim().Length;

    private void Flush(int next)
    {
        var text = source.AsSpan(_start, next - _start);
        var blank = text.Length - text.TrimStart().Length;
        text = text.Trim();
        if (!text.IsEmpty)
        {
            _passages.Add(new DocumentPassage(text.ToString(), _start + blank, text.Length, _headings));
        }

        _start = next;
        _end = next;
        _hasBody = false;
        _hasWhole = false;
    }
}
