using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace MemOS.Cli.Tests;

/// <summary><c>memos model</c> and <c>memos doctor</c>.</summary>
public sealed class ModelTests : IDisposable
{
    private readonly CliRun _cli = new();

    private string Models => Path.Combine(_cli.DataFolder, "..", "models");

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_model_is_brought_from_a_path_listed_and_removed()
    {
        string file = _cli.Write("small.gguf", "GGUF and more");
        JsonElement pulled = await _cli.JsonAsync("model", "pull", file, "--name", "mine", "--models", Models);
        Assert.Equal("mine", pulled.GetProperty("name").GetString());
        Assert.Equal(64, pulled.GetProperty("sha256").GetString()?.Length);

        JsonElement listed = await _cli.JsonAsync("model", "list", "--models", Models);
        Assert.Equal("mine", Assert.Single(listed.GetProperty("models").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(0, await _cli.RunAsync("model", "list", "--models", Models));
        Assert.Contains("mine", _cli.Output, StringComparison.Ordinal);

        Assert.Equal(13, (await _cli.JsonAsync("model", "remove", "mine", "--models", Models)).GetProperty("bytes").GetInt64());
        Assert.Equal("model_not_found", await _cli.FailAsync(3, "model", "remove", "mine", "--models", Models));
    }

    [Fact]
    public async Task A_file_with_another_hash_or_of_another_kind_is_refused()
    {
        string file = _cli.Write("small.gguf", "GGUF and more");
        Assert.Equal("model_download_failed", await _cli.FailAsync(1, "model", "pull", file, "--sha256", new string('0', 64), "--models", Models));
        Assert.Equal("model_download_failed", await _cli.FailAsync(1, "model", "pull", _cli.Write("text.gguf", "no model"), "--models", Models));
        Assert.Equal("model_not_found", await _cli.FailAsync(3, "model", "pull", file + ".absent", "--name", "x", "--models", Models));
        Assert.Empty((await _cli.JsonAsync("model", "list", "--models", Models)).GetProperty("models").EnumerateArray());
    }

    [Fact]
    public async Task The_doctor_says_what_is_missing_and_what_to_do()
    {
        JsonElement found = await _cli.JsonAsync("doctor", "--libraries", _cli.DataFolder, "--models", Models);
        JsonElement libraries = found.GetProperty("libraries");
        Assert.False(libraries.GetProperty("usable").GetBoolean());
        Assert.Equal("model_libraries_missing", libraries.GetProperty("code").GetString());
        Assert.Contains("MEMOS_LLAMA", libraries.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("absent")]
    [InlineData("long")]
    public async Task A_folder_for_temporary_files_that_can_hold_no_socket_is_named(string kind)
    {
        string folder = Path.Combine(_cli.DataFolder, kind == "long" ? new string('x', 120) : kind);
        if (kind == "long")
        {
            Directory.CreateDirectory(folder);
        }

        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "MemOS.Cli.dll"), "chat", "hello", "--model", Path.Combine(AppContext.BaseDirectory, "tiny-memory.gguf"), "--data", _cli.DataFolder, "--json"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TMPDIR"] = start.Environment["TMP"] = folder;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("No process.");
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal("model_host_unavailable", JsonDocument.Parse(error).RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("TMPDIR", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_shows_the_libraries_where_they_are()
    {
        JsonElement libraries = (await _cli.JsonAsync("doctor", "--models", Models)).GetProperty("libraries");
        if (libraries.GetProperty("usable").GetBoolean())
        {
            Assert.Equal("0.5.0", libraries.GetProperty("release").GetString());
            Assert.NotEmpty(libraries.GetProperty("devices").EnumerateArray());
        }
        else
        {
            Assert.Equal("model_libraries_missing", libraries.GetProperty("code").GetString());
        }
    }
}
