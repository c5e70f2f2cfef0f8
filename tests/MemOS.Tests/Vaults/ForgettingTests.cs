using System.Text;
using System.Text.Json;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Filters;
using MemOS.Transformations;
using MemOS.Vaults;

namespace MemOS.Tests.Vaults;

public sealed class ForgettingTests
{
    [Fact]
    public async Task What_came_in_meanwhile_is_not_swept_away_with_everything_of_somebody_else()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await test.AddAsync("The violin is in Kyoto.", speaker: "Ann");
        ForgetScope everythingOfAnn = new() { Everything = true, Provided = new FieldCondition(CubeField.Speaker, FilterOperator.Equal, FilterValue.Of("Ann")) };
        await test.AddAsync("The cello is in Lisbon.", speaker: "Ben");

        MemOSException refused = await Assert.ThrowsAsync<MemOSException>(() => test.Vault.ForgetAsync(everythingOfAnn));

        Assert.Equal(ErrorCodes.VersionConflict, refused.Code);
        Assert.Equal(2, test.Vault.Statistics().Cubes);
        await test.Vault.ForgetAsync(new ForgetScope { Filter = everythingOfAnn.Provided });
        Assert.Equal(1, test.Vault.Statistics().Cubes);
    }

    [Fact]
    public async Task After_forgetting_no_file_holds_a_byte_of_it_and_no_query_returns_it()
    {
        await using TestVault test = await TestVault.OpenAsync();
        for (int i = 0; i < 200; i++)
        {
            await test.AddAsync($"Filler sentence number {i} about the weather in town {i * 7}.");
        }

        MemCube cube = await test.AddAsync("My secret canary phrase is xylophone-quagmire-8842.", id: "m-canary", speaker: "Zebedee-Quux");
        await test.Vault.UpdateAsync(cube.Id, new CubeUpdate { Text = "My secret canary phrase is now marmalade-obelisk-5531." });
        await test.Vault.SettleAsync();
        DateTimeOffset then = test.Clock.GetUtcNow();
        Assert.True(Holds(test.VaultFolder, "xylophone-quagmire-8842"));

        ForgetResult forgotten = await test.Vault.ForgetAsync(new ForgetScope { Cubes = [cube.Id] });
        Assert.Contains(cube.Id, forgotten.Cubes);
        Assert.Equal(1, forgotten.Messages);
        foreach (string canary in new[] { "xylophone-quagmire-8842", "marmalade-obelisk-5531", "xylophone", "obelisk", "Zebedee-Quux", "m-canary" })
        {
            Assert.False(Holds(test.VaultFolder, canary), $"'{canary}' is still in a file of the vault.");
        }

        Assert.DoesNotContain(await test.RecallAsync("secret canary phrase"), text => text.Contains("canary", StringComparison.Ordinal));
        Assert.DoesNotContain(await test.RecallAsync("secret canary phrase", asOf: then), text => text.Contains("canary", StringComparison.Ordinal));
        Assert.Empty(test.Vault.History(cube.Id));
        Assert.Null(test.Vault.FindAsOf(cube.Id, then));
        Assert.Single(test.Vault.Audit(new AuditQuery { Cube = cube.Id, Operation = AuditOperations.Forget }));
        await test.ReopenAsync();
        Assert.DoesNotContain(await test.RecallAsync("secret canary phrase"), text => text.Contains("canary", StringComparison.Ordinal));
        Assert.Equal(200, test.Vault.Statistics().Cubes);
    }

    [Fact]
    public async Task What_was_fused_from_it_goes_too_and_the_other_parts_come_back()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube canary = await test.AddAsync("The canary is called Pipistrello.");
        MemCube other = await test.AddAsync("The dog is called Rex.");
        MemCube fused = await test.Vault.FuseAsync([canary.Id, other.Id]);
        await test.Vault.ForgetAsync(new ForgetScope { Cubes = [canary.Id] });
        Assert.Null(test.Vault.Find(fused.Id));
        Assert.False(Holds(test.VaultFolder, "Pipistrello"));
        Assert.Equal(["The dog is called Rex."], await test.RecallAsync("called"));
    }

    [Fact]
    public async Task When_one_of_two_messages_that_said_the_same_is_forgotten_the_other_one_is_kept_as_a_memory_of_its_own()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube merged = await test.AddAsync("I am allergic to peanuts.", id: "a");
        await test.AddAsync("I am allergic to peanuts.", id: "b");
        await test.Vault.ForgetAsync(new ForgetScope { Messages = ["a"] });
        Assert.Null(test.Vault.Find(merged.Id));
        Operator.Recall.RecallHit hit = Assert.Single((await test.Vault.RecallAsync(new Operator.Recall.RecallQuery { Text = "allergic" })).Hits);
        Assert.Equal("b", Assert.Single(hit.Cube.Sources).MessageId);
    }

    [Fact]
    public async Task A_state_that_is_made_of_a_text_while_it_is_forgotten_leaves_no_bytes_behind()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemCube cube = await test.AddAsync("My train leaves at nine.");
        byte[] computed = "computed from the train at nine"u8.ToArray();
        string code = await TestVault.CodeOf(() => test.Vault.States.AddAsync([cube], new KVStateFormat(new StateBinding("m", "l", "c", "h"), 2, 9), async (path, cancel) =>
        {
            await File.WriteAllBytesAsync(path, computed, cancel);
            await test.Vault.ForgetAsync(new ForgetScope { Cubes = [cube.Id] }, cancellationToken: cancel);
        }));
        Assert.Contains(code, (string[])[ErrorCodes.VersionConflict, ErrorCodes.CubeNotFound]);
        Assert.DoesNotContain(Directory.EnumerateFiles(test.Folder, "*", SearchOption.AllDirectories), file => Path.GetFileName(file) == ContentHash.Of(computed).Value);
    }

    [Fact]
    public async Task An_unscoped_delete_is_refused_and_forgets_nothing()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await test.AddAsync("My train leaves at nine.");
        Assert.Equal(ErrorCodes.UnscopedDelete, await TestVault.CodeOf(() => test.Vault.ForgetAsync(new ForgetScope())));
        Assert.Equal(ErrorCodes.UnscopedDelete, await TestVault.CodeOf(() => test.Vault.ForgetAsync(new ForgetScope { Conversation = "" })));
        foreach (string empty in new[] { "{}", """{"and":[]}""", """{"and":[{},{}]}""", """{"or":[{}]}""", """{"or":[{},{"type":"fact"}]}""", """{"and":[{},{"or":[{"type":"fact"},{}]}]}""", """{"not":{"and":[{"not":{}},{"type":"fact"}]}}""", """{"not":{"not":{}}}""" })
        {
            CubeFilter filter = CubeFilterParser.Parse(JsonElement.Parse(empty));
            Assert.Equal(ErrorCodes.UnscopedDelete, await TestVault.CodeOf(() => test.Vault.ForgetAsync(new ForgetScope { Filter = filter })));
            Assert.Equal(ErrorCodes.UnscopedDelete, await TestVault.CodeOf(() => test.Vault.ForgetAsync(new ForgetScope { Conversation = "none", Filter = filter })));
        }

        Assert.Equal(1, test.Vault.Statistics().Cubes);
    }

    [Fact]
    public async Task A_conversation_and_a_whole_vault_can_be_forgotten_by_name()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await test.AddAsync("Pipistrello sings at dawn.", conversation: "s1");
        await test.AddAsync("The dog is called Rex.", conversation: "s2");
        await test.Vault.ForgetAsync(new ForgetScope { Conversation = "s1" });
        Assert.False(Holds(test.VaultFolder, "Pipistrello"));
        Assert.Equal(1, test.Vault.Statistics().Messages);
        await test.Vault.ForgetAsync(new ForgetScope { Everything = true });
        Assert.Equal((0, 0), (test.Vault.Statistics().Messages, test.Vault.Statistics().Cubes));
        Assert.False(Holds(test.VaultFolder, "called Rex"));
        await test.AddAsync("A new life begins.");
        Assert.Single(await test.RecallAsync("new life"));
    }

    private static bool Holds(string folder, string text)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(text);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            if (bytes.AsSpan().IndexOf(wanted) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
