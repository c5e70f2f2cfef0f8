using MemOS.Transfer;
using Xunit;

namespace MemOS.Core.Tests.Transfer;

public sealed class FormatDetectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.json", """{"speaker_a":"A","session_1":[],"qa":[{"question":"?"}]}""", ImportFormat.LoCoMo)]
    [InlineData("a.json", "{\"speaker_a\":\"A\",\n\"session_12\": [{\"dia_id\":\"D12:1\"}]}", ImportFormat.LoCoMo)]
    [InlineData("a.json", """{"messages":[{"role":"user","content":"hi"}]}""", ImportFormat.ChatJson)]
    [InlineData("a.json", """[{"role":"user","content":"hi"}]""", ImportFormat.ChatJson)]
    [InlineData("a.json", """[{"messages":[]}]""", ImportFormat.ChatJson)]
    [InlineData("a.json", """[[{"role":"user","content":"hi"}]]""", ImportFormat.ChatJson)]
    [InlineData("a.json", "[]", ImportFormat.ChatJson)]
    [InlineData("a.json", "{\n\"role\":\"user\",\"content\":\"hi\"}", ImportFormat.ChatJson)]
    [InlineData("a.data", """{"role":"user","content":"hi"}""", ImportFormat.JsonLines)]
    [InlineData("a.data", "{\"role\":\"user\",\"content\":\"hi\"}\n{\"role\":\"user\",\"content\":\"ho\"}\n", ImportFormat.JsonLines)]
    [InlineData("a.data", "{\"messages\":[]}\n{\"messages\":[]}\n", ImportFormat.JsonLines)]
    [InlineData("a.data", "{\"role\":\"user\",\"content\":\"hi\"}\nnot json\n", ImportFormat.JsonLines)]
    [InlineData("a.jsonl", "not json\n", ImportFormat.JsonLines)]
    [InlineData("a.md", "# Title", ImportFormat.Markdown)]
    [InlineData("a.md", "[link](x) and more", ImportFormat.Markdown)]
    [InlineData("a.txt", "plain", ImportFormat.PlainText)]
    [InlineData("a", "\uFEFFplain", ImportFormat.PlainText)]
    public async Task The_format_is_told_from_the_content(string name, string content, ImportFormat expected) =>
        Assert.Equal(expected, await MemLoader.DetectAsync(_folder.Write(name, content)));

    [Theory]
    [InlineData("a.json", """{"kind":"something else"}""")]
    [InlineData("a.json", """{"role":"user" broken""")]
    [InlineData("a.json", "text")]
    [InlineData("a.csv", "a,b\n1,2")]
    [InlineData("a.txt", "")]
    [InlineData("a.txt", " \n ")]
    public async Task What_fits_nothing_is_refused_with_its_name(string name, string content)
    {
        string path = _folder.Write(name, content);
        MemOSException error = await Assert.ThrowsAsync<MemOSException>(() => MemLoader.DetectAsync(path));
        Assert.Equal(ErrorCodes.InvalidInput, error.Code);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.json", "[{\"role\":\"user\",\n\"content\":\"hi\"},{\"role\":\"us", "line 2: this is not valid JSON")]
    [InlineData("a.data", "{\"role\":\"user\" oops}", "line 1: this is not valid JSON")]
    public async Task Where_JSON_breaks_off_is_told(string name, string content, string problem) =>
        Assert.Contains(problem, (await Assert.ThrowsAsync<MemOSException>(() => MemLoader.DetectAsync(_folder.Write(name, content)))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a.jsonl", """{"role":"user","content":"LONG"}""", ImportFormat.JsonLines)]
    [InlineData("a.data", """{"messages":[{"role":"user","content":"LONG"}]}""", ImportFormat.JsonLines)]
    [InlineData("a.jsonl", """[{"role":"user","content":"LONG"}]""", ImportFormat.JsonLines)]
    [InlineData("a.json", """[{"role":"user","content":"LONG"}]""", ImportFormat.ChatJson)]
    [InlineData("a.json", "{\n\"messages\":[{\"role\":\"user\",\"content\":\"LONG\"}]}", ImportFormat.ChatJson)]
    public async Task Lines_are_told_although_the_first_one_is_very_long(string name, string content, ImportFormat expected) =>
        Assert.Equal(expected, await MemLoader.DetectAsync(_folder.Write(name, content.Replace("LONG", new string('x', 2 * FormatDetector.HeadLength), StringComparison.Ordinal) + "\n")));

    [Fact]
    public async Task A_folder_is_called_one()
    {
        string folder = Path.GetDirectoryName(_folder.Write("a.txt", "x")) ?? "";
        Assert.Contains("folder", (await Assert.ThrowsAsync<MemOSException>(() => MemLoader.DetectAsync(folder))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        string path = _folder.Write("a.txt", [0x89, 0x50, 0x4E, 0x47, 0, 1, 2]);
        Assert.Equal(ErrorCodes.InvalidInput, (await Assert.ThrowsAsync<MemOSException>(() => MemLoader.DetectAsync(path))).Code);
    }

    [Fact]
    public async Task A_missing_file_is_reported_as_missing()
    {
        MemOSException error = await Assert.ThrowsAsync<MemOSException>(() => MemLoader.DetectAsync("/nowhere/at/all.json"));
        Assert.Contains("no such file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_text_is_told_even_when_the_cut_goes_through_a_character()
    {
        // The head ends within one of the three-byte characters, whatever its offset.
        for (int shift = 0; shift < 3; shift++)
        {
            string path = _folder.Write("a.txt", new string('a', shift) + new string('日', 400_000));
            Assert.Equal(ImportFormat.PlainText, await MemLoader.DetectAsync(path));
        }
    }
}
