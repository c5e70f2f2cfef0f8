using MemOS.Cubes;
using MemOS.Operator.Recall;

namespace MemOS.Vaults;

/// <summary>The analysed texts that one write needs.</summary>
/// <remarks>
/// A plan runs on the writer's thread and must not wait. An embedder that answers at once (the built-in one) is asked there; for another one the plan is given up,
/// the text is embedded outside, and the plan is run again.
/// </remarks>
internal sealed class AnalyzedTexts(DocumentAnalyzer analyzer)
{
    private readonly Dictionary<(string? Speaker, string Text), IndexDocument> _documents = [];

    /// <summary>The embedding space.</summary>
    public string Space => analyzer.Space;

    /// <summary>The analysed form of a cube's text, or null when it has none.</summary>
    /// <exception cref="TextNotAnalyzedException">The embedder has to be waited for; call <see cref="AnalyzeAsync"/> and plan again.</exception>
    public IndexDocument? Of(MemCube cube) => cube.Text is not { } text ? null
        : _documents.GetValueOrDefault((cube.Descriptive.Speaker, text)) ?? analyzer.TryAnalyze(cube) ?? throw new TextNotAnalyzedException(cube);

    /// <summary>The analysed form of a cube whose vector is known.</summary>
    public static IndexDocument With(MemCube cube, CubeVector vector) => DocumentAnalyzer.Analyze(cube, vector);

    /// <summary>Analyses cubes ahead of the plan.</summary>
    public async ValueTask AnalyzeAsync(IReadOnlyList<MemCube> cubes, CancellationToken cancellationToken)
    {
        IReadOnlyList<IndexDocument> documents = await analyzer.AnalyzeAsync(cubes, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < cubes.Count; i++)
        {
            _documents[(cubes[i].Descriptive.Speaker, cubes[i].Text ?? "")] = documents[i];
        }
    }
}
