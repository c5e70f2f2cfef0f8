namespace MemOS.Models.Tests.BuiltIn;

/// <summary>A test that builds the table anew, about 10 s of two cores: only where WordNet is installed and MEMOS_EMBEDDER_REBUILD is set.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RebuildFactAttribute : FactAttribute
{
    public const string WordNet = "/usr/share/wordnet";

    public RebuildFactAttribute()
    {
        Skip = !File.Exists(Path.Combine(WordNet, "data.noun")) ? $"WordNet is not installed at {WordNet} (Debian: wordnet-base)."
            : Environment.GetEnvironmentVariable("MEMOS_EMBEDDER_REBUILD") is null ? "Set MEMOS_EMBEDDER_REBUILD=1 to build the table anew."
            : null!;
    }
}
