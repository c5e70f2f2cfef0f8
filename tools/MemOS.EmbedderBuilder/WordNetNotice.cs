namespace MemOS.EmbedderBuilder;

/// <summary>The licence of WordNet 3.0, which goes into every table made of it.</summary>
internal static class WordNetNotice
{
    public static string Text { get; } = Read();

    private static string Read()
    {
        Stream notice = typeof(WordNetNotice).Assembly.GetManifestResourceStream("notice") ?? throw new InvalidOperationException("The notice was not built in.");
        using StreamReader reader = new(notice);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
