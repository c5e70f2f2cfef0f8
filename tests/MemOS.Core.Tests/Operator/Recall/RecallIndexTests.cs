using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall;
using Xunit;
using static MemOS.Core.Tests.Operator.Recall.SampleCubes;

namespace MemOS.Core.Tests.Operator.Recall;

public sealed class RecallIndexTests
{
    [Fact]
    public void An_empty_index_finds_nothing() => Assert.Empty(new IndexFixture().Search("anything").Hits);

    [Fact]
    public void The_cube_that_answers_comes_first()
    {
        var index = new IndexFixture(
            Turn(1, "Ann", "I adopted a puppy last week"), Turn(2, "Bob", "The weather is awful"), Turn(3, "Ann", "My violin needs new strings", "c2"));
        Assert.Equal(3, index.Sequences("Who plays the violin?")[0]);
        Assert.Equal(1, index.Sequences("puppy")[0]);
    }

    [Fact]
    public void A_new_version_takes_the_place_of_the_old_one()
    {
        MemCube first = Turn(1, "Ann", "I live in Boston");
        var index = new IndexFixture(first, Turn(2, "Bob", "Nice"));
        index.Apply(first with { Sequence = 3, Version = 2, Payload = new PlaintextPayload("I live in Denver") });
        Assert.Equal(2, index.Index.Count);
        Assert.Equal(3, index.Sequences("Denver")[0]);
        Assert.DoesNotContain(1, index.Sequences("Boston"));
    }

    [Fact]
    public void A_version_that_comes_late_is_ignored()
    {
        MemCube first = Turn(1, "Ann", "I live in Boston");
        var index = new IndexFixture(first with { Sequence = 3, Payload = new PlaintextPayload("I live in Denver") }, first);
        Assert.Equal([3], index.Sequences("Where do I live"));
    }

    [Fact]
    public void A_removed_cube_is_not_found()
    {
        var index = new IndexFixture(Turn(1, "Ann", "I live in Boston"));
        Assert.True(index.Index.Remove(Id(1)));
        Assert.False(index.Index.Remove(Id(1)));
        Assert.Empty(index.Search("Boston").Hits);
        Assert.Equal(0, index.Index.Count);
    }

    [Fact]
    public void Expired_cubes_are_never_found_and_archived_ones_when_asked_for()
    {
        var index = new IndexFixture(
            Turn(1, "Ann", "tea") with { State = CubeState.Expired },
            Turn(2, "Ann", "tea") with { State = CubeState.Archived },
            Turn(3, "Ann", "tea") with { Governance = new GovernanceHeader { Lifespan = new Lifespan(IndexFixture.Now) } },
            Turn(4, "Ann", "tea") with { State = CubeState.Frozen });
        Assert.Equal([4], index.Sequences("tea"));
        Assert.Equal([2, 4], index.Sequences("tea", query => query with { IncludeArchived = true }).Order());
    }

    [Fact]
    public void A_filter_holds_before_anything_is_ranked()
    {
        var index = new IndexFixture(Enumerable.Range(1, 200).Select(i => Turn(i, i == 150 ? "Ann" : "Bob", "tea and cake", at: Start.AddDays(i))));
        Assert.Equal([150], index.Sequences("tea", query => query with { Limit = 3, Filter = IndexFixture.Filter("""{"speaker":"Ann"}""") }));
    }

    [Fact]
    public void Others_than_the_owner_find_only_what_they_may_read()
    {
        GovernanceHeader Rule(AccessLayer layer, params string[] readers) => new() { Access = new AccessScope { Layer = layer, Readers = [.. readers] } };
        var index = new IndexFixture(
            Turn(1, "Ann", "tea"),
            Turn(2, "Ann", "tea") with { Governance = Rule(AccessLayer.Private) },
            Turn(3, "Ann", "tea") with { Governance = Rule(AccessLayer.Private, "bob") },
            Turn(4, "Ann", "tea") with { Governance = Rule(AccessLayer.Shared, "team") },
            Turn(5, "Ann", "tea") with { Governance = new GovernanceHeader { Sensitivity = Sensitivity.Personal } },
            Turn(6, "Ann", "tea") with { Governance = new GovernanceHeader { Restricted = Restrict("text", "carol") } });
        int[] Found(Caller caller, string? filter = null) =>
            [.. index.Sequences("tea", query => query with { Caller = caller, Filter = filter is null ? null : IndexFixture.Filter(filter) }).Order()];
        Assert.Equal([1, 2, 3, 4, 5, 6], Found(Caller.Owner));
        Assert.Equal([1, 3], Found(Caller.Named("bob")));
        Assert.Equal([1, 4], Found(Caller.Named("eve", "team")));
        Assert.Equal([1, 5], Found(Caller.Named("eve") with { Clearance = Sensitivity.Personal }));
        Assert.Equal([1, 6], Found(Caller.Named("carol")));
    }

