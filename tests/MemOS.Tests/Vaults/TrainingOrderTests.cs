using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Scheduler;
using MemOS.Testing.Vaults;
using MemOS.Transfer;
using MemOS.Transformations;
using MemOS.Vaults;

namespace MemOS.Tests.Vaults;

/// <summary>Orders of cartridges as the vault keeps them; nothing is trained here.</summary>
public sealed class TrainingOrderTests : IDisposable
{
    private static readonly byte[] Wish = "{}"u8.ToArray();

    private readonly string _folder = Directory.CreateTempSubdirectory("memos-orders-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_audit_log_names_who_ordered_took_back_and_had_trained()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube cube = await test.AddAsync("I drink tea in the morning.");
        Caller kim = new("key:kim", [], Sensitivity.Secret, IsOwner: true);
        TrainingOrder first = await test.Vault.Training.AddAsync([cube], Wish, kim), second = await test.Vault.Training.AddAsync([cube], Wish, kim);
        Assert.True(await test.Vault.Training.CancelAsync(first.Cartridge, kim));
        await TrainAsync(test.Vault, cube, second);
        Assert.Empty(test.Vault.Training.List());
        AuditEntry[] log = [.. test.Vault.Audit(new AuditQuery { Operation = AuditOperations.Order, Limit = 10 }).Reverse()];
        Assert.Equal(
            [("key:kim", first.Wish.Id, "ordered, from 1 cubes"), ("key:kim", second.Wish.Id, "ordered, from 1 cubes"), ("key:kim", first.Wish.Id, "taken back"), ("owner", second.Wish.Id, "trained")],
            log.Select(entry => (entry.Caller, entry.Cube, entry.Detail!.Split(' ', 3)[2])));
        Assert.Equal([first.Cartridge, second.Cartridge, first.Cartridge, second.Cartridge], log.Select(entry => CubeId.TryParse(entry.Detail!.Split(' ')[1], out CubeId id) ? id : default));
    }

