using System.Diagnostics;
using System.Text.Json;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Hosting;
using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Protocol;
using MemOS.Testing.Models;

namespace MemOS.Models.Tests.Llama;

/// <summary>Starts of a model's process that go wrong, and its end when its parent is gone.</summary>
public sealed class HostStartTests(TestModels models) : IClassFixture<TestModels>
{
    [LlamaFact]
    public async Task A_process_whose_parent_is_gone_ends_and_takes_its_folder_along()
    {
        string folder = Directory.CreateDirectory(models.File("parentless")).FullName;
        using Process host = Start(Path.Combine(folder, "host"));
        Assert.Equal(HostStarted.OwnVersion, HostStarted.Parse(await host.StandardOutput.ReadLineAsync() ?? "").Version);
        Assert.True(Directory.Exists(folder));
        host.StandardInput.Close();
        await host.WaitForExitAsync();
        Assert.Equal((0, false), (host.ExitCode, Directory.Exists(folder)));
    }

    [LlamaFact]
    public async Task A_socket_that_cannot_be_made_is_told_and_the_process_ends_while_its_parent_lives()
    {
        using Process host = Start(Path.Combine(models.File("no-such-folder"), "host"));
        HostStarted started = HostStarted.Parse(await host.StandardOutput.ReadLineAsync() ?? "");
        Assert.Equal(ModelErrorCodes.HostUnavailable, started.Failure?.Code);
        await host.WaitForExitAsync();
    }

    [LlamaTheory]
    [InlineData("exit 0")]
    [InlineData("echo hello; cat")]
    [InlineData("cat")]
    public async Task Another_program_in_its_place_is_refused_and_named(string does)
    {
        string program = Script(does);
        await using LocalModel model = new(TestModels.Options(models.Llama) with { Host = program });
        ModelException refused = await Assert.ThrowsAsync<ModelException>(() => model.DescribeAsync());
        Assert.Contains(refused.Code, (string[])[ModelErrorCodes.HostUnavailable, ModelErrorCodes.HostCrashed]); // whether it was told before it went is a race
        Assert.True(refused.Code == ModelErrorCodes.HostCrashed || refused.Message.Contains(program, StringComparison.Ordinal), refused.Message);
    }

    [LlamaTheory]
    [InlineData("exit 0")]
    [InlineData("exit 3")]
    [InlineData("kill -SEGV $$")]
    [InlineData("echo hello")]
    [InlineData("cat; yes")]
    [InlineData("echo '{}'; echo '{}'")]
    [InlineData("echo '{\"version\":\"99.0.0\"}'; echo '{\"folder\":\"x\"}'")]
    public async Task A_check_of_the_libraries_blames_another_program_and_not_them(string does)
    {
        string program = Script(does);
        LibraryReport report = await LocalRuntime.CheckAsync(program, LlamaLibraries.DefaultFolder, CancellationToken.None);
        Assert.Equal(ModelErrorCodes.HostUnavailable, report.ProblemCode);
        Assert.Contains(program, report.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(LlamaLibraries.FolderVariable, report.Problem, StringComparison.Ordinal);
    }

    [LlamaFact]
    public async Task A_host_that_ends_while_it_loads_the_libraries_blames_them()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // a script is no program there
        }

