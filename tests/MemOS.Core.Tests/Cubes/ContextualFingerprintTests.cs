using MemOS.Cubes;

namespace MemOS.Core.Tests.Cubes;

public sealed class ContextualFingerprintTests
{
    private static readonly string[] House = ["house", "mortgage", "bank", "viewing", "garden", "agent", "price", "offer"];
    private static readonly string[] Chess = ["opening", "queen", "tournament", "clock", "sicilian", "endgame", "rook", "rating"];

    [Fact]
    public void A_context_is_nearer_to_its_own_words_than_to_others()
    {
        ContextualFingerprint asked = ContextualFingerprint.Of(["house", "garden", "bank", "price", "kitchen"]);
        Assert.True(asked.Similarity(ContextualFingerprint.Of(House)) > asked.Similarity(ContextualFingerprint.Of(Chess)));
    }

    [Fact]
    public void Word_order_does_not_matter() => Assert.Equal(ContextualFingerprint.Of(House), ContextualFingerprint.Of(House.Reverse()));

    [Fact]
    public void A_fingerprint_reads_back_from_its_text()
    {
        ContextualFingerprint made = ContextualFingerprint.Of(Chess);
        Assert.True(ContextualFingerprint.TryParse(made.ToString(), out ContextualFingerprint read));
        Assert.Equal(made, read);
        Assert.Equal(1, made.Similarity(read));
    }
}