    [Fact]
    public void A_filter_does_not_tell_what_a_hidden_field_holds()
    {
        MemCube tagged = Turn(1, "Ann", "tea") with { Governance = new GovernanceHeader { Restricted = Restrict("tags", "carol") } };
        var index = new IndexFixture(tagged with { Descriptive = tagged.Descriptive with { Tags = ["secret"] } });
        int[] Found(string caller, string filter) =>
            index.Sequences("tea", query => query with { Caller = Caller.Named(caller), Filter = IndexFixture.Filter(filter) });
        Assert.Equal([1], Found("carol", """{"tags":"secret"}"""));
        Assert.Empty(Found("bob", """{"tags":"secret"}"""));
        Assert.Empty(Found("bob", """{"not":{"tags":"secret"}}"""));
        Assert.Equal([1], Found("bob", """{"speaker":"Ann"}"""));
    }

    [Fact]
    public void What_no_longer_holds_ranks_below_what_does()
    {
        MemCube first = Turn(1, "Ann", "News");
        MemCube second = Turn(2, "Ann", "More news", at: Start.AddDays(30));
        var index = new IndexFixture(
            Fact(3, first, "Ann lives in Boston", new TimeInterval(Start.AddDays(-1), Start.AddDays(30))),
            Fact(4, second, "Ann lives in Denver", new TimeInterval(Start.AddDays(30), null)));
        Assert.Equal([4, 3], index.Sequences("Where does Ann live?"));
        Assert.True(index.Search("Where has Ann lived?").Hits[1].Breakdown.Adjustment < 0);
        Assert.Equal([3], index.Sequences("Where does Ann live?", query => query with { ValidAt = Start }));
        Assert.Equal([3, 4], index.Sequences("Where did Ann live on March 4th, 2025? Boston"));
    }

    [Fact]
    public void Turns_said_in_the_window_of_the_question_come_first()
    {
        var index = new IndexFixture(
            Turn(1, "Ann", "We had dinner at the harbour", "a", IndexFixture.Now.AddDays(-9)),
            Turn(2, "Ann", "We had dinner at the castle", "b", IndexFixture.Now.AddDays(-1)),
            Turn(3, "Ann", "We had dinner at the airport", "c", IndexFixture.Now.AddDays(-5)));
        RankedCubes found = index.Search("Where did we have dinner yesterday?");
        Assert.Equal(2, found.Hits[0].Sequence);
        Assert.NotNull(found.Window);
        Assert.Equal(3, found.Hits.Length);
        Assert.True(found.Hits[0].Breakdown.Time > 0);
        Assert.Equal(1, index.Sequences("Where did we have dinner yesterday?", query => query with { ReferenceTime = IndexFixture.Now.AddDays(-8) })[0]);
    }

    [Fact]
    public void The_turns_around_a_match_are_found_with_it()
    {
        var index = new IndexFixture(
            Turn(1, "Ann", "What is your favourite instrument?"), Turn(2, "Bob", "The cello, without doubt"), Turn(3, "Ann", "Lovely"),
            Turn(4, "Bob", "Bye", at: Start.AddHours(9)));
        ImmutableArray<RankedCube> hits = index.Search("favourite instrument").Hits;
        RankedCube answer = Assert.Single(hits, hit => hit.Sequence == 2);
        Assert.True(answer.Breakdown.Neighbours > 0);
        Assert.True(answer.Relevance >= 0.45);
        Assert.DoesNotContain(hits, hit => hit.Sequence == 4 && hit.Breakdown.Neighbours > 0);
    }

