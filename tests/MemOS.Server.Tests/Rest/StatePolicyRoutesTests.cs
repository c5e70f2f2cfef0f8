using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MemOS.Api;
using MemOS.Scheduler.Transitions;
using Microsoft.AspNetCore.Builder;

namespace MemOS.Server.Tests.Rest;

/// <summary>The policy of KV states of one vault, set over HTTP. This server has no local model: the vault keeps it for the time when there is one.</summary>
[Collection(RunningServer.Name)]
public sealed class StatePolicyRoutesTests(ServerFixture server)
{
    [Fact]
    public async Task What_a_vault_says_of_its_own_is_set_shown_and_taken_back_and_is_no_other_vaults()
    {
        string url = await UrlAsync(), other = await UrlAsync();
        JsonNode usual = await server.OkAsync(HttpMethod.Get, url);
        Assert.Equal((3, "LeastRecentlyUsed", "{}"), ((int?)usual["policy"]?["promote_heat"], (string?)usual["policy"]?["retention"], usual["own"]?.ToJsonString()));
        JsonNode set = await server.OkAsync(HttpMethod.Put, url, """{"retention":"Labels","labels":["work"],"disk_bytes":1000,"stay_for":"00:00:05"}""");
        Assert.Equal(("Labels", "work", 1000, "00:00:05", 3), ((string?)set["policy"]?["retention"], (string?)set["policy"]?["labels"]?[0], (int?)set["policy"]?["disk_bytes"], (string?)set["policy"]?["stay_for"], (int?)set["policy"]?["promote_heat"]));
        Assert.Equal(["disk_bytes", "labels", "retention", "stay_for"], set["own"]!.AsObject().Select(value => value.Key).Order(StringComparer.Ordinal));
        Assert.True(JsonNode.DeepEquals(set, await server.OkAsync(HttpMethod.Get, url)));
        Assert.True(JsonNode.DeepEquals(usual, await server.OkAsync(HttpMethod.Get, other)));

        // It is replaced, not added to; what was given comes back as it was shown.
        JsonNode replaced = await server.OkAsync(HttpMethod.Put, url, """{"promote_heat":5}""");
        Assert.Equal(("""{"promote_heat":5}""", "LeastRecentlyUsed"), (replaced["own"]?.ToJsonString(), (string?)replaced["policy"]?["retention"]));
        Assert.True(JsonNode.DeepEquals(set, await server.OkAsync(HttpMethod.Put, url, set["own"]!.ToJsonString())));
        Assert.True(JsonNode.DeepEquals(usual, await server.OkAsync(HttpMethod.Delete, url)));
        Assert.True(JsonNode.DeepEquals(usual, await server.OkAsync(HttpMethod.Delete, url)));
    }

    [Theory]
    [InlineData("""{"promote_heet":5}""", "promote_heet, which is not known; there are promote_heat, ")]
    [InlineData("""{"retention":"lru"}""", "retention must be one of LeastRecentlyUsed, Similarity, Labels")]
    [InlineData("""{"labels":null}""", "labels must be a list of texts")]
    [InlineData("""{"promote_heat":"5"}""", "promote_heat must be a number")]
    [InlineData("""{"promote_heat":-1}""", "PromoteHeat must be above 0")]
    [InlineData("""{"demote_heat":4}""", "below PromoteHeat")]
    [InlineData("""{"disk_bytes":1073741825}""", "disk_bytes is 1073741825, above the 1073741824 that the operator gives")]
    [InlineData("""{"memory_bytes":9000000000}""", "memory_bytes is 9000000000, above the 268435456")]
    [InlineData("""{"context_tokens":2049}""", "context_tokens is 2049, above the 2048")]
    [InlineData("""{"promote_heat":5,"promote_heat":6}""", "promote_heat")]
    [InlineData("""{"labels":["\ud800"]}""", "")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("{", "")]
    public async Task What_cannot_be_used_is_refused_with_the_value_and_the_former_policy_stays(string body, string told)
    {
        string url = await UrlAsync();
        await server.OkAsync(HttpMethod.Put, url, """{"promote_heat":7}""");
        (int status, JsonNode refused) = await server.SendAsync(HttpMethod.Put, url, body);
        Assert.Equal((400, ErrorCodes.InvalidInput), (status, (string?)refused["code"]));
        Assert.Contains(told, (string?)refused["detail"], StringComparison.Ordinal);
        Assert.Equal("""{"promote_heat":7}""", (await server.OkAsync(HttpMethod.Get, url))["own"]?.ToJsonString());
    }

    [Fact]
    public async Task It_is_the_owners_to_set_and_the_audit_log_says_who_set_what_without_tags()
    {
        string vault = await server.NewVaultAsync(), url = $"/api/v1/vaults/{Uri.EscapeDataString(vault)}/states/policy";
        using HttpClient nobody = new() { BaseAddress = server.Client.BaseAddress };
        using HttpClient anna = await ClientAsync("anna", vault), stranger = await ClientAsync("stranger", "another vault");
        foreach (HttpMethod method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete })
        {
            Assert.Equal(401, await StatusAsync(nobody, method, url));
            Assert.Equal(404, await StatusAsync(stranger, method, url));
            Assert.Equal(200, await StatusAsync(anna, method, url));
        }

