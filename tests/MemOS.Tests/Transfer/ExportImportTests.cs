using System.Collections.Immutable;
using System.Text;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Reader;
using MemOS.Tests.Vaults;
using MemOS.Transfer;
using MemOS.Vaults;

namespace MemOS.Tests.Transfer;

public sealed class ExportImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memos-export-").FullName;

    private string ExportPath => Path.Combine(_folder, "vault.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_exported_and_imported_is_the_same_vault()
    {
        await using TestVault source = await TestVault.OpenAsync();
        await using TestVault target = await TestVault.OpenAsync();
        await FillAsync(source);
        ExportSummary written = await ExportAsync(source);

        ImportSummary read = await new MemLoader(target.Clock).LoadAsync(target.Vault, ExportPath);

        Assert.Equal((ImportFormat.VaultExport, written.Messages, written.Cubes), (read.Format, read.Messages, read.Cubes));
        Assert.Equal(Contents(source.Vault), Contents(target.Vault));
        Assert.Equal(await source.RecallAsync("Which dog?"), await target.RecallAsync("Which dog?"));
        Message first = source.Vault.Read(reader => reader.FindMessage(1))! with { ReceivedAt = default };
        Message again = target.Vault.Read(reader => reader.FindMessage(1))! with { ReceivedAt = default };
        Assert.Equal((first.Text, first.Time, first.Tags.Single(), first.Info!["mood"]), (again.Text, again.Time, again.Tags.Single(), again.Info!["mood"]));
        Assert.Equal(first.Attachments.Single(), again.Attachments.Single());
        Assert.Equal(first.ToolCalls.Single(), again.ToolCalls.Single());
    }

    [Fact]
    public async Task Importing_again_changes_nothing()
    {
        await using TestVault source = await TestVault.OpenAsync();
        await using TestVault target = await TestVault.OpenAsync();
        await FillAsync(source);
        await ExportAsync(source);
        await VaultImporter.LoadAsync(target.Vault, ExportPath);
        Assert.Equal(new RestoreSummary(0, 0, 0, 0), await VaultImporter.LoadAsync(target.Vault, ExportPath));
    }

    [Fact]
    public async Task A_file_that_was_cut_off_changes_nothing()
    {
        await using TestVault source = await TestVault.OpenAsync();
        await using TestVault target = await TestVault.OpenAsync();
        await FillAsync(source);
        await ExportAsync(source);
        string whole = await File.ReadAllTextAsync(ExportPath);
        await File.WriteAllTextAsync(ExportPath, whole[..(whole.Length / 2)]);
        Assert.Equal(ErrorCodes.InvalidInput, await TestVault.CodeOf(() => VaultImporter.LoadAsync(target.Vault, ExportPath)));
        Assert.Equal(0, target.Vault.Statistics().Messages);
    }

    [Theory]
    [InlineData("\"format\":2", "\"format\":99", ErrorCodes.FormatTooNew)]
    [InlineData("\"state\":\"generated\"", "\"state\":\"asleep\"", ErrorCodes.InvalidInput)]
    [InlineData("\"kind\":\"message\"", "\"kind\":\"massage\"", ErrorCodes.InvalidInput)]
    [InlineData("\"origin\":\"user_input\",", "", ErrorCodes.InvalidInput)]
    public async Task A_file_with_something_unknown_in_it_is_refused_with_the_line(string good, string bad, string code)
    {
        await using TestVault source = await TestVault.OpenAsync();
        await using TestVault target = await TestVault.OpenAsync();
        await source.AddAsync("Ann has a dog.", "m1");
        await ExportAsync(source);
        await File.WriteAllTextAsync(ExportPath, (await File.ReadAllTextAsync(ExportPath)).Replace(good, bad, StringComparison.Ordinal));
        MemOSException error = await Assert.ThrowsAsync<MemOSException>(() => VaultImporter.LoadAsync(target.Vault, ExportPath));
        Assert.Equal(code, error.Code);
        Assert.Contains(ExportPath, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Some_cubes_can_be_exported_alone_with_the_messages_that_they_came_from()
    {
        await using TestVault source = await TestVault.OpenAsync();
        await using TestVault target = await TestVault.OpenAsync();
        await source.AddAsync("Bo has a cat.", "m0");
        MemCube dog = await source.AddAsync("Ann has a dog.", "m1");
        using (StreamWriter writer = new(ExportPath))
        {
            Assert.Equal(new ExportSummary(1, 1, 1, 0), VaultExporter.Write(source.Vault, [dog.Id], writer, source.Clock.GetUtcNow()));
        }

        await VaultImporter.LoadAsync(target.Vault, ExportPath);
        Assert.Equal(["Ann has a dog."], await target.RecallAsync("Who has a dog or a cat?"));
    }

    private static async Task FillAsync(TestVault test)
    {
        await test.Vault.AddAsync(
        [
            test.Said("I live in Berlin. I have a dog called Rex.", "m1") with
            {
                Tags = ["home"],
                Info = ImmutableSortedDictionary<string, string>.Empty.Add("mood", "\"good\""),
                Attachments = [new MessageAttachment("image", "https://example.org/rex.png", "a brown dog")],
                ToolCalls = [new ToolCall("c1", "look", "{\"at\":\"Rex\"}")],
            },
            test.Said("I moved to Paris.", "m2"),
        ]);
        MemCube cube = await test.AddAsync("We meet on Monday.", "m3", conversation: null);
        await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Text = "We meet on Tuesday." });
        StoredPayload staged = await test.Vault.StagePayloadAsync(
            PayloadKind.Activation, new MemoryStream(Encoding.UTF8.GetBytes(new string('k', 3_000_000))), "application/octet-stream");
        await test.Vault.AddCubeAsync(new NewCube { Payload = staged, Origin = OriginSignature.InferenceExtraction });
        await test.RecallAsync("dog");
        await test.Vault.SettleAsync();
    }

    private async Task<ExportSummary> ExportAsync(TestVault test)
    {
        await test.Vault.SettleAsync();
        using StreamWriter writer = new(ExportPath);
        return VaultExporter.Write(test.Vault, writer, test.Clock.GetUtcNow());
    }

    // Everything but what belongs to the one vault: numbers and transaction times.
    private static string[] Contents(MemoryVault vault) => vault.Read(reader => (string[])
    [
        .. reader.ReadCurrent().SelectMany(current => reader.History(current.Id)).Select(version => string.Join(
            '|', version.Id, version.Version, version.State, version.Payload, version.Descriptive.Type, version.Descriptive.FactKey, version.Valid,
            string.Join(',', version.Sources.Select(source => (source.MessageId, source.Conversation, source.Start, source.Length))),
            string.Join(',', version.Lineage.Where(edge => edge.Kind != DerivationKind.MigratedFrom)), reader.Usage(version.Id))).Order(StringComparer.Ordinal),
    ]);
}
