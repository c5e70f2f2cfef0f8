using MemOS.Vaults;

namespace MemOS.Core.Tests.Vaults;

public sealed class VaultIdTests
{
    [Theory]
    [InlineData("alice")]
    [InlineData("a/b/../c")]
    [InlineData("用户-1")]
    [InlineData("🙂")]
    [InlineData("openclaw user@example.com")]
    public void Any_printable_name_is_a_vault(string name) => Assert.Equal(name, new VaultId(name).Value);

    [Theory]
    [InlineData("")]
    [InlineData(" padded")]
    [InlineData("line\nbreak")]
    [InlineData("nul\0")]
    public void A_name_that_cannot_be_kept_is_refused(string name)
    {
        Assert.False(VaultId.TryParse(name, out _));
        Assert.Equal(ErrorCodes.InvalidInput, Assert.Throws<MemOSException>(() => new VaultId(name)).Code);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_name()
    {
        Assert.False(VaultId.TryParse("half " + '\ud83d', out _));
        Assert.False(VaultId.TryParse('\ude42' + " half", out _));
    }

    [Fact]
    public void A_name_has_at_most_100_characters()
    {
        Assert.True(VaultId.TryParse(new string('a', 100), out _));
        Assert.False(VaultId.TryParse(new string('a', 101), out _));
    }
}
