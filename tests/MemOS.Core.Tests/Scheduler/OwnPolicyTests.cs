using System.Text.Json.Nodes;
using MemOS.Scheduler.Transitions;
using Xunit;

namespace MemOS.Core.Tests.Scheduler;

/// <summary>What a vault says of its own about its states, over what the operator says.</summary>
public sealed class OwnPolicyTests
{
    private static readonly string[] Budgets = ["disk_bytes", "memory_bytes", "context_tokens"];

    [Fact]
    public void Values_that_are_given_hold_and_those_left_out_follow_the_operator()
    {
        OwnPolicy own = OwnPolicy.Parse("""{"retention":"Labels","labels":["work"],"disk_bytes":1000,"stay_for":"00:00:05"}""");
        foreach (double heat in new[] { 3.0, 9 })
        {
            TransitionPolicy operators = new() { PromoteHeat = heat, DiskBytes = 5000 }, policy = own.CheckedUnder(operators).Over(operators);
            Assert.Equal(operators with { Retention = RetentionOrder.Labels, Labels = policy.Labels, DiskBytes = 1000, StayFor = TimeSpan.FromSeconds(5) }, policy);
            Assert.Equal(["work"], policy.Labels);
        }

        Assert.Equal(["retention", "labels", "disk_bytes", "stay_for"], own.Names);
        TransitionPolicy usual = new();
        Assert.Same(usual, OwnPolicy.None.Over(usual));
        Assert.Same(usual, OwnPolicy.Parse(" { } ").Over(usual));
        Assert.True(OwnPolicy.Parse("{}").IsEmpty && OwnPolicy.Kept(null).IsEmpty && !own.IsEmpty);
    }