    [Fact]
    public async Task One_is_taken_back_once_and_by_the_owner_alone()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube cube = await test.AddAsync("I drink tea in the morning.");
        TrainingOrder order = await test.Vault.Training.AddAsync([cube], Wish);
        Assert.Equal(ErrorCodes.Forbidden, await TestVault.CodeOf(() => test.Vault.Training.CancelAsync(order.Cartridge, Caller.Named("bo"))));
        TrainingOrder kept = Assert.Single(test.Vault.Training.List());
        Assert.Equal((kept.Job, kept.Cartridge, kept.Wish.Sequence), (order.Job, order.Cartridge, order.Wish.Sequence));
        Assert.True(await test.Vault.Training.CancelAsync(order.Cartridge));
        Assert.False(await test.Vault.Training.CancelAsync(order.Cartridge));
        Assert.DoesNotContain(test.Vault.Read(reader => reader.ReadJobs(0, 10)), job => job.Kind == JobKinds.Train);
    }

    [Fact]
    public async Task A_vault_takes_so_many_and_another_one_when_one_was_taken_back()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube cube = await test.AddAsync("I drink tea in the morning.");
        TrainingOrder given = await test.Vault.Training.AddAsync([cube], Wish);
        Assert.True(await test.Vault.Training.FailAsync(given, "busy", mayPass: true));
        Assert.False(await test.Vault.Training.FailAsync(given, "broken", mayPass: false));
        for (int more = 1; more < 64; more++)
        {
            await test.Vault.Training.AddAsync([cube], Wish);
        }

        MemOSException full = await Assert.ThrowsAsync<MemOSException>(() => test.Vault.Training.AddAsync([cube], Wish));
        Assert.Equal(ErrorCodes.TooManyOrders, full.Code);
        Assert.Contains("1 of them given up", full.Message, StringComparison.Ordinal);
        Assert.True(await test.Vault.Training.CancelAsync(given.Cartridge));
        await test.Vault.Training.AddAsync([cube], Wish);
    }

    [Fact]
    public async Task A_text_that_is_forgotten_while_a_cartridge_of_it_is_ordered_is_no_failure()
    {
        WatchedEngine engine = new(_folder);
        await using VaultHost host = new(engine, new MemOSOptions { DataFolder = _folder });
        await using VaultLease lease = await host.OpenAsync(new VaultId("v"), create: true);
        MemoryVault vault = lease.Vault;
        MemCube cube = await vault.AddCubeAsync(new NewCube { Payload = new PlaintextPayload("I drink tea in the morning."), Origin = OriginSignature.UserInput });
        engine.Written = () =>
        {
            engine.Written = null;
            return vault.ForgetAsync(new ForgetScope { Cubes = [cube.Id] });
        };
        TrainingOrder order = await vault.Training.AddAsync([cube], Wish);
        Assert.Null(vault.Find(order.Wish.Id));
        Assert.True(vault.Training.AreDue());
        await vault.Training.SweepAsync();
        Assert.False(vault.Training.AreDue());
    }

    [Fact]
    public async Task Neither_exports_nor_copies_carry_orders_that_nobody_would_carry_out()
    {
        await using TestVault source = await TestVault.OpenAsync();
        await using TestVault target = await TestVault.OpenAsync();
        MemCube cube = await source.AddAsync("I drink tea in the morning.");
        TrainingOrder order = await source.Vault.Training.AddAsync([cube], """{"questions":["what does she drink?"]}"""u8.ToArray());
        using StringWriter whole = new(), some = new();
        ExportSummary summary = VaultExporter.Write(source.Vault, whole, source.Clock.GetUtcNow());
        Assert.Equal(source.Vault.Read(reader => reader.ReadCurrent().Count()) - 1, summary.Cubes);
        VaultExporter.Write(source.Vault, [cube.Id, order.Wish.Id], some, source.Clock.GetUtcNow());
        foreach (string export in (string[])[whole.ToString(), some.ToString()])
        {
            string[] cubes = [.. export.Split('\n').Where(line => line.StartsWith("""{"kind":"cube""", StringComparison.Ordinal))];
            Assert.NotEmpty(cubes);
            Assert.DoesNotContain(cubes, line => line.Contains("training_order", StringComparison.Ordinal));
            Assert.DoesNotContain("\"kind\":\"payload\"", export, StringComparison.Ordinal);
        }

        await CubeMigration.CopyAsync(source.Vault, [cube.Id, order.Wish.Id], target.Vault);
        Assert.NotNull(target.Vault.Find(cube.Id));
        Assert.Null(target.Vault.Find(order.Wish.Id));
    }

    [Fact]
    public async Task An_order_in_an_export_of_a_former_release_is_passed_over()
    {
        await using TestVault source = await TestVault.OpenAsync();
        await using TestVault target = await TestVault.OpenAsync();
        MemCube before = await source.AddAsync("I drink tea in the morning.");
        using MemoryStream wish = new(Wish);
        StoredPayload payload = await source.Vault.StagePayloadAsync(PayloadKind.Activation, wish, "application/vnd.memos.former");
        MemCube order = await source.Vault.AddCubeAsync(new NewCube { Payload = payload, Origin = OriginSignature.InferenceExtraction });
        MemCube after = await source.AddAsync("I drink coffee after lunch.");
        using StringWriter export = new();
        VaultExporter.Write(source.Vault, export, source.Clock.GetUtcNow());
        string path = Path.Combine(_folder, "former.jsonl");
        await File.WriteAllTextAsync(path, export.ToString().Replace("vnd.memos.former", "vnd.memos.training-order", StringComparison.Ordinal));
        RestoreSummary read = await VaultImporter.LoadAsync(target.Vault, path);
        Assert.Equal(source.Vault.Read(reader => reader.ReadCurrent().Count()) - 1, read.Cubes);
        Assert.NotNull(target.Vault.Find(before.Id));
        Assert.NotNull(target.Vault.Find(after.Id));
        Assert.Null(target.Vault.Find(order.Id));
    }

    private static Task<MemCube> TrainAsync(MemoryVault vault, MemCube cube, TrainingOrder order) => vault.States.AddAsync(
        [cube], new KVStateFormat(new StateBinding("m", "l", "F16/F16", "h"), 1, 3) { StandsFor = 8 }, (path, cancel) => File.WriteAllBytesAsync(path, Wish, cancel), order: order);
}