        string greeting = JsonSerializer.Serialize(new HostStarted { Version = HostStarted.OwnVersion }, ProtocolJson.Default.HostStarted);
        LibraryReport report = await LocalRuntime.CheckAsync(Script($"echo '{greeting}'; kill -SEGV $$"), models.File("somewhere"), CancellationToken.None);
        Assert.Equal(ModelErrorCodes.HostCrashed, report.ProblemCode);
        Assert.Contains("somewhere", report.Problem, StringComparison.Ordinal);
    }

    [LlamaFact]
    public async Task A_program_of_another_version_is_refused()
    {
        await using LocalModel own = new(TestModels.Options(models.Llama));
        HostStarted other = new() { Version = "99.0.0", Model = await own.DescribeAsync() };
        string said = models.File("said.json");
        await File.WriteAllTextAsync(said, JsonSerializer.Serialize(other, ProtocolJson.Default.HostStarted) + "\n");
        await using LocalModel model = new(TestModels.Options(models.Llama) with { Host = Script($"cat '{said}'; cat >/dev/null") });
        ModelException refused = await Assert.ThrowsAsync<ModelException>(() => model.DescribeAsync());
        Assert.Equal(ModelErrorCodes.HostUnavailable, refused.Code);
        Assert.True(OperatingSystem.IsWindows() || refused.Message.Contains(HostStarted.OwnVersion, StringComparison.Ordinal), refused.Message);
    }

    [LlamaTheory]
    [InlineData("ggml-cpu", true, ModelErrorCodes.LibrariesUnsupported)]
    [InlineData("llama.", true, ModelErrorCodes.LibrariesMissing)]
    [InlineData("llama.", false, ModelErrorCodes.LibrariesUnsupported)]
    public async Task Libraries_that_are_not_whole_are_told_with_what_to_do(string part, bool isMissing, string code)
    {
        string folder = Libraries($"{part}{isMissing}");
        foreach (string file in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file).Contains(part, StringComparison.Ordinal)))
        {
            File.Delete(file);
            if (!isMissing)
            {
                await File.WriteAllTextAsync(file, "no library");
            }
        }

        LibraryReport report = await LocalRuntime.CheckAsync(folder);
        Assert.Equal(code, report.ProblemCode);
        Assert.Contains(LlamaLibraries.FolderVariable, report.Problem, StringComparison.Ordinal);
        await using LocalModel model = new(TestModels.Options(models.Llama) with { Libraries = folder });
        Assert.Equal(code, (await Assert.ThrowsAsync<ModelException>(() => model.DescribeAsync())).Code);
    }

    [LlamaFact]
    public async Task A_library_that_is_cut_short_ends_no_process_but_the_one_that_tries_it()
    {
        string folder = Libraries("cut");
        string file = Directory.EnumerateFiles(folder).First(file => Path.GetFileName(file).Contains("llama.", StringComparison.Ordinal));
        await using (FileStream cut = new(file, FileMode.Open))
        {
            cut.SetLength(cut.Length / 8);
        }

        LibraryReport report = await LocalRuntime.CheckAsync(folder);
        Assert.NotNull(report.ProblemCode);
        Assert.Contains(LlamaLibraries.FolderVariable, report.Problem, StringComparison.Ordinal);
        await using LocalModel model = new(TestModels.Options(models.Llama) with { Libraries = folder });
        Assert.Equal(report.ProblemCode, (await Assert.ThrowsAsync<ModelException>(() => model.DescribeAsync())).Code);
    }

    private static Process Start(string socket)
    {
        HostSettings settings = new() { Socket = socket, Libraries = LlamaLibraries.DefaultFolder, Model = TestModels.TinyMemory, Context = new ContextSettings { Tokens = 64 } };
        Process host = Process.Start(HostProgramFile.StartInfo(null, [])) ?? throw new InvalidOperationException("No process.");
        host.ErrorDataReceived += (_, _) => { };
        host.BeginErrorReadLine();
        host.StandardInput.WriteLine(JsonSerializer.Serialize(settings, ProtocolJson.Default.HostSettings));
        host.StandardInput.Flush();
        return host;
    }

    private string Libraries(string name)
    {
        string folder = Directory.CreateDirectory(models.File(name)).FullName;
        foreach (string file in Directory.EnumerateFiles(LlamaLibraries.DefaultFolder))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return folder;
    }

    private string Script(string does)
    {
        string path = models.File($"host-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}");
        File.WriteAllText(path, $"#!/bin/sh\n{does}\n");
        if (!OperatingSystem.IsWindows()) // there it is no program at all, which is refused too
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