    [Theory]
    [InlineData("", "valid JSON")]
    [InlineData("[]", "the policy must be a JSON object")]
    [InlineData("null", "the policy must be a JSON object")]
    [InlineData("""{"promote_heat":3,"promote_heat":4}""", "'promote_heat'")]
    [InlineData("""{"usual":{}}""", "usual, which is not known; there are promote_heat, ")]
    [InlineData("""{"retention":"lru"}""", "retention must be one of LeastRecentlyUsed, Similarity, Labels")]
    [InlineData("""{"retention":null}""", "retention must be one of LeastRecentlyUsed, Similarity, Labels")]
    [InlineData("""{"labels":null}""", "labels must be a list of texts")]
    [InlineData("""{"labels":["\ud83d"]}""", "must be in well-formed Unicode")]
    [InlineData("""{"promote_heat":"3"}""", "promote_heat must be a number")]
    [InlineData("""{"stay_for":5}""", "stay_for must be a time such as")]
    [InlineData("""{"disk_bytes":1.5}""", "disk_bytes must be a whole number")]
    public void What_is_no_policy_is_refused_with_the_place(string json, string told)
    {
        MemOSException refused = Assert.Throws<MemOSException>(() => OwnPolicy.Parse(json));
        Assert.Equal(ErrorCodes.InvalidInput, refused.Code);
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"promote_heat":0}""", "PromoteHeat must be above 0")]
    [InlineData("""{"promote_heat":1e999}""", "PromoteHeat must be above 0, and finite")]
    [InlineData("""{"demote_heat":3}""", "below PromoteHeat")]
    [InlineData("""{"most_tokens":31}""", "must not be below LeastTokens")]
    [InlineData("""{"retention":"Labels"}""", "names no tag")]
    [InlineData("""{"retention":7}""", "Retention must be one of")]
    [InlineData("""{"disk_bytes":-1}""", "must not be negative")]
    [InlineData("""{"disk_bytes":5001}""", "disk_bytes is 5001, above the 5000")]
    [InlineData("""{"memory_bytes":268435457}""", "memory_bytes is 268435457, above the 268435456")]
    [InlineData("""{"context_tokens":2049}""", "context_tokens is 2049, above the 2048")]
    public void A_value_out_of_its_range_or_above_the_operators_budget_may_not_be_set(string json, string told)
    {
        MemOSException refused = Assert.Throws<MemOSException>(() => OwnPolicy.Parse(json).CheckedUnder(new TransitionPolicy { DiskBytes = 5000 }));
        Assert.Equal(ErrorCodes.InvalidInput, refused.Code);
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_kept_has_the_usual_form_and_is_told_without_tags()
    {
        OwnPolicy own = OwnPolicy.Parse("""{ "retention": 2, "labels": ["secret"], "promote_heat": 4.0 }""").CheckedUnder(new TransitionPolicy());
        Assert.Equal("""{"retention":"Labels","labels":["secret"],"promote_heat":4}""", own.ToJson());
        Assert.Equal("retention Labels, labels (1), promote_heat 4", own.Told());
    }

    [Fact]
    public void What_only_a_newer_release_knows_stays_and_does_nothing()
    {
        const string Kept = """{"promote_heat":4,"retention":"Frequency","labels":["work"],"cores":3}""";
        OwnPolicy own = OwnPolicy.Kept(Kept);
        Assert.Equal(Kept, own.ToJson());
        TransitionPolicy usual = new();
        Assert.Equal((usual with { PromoteHeat = 4 }).ToJson(), own.Over(usual).ToJson()); // tags without their retention are no use
        Assert.Equal(ErrorCodes.Corrupted, Assert.Throws<MemOSException>(() => OwnPolicy.Kept("{")).Code);
    }

    [Fact]
    public void Whatever_is_set_and_however_the_operator_changes_his_what_is_in_force_is_usable_and_within_his_budgets()
    {
        int set = 0, fell = 0;
        for (int seed = 0; seed < 3000; seed++)
        {
            Random random = new(seed);
            TransitionPolicy before = Operators(random), after = Operators(random);
            JsonObject given = new(Values(random).Where(_ => random.Next(2) == 0).ToArray());
            OwnPolicy own = OwnPolicy.Parse(given.ToJsonString());
            try
            {
                own = own.CheckedUnder(before);
            }
            catch (MemOSException refused) when (refused.Code == ErrorCodes.InvalidInput)
            {
                continue;
            }

            // When it is set it holds, value by value, and what was not given is the operator's.
            set++;
            JsonObject inForce = JsonNode.Parse(own.Over(before).ToJson())!.AsObject(), his = JsonNode.Parse(before.ToJson())!.AsObject();
            Assert.All(inForce, value => Assert.True(JsonNode.DeepEquals(value.Value, given.ContainsKey(value.Key) ? given[value.Key] : his[value.Key]), $"{seed}: {value.Key}"));

            // Under another policy of the operator it is usable all the same, and each value one of the two, within the budgets.
            TransitionPolicy later = own.Over(after).Checked();
            (inForce, his) = (JsonNode.Parse(later.ToJson())!.AsObject(), JsonNode.Parse(after.ToJson())!.AsObject());
            foreach ((string name, JsonNode? value) in inForce)
            {
                bool isOwn = given.ContainsKey(name) && JsonNode.DeepEquals(value, given[name]), isHis = JsonNode.DeepEquals(value, his[name]);
                Assert.True(isOwn || isHis, $"{seed}: {name}");
                Assert.True(isOwn || !given.ContainsKey(name) || Budgets.Contains(name) || Rest(own, after, name), $"{seed}: {name} gave way for nothing");
                fell += given.ContainsKey(name) && !isOwn ? 1 : 0;
            }

            Assert.True(later.DiskBytes <= after.DiskBytes && later.MemoryBytes <= after.MemoryBytes && later.ContextTokens <= after.ContextTokens, $"{seed}");
            Assert.Equal(later.ToJson(), OwnPolicy.Kept(own.ToJson()).Over(after).ToJson());
        }

        Assert.True(set > 300 && fell > 50, $"{set} set, {fell} fell back: too little was tried.");
    }

    // Whether a value that gave way is one of two that do not go together.
    private static bool Rest(OwnPolicy own, TransitionPolicy operators, string name)
    {
        string[] pair = name switch
        {
            "promote_heat" or "demote_heat" => ["promote_heat", "demote_heat"],
            "least_tokens" or "most_tokens" => ["least_tokens", "most_tokens"],
            _ => ["retention", "labels"],
        };
        JsonObject values = JsonNode.Parse(own.ToJson())!.AsObject(), merged = JsonNode.Parse(operators.ToJson())!.AsObject();
        foreach (string one in pair.Where(values.ContainsKey))
        {
            merged[one] = values[one]?.DeepClone();
        }

        return Assert.ThrowsAny<MemOSException>(() => TransitionPolicies.Parse(new JsonObject { ["usual"] = merged }.ToJsonString())).Code == ErrorCodes.InvalidInput;
    }

    private static TransitionPolicy Operators(Random random) => new()
    {
        PromoteHeat = random.Next(2, 6),
        DemoteHeat = random.NextDouble() * 2,
        LeastTokens = random.Next(0, 40),
        MostTokens = random.Next(40, 80),
        DiskBytes = random.Next(0, 1000),
        MemoryBytes = random.Next(0, 1000),
        ContextTokens = random.Next(0, 1000),
        Retention = (RetentionOrder)random.Next(3),
        Labels = ["his"],
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Values(Random random) =>
    [
        new("promote_heat", random.Next(1, 5)), new("demote_heat", random.Next(0, 4)), new("least_tokens", random.Next(0, 60)), new("most_tokens", random.Next(20, 90)),
        new("disk_bytes", random.Next(0, 1000)), new("memory_bytes", random.Next(0, 1000)), new("context_tokens", random.Next(0, 1000)), new("most_states", random.Next(0, 4)),
        new("retention", ((RetentionOrder)random.Next(3)).ToString()), new("labels", random.Next(3) == 0 ? new JsonArray() : new JsonArray("own")), new("stable_for", "00:00:07"), new("priority_first", false),
    ];
}
