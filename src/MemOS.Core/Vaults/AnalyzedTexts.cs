using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Operator.Recall;

namespace MemOS.Vaults;

/// <summary>The analysed texts that one write needs.</summary>
/// <remarks>
/// A plan runs in the writer and must not wait. An embedder that answers at once (the built-in one) is asked there; for another one the plan is given up,
/// the text is embedded outside, and the plan is run again.
/// </remarks>
internal sealed class AnalyzedTexts(DocumentAnalyzer analyzer)
{
    private readonly Dictionary<(string? Speaker, string Text), (ImmutableArray<string> Entities, IndexDocument Document)> _documents = [];
    private readonly Dictionary<CubeId, (string? Text, IndexDocument Document)> _expected = [];
    private readonly List<MemCube> _missing = [];

    /// <summary>The embedding space.</summary>
    public string Space => analyzer.Space;

    /// <summary>The analysed form of a cube's text. Null when it has no text, or when its vector has to be waited for; then it is remembered as missing.</summary>
    public IndexDocument? Of(MemCube cube)
    {
        if (cube.Text is not { } text)
        {
            return null;
        }

        if (_expected.TryGetValue(cube.Id, out (string? Text, IndexDocument Document) expected) && ReferenceEquals(expected.Text, text))
        {
            return expected.Document;
        }

        // The document also holds the names in the header, which a caller may have given.
        IndexDocument? document = _documents.TryGetValue((cube.Descriptive.Speaker, text), out var known) && known.Entities.AsSpan().SequenceEqual(cube.Descriptive.Entities.AsSpan())
            ? known.Document
            : analyzer.TryAnalyze(cube);
        if (document is null)
        {
            _missing.Add(cube);
        }

        return document;
    }

    /// <summary>Analyses the text of a cube that a plan will write, when that can be done at once; for use from several threads.</summary>
    public IndexDocument? TryAnalyze(MemCube cube) => analyzer.TryAnalyze(cube);

    /// <summary>Takes over what <see cref="TryAnalyze"/> returned, and analyses where that was null, so that a plan finds the cubes by id.</summary>
    public async ValueTask ExpectAsync(IReadOnlyList<MemCube?> cubes, IReadOnlyList<IndexDocument?> documents, CancellationToken cancellationToken)
    {
        _expected.EnsureCapacity(cubes.Count);
        List<MemCube> waiting = [];
        for (int i = 0; i < cubes.Count; i++)
        {
            if (cubes[i] is not { } cube)
            {
                continue;
            }

            if (documents[i] is { } document)
            {
                _expected[cube.Id] = (cube.Text, document);
            }
            else
            {
                waiting.Add(cube);
            }
        }

        IReadOnlyList<IndexDocument> waitedFor = waiting.Count == 0 ? [] : await analyzer.AnalyzeAsync(waiting, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < waiting.Count; i++)
        {
            _expected[waiting[i].Id] = (waiting[i].Text, waitedFor[i]);
        }
    }

    /// <summary>Gives the plan up if a text was missing.</summary>
    /// <exception cref="TextNotAnalyzedException">Call <see cref="AnalyzeAsync"/> with its cubes and plan again.</exception>
    public void RequireAll()
    {
        if (_missing.Count > 0)
        {
            MemCube[] missing = [.. _missing];
            _missing.Clear();
            throw new TextNotAnalyzedException(missing);
        }
    }

    /// <summary>The analysed form of a cube whose vector is known.</summary>
    public static IndexDocument With(MemCube cube, CubeVector vector) => DocumentAnalyzer.Analyze(cube, vector);

    /// <summary>Analyses what a plan missed. It may name the cubes anew when it runs again, so that they are found by their words.</summary>
    public async ValueTask AnalyzeAsync(IReadOnlyList<MemCube> cubes, CancellationToken cancellationToken)
    {
        IReadOnlyList<IndexDocument> documents = await analyzer.AnalyzeAsync(cubes, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < cubes.Count; i++)
        {
            _documents[(cubes[i].Descriptive.Speaker, cubes[i].Text ?? "")] = (cubes[i].Descriptive.Entities, documents[i]);
        }
    }
}
