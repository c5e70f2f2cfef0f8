using System.Collections.Immutable;

namespace MemOS.Transfer;

/// <summary>What an import of a file would bring in; nothing is written.</summary>
/// <param name="Format">What the file was read as.</param>
/// <param name="Messages">Things said, or the passages of a document.</param>
/// <param name="Memories">Memories that another system, or another vault, had made.</param>
/// <param name="Conversations">In how many conversations, or other contexts, they stand.</param>
/// <param name="Earliest">The earliest time among them, or null.</param>
/// <param name="Latest">The latest time among them, or null.</param>
/// <param name="Samples">The first few texts, each cut to 120 characters.</param>
/// <param name="BadLines">Lines that could not be read and would be left out.</param>
public sealed record ImportPreview(
    ImportFormat Format, int Messages, int Memories, int Conversations, DateTimeOffset? Earliest, DateTimeOffset? Latest, ImmutableArray<string> Samples, int BadLines);