    [Fact]
    public void Statements_are_folded_into_the_turn_that_they_were_read_out_of()
    {
        MemCube turn = Turn(1, "Ann", "We got a cat called Minka");
        MemCube fact = Fact(2, turn, "Ann has a cat named Minka");
        var index = new IndexFixture(turn, Turn(3, "Bob", "A dog barked at the cat", at: Start.AddDays(1)));
        double before = index.Search("cat Minka").Hits[0].Score;
        index.Apply(fact);
        RankedCubes found = index.Search("cat Minka");
        Assert.Equal([1, 3], found.Hits.Select(hit => (int)hit.Sequence));
        Assert.Equal(fact.Id, Assert.Single(found.Hits[0].Derived));
        Assert.True(found.Hits[0].Score > before);
        Assert.Equal([2], index.Sequences("cat Minka", query => query with { Filter = IndexFixture.Filter("""{"type":"fact"}""") }));
    }

    [Fact]
    public void Folding_follows_a_turn_that_is_replaced_removed_or_arrives_late()
    {
        MemCube turn = Turn(1, "Ann", "We got a cat");
        MemCube fact = Fact(2, turn, "Ann has a cat");
        var index = new IndexFixture(fact, turn);
        Assert.Equal(fact.Id, Assert.Single(Assert.Single(index.Search("cat").Hits).Derived));
        index.Apply(turn with { Sequence = 3, Payload = new PlaintextPayload("We have got a cat") });
        Assert.Equal(fact.Id, Assert.Single(Assert.Single(index.Search("cat").Hits).Derived));
        index.Index.Remove(turn.Id);
        Assert.Equal([2], index.Sequences("cat"));
        index.Apply(fact with { Sequence = 4 });
        index.Apply(turn with { Sequence = 5 });
        Assert.Equal(fact.Id, Assert.Single(Assert.Single(index.Search("cat").Hits).Derived));
    }

    [Fact]
    public void Relevance_tells_evidence_from_noise()
    {
        var index = new IndexFixture(
            Turn(1, "Ann", "The violin concert in Vienna was wonderful", "a"), Turn(2, "Bob", "Lunch was soup", "b"), Turn(3, "Cid", "Vienna is far", "c"));
        ImmutableArray<RankedCube> hits = index.Search("violin concert in Vienna").Hits;
        Assert.All(hits, hit => Assert.InRange(hit.Relevance, 0, 1));
        Assert.True(hits[0].Relevance > 0.9);
        Assert.InRange(Assert.Single(hits, hit => hit.Sequence == 3).Relevance, 0.45, hits[0].Relevance);
        Assert.All(hits.Where(hit => hit.Sequence == 2), hit => Assert.True(hit.Relevance < 0.45));
        Assert.DoesNotContain(2, index.Sequences("violin concert in Vienna", query => query with { MinimumRelevance = 0.45 }));
    }

    [Fact]
    public void The_token_budget_ends_the_list()
    {
        var index = new IndexFixture(Enumerable.Range(1, 20).Select(i => Turn(i, "Ann", "tea tea tea tea.", at: Start.AddDays(i))));
        RankedCubes found = index.Search("tea", query => query with { TokenBudget = 13 });
        Assert.Equal((3, 12), (found.Hits.Length, found.Tokens));
    }

    [Fact]
    public void Of_equals_the_newest_comes_first()
    {
        var index = new IndexFixture(Enumerable.Range(1, 30).Select(i => Turn(i, "Ann", "tea", $"c{i}", Start)));
        Assert.Equal(Enumerable.Range(21, 10).Reverse(), index.Sequences("tea"));
    }

    [Fact]
    public void The_conversation_of_the_query_weighs_more()
    {
        var index = new IndexFixture(Turn(1, "Ann", "tea", "one"), Turn(2, "Ann", "tea", "two"));
        Assert.Equal([1, 2], index.Sequences("tea", query => query with { Conversation = "one" }));
        Assert.Equal([2, 1], index.Sequences("tea", query => query with { Conversation = "unknown" }));
    }

    [Fact]
    public void The_parts_of_a_score_sum_to_it()
    {
        var random = new Random(5);
        var index = new IndexFixture(Enumerable.Range(1, 300).Select(i => RandomTurn(random, i)));
        foreach (string text in new[] { "red violin?", "What did Ann say about the blue boat yesterday", "Rome" })
        {
            ImmutableArray<RankedCube> hits = index.Search(text).Hits;
            Assert.NotEmpty(hits);
            Assert.All(hits, hit => Assert.Equal(hit.Score, hit.Breakdown.Total, 1e-9));
            Assert.Equal(hits.OrderByDescending(hit => hit.Score).Select(hit => hit.Sequence), hits.Select(hit => hit.Sequence));
        }
    }

