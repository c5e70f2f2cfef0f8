namespace MemOS.Transfer;

/// <summary>What became of a file.</summary>
/// <param name="Format">What it was read as.</param>
/// <param name="Messages">Messages read; for a document, its passages.</param>
/// <param name="Stored">Messages that are new in the vault.</param>
/// <param name="Known">Messages that the vault had before and did not store again.</param>
/// <param name="Empty">Messages with nothing to remember (no text, attachment or tool call), left out.</param>
/// <param name="BadLines">Lines left out because they could not be read.</param>
/// <param name="Cubes">Memories of another vault or another system that are new here, or got new versions.</param>
public sealed record ImportSummary(ImportFormat Format, int Messages, int Stored, int Known, int Empty, int BadLines, int Cubes = 0);
