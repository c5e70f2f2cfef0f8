using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models.BuiltIn;
using MemOS.Reader;
using MemOS.Scheduler;
using MemOS.Tests.Vaults;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;
using Xunit;

namespace MemOS.Tests.Reader;

public sealed class ExtractionTests
{
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_fact_becomes_a_cube_that_points_to_its_exact_words_and_its_turn()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube turn = await Say(test, "Nice weather here. I live in Berlin. See you!", 0, id: "m1");
        MemCube fact = Assert.Single(Facts(test, "ann/residence"));
        Assert.Equal("I live in Berlin.", fact.Text);
        Assert.Equal((SemanticType.Fact, OriginSignature.InferenceExtraction, CubeState.Generated), (fact.Descriptive.Type, fact.Descriptive.Origin, fact.State));
        Assert.Equal(new MessageSource("m1", "s1", 1, 19, 17), Assert.Single(fact.Sources));
        Assert.Equal(new Derivation(DerivationKind.ExtractedFrom, turn.Id, 1), Assert.Single(fact.Lineage));
        Assert.Equal(new TimeInterval(Start, null), fact.Valid);
        Assert.Equal(1, test.AuditCount(AuditOperations.Extract));
    }

    [Fact]
    public async Task A_newer_value_ends_the_older_one_which_stays_readable_as_of_its_time()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await Say(test, "I live in Berlin.", 0);
        await Say(test, "I live in Rome.", 100);
        MemCube[] row = Facts(test, "ann/residence");
        Assert.Equal(["I live in Berlin.", "I live in Rome."], row.Select(cube => cube.Text));
        Assert.Equal(new TimeInterval(Start, Start.AddDays(100)), row[0].Valid);
        Assert.Equal(new TimeInterval(Start.AddDays(100), null), row[1].Valid);
        Assert.Contains(new Derivation(DerivationKind.Supersedes, row[0].Id, 1), row[1].Lineage);
        Assert.Equal(2, row[0].Version);
        Assert.Equal(new TimeInterval(Start, null), test.Vault.FindVersion(row[0].Id, 1)?.Valid);
        Assert.Equal(1, test.AuditCount(AuditOperations.Supersede));
    }

    [Fact]
    public async Task A_statement_that_arrives_late_takes_its_place_in_time()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await Say(test, "I live in Berlin.", 0);
        await Say(test, "I live in Rome.", 100);
        await Say(test, "I live in Oslo.", 50);
        MemCube[] row = Facts(test, "ann/residence");
        Assert.Equal(["I live in Berlin.", "I live in Oslo.", "I live in Rome."], row.Select(cube => cube.Text));
        Assert.Equal([Start.AddDays(50), Start.AddDays(100), null], row.Select(cube => cube.Valid.To));
    }

    [Fact]
    public async Task The_same_value_again_is_merged_with_both_sources_and_the_earlier_start()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await Say(test, "I live in Berlin.", 10, id: "a");
        await Say(test, "I'm based in Berlin now, it is great.", 20, id: "b");
        await Say(test, "Well, I live in Berlin, you know.", 0, id: "c");
        MemCube fact = Assert.Single(Facts(test, "ann/residence"));
        Assert.Equal(CubeState.Merged, fact.State);
        Assert.Equal(["a", "b", "c"], fact.Sources.Select(source => source.MessageId));
        Assert.Equal(new TimeInterval(Start, null), fact.Valid);
        Assert.Equal(2, test.AuditCount(AuditOperations.Merge));
    }

    [Fact]
    public async Task A_value_that_comes_back_is_a_cube_of_its_own()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await Say(test, "I live in Berlin.", 0);
        await Say(test, "I moved to Rome.", 10);
        await Say(test, "I've moved back to Berlin.", 20);
        Assert.Equal([Start.AddDays(10), Start.AddDays(20), null], Facts(test, "ann/residence").Select(cube => cube.Valid.To));
    }

    [Fact]
    public async Task No_longer_ends_a_fact_without_a_new_one()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await Say(test, "I work at Siemens.", 0);
        await Say(test, "I no longer work at Google.", 5);
        Assert.Null(Assert.Single(Facts(test, "ann/employer")).Valid.To);
        await Say(test, "I don't work at Siemens anymore.", 10);
        MemCube fact = Assert.Single(Facts(test, "ann/employer"));
        Assert.Equal(Start.AddDays(10), fact.Valid.To);
        Assert.Equal(2, fact.Sources.Length);
    }

    [Fact]
    public async Task One_call_with_many_values_gives_the_same_row_as_many_calls()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await test.Vault.AddAsync([At(test, "I live in Berlin.", 0), At(test, "I live in Rome.", 10), At(test, "I live in Rome, you see.", 15), At(test, "I live in Oslo.", 20)]);
        await test.Vault.SettleAsync();
        MemCube[] row = Facts(test, "ann/residence");
        Assert.Equal([Start.AddDays(10), Start.AddDays(20), null], row.Select(cube => cube.Valid.To));
        Assert.Equal([1, 2, 1], row.Select(cube => cube.Sources.Length));
    }

    [Fact]
    public async Task Calls_that_settle_together_see_each_other()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => test.Vault.AddAsync([At(test, $"Turn {i}. I live in Berlin. I love hiking in the mountains.", i)])));
        await test.Vault.SettleAsync();
        Assert.Equal(20, Assert.Single(Facts(test, "ann/residence")).Sources.Length);
        Assert.Equal(20, Assert.Single(Derived(test, SemanticType.Preference)).Sources.Length);
    }

    [Fact]
    public async Task A_job_that_runs_again_makes_nothing_new()
    {
        string folder = Directory.CreateTempSubdirectory("memos-test-").FullName;
        try
        {
            IVaultStore store = await new SqliteVaultEngine(folder, options: null, TimeProvider.System).OpenAsync(new VaultId("test"), create: true);
            await using MemoryVault vault = await MemoryVault.OpenAsync(store, new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared });
            string[] texts =
            [
                "I live in Berlin. I love hiking. I went to Rome last week. I have two cats. My name is Ann.",
                "I live in Rome now. I really love hiking. I no longer live in Rome.",
            ];
            await vault.AddAsync([.. texts.Select((text, i) => new Message { Id = $"{i}", Text = text, Time = Start.AddDays(i) })]);
            await vault.SettleAsync();
            Dictionary<CubeId, int> before = Versions(vault);
            Assert.True(before.Count > 6);
            await store.WriteAsync((_, change) =>
            {
                change.NewJobs.Add(new VaultJob(0, JobKinds.Extract, "1-2", 0, Start, null, false));
                return 0;
            });
            await vault.SettleAsync();
            Assert.Equal(before, Versions(vault));
            Assert.Empty(vault.Read(reader => reader.ReadDeadJobs(10)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_near_duplicate_is_merged_and_keeps_both_sources()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await Say(test, "I love hiking in the mountains.", 0, id: "a");
        await Say(test, "Hm. I really love hiking in the mountains!", 10, id: "b");
        await Say(test, "I love hiking in the mountains.", 20, id: "c", speaker: "Bob");
        MemCube[] preferences = Derived(test, SemanticType.Preference);
        Assert.Equal(2, preferences.Length);
        Assert.Equal(["a", "b"], preferences.Single(cube => cube.Descriptive.Speaker == "Ann").Sources.Select(source => source.MessageId));
    }

    [Fact]
    public async Task A_liking_put_in_other_words_is_merged_and_its_opposite_is_not()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await Say(test, "I hate mushrooms.", 0);
        await Say(test, "I can't stand mushrooms.", 10);
        await Say(test, "I love mushrooms.", 20);
        MemCube[] preferences = test.Vault.Read(reader => reader.ReadCurrent().Where(cube => cube.Descriptive.Type == SemanticType.Preference).ToArray());
        Assert.Equal([2, 1], preferences.OrderByDescending(cube => cube.Sources.Length).Select(cube => cube.Sources.Length));
    }

    [Fact]
    public async Task What_somebody_is_to_be_called_has_one_value_at_a_time()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await Say(test, "Call me Kat.", 0);
        await Say(test, "Please call me Katrin.", 10);
        Assert.Equal([Start.AddDays(10), null], Facts(test, "ann/form-of-address").Select(cube => cube.Valid.To));
    }

    [Fact]
    public async Task A_frozen_fact_is_not_touched()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await Say(test, "I live in Berlin.", 0);
        MemCube fact = Assert.Single(Facts(test, "ann/residence"));
        await test.Vault.TransitionAsync(fact.Id, CubeState.Frozen);
        await Say(test, "Yes, I live in Berlin.", 5);
        await Say(test, "I live in Rome.", 10);
        Assert.Equal(2, test.Vault.Find(fact.Id)?.Version);
        Assert.Equal(2, Facts(test, "ann/residence").Length);
    }

    [Fact]
    public async Task A_turn_that_says_nothing_more_than_a_plain_fact_gets_no_second_cube()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await Say(test, "I have two cats.", 0);
        Assert.Empty(Derived(test, SemanticType.Fact));
    }

    [Fact]
    public async Task An_event_holds_at_its_time_and_tags_and_metadata_are_handed_on()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await test.Vault.AddAsync([At(test, "I went to the dentist yesterday.", 1) with { Tags = ["health"] }]);
        await test.Vault.SettleAsync();
        MemCube happened = Assert.Single(Derived(test, SemanticType.Event));
        Assert.Equal(new TimeInterval(Start.AddHours(-9), Start.AddHours(15)), happened.Valid);
        Assert.Equal(["health"], happened.Descriptive.Tags.AsEnumerable());
    }

    private static Message At(TestVault test, string text, int day, string? id = null, string speaker = "Ann") =>
        test.Said(text, id, speaker: speaker) with { Time = Start.AddDays(day) };

    private static async Task<MemCube> Say(TestVault test, string text, int day, string? id = null, string speaker = "Ann")
    {
        MemCube cube = (await test.Vault.AddAsync([At(test, text, day, id, speaker)]))[0].Cubes[0];
        await test.Vault.SettleAsync();
        return cube;
    }

    private static MemCube[] Facts(TestVault test, string key) => [.. test.Vault.Read(reader => reader.FindByFactKey(key).ToArray()).OrderBy(cube => cube.Valid.From)];

    private static MemCube[] Derived(TestVault test, SemanticType type) => test.Vault.Read(reader => reader.ReadCurrent().Where(cube => cube.Descriptive.Type == type).ToArray());

    private static Dictionary<CubeId, int> Versions(MemoryVault vault) => vault.Read(reader => reader.ReadCurrent().ToDictionary(cube => cube.Id, cube => cube.Version));
}
