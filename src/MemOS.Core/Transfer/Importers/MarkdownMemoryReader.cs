using System.Globalization;
using Markdig;
using Markdig.Syntax;
using MemOS.Cubes;

namespace MemOS.Transfer.Importers;

/// <summary>Reads the memory files that coding agents keep (MEMORY.md, CLAUDE.md, AGENTS.md): each point of a list and each paragraph is a memory, tagged with its headings.</summary>
internal static class MarkdownMemoryReader
{
    private static readonly string[] Names = ["memory.md", "memories.md", "claude.md", "agents.md", "gemini.md"];

    /// <summary>Whether a file is such a memory file, by its name.</summary>
    public static bool IsMemoryFile(string path) =>
        Names.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase) ||
        string.Equals(Path.GetFileName(Path.GetDirectoryName(path)), "memory", StringComparison.OrdinalIgnoreCase);

    public static IEnumerable<ImportItem> Read(string text, ForeignFile file)
    {
        List<(int Level, string Title)> headings = [];
        Dictionary<string, int> seen = [];
        foreach (Block block in Markdown.Parse(text, new MarkdownPipelineBuilder().Build()))
        {
            if (block is HeadingBlock heading)
            {
                headings.RemoveAll(above => above.Level >= heading.Level);
                headings.Add((heading.Level, Source(text, heading).TrimStart('#').Trim()));
                continue;
            }

            foreach (string memory in block is ListBlock list ? list.Select(point => Point(text, point)) : [Source(text, block)])
            {
                string place = string.Join('/', headings.Select(above => above.Title));
                int repeat = seen[memory] = seen.GetValueOrDefault(memory) + 1;
                string id = string.Create(CultureInfo.InvariantCulture, $"{place}/{memory}/{repeat}");
                foreach (ImportItem item in file.Memory(ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(id)).Value, memory, cube => cube with
                {
                    Context = Path.GetFileName(file.Path),
                    Tags = [.. headings.Select(above => above.Title)],
                }))
                {
                    yield return item;
                }
            }
        }
    }

    private static string Source(string text, Block block) => text.Substring(block.Span.Start, block.Span.Length).Trim();

    // Without its mark; what is nested under a point belongs to it.
    private static string Point(string text, Block point) => Source(text, point).TrimStart('-', '*', '+', ' ', '\t', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', ')');
}
