namespace MemOS.Vaults;

/// <summary>A plan met a text whose vector has to be waited for. Never leaves the vault.</summary>
internal sealed class TextNotEmbeddedException(string text) : Exception("A text has to be embedded before the write can be planned.")
{
    /// <summary>The text.</summary>
    public string Text { get; } = text;
}
