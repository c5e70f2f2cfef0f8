using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall;
using MemOS.Vaults;

namespace MemOS.Tests.Vaults;

/// <summary>The saved index makes an opening quick, and is never believed more than the vault.</summary>
public sealed class SavedIndexTests
{
    private static readonly string[] s_words = "red blue violin boat Rome tea cake lantern harbour winter sing never often tall".Split(' ');

    [Fact]
    public async Task A_closed_vault_has_a_saved_index_and_answers_from_it_as_from_one_built_anew()
    {
        await using TestVault test = await FilledAsync(400);
        await test.ReopenAsync();
        Assert.True(File.Exists(IndexFile(test)));
        string[] saved = await AnswersAsync(test);
        await RebuildAsync(test);
        Assert.Equal(await AnswersAsync(test), saved);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_happened_after_saving_is_made_up_for(int seed)
    {
        Random random = new(seed);
        await using TestVault test = await FilledAsync(300);
        await test.ReopenAsync();
        for (int round = 0; round < 4; round++)
        {
            for (int i = 0; i < 60; i++)
            {
                await ChangeAsync(test, random);
            }

            byte[]? older = random.Next(2) == 0 && File.Exists(IndexFile(test)) ? await File.ReadAllBytesAsync(IndexFile(test)) : null;
            await test.Vault.SettleAsync();
            await test.Vault.DisposeAsync();
            if (older is not null)
            {
                await File.WriteAllBytesAsync(IndexFile(test), older);
            }

            await test.ReopenAsync();
            string[] answers = await AnswersAsync(test);
            await RebuildAsync(test);
            Assert.Equal(await AnswersAsync(test), answers);
        }
    }

    [Fact]
    public async Task Forgetting_removes_the_saved_index_and_one_that_is_put_back_is_not_used()
    {
        await using TestVault test = await FilledAsync(300);
        MemCube canary = await test.AddAsync("The canary hides in the pagoda.", speaker: "Zebedee-Quux");
        await RebuildAsync(test);
        await test.ReopenAsync();
        byte[] older = await File.ReadAllBytesAsync(IndexFile(test));
        Assert.Contains("Zebedee-Quux", System.Text.Encoding.Latin1.GetString(older), StringComparison.Ordinal);
        await test.Vault.ForgetAsync(new ForgetScope { Cubes = [canary.Id] });
        Assert.False(File.Exists(IndexFile(test)));

        await test.Vault.DisposeAsync();
        await File.WriteAllBytesAsync(IndexFile(test), older);
        await test.ReopenAsync();
        Assert.DoesNotContain(await test.RecallAsync("Where does the canary hide?"), text => text.Contains("canary", StringComparison.Ordinal));
        await test.AddAsync("A last sentence.");
        await test.ReopenAsync(); // the vault was built anew, which is worth saving
        Assert.DoesNotContain("Zebedee-Quux", System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(IndexFile(test))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_or_foreign_index_and_half_of_one_are_built_anew()
    {
        await using TestVault test = await FilledAsync(300);
        await using TestVault other = await FilledAsync(310);
        await test.ReopenAsync();
        await other.ReopenAsync();
        string[] answers = await AnswersAsync(test);
        byte[] whole = await File.ReadAllBytesAsync(IndexFile(test));
        byte[] damaged = [.. whole];
        damaged[damaged.Length / 2] ^= 4;
        foreach (byte[] content in new[] { damaged, whole[..(whole.Length / 3)], [], await File.ReadAllBytesAsync(IndexFile(other)) })
        {
            await test.Vault.DisposeAsync();
            await File.WriteAllBytesAsync(IndexFile(test), content);
            await File.WriteAllBytesAsync(Path.Combine(test.VaultFolder, "new.index"), content);
            await test.ReopenAsync();
            Assert.Equal(answers, await AnswersAsync(test));
            Assert.False(File.Exists(Path.Combine(test.VaultFolder, "new.index")));
        }

        await test.ReopenAsync();
        Assert.Equal(whole.Length, new FileInfo(IndexFile(test)).Length);
    }

    [Fact]
    public async Task A_small_change_does_not_save_a_large_index_again()
    {
        await using TestVault test = await FilledAsync(600);
        await test.ReopenAsync();
        DateTime saved = File.GetLastWriteTimeUtc(IndexFile(test));
        await test.AddAsync("One more sentence about the harbour.");
        await test.ReopenAsync();
        Assert.Equal(saved, File.GetLastWriteTimeUtc(IndexFile(test)));
        Assert.Contains("One more sentence about the harbour.", await test.RecallAsync("One more sentence about the harbour"));
    }

    [Fact]
    public async Task A_vault_that_stays_open_saves_its_index_now_and_then()
    {
        await using TestVault test = await FilledAsync(300);
        Assert.False(File.Exists(IndexFile(test)));
        test.Clock.Advance(TimeSpan.FromMinutes(2));
        await test.AddAsync("The boat is red.");
        await test.Vault.DisposeAsync(); // waits for what runs
        await test.ReopenAsync();
        Assert.True(File.Exists(IndexFile(test)));
        Assert.Contains("The boat is red.", await test.RecallAsync("Is the boat red?"));
    }

    private static string IndexFile(TestVault test) => Path.Combine(test.VaultFolder, "recall.index");

    private static async Task<TestVault> FilledAsync(int messages)
    {
        TestVault test = await TestVault.OpenAsync();
        Random random = new(messages);
        await test.Vault.AddAsync([.. Enumerable.Range(0, messages).Select(i => test.Said(Sentence(random, i), speaker: random.Next(2) == 0 ? "Ann" : "Bob", conversation: $"s{i % 7}"))]);
        return test;
    }

    private static string Sentence(Random random, int number) => $"{string.Join(' ', random.GetItems(s_words, random.Next(2, 9)))} number {number}";

    private static async Task ChangeAsync(TestVault test, Random random)
    {
        CubeId[] known = [.. (await test.Vault.RecallAsync(new RecallQuery { Text = random.GetItems(s_words, 1)[0], Limit = 20 })).Hits.Select(hit => hit.Cube.Id)];
        CubeId? one = known.Length == 0 ? null : known[random.Next(known.Length)];
        switch (random.Next(12))
        {
            case 0 when one is { } cube:
                await test.Vault.ForgetAsync(new ForgetScope { Cubes = [cube] });
                break;
            case 1 or 2 when one is { } cube:
                await test.Vault.UpdateAsync(cube, new CubeUpdate { Text = Sentence(random, random.Next(1000)) });
                break;
            default:
                await test.AddAsync(Sentence(random, random.Next(100_000)), conversation: $"s{random.Next(9)}", speaker: random.Next(2) == 0 ? "Ann" : "Bob");
                break;
        }
    }

    private static async Task RebuildAsync(TestVault test)
    {
        await test.Vault.DisposeAsync();
        File.Delete(IndexFile(test));
        await test.ReopenAsync();
    }

    private static async Task<string[]> AnswersAsync(TestVault test)
    {
        List<string> answers = [];
        foreach (string question in new[] { "red violin", "What did Ann say about the blue boat?", "tea in the harbour", "lantern number 17", "Who sings in winter?" })
        {
            foreach (RecallHit hit in (await test.Vault.RecallAsync(new RecallQuery { Text = question, Limit = 30 })).Hits)
            {
                answers.Add($"{hit.Cube.Id} {hit.Cube.Version} {hit.Cube.Text} {hit.Score:F3}");
            }
        }

        return [.. answers];
    }
}
