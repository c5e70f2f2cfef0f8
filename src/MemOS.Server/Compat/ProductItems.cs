using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemOS.Api.Product;
using MemOS.Cubes;
using MemOS.Reader;
using MemOS.Scheduler;
using MemOS.Vaults;

namespace MemOS.Server.Compat;

/// <summary>Writes cubes as the items of this wire.</summary>
internal static class ProductItems
{
    private const int LongestKey = 60;
    private const int MostSources = 16;

    /// <summary>Writes the memories of one vault, with the messages that they came from.</summary>
    public static IReadOnlyList<ProductItem> ToItems(MemoryVault vault, IReadOnlyList<(MemCube Cube, double? Relevance)> memories, CubeWhereabouts whereabouts)
    {
        Dictionary<long, Message> messages = Messages(vault, memories.Select(memory => memory.Cube));
        ProductItem[] items = new ProductItem[memories.Count];
        for (int i = 0; i < items.Length; i++)
        {
            (MemCube cube, double? relevance) = memories[i];
            whereabouts.Note(cube.Id, vault.Id);
            items[i] = ToItem(cube, vault.Id, relevance, messages);
        }

        return items;
    }

    public static ProductAddedItem ToAdded(MemCube cube, VaultId vault, CubeWhereabouts whereabouts)
    {
        whereabouts.Note(cube.Id, vault);
        return new ProductAddedItem { Memory = Text(cube), MemoryId = cube.Id.ToString(), MemoryType = MemoryType(cube), CubeId = vault.Value };
    }

    /// <summary>Items as JSON.</summary>
    public static JsonArray ToNode(IEnumerable<ProductItem> items) => [.. items.Select(item => JsonSerializer.SerializeToNode(item, ProductJsonContext.Default.ProductItem))];

    /// <summary>The type of a memory in the words of this wire. <see cref="ProductFilters"/> holds the same rules as filters.</summary>
    public static string MemoryType(MemCube cube) => cube.Descriptive switch
    {
        { Type: var type } when type == SemanticType.Preference => "PreferenceMemory",
        { Type: var type } when type == SemanticType.ToolTrace => "ToolTrajectoryMemory",
        { Type: var type } when type == SemanticType.Document => "LongTermMemory",
        { Role: "assistant" or "system" or "tool" or "document" } => "LongTermMemory",
        _ => "UserMemory",
    };

    // Clients give a model this string and nothing else, so it says when and who, as our own prompts do. The words alone are in the sources.
    public static string Text(MemCube cube) => cube.Descriptive.Type == SemanticType.Preference || cube.Text is null ? cube.Text ?? "" : InjectionPlan.PromptLine(cube);

    private static ProductItem ToItem(MemCube cube, VaultId vault, double? relevance, Dictionary<long, Message> messages)
    {
        string id = cube.Id.ToString();
        string text = Text(cube);
        string shortId = $"[{id[..id.IndexOf('-', StringComparison.Ordinal)]}]";
        bool isPreference = cube.Descriptive.Type == SemanticType.Preference;
        bool isDocument = cube.Descriptive.Type == SemanticType.Document;
        ImmutableSortedDictionary<string, string> info = cube.Descriptive.Info ?? ImmutableSortedDictionary<string, string>.Empty;
        return new ProductItem
        {
            Id = id,
            Memory = text,
            RefId = shortId,
            Metadata = new ProductMetadata
            {
                Id = id,
                Memory = text,
                RefId = shortId,
                MemoryType = MemoryType(cube),
                Type = cube.Descriptive.Type.Value,
                Relativity = relevance,
                Key = cube.Descriptive.FactKey ?? Title(cube.Text ?? ""),
                Tags = cube.Descriptive.Tags,
                Sources = Sources(cube, messages),
                Source = isDocument ? "file" : "conversation",
                Status = cube.State switch { CubeState.Archived => "archived", CubeState.Expired => "deleted", _ => "activated" },
                UserId = ProductInfo.UserOf(cube, vault),
                SessionId = isDocument ? null : cube.Descriptive.Context ?? (cube.Sources.IsEmpty ? null : cube.Sources[0].Conversation),
                Info = info.RemoveRange(ProductInfo.Own),
                Version = cube.Version,
                CreatedAt = Iso(cube.Descriptive.CreatedAt),
                UpdatedAt = Iso(cube.TxFrom),
                FileIds = info.TryGetValue(ProductInfo.File, out string? file) ? [file] : null,
                Preference = isPreference ? cube.Text : null,
                PreferenceType = isPreference ? "explicit_preference" : null,
                Reasoning = isPreference ? "" : null,
                Topic = isPreference ? "" : null,
            },
        };
    }

    private static ProductSource[] Sources(MemCube cube, Dictionary<long, Message> messages)
    {
        ProductSource[] sources = new ProductSource[cube.Sources.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            MessageSource source = cube.Sources[i];
            bool isDocument = cube.Descriptive.Role == "document";
            sources[i] = new ProductSource
            {
                Type = isDocument ? "doc" : "chat",
                MessageId = source.MessageId,
                SessionId = isDocument ? null : source.Conversation,
                DocPath = isDocument ? source.Conversation : null,
            };
            sources[i] = IsVerbatim(cube) ? sources[i] with
            {
                Role = cube.Descriptive.Role,
                Speaker = cube.Descriptive.Speaker,
                ChatTime = cube.Descriptive.SaidAt is { } said ? Iso(said) : null,
                Content = cube.Text,
            }
            : messages.TryGetValue(source.Number, out Message? message) ? sources[i] with
            {
                Role = message.Role.Value,
                Speaker = message.Speaker,
                ChatTime = Iso(message.Time),
                Content = message.Text,
            }
            : sources[i];
        }

        return sources;
    }

    // The messages of memories that are not themselves what one message says, at most 16 for each.
    private static Dictionary<long, Message> Messages(MemoryVault vault, IEnumerable<MemCube> cubes)
    {
        long[] numbers = [.. cubes.Where(cube => !IsVerbatim(cube)).SelectMany(cube => cube.Sources.Take(MostSources)).Select(source => source.Number).Distinct()];
        Dictionary<long, Message> messages = new(numbers.Length);
        if (numbers.Length > 0)
        {
            foreach (Message message in vault.Read(reader => numbers.Select(reader.FindMessage).OfType<Message>().ToArray()))
            {
                messages[message.Number] = message;
            }
        }

        return messages;
    }

    private static bool IsVerbatim(MemCube cube) => cube is { Version: 1, Sources.Length: 1, Lineage.IsEmpty: true } && cube.Text?.Length == cube.Sources[0].Length;

    /// <summary>The beginning of a text as a title.</summary>
    public static string Title(string text)
    {
        int end = text.AsSpan().IndexOfAny('\n', '\r');
        return MessageRules.Beginning((end < 0 ? text : text[..end]).Trim(), LongestKey);
    }

    public static string Iso(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
