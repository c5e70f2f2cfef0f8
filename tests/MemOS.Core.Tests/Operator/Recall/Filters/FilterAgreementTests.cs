using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using MemOS.Core.Tests.Operator.Recall.Snapshots;
using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Filters;
using MemOS.Operator.Recall.Indexing;
using Xunit;

namespace MemOS.Core.Tests.Operator.Recall.Filters;

public sealed class FilterAgreementTests
{
    [Theory]
    [InlineData(false, 500)]
    [InlineData(true, 200)]
    public void The_index_and_the_cube_agree_on_every_filter(bool isSaved, int cases) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases), Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            MemCube[] cubes = [.. Enumerable.Range(1, random.Next(1, 150)).Select(i => SampleCubes.Random(random, i))];
            var state = new IndexState(TimeSpan.FromHours(2), "space");
            using var snapshot = new SnapshotSample();
            int savedAt = isSaved ? random.Next(cubes.Length) + 1 : -1;
            foreach (MemCube cube in cubes)
            {
                state.Add(cube, DocumentAnalyzer.Analyze(cube, null), default);
                state = state.Count == savedAt ? snapshot.Reopen(state) : state;
            }

            CubeFilter filter = RandomFilter(random, depth: 0);
            ulong[] bits = new ulong[Bitmap.WordsFor(cubes.Length)];
            filter.Evaluate(new FilterScope(state, state.Columns, cubes.Length), bits);
            return cubes.Select((cube, i) => filter.Matches(cube) == Bitmap.IsSet(bits, i)).All(same => same);
        }));

    private static CubeFilter RandomFilter(Random random, int depth) => random.Next(depth > 3 ? 1 : 4) switch
    {
        1 => new AndFilter([.. Enumerable.Range(0, random.Next(3)).Select(_ => RandomFilter(random, depth + 1))]),
        2 => new OrFilter([.. Enumerable.Range(0, random.Next(3)).Select(_ => RandomFilter(random, depth + 1))]),
        3 => new NotFilter(RandomFilter(random, depth + 1)),
        _ => RandomCondition(random),
    };

    private static FieldCondition RandomCondition(Random random)
    {
        while (true)
        {
            CubeField field = random.GetItems(Enum.GetValues<CubeField>(), 1)[0];
            FilterOperator op = random.GetItems(Enum.GetValues<FilterOperator>(), 1)[0];
            int count = op is FilterOperator.In ? random.Next(4) : 1;
            ImmutableArray<FilterValue> values = [.. Enumerable.Range(0, count).Select(_ => op is FilterOperator.Exists ? FilterValue.Of(random.Next(2) == 0) : RandomValue(random))];
            string? key = field is CubeField.Info ? random.GetItems(["city", "n", "seen_at"], 1)[0] : null;
            try
            {
                return new FieldCondition(field, op, values, key);
            }
            catch (MemOSException)
            {
                // Draw again: the three do not go together.
            }
        }
    }

    private static FilterValue RandomValue(Random random) => random.Next(6) switch
    {
        0 => FilterValue.Of(random.Next(-3, 13)),
        1 => FilterValue.Of(SampleCubes.Start.AddHours(random.Next(72))),
        2 => FilterValue.Of(new DateOnly(2025, 3, 3).AddDays(random.Next(3))),
        3 => FilterValue.Of(SampleCubes.Id(random.Next(1, 60)).ToString()),
        4 => FilterValue.Of(random.GetItems(["generated", "archived", "plaintext", "composite"], 1)[0]),
        _ => FilterValue.Of(random.GetItems(["Ann", "bob", "a", "B", "c1", "fact", "user", "Rome", "home", "5"], 1)[0]),
    };
}
