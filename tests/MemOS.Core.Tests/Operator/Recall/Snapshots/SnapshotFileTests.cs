using System.IO.Hashing;
using System.Runtime.InteropServices;
using MemOS.Cubes;
using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Snapshots;
using MemOS.Operator.Recall.Vectors;
using Xunit;

namespace MemOS.Core.Tests.Operator.Recall.Snapshots;

public sealed class SnapshotFileTests : IDisposable
{
    private const ulong History = 7;
    private const int Turns = 12;
    private const int Step = 5;
    private const int Ends = 64;
    private readonly SnapshotSample _sample = new();

    public SnapshotFileTests()
    {
        WordNetEmbedder embedder = WordNetEmbedder.Shared;
        using var index = new RecallIndex(embedder.Space);
        float[] vector = new float[embedder.Dimension];
        foreach (MemCube turn in Enumerable.Range(1, Turns).Select(i => SampleCubes.Turn(i, "Ann", $"tea and cake number {i}", "c1")))
        {
            embedder.Embed(turn.Text, vector);
            index.Apply(turn, DocumentAnalyzer.Analyze(turn, new(embedder.Space, vector.ToArray())));
        }

        using FileStream stream = File.Create(_sample.Path);
        index.Write(index.Cut(), History, stream);
        Space = embedder.Space;
    }

    private string Space { get; }

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void A_snapshot_is_continued_by_what_it_was_made_of_and_with()
    {
        using RecallIndex? index = Continue(Space, RecallOptions.Default, History);
        Assert.NotNull(index);
        Assert.Equal((Turns, Turns, 0), (index.Count, index.LastSequence, index.Unsaved));
    }

    [Fact]
    public void A_snapshot_of_another_space_other_sessions_or_another_history_is_left_aside()
    {
        Assert.Null(Continue("other/256", RecallOptions.Default, History));
        Assert.Null(Continue(Space, new RecallOptions { SessionGap = TimeSpan.FromHours(3) }, History));
        Assert.Null(Continue(Space, RecallOptions.Default, 8));
        Assert.Null(Continue(Space, RecallOptions.Default, null));
    }

    [Fact]
    public void A_changed_byte_is_seen_wherever_it_is()
    {
        byte[] whole = File.ReadAllBytes(_sample.Path);
        for (int at = 0; at < whole.Length; at += at < Ends || at >= whole.Length - Ends ? 1 : Step)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(_sample.Path, damaged);
            Assert.True(SnapshotFile.TryOpen(_sample.Open()) is null, $"Byte {at} of {whole.Length} was changed.");
        }
    }

    [Fact]
    public void A_snapshot_that_is_cut_off_or_goes_on_is_none()
    {
        byte[] whole = File.ReadAllBytes(_sample.Path);
        for (int length = 0; length < whole.Length; length += length < Ends || length >= whole.Length - Ends ? 1 : Step)
        {
            File.WriteAllBytes(_sample.Path, whole[..length]);
            Assert.True(SnapshotFile.TryOpen(_sample.Open()) is null, $"{length} of {whole.Length} bytes were left.");
        }

        File.WriteAllBytes(_sample.Path, [.. whole, 0]);
        Assert.Null(SnapshotFile.TryOpen(_sample.Open()));
    }

    [Fact]
    public void No_word_of_a_text_stands_in_it()
    {
        string bytes = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(_sample.Path));
        Assert.DoesNotContain("cake", bytes, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Ann", bytes, StringComparison.Ordinal); // names are there, which is why forgetting removes the file
    }

    [Fact]
    public void Whoever_changes_what_is_taken_from_a_text_raises_the_version_of_the_analysis()
    {
        MemCube turn = SampleCubes.Turn(1, "Ann Lee", "Running late?! Über-café in New York on 3 May; she'd sung 12 songs. 東京 наконец");
        turn = turn with { Descriptive = turn.Descriptive with { Entities = ["New York", "Ann"] } };
        IndexDocument document = DocumentAnalyzer.Analyze(turn, vector: null);
        var hash = new XxHash3();
        hash.Append(MemoryMarshal.AsBytes(document.Terms.AsSpan()));
        hash.Append(document.Frequencies);
        hash.Append([(byte)document.LexicalTerms, (byte)document.Length, (byte)document.TextLength, (byte)(document.Asks ? 1 : 0), (byte)document.Traits]);
        Assert.Equal((3, 8665921415385853280UL), (RecallIndex.AnalysisVersion, hash.GetCurrentHashAsUInt64()));
    }

    private RecallIndex? Continue(string space, RecallOptions options, ulong? history)
    {
        SnapshotFile file = SnapshotFile.TryOpen(_sample.Open())!;
        RecallIndex? index = RecallIndex.Continue(file, space, options, sequence => sequence == Turns ? history : null);
        if (index is null)
        {
            file.Dispose();
        }

        return index;
    }
}
