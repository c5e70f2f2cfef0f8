using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemOS.Cubes;
using MemOS.Reader;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Wire;
using MemOS.Vaults;

namespace MemOS.Server.Compat;

/// <summary><c>POST /product/suggestions</c>: questions that a user may want to ask next, made by rule from names in the dialogue, or from the newest memories.</summary>
internal static class ProductSuggestions
{
    private const int Wanted = 3;
    private const int Looked = 50;

    public static async Task<WireAnswer> SuggestAsync(WireBody body, CallerVaults host, TimeProvider clock, CancellationToken cancellationToken)
    {
        _ = body.Required("user_id");
        VaultId cube = new(body.Required("mem_cube_id"));
        bool chinese = body.OneOf("language", "zh", "zh", "en") == "zh";
        await using VaultLease lease = await host.OpenAsync(cube, cancellationToken: cancellationToken);
        IEnumerable<string> topics = body.Json("message") is { } dialogue ? Names(dialogue, clock.GetUtcNow()) : Topics(Newest(lease.Vault));
        return WireAnswer.Product("Suggestions retrieved successfully", new JsonObject { ["query"] = WireAnswer.List(Questions(topics, chinese)) });
    }

    /// <summary>Questions about the names in a text, in its language.</summary>
    public static IEnumerable<string> FromText(string text) => Questions(EntityNames.In(text), text.Any(c => c is >= '\u4e00' and <= '\u9fff'));

    private static IEnumerable<string> Questions(IEnumerable<string> topics, bool chinese) =>
        topics.Distinct(StringComparer.OrdinalIgnoreCase).Take(Wanted).Select(topic => chinese ? $"关于{topic}，你还记得什么？" : $"What do you remember about {topic}?");

    private static IEnumerable<string> Topics(IEnumerable<MemCube> memories) => memories.SelectMany(cube => cube.Descriptive.Entities.IsEmpty
        ? (cube.Descriptive.FactKey is { } key ? [key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('_', ' ')] : [])
        : cube.Descriptive.Entities.AsEnumerable());

    private static MemCube[] Newest(MemoryVault vault) => vault.Read(reader => reader.ReadCurrent(Math.Max(0, reader.LastSequence - (4 * Looked)))
        .Where(cube => cube.Text is not null && cube.State is not (CubeState.Archived or CubeState.Expired)).Reverse().Take(Looked).ToArray());

    private static IEnumerable<string> Names(JsonElement dialogue, DateTimeOffset now)
    {
        ProductMessageReader reader = new(now, null, [], ImmutableSortedDictionary<string, string>.Empty);
        reader.Read(dialogue);
        return reader.Messages.AsEnumerable().Reverse().SelectMany(message => EntityNames.In(message.Text).AsEnumerable());
    }
}
