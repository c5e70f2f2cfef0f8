using MemOS.Cubes;
using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Vaults;

namespace MemOS.Core.Tests.Operator.Recall;

public sealed class IndexLoadingTests
{
    private static readonly MemCube s_cube = SampleCubes.Turn(1, "Tom", "The violin is in Kyoto.");

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(5_000)]
    public void An_index_holds_every_row_it_was_filled_from(int rows)
    {
        RecallIndex index = NewIndex();

        IndexLoading.Run(index, Rows(rows));

        Assert.Equal(rows, index.Count);
        Assert.Equal(rows, index.LastSequence);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(4_000)]
    public void An_error_in_reading_reaches_the_caller(int before)
    {
        IEnumerable<(MemCube, CubeVector?)> rows = Rows(before).Concat(Enumerable.Range(0, 1).Select<int, (MemCube, CubeVector?)>(_ => throw new InvalidDataException("torn")));

        Assert.Throws<InvalidDataException>(() => IndexLoading.Run(NewIndex(), rows));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(4_000)]
    public void An_error_in_analysing_ends_the_reading_and_reaches_the_caller(int before)
    {
        IEnumerable<(MemCube, CubeVector?)> rows = Rows(before).Append((null!, null)).Concat(Rows(1_000_000));

        Assert.Throws<ArgumentNullException>(() => IndexLoading.Run(NewIndex(), rows));
    }

    private static RecallIndex NewIndex() => new(WordNetEmbedder.Shared.Space);

    private static IEnumerable<(MemCube, CubeVector?)> Rows(int count) => Enumerable.Range(1, count).Select(
        number => (s_cube with { Id = new CubeId(new Guid(number, 0, 0, new byte[8])), Sequence = number }, (CubeVector?)null));
}
