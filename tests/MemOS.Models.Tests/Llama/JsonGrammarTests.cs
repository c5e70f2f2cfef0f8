using System.Text;
using System.Text.Json;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Grammars;
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
}
