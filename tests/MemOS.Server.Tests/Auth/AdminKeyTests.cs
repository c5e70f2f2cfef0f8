using MemOS.Server.Auth;

namespace MemOS.Server.Tests.Auth;

public sealed class AdminKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memos-key-").FullName;

    private string KeyFile => Path.Combine(_folder, "admin.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_key_is_made_once_and_kept_for_its_owner_alone()
    {
        AdminKey made = AdminKey.LoadOrCreate(_folder);
        AdminKey loaded = AdminKey.LoadOrCreate(_folder);
        Assert.True(made.IsNew);
        Assert.False(loaded.IsNew);
        Assert.Equal(made.Reveal(), loaded.Reveal());
        Assert.Matches("^memos-[A-Za-z0-9_-]{43}$", made.Reveal());
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(KeyFile) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal([KeyFile], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_others_may_read_is_closed_to_them()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // the folder's own rules hold there
        }

        AdminKey.LoadOrCreate(_folder);
        File.SetUnixFileMode(KeyFile, (UnixFileMode)0b110_100_100);
        AdminKey.LoadOrCreate(_folder);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("short")]
    [InlineData("a key with spaces that is long enough")]
    public void Without_a_usable_key_the_server_does_not_start(string content)
    {
        File.WriteAllText(KeyFile, content);
        Assert.Throws<IOException>(() => AdminKey.LoadOrCreate(_folder));
    }

    [Fact]
    public async Task Servers_that_start_at_once_agree_on_one_key()
    {
        AdminKey[] keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => AdminKey.LoadOrCreate(_folder))));
        Assert.Single(keys.Select(key => key.Reveal()).Distinct());
        Assert.Single(keys, key => key.IsNew);
        Assert.Equal([KeyFile], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Only_the_key_itself_matches()
    {
        AdminKey key = AdminKey.LoadOrCreate(_folder);
        string right = key.Reveal();
        Assert.True(key.Matches(right));
        Assert.All((string[])["", right[..^1], right + "a", right.ToUpperInvariant(), " " + right, "memos-"], wrong => Assert.False(key.Matches(wrong)));
    }
}
