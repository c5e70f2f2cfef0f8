using MemOS.Vaults;
using Microsoft.Extensions.AI;

namespace MemOS.Operator.Recall.Spaces;

/// <summary>Embeds questions in the space that the vault is searched in at present: that of the configured embedder or of a former one.</summary>
/// <param name="configured">Embeds in the configured space.</param>
/// <param name="former">Those that may have embedded the vault before.</param>
internal sealed class QuestionEmbedders(DocumentAnalyzer configured, IEnumerable<IEmbeddingGenerator<string, Embedding<float>>> former)
{
    private readonly DocumentAnalyzer[] _former = [.. former.Select(embedder => new DocumentAnalyzer(embedder)).Where(analyzer => analyzer.Space != configured.Space)];

    /// <summary>Embeds a question.</summary>
    /// <returns>Null when the text says nothing, or when nobody here embeds in that space: the question is answered by words then.</returns>
    public ValueTask<CubeVector?> EmbedAsync(string text, string space, CancellationToken cancellationToken) =>
        space == configured.Space ? configured.EmbedAsync(text, cancellationToken)
        : Array.Find(_former, analyzer => analyzer.Space == space) is { } analyzer ? analyzer.EmbedAsync(text, cancellationToken)
        : default;
}
