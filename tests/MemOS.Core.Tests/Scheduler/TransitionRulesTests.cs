using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using MemOS.Cubes;
using MemOS.Scheduler.Transitions;
using MemOS.Vaults;
using Xunit;

namespace MemOS.Core.Tests.Scheduler;

/// <summary>Which texts become states, and which states are given up: a function of the policy, the trace and the time.</summary>
public sealed class TransitionRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Fact]
    public void A_hot_and_stable_text_becomes_a_state_and_a_cold_state_text_again()
    {
        TransitionPolicy policy = new();
        TransitionCandidate hot = Text(1), held = Text(2) with { Heat = 0.1, State = State(2, 100) };
        ImmutableArray<TransitionDecision> decisions = TransitionRules.Decide(policy, [hot, held], Now);
        Assert.Equal([(TransitionKind.Demote, held.Cube), (TransitionKind.Promote, hot.Cube)], decisions.Select(decision => (decision.Kind, decision.Cube)));
        Assert.Contains("heat 0.1 is below 0.5", decisions[0].Reason, StringComparison.Ordinal);
        Assert.Contains("heat 5 of 3", decisions[1].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("warm")]
    [InlineData("changed of late")]
    [InlineData("short")]
    [InlineData("long")]
    [InlineData("long ago")]
    [InlineData("larger than the budget")]
    public void A_text_stays_text_for_any_of_these(string why)
    {
        TransitionCandidate text = Text(1);
        text = why switch
        {
            "warm" => text with { Heat = 2.9 },
            "changed of late" => text with { StableSince = Now.AddMinutes(-59) },
            "short" => text with { Tokens = 31 },
            "long" => text with { Tokens = 8193 },
            "long ago" => text with { LastUsed = Now.AddDays(-8) },
            _ => text with { Bytes = (1L << 30) + 1 },
        };
        Assert.Empty(TransitionRules.Decide(new TransitionPolicy(), [text], Now));
    }

    [Theory]
    [InlineData("between the heats")]
    [InlineData("just made")]
    public void A_state_stays_for_any_of_these(string why)
    {
        TransitionCandidate held = Text(1) with { State = State(1, 100) };
        held = why is "just made" ? held with { Heat = 0, State = State(1, 100) with { MadeAt = Now.AddMinutes(-9) } } : held with { Heat = 0.6 };
        Assert.Empty(TransitionRules.Decide(new TransitionPolicy(), [held], Now));
    }

    [Fact]
    public void A_state_that_no_longer_says_what_its_text_says_goes_at_once()
    {
        TransitionCandidate stale = Text(1) with { State = State(1, 100) with { IsMountable = false, MadeAt = Now } };
        Assert.Equal(TransitionKind.Demote, Assert.Single(TransitionRules.Decide(new TransitionPolicy(), [stale], Now)).Kind);
    }

    [Theory]
    [InlineData(RetentionOrder.LeastRecentlyUsed, 1)]
    [InlineData(RetentionOrder.Similarity, 2)]
    [InlineData(RetentionOrder.Labels, 3)]
    public void One_trace_evicts_differently_under_each_policy(RetentionOrder order, int first)
    {
        TransitionCandidate[] held =
        [
            Held(1) with { LastUsed = Now.AddHours(-9), Similarity = 0.9, Labels = ["work"] },
            Held(2) with { LastUsed = Now.AddHours(-1), Similarity = 0.1, Labels = ["home", "work"] },
            Held(3) with { LastUsed = Now.AddHours(-2), Similarity = 0.5, Labels = ["idle"] },
        ];
        TransitionPolicy policy = new() { DiskBytes = 250, Retention = order, Labels = ["work", "home"] };
        Assert.Equal(held[first - 1].Cube, Assert.Single(TransitionRules.Decide(policy, held, Now)).Cube);
        held[first - 1] = held[first - 1] with { Priority = 1 };
        Assert.NotEqual(held[first - 1].Cube, Assert.Single(TransitionRules.Decide(policy, held, Now)).Cube);
        Assert.Equal(held[first - 1].Cube, Assert.Single(TransitionRules.Decide(policy with { PriorityFirst = false }, held, Now)).Cube);

        static TransitionCandidate Held(int number) => Text(number) with { State = State(number, 100) };
    }

    [Fact]
    public void Budgets_hold_at_every_step_and_the_same_trace_gives_the_same_decisions() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll<int>(seed =>
    {
        Random random = new(seed);
        (TransitionPolicy policy, TransitionCandidate[] candidates) = Any(random);
        ImmutableArray<TransitionDecision> decisions = TransitionRules.Decide(policy, candidates, Now);
        TransitionCandidate[] shuffled = [.. candidates];
        random.Shuffle(shuffled);
        Assert.Equal(decisions.AsEnumerable(), TransitionRules.Decide(policy, shuffled, Now).AsEnumerable());

        // Carried out in order, what is made never passes the budget.
        Dictionary<CubeId, TransitionCandidate> byCube = candidates.ToDictionary(candidate => candidate.Cube);
        HashSet<CubeId> given = [];
        long used = candidates.Sum(candidate => candidate.State?.Bytes ?? 0);
        foreach (TransitionDecision decision in decisions)
        {
            Assert.True(given.Add(decision.Cube));
            Assert.NotEmpty(decision.Reason);
            used += decision.Kind is TransitionKind.Promote ? byCube[decision.Cube].Bytes : -(byCube[decision.Cube].State?.Bytes ?? 0);
            Assert.True(decision.Kind is TransitionKind.Demote || used <= policy.DiskBytes);
        }

        Assert.True(used <= policy.DiskBytes);

        // What went for the sake of the budget was worth less than all that stays and had its time.
        TransitionCandidate[] outbid = [.. decisions.Where(decision => decision.Reason.Contains("over the budget", StringComparison.Ordinal)).Select(decision => byCube[decision.Cube])];
        TransitionCandidate[] stay = [.. candidates.Where(candidate => candidate.State is not null && !given.Contains(candidate.Cube))];
        Assert.All(outbid, gone => Assert.All(stay, kept => Assert.True(policy.ValueOrder.Compare(gone, kept) < 0)));
        return true;
    }));

    [Fact]
    public void A_trace_that_was_kept_gives_the_same_decisions_to_the_last_byte() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll<int>(seed =>
    {
        (TransitionPolicy policy, TransitionCandidate[] candidates) = Any(new Random(seed));
        TransitionTrace trace = new("alice", Now, policy, [.. candidates]);
        string kept = trace.ToJson(), first = Told(TransitionTrace.Parse(kept)), second = Told(TransitionTrace.Parse(kept));
        Assert.Equal(kept, TransitionTrace.Parse(kept).ToJson());
        Assert.Equal(Told(trace), first);
        Assert.Equal(first, second);
        return true;

        static string Told(TransitionTrace trace) => string.Join('\n', trace.Decide());
    }));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"vault":"a","now":"2026-01-01T00:00:00Z","policy":{"promote_heat":1},"candidates":null}""")]
    [InlineData("""{"vault":"a","now":"2026-01-01T00:00:00Z","policy":{},"candidates":[null]}""")]
    [InlineData("""{"vault":"a","now":"2026-01-01T00:00:00Z","policy":{},"candidates":[{"cube":"no id","heat":1,"stable_since":"2026-01-01T00:00:00Z","tokens":1,"bytes":1}]}""")]
    public void A_trace_that_cannot_be_read_is_refused(string json) => Assert.Equal(ErrorCodes.InvalidInput, Assert.Throws<MemOSException>(() => TransitionTrace.Parse(json)).Code);

    [Fact]
    public void Decisions_that_were_carried_out_are_not_taken_back() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll<int>(seed =>
    {
        (TransitionPolicy policy, TransitionCandidate[] candidates) = Any(new Random(seed));
        Dictionary<CubeId, TransitionDecision> decisions = TransitionRules.Decide(policy, candidates, Now).ToDictionary(decision => decision.Cube);
        TransitionCandidate[] after =
        [
            .. candidates.Where(candidate => candidate.Bytes > 0).Select(candidate => !decisions.TryGetValue(candidate.Cube, out TransitionDecision? decision) ? candidate
                : decision.Kind is TransitionKind.Promote ? candidate with { State = new HeldState(candidate.Cube, candidate.Bytes, Now, true) }
                : candidate with { State = null }),
        ];

        // Nothing made is given up again, at once or while it is as hot as it was; and what was given up comes back only where something worth less makes room.
        foreach (TransitionDecision again in TransitionRules.Decide(policy, after, Now))
        {
            Assert.False(decisions.TryGetValue(again.Cube, out TransitionDecision? first) && first.Kind is TransitionKind.Promote, again.Reason);
        }

        return true;
    }));

    [Fact]
    public void A_text_at_the_boundary_does_not_go_back_and_forth()
    {
        TransitionPolicy policy = new() { StableFor = TimeSpan.Zero };
        TransitionCandidate text = Text(1);
        int changes = 0;
        for (int minute = 0; minute < 24 * 60; minute++)
        {
            // Its heat swings about the threshold of promotion, far from that of demotion.
            DateTimeOffset now = Now.AddMinutes(minute);
            text = text with { Heat = policy.PromoteHeat + (minute % 2 == 0 ? 0.4 : -0.4), LastUsed = now };
            foreach (TransitionDecision decision in TransitionRules.Decide(policy, [text], now))
            {
                text = text with { State = decision.Kind is TransitionKind.Promote ? new HeldState(text.Cube, text.Bytes, now, true) : null };
                changes++;
            }
        }

        Assert.Equal(1, changes);
    }

    [Fact]
    public void Policies_are_read_vault_by_vault_and_checked()
    {
        TransitionPolicies policies = TransitionPolicies.Parse("""{"usual":{"promote_heat":5,"stable_for":"00:10:00"},"vaults":{"alice":{"retention":"Labels","labels":["work"],"disk_bytes":1000}}}""");
        Assert.Equal((5, TimeSpan.FromMinutes(10)), (policies.Of(new VaultId("bob")).PromoteHeat, policies.Usual.StableFor));
        Assert.Equal((RetentionOrder.Labels, 1000, 5), (policies.Of(new VaultId("alice")).Retention, policies.Of(new VaultId("alice")).DiskBytes, policies.Of(new VaultId("alice")).PromoteHeat));
        Assert.Equal("work", Assert.Single(policies.Of(new VaultId("alice")).Labels));
        foreach (string wrong in new[] { "{", """{"usual":{"promote_heat":0}}""", """{"usual":{"demote_heat":3}}""", """{"usual":{"hot":1}}""", """{"usuall":{}}""", """{"vaults":[]}""", """{"vaults":{"a":{"recompute":2}}}""" })
        {
            Assert.Equal(ErrorCodes.InvalidInput, Assert.Throws<MemOSException>(() => TransitionPolicies.Parse(wrong)).Code);
        }
    }

    [Theory]
    [InlineData("", "valid JSON")]
    [InlineData("[]", "the file must be a JSON object")]
    [InlineData("""{"usual":{},"usual":{}}""", "'usual'")]
    [InlineData("""{"usual":{"promote_heat":3,"promote_heat":4}}""", "'promote_heat'")]
    [InlineData("""{"usual":3}""", "usual must be a JSON object")]
    [InlineData("""{"usual":{"retention":"lru"}}""", "usual.retention must be one of LeastRecentlyUsed, Similarity, Labels")]
    [InlineData("""{"vaults":{"a":{"retention":7}}}""", "vaults.a: Retention must be one of LeastRecentlyUsed, Similarity, Labels")]
    [InlineData("""{"vaults":{"a":{"retention":"Labels"}}}""", "vaults.a: Retention is Labels, but Labels names no tag")]
    [InlineData("""{"usual":{"labels":[null]}}""", "usual: Labels must be tags")]
    [InlineData("""{"usual":{"labels":"work"}}""", "usual.labels must be a list of texts")]
    [InlineData("""{"vaults":{"a":{"unused_for":"seven"}}}""", "vaults.a.unused_for must be a time such as")]
    [InlineData("""{"usual":{"disk_bytes":1e30}}""", "usual.disk_bytes must be a whole number")]
    [InlineData("""{"usual":{"priority_first":1}}""", "usual.priority_first must be true or false")]
    [InlineData("""{"usual":{"promote_heet":3}}""", "usual.promote_heet, which is not known; there are promote_heat, ")]
    [InlineData("""{"vaults":{"":{}}}""", "must be the name of a vault")]
    public void A_policy_file_that_cannot_be_used_is_refused_with_the_place_and_what_may_stand_there(string file, string told)
    {
        MemOSException refused = Assert.Throws<MemOSException>(() => TransitionPolicies.Parse(file));
        Assert.Equal(ErrorCodes.InvalidInput, refused.Code);
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }

    private static (TransitionPolicy Policy, TransitionCandidate[] Candidates) Any(Random random)
    {
        TransitionPolicy policy = new()
        {
            DiskBytes = random.Next(0, 2000),
            Retention = (RetentionOrder)random.Next(3),
            Labels = ["a", "b"],
            PriorityFirst = random.Next(2) == 0,
        };
        return (policy, [.. Enumerable.Range(1, random.Next(1, 15)).Select(number => Text(number) with
        {
            Heat = random.NextDouble() * 6,
            LastUsed = random.Next(5) == 0 ? null : Now.AddHours(-random.Next(0, 200)),
            StableSince = Now.AddMinutes(-random.Next(0, 300)),
            Tokens = random.Next(1, 100),
            Bytes = random.Next(1, 700),
            Priority = random.Next(-1, 2),
            Labels = random.Next(3) switch { 0 => ["a"], 1 => ["b", "c"], _ => [] },
            Similarity = random.NextDouble(),
            State = random.Next(2) == 0 ? null : new HeldState(Text(number + 100).Cube, random.Next(1, 700), Now.AddMinutes(-random.Next(0, 100)), random.Next(6) > 0),
        })]);
    }

    private static TransitionCandidate Text(int number) => new()
    {
        Cube = new CubeId(Guid.Parse($"01900000-0000-7000-8000-{number:000000000000}")),
        Heat = 5,
        LastUsed = Now.AddMinutes(-1),
        StableSince = Now.AddDays(-1),
        Tokens = 100,
        Bytes = 100,
    };

    private static HeldState State(int number, long bytes) => new(Text(number + 100).Cube, bytes, Now.AddHours(-1), true);
}