        using HttpRequestMessage form = new(HttpMethod.Put, url) { Content = new StringContent("{}", Encoding.UTF8, "text/plain") };
        Assert.Equal(415, (int)(await anna.SendAsync(form)).StatusCode);
        JsonNode log = await server.OkAsync(HttpMethod.Get, $"/api/v1/vaults/{Uri.EscapeDataString(vault)}/audit?operation=policy");
        Assert.Equal(
            [("key:anna", "of KV states: the operator's again"), ("key:anna", "of KV states: promote_heat 5, labels (1)")],
            log["items"]!.AsArray().Select(entry => ((string?)entry?["caller"], (string?)entry?["detail"])));

        static async Task<int> StatusAsync(HttpClient client, HttpMethod method, string url)
        {
            using HttpRequestMessage request = new(method, url) { Content = method == HttpMethod.Put ? new StringContent("""{"promote_heat":5,"labels":["about the divorce"]}""", Encoding.UTF8, "application/json") : null };
            using HttpResponseMessage answer = await client.SendAsync(request);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task The_client_sets_reads_and_takes_it_back()
    {
        using MemoryServerConnection connection = new(server.Client.BaseAddress!, server.Key);
        StatePolicyClient policy = connection.CreateStatePolicyClient($"vault {Guid.CreateVersion7():N}");
        StatePolicyRecord usual = await policy.GetAsync(); // the vault is made
        StatePolicyRecord set = await policy.SetAsync(new OwnPolicyRecord { Retention = "Similarity", StableFor = TimeSpan.FromDays(2), MostStates = 0 });
        Assert.Equal(("Similarity", TimeSpan.FromDays(2), 0, usual.Policy.DiskBytes), (set.Policy.Retention, set.Policy.StableFor, set.Policy.MostStates, set.Policy.DiskBytes));
        Assert.Equal(new OwnPolicyRecord { Retention = "Similarity", StableFor = TimeSpan.FromDays(2), MostStates = 0 }, (await policy.GetAsync()).Own);
        MemOSException refused = await Assert.ThrowsAsync<MemOSException>(() => policy.SetAsync(new OwnPolicyRecord { DiskBytes = long.MaxValue }));
        Assert.Equal(ErrorCodes.InvalidInput, refused.Code);
        Assert.Contains("disk_bytes", refused.Message, StringComparison.Ordinal);
        Assert.Equal(new OwnPolicyRecord(), (await policy.ResetAsync()).Own);
    }

    [Fact]
    public async Task The_operators_budgets_hold_without_a_model_too_and_lowered_ones_after_a_start_anew()
    {
        string folder = Directory.CreateTempSubdirectory("memos-policies-").FullName;
        ServerSettings settings = new() { DataFolder = folder, Urls = "http://127.0.0.1:0", Output = TextWriter.Null, RequireKey = false };
        await using (WebApplication first = await ServerFixture.StartAsync(settings with { Policies = TransitionPolicies.Parse("""{"vaults":{"a":{"disk_bytes":5000}}}""") }))
        {
            using MemoryServerConnection connection = new(new Uri(first.Urls.Single()));
            StatePolicyClient policy = connection.CreateStatePolicyClient("a");
            Assert.Contains("above the 5000", (await Assert.ThrowsAsync<MemOSException>(() => policy.SetAsync(new OwnPolicyRecord { DiskBytes = 5001 }))).Message, StringComparison.Ordinal);
            Assert.Equal(4000, (await policy.SetAsync(new OwnPolicyRecord { DiskBytes = 4000, PromoteHeat = 4 })).Policy.DiskBytes);
            Assert.Equal(5001, (await connection.CreateStatePolicyClient("b").SetAsync(new OwnPolicyRecord { DiskBytes = 5001 })).Policy.DiskBytes);
            await first.StopAsync();
        }

        await using (WebApplication second = await ServerFixture.StartAsync(settings with { Policies = TransitionPolicies.Parse("""{"usual":{"disk_bytes":3000,"demote_heat":2}}""") }))
        {
            using MemoryServerConnection connection = new(new Uri(second.Urls.Single()));
            StatePolicyRecord kept = await connection.CreateStatePolicyClient("a").GetAsync();
            Assert.Equal((3000, 4, 2, 4000), (kept.Policy.DiskBytes, kept.Policy.PromoteHeat, kept.Policy.DemoteHeat, kept.Own?.DiskBytes));
            await second.StopAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task<string> UrlAsync() => $"/api/v1/vaults/{Uri.EscapeDataString(await server.NewVaultAsync())}/states/policy";

    private async Task<HttpClient> ClientAsync(string name, string vault)
    {
        JsonNode made = await server.OkAsync(HttpMethod.Post, "/api/v1/keys", new { name, vaults = new[] { vault } });
        HttpClient client = new() { BaseAddress = server.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)made["key"]);
        return client;
    }
}
