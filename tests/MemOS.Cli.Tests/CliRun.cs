using System.Text.Json;
using Xunit;

namespace MemOS.Cli.Tests;

/// <summary>Runs command lines in process against a data folder of its own.</summary>
internal sealed class CliRun : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memos-cli-");

    public string DataFolder => Path.Combine(_folder.FullName, "data");

    /// <summary>What the last command wrote to standard output.</summary>
    public string Output { get; private set; } = "";

    /// <summary>What the last command wrote to standard error.</summary>
    public string Error { get; private set; } = "";

    public string Write(string name, string content)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    public async Task<int> RunAsync(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await CliApp.RunAsync(["--data", DataFolder, .. args], output, error);
        (Output, Error) = (output.ToString(), error.ToString());
        return code;
    }

    /// <summary>Runs a command that must succeed and give one JSON document.</summary>
    public async Task<JsonElement> JsonAsync(params string[] args)
    {
        int code = await RunAsync([.. args, "--json"]);
        Assert.True(code == 0, $"{string.Join(' ', args)}: {code}, {Error}");
        return JsonDocument.Parse(Output).RootElement;
    }

    /// <summary>Runs a command that must fail and explain it as JSON.</summary>
    public async Task<string?> FailAsync(int code, params string[] args)
    {
        Assert.Equal(code, await RunAsync([.. args, "--json"]));
        Assert.Equal("", Output);
        JsonElement error = JsonDocument.Parse(Error).RootElement.GetProperty("error");
        Assert.NotEqual("", error.GetProperty("message").GetString());
        return error.GetProperty("code").GetString();
    }

    /// <summary>Adds a message and gives the id of its cube.</summary>
    public async Task<string> AddAsync(string text, params string[] options) =>
        (await JsonAsync(["add", text, .. options])).GetProperty("cubes")[0].GetString() ?? throw new InvalidOperationException("No cube.");

    public void Dispose() => _folder.Delete(recursive: true);
}
