namespace MemOS.Server.Tests;

public sealed class ServerSettingsTests
{
    [Fact]
    public void Only_this_machine_is_answered_by_default()
    {
        ServerSettings settings = ServerSettings.Parse([]);
        Assert.Equal("http://127.0.0.1:8000", settings.Urls);
        Assert.True(settings.RequireKey);
        Assert.True(settings.IsLoopbackOnly);
    }

    [Fact]
    public void Arguments_set_folder_and_address()
    {
        ServerSettings settings = ServerSettings.Parse(["--data", "/tmp/x", "--urls", "http://0.0.0.0:80;http://[::1]:81", "--no-auth"]);
        Assert.Equal(("/tmp/x", "http://0.0.0.0:80;http://[::1]:81", false), (settings.DataFolder, settings.Urls, settings.RequireKey));
    }

    [Fact]
    public void Arguments_set_how_much_is_held_open()
    {
        ServerSettings settings = ServerSettings.Parse(["--open-vaults", "32", "--index-memory", "4096"]);
        Assert.Equal((32, 4L << 30), (settings.MaximumOpenVaults, settings.IndexMemoryBudget));
    }

    [Theory]
    [InlineData("--open-vaults", "0")]
    [InlineData("--open-vaults", "100001")]
    [InlineData("--open-vaults", "many")]
    [InlineData("--open-vaults", "-1")]
    [InlineData("--index-memory", "0")]
    [InlineData("--index-memory", "1.5")]
    public void Budgets_that_cannot_be_kept_are_refused(string argument, string value) =>
        Assert.Throws<ArgumentException>(() => ServerSettings.Parse([argument, value]).Validate());

    [Theory]
    [InlineData("--data")]
    [InlineData("--open-vaults")]
    [InlineData("--urls")]
    [InlineData("--wat")]
    [InlineData("data")]
    public void Arguments_that_are_not_understood_are_refused(string argument) =>
        Assert.Contains(argument, Assert.Throws<ArgumentException>(() => ServerSettings.Parse([argument])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://0.0.0.0:8000")]
    [InlineData("http://*:8000")]
    [InlineData("http://+:8000")]
    [InlineData("http://[::]:8000")]
    [InlineData("http://192.168.1.2:8000")]
    [InlineData("http://memory.example:8000")]
    [InlineData("http://127.0.0.1:8000;http://0.0.0.0:8001")]
    public void Without_a_key_no_other_machine_may_connect(string urls) =>
        Assert.Throws<ArgumentException>(() => new ServerSettings { Urls = urls, RequireKey = false }.Validate());

    [Theory]
    [InlineData("http://127.0.0.1:8000")]
    [InlineData("http://localhost:8000")]
    [InlineData("http://[::1]:8000")]
    public void Without_a_key_this_machine_may_connect(string urls) => new ServerSettings { Urls = urls, RequireKey = false }.Validate();

    [Theory]
    [InlineData("")]
    [InlineData("https://127.0.0.1:8000")]
    [InlineData("127.0.0.1:8000")]
    [InlineData("http://127.0.0.1:8000/path")]
    public void Addresses_that_cannot_be_listened_on_are_refused(string urls) => Assert.Throws<ArgumentException>(() => new ServerSettings { Urls = urls }.Validate());

    [Fact]
    public async Task A_wrong_argument_ends_the_program_with_an_explanation() => Assert.Equal(2, await MemOSServer.RunAsync(["--wat"]));
}
