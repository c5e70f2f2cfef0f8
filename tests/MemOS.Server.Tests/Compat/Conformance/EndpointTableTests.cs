using System.Text.Json.Nodes;
using MemOS.Server.Compat.Wire;
using MemOS.Testing;
using Microsoft.AspNetCore.Routing;

namespace MemOS.Server.Tests.Compat.Conformance;

/// <summary>The page docs/reference/memos-wire.md lists what the server maps, and nothing else.</summary>
[Collection(RunningServer.Name)]
public sealed class EndpointTableTests(ServerFixture server)
{
    private static readonly string[] Prefixes = ["/product/", "/api/openmem/", "/dream/", "/download/", "/admin/"];

    [Fact]
    public void Table_and_addresses_agree_both_ways()
    {
        string[] listed = [.. Table().Select(row => $"{row.Method} {row.Address} {row.Served}").Order(StringComparer.Ordinal)];
        string[] mapped = [.. server.Endpoints.Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (Address: "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), Endpoint: endpoint))
            .Where(route => Prefixes.Any(prefix => route.Address.StartsWith(prefix, StringComparison.Ordinal)))
            .SelectMany(route => route.Endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Select(method => $"{method} {route.Address} {(route.Endpoint.Metadata.GetMetadata<NotAvailable>() is null ? "yes" : "no")}"))
            .Order(StringComparer.Ordinal)];
        Assert.Equal(mapped, listed);
        Assert.True(listed.Length > 55, $"{listed.Length}");
    }

    [Fact]
    public async Task What_is_not_served_says_why_in_the_envelope_of_its_surface()
    {
        foreach ((string method, string address, string _, string reason) in Table().Where(row => row.Served == "no"))
        {
            string url = address.Replace("{**file}", "cubes/x.json", StringComparison.Ordinal).Replace("{key_id}", "k", StringComparison.Ordinal);
            (int status, JsonNode body) = await server.SendAsync(new HttpMethod(method), url, method == "POST" ? new { } : null);
            Assert.Equal((url, 501, reason), (url, status, (string?)body["message"]));
            Assert.Equal(url.StartsWith("/api/", StringComparison.Ordinal) ? 50002 : 501, (int?)body["code"]);
            Assert.Equal("not_offered", (string?)body["error_code"]);
            Assert.True(body.AsObject().ContainsKey("data"));
        }
    }

    [Fact]
    public async Task What_is_served_answers_in_its_own_envelope_also_when_nothing_is_sent()
    {
        foreach ((string method, string address, string _, string _) in Table().Where(row => row.Served == "yes"))
        {
            (int status, JsonNode body) = await server.SendAsync(new HttpMethod(method), address.Replace("{id}", "none", StringComparison.Ordinal), method == "POST" ? new { } : null);
            Assert.True(status is not 405 and not 501 and < 500 or 503, $"{method} {address}: {status} {body}");
            Assert.True(body["message"] is JsonValue, $"{method} {address}: {body}");
            Assert.Equal(status is >= 200 and < 300, body["code"] is null || (int?)body["code"] is 0 or 200);
        }
    }

    private static IEnumerable<(string Method, string Address, string Served, string Remark)> Table() => File
        .ReadLines(Path.Combine(RepositoryFolder.Path, "docs", "reference", "memos-wire.md"))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells.Length == 6 && cells[2].StartsWith("`/", StringComparison.Ordinal))
        .Select(cells => (cells[1], cells[2].Trim('`'), cells[3], cells[4]));
}
