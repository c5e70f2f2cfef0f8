using System.Text;
using System.Text.Json;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Grammars;
using MemOS.Models.Llama.Native;
using MemOS.Testing.Models;
using Microsoft.Extensions.AI;

namespace MemOS.Models.Tests.Llama;

/// <summary>Schemas as grammars: what is read is enforced, and what is not is refused.</summary>
public sealed class JsonGrammarTests(TestModels models) : IClassFixture<TestModels>
{
    [Theory]
    [InlineData("""{"enum":"red"}""")]
    [InlineData("""{"enum":[]}""")]
    [InlineData("""{"anyOf":[]}""")]
    [InlineData("""{"anyOf":{"type":"string"}}""")]
    [InlineData("""{"type":[]}""")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"type":"object","properties":[]}""")]
    [InlineData("""{"type":"object","required":["name"]}""")]
    [InlineData("""{"type":"object","properties":{"age":{"type":"integer"}},"required":["name"]}""")]
    [InlineData("""{"type":"object","properties":{"age":{"type":"integer"}},"required":"age"}""")]
    [InlineData("""{"type":"array","items":[{"type":"string"}]}""")]
    [InlineData("""{"type":"array","minItems":3,"maxItems":1}""")]
    [InlineData("""{"type":"string","maxLength":"five"}""")]
    [InlineData("""{"type":"string","maxLength":2001}""")]
    [InlineData("""{"type":"integer","minimum":3}""")]
    [InlineData("""{"$ref":"#/$defs/absent"}""")]
    [InlineData("""{"$ref":"http://127.0.0.1/schema"}""")]
    [InlineData("""{"$ref":7}""")]
    [InlineData("""{"additionalProperties":false}""")]
    [InlineData("""{"anyOf":[{"type":"string"}],"additionalProperties":false}""")]
    [InlineData("false")]
    [InlineData("7")]
    [InlineData("""{"type":"string","enum":[1]}""")]
    [InlineData("""{"type":"string","format":"time"}""")]
    [InlineData("""{"type":"string","format":5}""")]
    [InlineData("""{"type":"string","format":"date","maxLength":4}""")]
    [InlineData("""{"type":"integer","format":"date"}""")]
    [InlineData("""{"allOf":[{"type":"null"}]}""")]
    public void A_schema_that_cannot_be_enforced_is_refused(string schema)
    {
        using JsonDocument read = JsonDocument.Parse(schema);
        Assert.Equal(ModelErrorCodes.InvalidGrammar, Assert.Throws<ModelException>(() => JsonGrammar.Of(read.RootElement)).Code);
    }

    [LlamaFact]
    public async Task What_may_stand_in_an_object_without_named_properties_is_enforced()
    {
        await using LocalModel model = new(TestModels.Options(models.Qwen));
        using LocalChatClient client = new(model);
        Assert.Empty((await AskAsync(client, """{"type":"object","additionalProperties":false}""", 1)).EnumerateObject());
        int values = 0;
        for (int seed = 0; seed < 10; seed++)
        {
            // Random weights seldom come to an end: what is there is looked at.
            Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(await SayAsync(client, """{"type":"object","additionalProperties":{"enum":["a","b"]}}""", seed)), isFinalBlock: false, default);
            while (reader.Read())
            {
                Assert.True(reader.TokenType is JsonTokenType.StartObject or JsonTokenType.EndObject or JsonTokenType.PropertyName || (reader.TokenType is JsonTokenType.String && reader.GetString() is "a" or "b"));
                values += reader.TokenType is JsonTokenType.String ? 1 : 0;
            }
        }

        Assert.True(values > 0);
    }

    [LlamaFact]
    public async Task A_schema_that_only_names_itself_is_refused_by_the_library_and_the_process_lives_on()
    {
        await using LocalModel model = new(TestModels.Options(models.Qwen));
        using LocalChatClient client = new(model);
        Assert.Empty((await AskAsync(client, """{"type":"object","additionalProperties":false}""", 1)).EnumerateObject());
        int? process = model.ProcessId;
        ModelException refused = await Assert.ThrowsAsync<ModelException>(() => AskAsync(client, """{"$defs":{"a":{"$ref":"#/$defs/a"}},"$ref":"#/$defs/a"}""", 1));
        Assert.Equal((ModelErrorCodes.InvalidGrammar, process), (refused.Code, model.ProcessId));
    }

    [LlamaFact]
    public async Task A_type_that_holds_its_own_kind_is_said_as_the_platform_describes_it()
    {
        await using LocalModel model = new(TestModels.Options(models.Qwen));
        using LocalChatClient client = new(model);
        string schema = AIJsonUtilities.CreateJsonSchema(typeof(Branch)).GetRawText();
        Assert.Contains("$ref", schema, StringComparison.Ordinal);
        for (int seed = 0; seed < 5; seed++)
        {
            Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(await SayAsync(client, schema, seed)), isFinalBlock: false, default);
            while (reader.Read())
            {
                Assert.True(reader.TokenType is not JsonTokenType.PropertyName || reader.GetString() is "name" or "branches");
            }
        }
    }

    [LlamaFact]
    public async Task Formats_of_strings_are_kept_so_that_the_platform_reads_them()
    {
        await using LocalModel model = new(TestModels.Options(models.Qwen));
        using LocalChatClient client = new(model);
        for (int seed = 0; seed < 20; seed++)
        {
            string schema = AIJsonUtilities.CreateJsonSchema(typeof(Stamps)).GetRawText();
            Stamps stamps = JsonSerializer.Deserialize<Stamps>(await SayAsync(client, schema, seed), AIJsonUtilities.DefaultOptions) ?? throw new InvalidOperationException("Nothing was said.");
            Assert.InRange(stamps.Day.Year, 1, 9999);
        }
    }

    [LlamaTheory]
    [InlineData("date", "\"2024-02-29\"", true)]
    [InlineData("date", "\"2000-02-29\"", true)]
    [InlineData("date", "\"1900-02-29\"", false)]
    [InlineData("date", "\"2023-02-29\"", false)]
    [InlineData("date", "\"2023-04-31\"", false)]
    [InlineData("date", "\"2023-12-31\"", true)]
    [InlineData("date", "\"2023-13-01\"", false)]
    [InlineData("date", "\"0000-01-01\"", false)]
    [InlineData("date-time", "\"2023-01-31T23:59:59.1234567+02:00\"", true)]
    [InlineData("date-time", "\"2023-01-31T24:00:00Z\"", false)]
    [InlineData("date-time", "\"2023-01-31T12:00:00\"", false)]
    [InlineData("uuid", "\"01a21327-edc0-71e2-9d76-e1dd54bc2416\"", true)]
    [InlineData("uri", "\"https://example.org/a?b=%20c\"", true)]
    [InlineData("uri", "\"no address\"", false)]
    public void A_format_takes_what_is_of_it_and_nothing_else(string format, string text, bool isOf)
    {
        LlamaLibraries.Load(LlamaLibraries.DefaultFolder);
        using LlamaModel model = LlamaModel.Load(models.Qwen);
        using JsonDocument schema = JsonDocument.Parse($$"""{"type":"string","format":"{{format}}"}""");
        using LlamaSampler sampler = new(model, new Sampling { Grammar = JsonGrammar.Of(schema.RootElement) });
        float[] logits = new float[model.Vocabulary.Count];
        bool isTaken = true;
        foreach (int token in model.Vocabulary.Tokenize(text, addSpecial: false, parseSpecial: false))
        {
            Array.Clear(logits);
            logits[token] = 1;
            isTaken = isTaken && sampler.Next(logits) == token;
        }

        Assert.Equal(isOf, isTaken);
    }

    [Fact]
    public void Letters_of_literals_stand_as_they_are()
    {
        using JsonDocument schema = JsonDocument.Parse("""{"type":["string","null"],"enum":["caf\u00e9","say \"yes\"",null,5]}""");
        string grammar = JsonGrammar.Of(schema.RootElement);
        Assert.Contains("""( "\"café\"" | "\"say \\\"yes\\\"\"" | "null" )""", grammar, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> AskAsync(LocalChatClient client, string schema, int seed)
    {
        using JsonDocument answer = JsonDocument.Parse(await SayAsync(client, schema, seed));
        return answer.RootElement.Clone();
    }

    private static async Task<string> SayAsync(LocalChatClient client, string schema, int seed)
    {
        using JsonDocument read = JsonDocument.Parse(schema);
        return (await client.GetResponseAsync([new(ChatRole.User, "what?")], new ChatOptions { MaxOutputTokens = 300, Temperature = 1, Seed = seed, ResponseFormat = ChatResponseFormat.ForJsonSchema(read.RootElement) })).Text;
    }

    private sealed record Branch(string Name, IReadOnlyList<Branch> Branches);

    private sealed record Stamps(DateOnly Day, Guid Id, DateTimeOffset? Moment);
}
