using System.Collections.Immutable;
using System.Text.Json;
using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Filters;
using Xunit;

namespace MemOS.Core.Tests.Operator.Recall.Filters;

public sealed class CubeFilterParserTests
{
    private static readonly MemCube Cube = SampleCubes.Turn(1, "Ann", "I moved to Rome", "chat", new DateTimeOffset(2025, 3, 4, 12, 30, 0, TimeSpan.Zero)) with
    {
        Valid = new TimeInterval(new DateTimeOffset(2025, 3, 1, 0, 0, 0, TimeSpan.Zero), null),
        Governance = new GovernanceHeader { Priority = 7, Sensitivity = Sensitivity.Personal },
    };

    private static readonly MemCube Tagged = Cube with
    {
        Descriptive = Cube.Descriptive with
        {
            Tags = ["home", "move"],
            Entities = ["Rome"],
            Info = new Dictionary<string, string> { ["app_id"] = "notes", ["n"] = "10", ["done"] = "true" }.ToImmutableSortedDictionary(),
        },
    };

    [Theory]
    [InlineData("{}", true)]
    [InlineData("null", true)]
    [InlineData("""{"speaker":"ann"}""", true)]
    [InlineData("""{"speaker":"Bob"}""", false)]
    [InlineData("""{"speaker":"Ann","type":"fact"}""", false)]
    [InlineData("""{"and":[{"speaker":"Ann"},{"type":"Episode"}]}""", true)]
    [InlineData("""{"or":[{"speaker":"Bob"},{"and":[{"type":"episode"},{"not":{"role":"assistant"}}]}]}""", true)]
    [InlineData("""{"speaker":"Ann","or":[{"type":"fact"}]}""", false)]
    [InlineData("""{"tags":"home"}""", true)]
    [InlineData("""{"tags":{"contains":"move"}}""", true)]
    [InlineData("""{"tags":{"contains":"mov"}}""", false)]
    [InlineData("""{"tags":{"like":"MOV"}}""", true)]
    [InlineData("""{"tags":{"in":["x","home"]}}""", true)]
    [InlineData("""{"tags":["x","y"]}""", false)]
    [InlineData("""{"tags":{"ne":"home"}}""", false)]
    [InlineData("""{"session_id":"chat"}""", true)]
    [InlineData("""{"conversation_id":{"like":"ha"}}""", true)]
    [InlineData("""{"status":"generated"}""", true)]
    [InlineData("""{"state":{"in":["archived","expired"]}}""", false)]
    [InlineData("""{"said_at":"2025-03-04"}""", true)]
    [InlineData("""{"chat_time":{"gte":"2025-03-04","lt":"2025-03-05"}}""", true)]
    [InlineData("""{"said_at":{"lte":"2025-03-04"}}""", true)]
    [InlineData("""{"said_at":{"gt":"2025-03-04"}}""", false)]
    [InlineData("""{"said_at":{"gt":"2025-03-04T12:29:59.999Z"}}""", true)]
    [InlineData("""{"said_at":{"gt":"2025-03-04T14:30:00+02:00"}}""", false)]
    [InlineData("""{"said_at":{"gte":"2025-03-04 12:30:00"}}""", true)]
    [InlineData("""{"create_time":{"gte":1741091400000}}""", true)]
    [InlineData("""{"create_time":{"gt":"1741091400000"}}""", false)]
    [InlineData("""{"valid_from":"2025-03-01"}""", true)]
    [InlineData("""{"valid_to":null}""", true)]
    [InlineData("""{"valid_to":{"exists":true}}""", false)]
    [InlineData("""{"valid_at":"2025-02-28"}""", false)]
    [InlineData("""{"valid_at":"2025-03-01T00:00:00Z"}""", true)]
    [InlineData("""{"valid_at":{"gte":"2024-01-01","lte":"2024-12-31"}}""", false)]
    [InlineData("""{"priority":{"gte":7}}""", true)]
    [InlineData("""{"priority":{"lt":7}}""", false)]
    [InlineData("""{"sensitivity":"personal"}""", true)]
    [InlineData("""{"sensitivity":{"lte":"normal"}}""", false)]
    [InlineData("""{"kind":"plaintext"}""", true)]
    [InlineData("""{"fact_key":{"exists":false}}""", true)]
    [InlineData("""{"entities":"rome"}""", true)]
    [InlineData("""{"info.app_id":"notes"}""", true)]
    [InlineData("""{"info.n":10.0}""", true)]
    [InlineData("""{"info.n":{"gt":9}}""", true)]
    [InlineData("""{"info.done":true}""", true)]
    [InlineData("""{"info.missing":{"ne":"x"}}""", true)]
    [InlineData("""{"info.missing":"x"}""", false)]
    [InlineData("""{"id":"00000001-0000-0007-0800-000000000001"}""", true)]
    public void A_filter_means_what_the_grammar_says(string json, bool expected)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal(expected, CubeFilterParser.Parse(document.RootElement).Matches(Tagged));
    }

    [Theory]
    [InlineData("[]", "$")]
    [InlineData("\"x\"", "$")]
    [InlineData("""{"colour":"red"}""", "$.colour")]
    [InlineData("""{"info.":"red"}""", "$.info.")]
    [InlineData("""{"and":{"speaker":"Ann"}}""", "$.and")]
    [InlineData("""{"or":[]}""", "$.or")]
    [InlineData("""{"and":[{"speaker":{"startswith":"A"}}]}""", "$.and[0].speaker.startswith")]
    [InlineData("""{"speaker":{}}""", "$.speaker")]
    [InlineData("""{"speaker":{"in":"Ann"}}""", "$.speaker.in")]
    [InlineData("""{"speaker":[["Ann"]]}""", "$.speaker[0]")]
    [InlineData("""{"speaker":{"gt":"A"}}""", "$.speaker.gt")]
    [InlineData("""{"speaker":{"eq":null}}""", "$.speaker.eq")]
    [InlineData("""{"said_at":"last week"}""", "$.said_at")]
    [InlineData("""{"said_at":{"like":"2025"}}""", "$.said_at.like")]
    [InlineData("""{"priority":"high"}""", "$.priority")]
    [InlineData("""{"state":"asleep"}""", "$.state")]
    [InlineData("""{"id":"7"}""", "$.id")]
    [InlineData("""{"tags":{"exists":"yes"}}""", "$.tags.exists")]
    [InlineData("""{"not":[{"speaker":"Ann"}]}""", "$.not")]
    public void What_the_grammar_does_not_know_is_an_error_that_names_the_path(string json, string path)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        MemOSException error = Assert.Throws<MemOSException>(() => CubeFilterParser.Parse(document.RootElement));
        Assert.Equal(ErrorCodes.InvalidFilter, error.Code);
        Assert.Contains($" {path}:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bare_keys_of_the_free_metadata_are_taken_only_when_allowed()
    {
        using JsonDocument document = JsonDocument.Parse("""{"app_id":"notes"}""");
        Assert.Throws<MemOSException>(() => CubeFilterParser.Parse(document.RootElement));
        Assert.True(CubeFilterParser.Parse(document.RootElement, new FilterParserOptions { AllowBareInfoKeys = true }).Matches(Tagged));
    }

    [Fact]
    public void Thirty_two_levels_are_read_and_one_more_is_refused()
    {
        static string Nested(int levels) => string.Concat(Enumerable.Repeat("{\"not\":", levels - 1)) + "{\"speaker\":\"Ann\"}" + new string('}', levels - 1);
        using JsonDocument deep = JsonDocument.Parse(Nested(32));
        Assert.False(CubeFilterParser.Parse(deep.RootElement).Matches(Tagged));
        using JsonDocument deeper = JsonDocument.Parse(Nested(33));
        Assert.Equal(ErrorCodes.InvalidFilter, Assert.Throws<MemOSException>(() => CubeFilterParser.Parse(deeper.RootElement)).Code);
    }

    [Fact]
    public void A_filter_of_hostile_size_is_refused()
    {
        using JsonDocument document = JsonDocument.Parse("{\"speaker\":[" + string.Join(',', Enumerable.Repeat("1", 20_000)) + "]}");
        Assert.Throws<MemOSException>(() => CubeFilterParser.Parse(document.RootElement));
    }

    [Fact]
    public void A_condition_that_makes_no_sense_cannot_be_built() =>
        Assert.Throws<MemOSException>(() => new FieldCondition(CubeField.SaidAt, FilterOperator.Like, FilterValue.Of("2025")));
}