    [Theory]
    [InlineData(6, 0)]
    [InlineData(7, 5)]
    [InlineData(8, 50)]
    public void An_index_with_a_past_answers_as_one_built_anew(int seed, int snapshots)
    {
        var random = new Random(seed);
        var lived = new IndexFixture();
        var current = new SortedDictionary<int, MemCube>();
        for (int sequence = 1; sequence <= 3000; sequence++)
        {
            if (random.Next(3000) < snapshots && current.Count > 0)
            {
                lived.Reopen();
            }

            int number = random.Next(1, 400);
            if (random.Next(5) == 0)
            {
                Assert.Equal(current.Remove(number), lived.Index.Remove(Id(number)));
                continue;
            }

            MemCube cube = RandomTurn(random, number) with { Sequence = sequence };
            current[number] = cube;
            lived.Apply(cube);
        }

        var anew = new IndexFixture(current.Values.OrderBy(cube => cube.Sequence));
        Assert.Equal(current.Count, lived.Index.Count);
        AssertSame(anew, lived);
        lived.Index.Compact();
        AssertSame(anew, lived);
        lived.Reopen();
        Assert.Equal(current.Count, lived.Index.Count);
        AssertSame(anew, lived);
    }

    [Fact]
    public async Task Readers_see_every_document_that_was_applied_before()
    {
        var index = new IndexFixture();
        int applied = 0;
        using var stop = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                int least = Volatile.Read(ref applied);
                int found = index.Search("tea", query => query with { Limit = 1000, Filter = IndexFixture.Filter("""{"tags":{"exists":false}}""") }).Hits.Length;
                Assert.True(found >= Math.Min(1000, least), $"{found} found, {least} were applied before.");
            }
        }))];
        for (int i = 1; i <= 900; i++)
        {
            index.Apply(Turn(i, "Ann", $"tea number {i}"));
            Volatile.Write(ref applied, i);
        }

        // Replacements never lower the number that is found, and lead to compaction.
        for (int i = 1; i <= 3000; i++)
        {
            index.Apply(Turn(1 + (i % 900), "Ann", $"tea again {i}") with { Sequence = 900 + i });
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(900, index.Index.Count);
    }

    private static void AssertSame(IndexFixture expected, IndexFixture actual)
    {
        foreach (string text in new[] { "red violin", "What did Ann say about the blue boat?", "Rome in March 2025" })
        {
            RankedCubes wanted = expected.Search(text, query => query with { Limit = 50 });
            RankedCubes found = actual.Search(text, query => query with { Limit = 50 });
            Assert.Equal(wanted.Hits.Select(hit => hit.Id), found.Hits.Select(hit => hit.Id));
            Assert.All(wanted.Hits.Zip(found.Hits), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-5));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Sessions_do_not_depend_on_the_order_in_which_turns_arrive(int seed)
    {
        var random = new Random(seed);
        MemCube[] turns = [.. Enumerable.Range(1, 120).Select(i => Turn(i, "Ann", $"tea {i % 7} cake {i % 3}", at: Start.AddMinutes((70 * i) + random.Next(70))))];
        var ordered = new IndexFixture(turns);
        random.Shuffle(turns);
        var shuffled = new IndexFixture(turns);
        foreach (MemCube turn in turns.Take(40))
        {
            Assert.True(ordered.Index.Remove(turn.Id));
            Assert.True(shuffled.Index.Remove(turn.Id));
        }

        double[] Scores(IndexFixture index) =>
            [.. index.Search("tea 3 cake", query => query with { Limit = 200 }).Hits.OrderBy(hit => hit.Sequence).Select(hit => Math.Round(hit.Score, 4))];
        Assert.Equal(Scores(ordered), Scores(shuffled));
    }

    private static MemCube RandomTurn(Random random, int number)
    {
        string text = string.Join(' ', random.GetItems("red blue violin boat Rome tea cake Ann Bob run sing? never often tall".Split(' '), random.Next(1, 12)));
        MemCube turn = Turn(number, random.Next(2) == 0 ? "Ann" : "Bob", text, $"c{number % 3}", Start.AddMinutes(30 * number));
        return random.Next(4) == 0 ? Fact(number, turn, text) : turn;
    }

    private static ImmutableSortedDictionary<string, ImmutableSortedSet<string>> Restrict(string field, string reader) =>
        ImmutableSortedDictionary<string, ImmutableSortedSet<string>>.Empty.Add(field, [reader]);
}
