using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemOS.Server.Compat.OpenMem;

/// <summary>The filters of this wire: one for everything, or one for each source, <c>user</c>, <c>agent</c>, <c>public</c> and <c>knowledgebase</c>; nested at will.</summary>
internal static class OpenMemFilters
{
    private static readonly string[] Sources = ["user", "agent", "public", "knowledgebase"];

    /// <summary>The part that holds for a vault, in the words of <see cref="ProductFilters"/>; null for none.</summary>
    /// <param name="filter">As it came.</param>
    /// <param name="isBase">Whether the vault is a knowledge base.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidFilter"/>.</exception>
    public static JsonNode? For(JsonElement? filter, bool isBase)
    {
        if (filter is not { } json)
        {
            return null;
        }

        if (json.ValueKind is not JsonValueKind.Object || !json.EnumerateObject().Any(member => Sources.Contains(member.Name)))
        {
            return Copy(json);
        }

        if (json.EnumerateObject().FirstOrDefault(member => !Sources.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } stray)
        {
            throw new MemOSException(ErrorCodes.InvalidFilter, $"The filter is not valid: '{stray.Name}' stands beside the sources {string.Join(", ", Sources)}; give either one filter for each source or one for all.");
        }

        JsonNode?[] parts = [.. json.EnumerateObject()
            .Where(member => member.Value.ValueKind is not JsonValueKind.Null && (isBase ? member.Name == "knowledgebase" : member.Name is "user" or "agent"))
            .Select(member => Copy(member.Value))];
        return parts.Length switch
        {
            0 => null, // memories that are public there are none
            1 => parts[0],
            _ => new JsonObject { ["and"] = new JsonArray(parts) },
        };
    }

    private static JsonNode? Copy(JsonElement json) => JsonNode.Parse(json.GetRawText());
}
