using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemOS.Cubes;
using MemOS.Reader.Statements;
using MemOS.Server.Compat.Wire;
using MemOS.Server.OpenAI;
using Microsoft.Extensions.AI;

namespace MemOS.Server.Compat.OpenMem;

/// <summary><c>extract/memory</c>, by the rules that read messages here, and <c>rerank</c>, by the embedder of this server. Nothing is stored.</summary>
internal static class OpenMemModels
{
    private const int MostDocuments = 1000;

    public static WireAnswer Extract(WireBody body, TimeProvider clock)
    {
        ProductMessageReader reader = new(clock.GetUtcNow(), null, [], ImmutableSortedDictionary<string, string>.Empty);
        reader.Read(body.Json("messages") ?? throw BodyFaultException.Missing("messages"));
        IReadOnlyList<string> types = body.Texts("extraction_types") ?? ["memory", "preference"];
        Statement[] statements = [.. reader.Messages.SelectMany(message => StatementReader.Read(message.Speaker is null ? message with { Speaker = "User" } : message))];
        return WireAnswer.OpenMem(new JsonObject
        {
            ["success"] = true,
            ["memory_detail_list"] = List(types.Contains("memory"), statement => statement.Type != SemanticType.Preference, statement => new JsonObject
            {
                ["memory_key"] = statement.FactKey ?? ProductItems.Title(statement.Text),
                ["memory_value"] = statement.Text,
                ["memory_type"] = "UserMemory",
                ["tags"] = WireAnswer.List(statement.Tags),
            }),
            ["preference_detail_list"] = List(types.Contains("preference"), statement => statement.Type == SemanticType.Preference, statement => new JsonObject
            {
                ["preference"] = statement.Text,
                ["reasoning"] = "",
                ["preference_type"] = "explicit_preference",
            }),
        });

        JsonArray List(bool wanted, Func<Statement, bool> kind, Func<Statement, JsonObject> item) => [.. wanted ? statements.Where(kind).Select(statement => (JsonNode)item(statement)) : []];
    }

    public static async Task<WireAnswer> RerankAsync(WireBody body, BuiltInEmbedder embedder, TimeProvider clock, CancellationToken cancellationToken)
    {
        string query = body.Required("query");
        JsonElement list = body.Json("documents") is { ValueKind: JsonValueKind.Array } given ? given : throw BodyFaultException.Missing("documents");
        if (list.GetArrayLength() is 0 or > MostDocuments || list.EnumerateArray().Any(document => document.ValueKind is not JsonValueKind.String))
        {
            throw new BodyFaultException("documents", $"documents must be a list of 1 to {MostDocuments} texts.");
        }

        string[] documents = [.. list.EnumerateArray().Select(document => document.GetString() ?? "")];
        int most = body.Count("top_n", 1, int.MaxValue) ?? documents.Length;
        GeneratedEmbeddings<Embedding<float>> vectors = await embedder.Generator.GenerateAsync([query, .. documents], cancellationToken: cancellationToken);
        float[] scores = [.. vectors.Skip(1).Select(vector => Likeness(vectors[0].Vector.Span, vector.Vector.Span))];
        int tokens = documents.Append(query).Sum(text => (text.Length + 3) / 4);
        return new WireAnswer(new JsonObject
        {
            ["id"] = $"rerank-{Guid.CreateVersion7(clock.GetUtcNow()):N}",
            ["model"] = embedder.Model,
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
            ["results"] = new JsonArray([.. Enumerable.Range(0, documents.Length).OrderByDescending(i => scores[i]).Take(most).Select(i => (JsonNode)new JsonObject
            {
                ["index"] = i,
                ["document"] = new JsonObject { ["text"] = documents[i] },
                ["relevance_score"] = Math.Round(scores[i], 6),
            })]),
        });
    }

    // 0 to 1; a text without words has a vector of nothing.
    private static float Likeness(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        float cosine = TensorPrimitives.CosineSimilarity(left, right);
        return float.IsFinite(cosine) ? Math.Clamp(cosine, 0, 1) : 0;
    }
}
