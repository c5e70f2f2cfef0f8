using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics.Tensors;
using MemOS.Cubes;
using MemOS.Operator.Recall.Indexing;
using MemOS.Text;
using MemOS.Text.Languages;
using MemOS.Vaults;
using Microsoft.Extensions.AI;

namespace MemOS.Operator.Recall;

/// <summary>Makes the analysed form of cubes for the index, and the vectors of cubes and questions.</summary>
/// <remarks>
/// Safe for use from several threads when the generator is. A generator that offers <see cref="ITextEmbedder"/> is called in place; any other one gets
/// batches of at most <see cref="BatchSize"/> texts, and its exceptions reach the caller.
/// </remarks>
internal sealed class DocumentAnalyzer
{
    /// <summary>At most so many texts go to the generator at once.</summary>
    public const int BatchSize = 96;

    private const int WorthSharing = 32;

    /// <summary>More names than this in one cube are not looked for.</summary>
    private const int MostEntities = 64;

    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator;
    private readonly ITextEmbedder? _embedder;

    /// <summary>Makes an analyzer.</summary>
    /// <param name="generator">Makes the vectors.</param>
    /// <param name="space">The name of its embedding space; null to take it from the generator's metadata.</param>
    public DocumentAnalyzer(IEmbeddingGenerator<string, Embedding<float>> generator, string? space = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        _generator = generator;
        _embedder = generator.GetService(typeof(ITextEmbedder)) as ITextEmbedder;
        Space = space ?? _embedder?.Space ?? SpaceOf(generator);
    }

    /// <summary>The embedding space of the vectors.</summary>
    public string Space { get; }

    /// <summary>Analyses cubes and embeds their texts.</summary>
    /// <returns>One document for each cube, in order; its vector is null when the cube has no text or the text says nothing.</returns>
    public async ValueTask<IReadOnlyList<IndexDocument>> AnalyzeAsync(IReadOnlyList<MemCube> cubes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cubes);
        var documents = new IndexDocument[cubes.Count];
        if (_embedder is not null)
        {
            ForEach(documents.Length, i => documents[i] = Analyze(cubes[i], Embed(_embedder, cubes[i].Text)));
            return documents;
        }

        for (int start = 0; start < documents.Length; start += BatchSize)
        {
            int end = Math.Min(start + BatchSize, documents.Length);
            int[] withText = [.. Enumerable.Range(start, end - start).Where(i => !string.IsNullOrWhiteSpace(cubes[i].Text))];
            CubeVector?[] vectors = await GenerateAsync([.. withText.Select(i => cubes[i].Text ?? "")], cancellationToken).ConfigureAwait(false);
            ForEach(withText.Length, i => documents[withText[i]] = Analyze(cubes[withText[i]], vectors[i]));

            for (int i = start; i < end; i++)
            {
                documents[i] ??= Analyze(cubes[i], vector: null);
            }
        }

        return documents;
    }

    /// <summary>Runs independent pieces of work, on several cores when there are enough to pay for it.</summary>
    internal static void ForEach(int count, Action<int> action)
    {
        if (count < WorthSharing || Environment.ProcessorCount == 1)
        {
            for (int i = 0; i < count; i++)
            {
                action(i);
            }
        }
        else
        {
            Parallel.ForEach(Partitioner.Create(0, count, Math.Max(1, count / (Environment.ProcessorCount * 2))), range =>
            {
                for (int i = range.Item1; i < range.Item2; i++)
                {
                    action(i);
                }
            });
        }
    }

    /// <summary>Analyses a cube and embeds its text if the generator answers in place; null when it has to be waited for.</summary>
    public IndexDocument? TryAnalyze(MemCube cube)
    {
        ArgumentNullException.ThrowIfNull(cube);
        return _embedder is null ? null : Analyze(cube, Embed(_embedder, cube.Text));
    }

    /// <summary>Analyses a cube whose vector is known already, for example because it was read from the vault.</summary>
    public static IndexDocument Analyze(MemCube cube, CubeVector? vector)
    {
        ArgumentNullException.ThrowIfNull(cube);
        DescriptiveHeader header = cube.Descriptive;
        ReadOnlySpan<char> text = cube.Text;
        TextLanguage language = LanguageDetector.Detect(text); // names are read as the text around them, as they stand in a question
        var words = new TermCounter(stackalloc ulong[256]);
        TextAnalyzer.Analyze(header.Speaker, language, ref words);
        ulong speaker = words.Count > 0 ? TermKey.Salted(words.Keys[0], TermKey.Speaker) : 0;
        TextAnalyzer.Analyze(text, language, ref words);
        int length = words.Count;
        words.Keys.Sort();

        var names = new TermCounter(stackalloc ulong[32]);
        int nameCount = speaker == 0 ? 0 : 1;
        Span<ulong> nameKeys = stackalloc ulong[nameCount + Math.Min(header.Entities.IsDefault ? 0 : header.Entities.Length, MostEntities)];
        if (nameCount > 0)
        {
            nameKeys[0] = speaker;
        }

        int entities = nameKeys.Length - nameCount;
        for (int i = 0; i < entities; i++)
        {
            names.CutAt(0);
            TextAnalyzer.Analyze(header.Entities[i], language, ref names);
            ulong key = EntityKey(names.Keys);
            if (names.Count > 0 && !nameKeys[..nameCount].Contains(key))
            {
                nameKeys[nameCount++] = key;
            }
        }

        nameKeys = nameKeys[..nameCount];
        int distinct = CountDistinct(words.Keys);
        ulong[] terms = new ulong[distinct + nameKeys.Length];
        byte[] frequencies = new byte[terms.Length];
        Count(words.Keys, terms, frequencies);
        nameKeys.CopyTo(terms.AsSpan(distinct));
        frequencies.AsSpan(distinct).Fill(1);
        words.Return();
        names.Return();
        return new IndexDocument(terms, frequencies, distinct, length, text.Length, Asks(text),
            TraitReader.Of(text, !header.Entities.IsDefaultOrEmpty), vector);
    }

    /// <summary>Embeds a question.</summary>
    /// <returns>Its vector, or null when the text says nothing.</returns>
    public async ValueTask<CubeVector?> EmbedAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (_embedder is not null)
        {
            return Embed(_embedder, text);
        }

        return string.IsNullOrWhiteSpace(text) ? null : (await GenerateAsync([text], cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Embeds texts.</summary>
    /// <returns>One vector for each, in order; null for one that says nothing.</returns>
    public async ValueTask<IReadOnlyList<CubeVector?>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var vectors = new CubeVector?[texts.Count];
        if (_embedder is not null)
        {
            ForEach(vectors.Length, i => vectors[i] = Embed(_embedder, texts[i]));
            return vectors;
        }

        int[] withText = [.. Enumerable.Range(0, vectors.Length).Where(i => !string.IsNullOrWhiteSpace(texts[i]))];
        foreach (int[] batch in withText.Chunk(BatchSize))
        {
            CubeVector?[] some = await GenerateAsync([.. batch.Select(i => texts[i])], cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < batch.Length; i++)
            {
                vectors[batch[i]] = some[i];
            }
        }

        return vectors;
    }

    /// <summary>The key of a name with these words.</summary>
    internal static ulong EntityKey(ReadOnlySpan<ulong> words)
    {
        ulong sequence = 0;
        foreach (ulong word in words)
        {
            sequence = TermKey.Append(sequence, word);
        }

        return TermKey.Salted(sequence, TermKey.Entity);
    }

    private static bool Asks(ReadOnlySpan<char> text)
    {
        int last = text.Length - 1;
        while (last >= 0 && !char.IsLetterOrDigit(text[last]) && text[last] is not ('?' or '？' or '؟'))
        {
            last--;
        }

        return last >= 0 && !char.IsLetterOrDigit(text[last]);
    }

    private static int CountDistinct(ReadOnlySpan<ulong> sorted)
    {
        int count = sorted.IsEmpty ? 0 : 1;
        for (int i = 1; i < sorted.Length; i++)
        {
            count += sorted[i] == sorted[i - 1] ? 0 : 1;
        }

        return count;
    }

    private static void Count(ReadOnlySpan<ulong> sorted, Span<ulong> terms, Span<byte> frequencies)
    {
        int at = -1;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
            {
                terms[++at] = sorted[i];
            }

            frequencies[at] = (byte)Math.Min(frequencies[at] + 1, byte.MaxValue);
        }
    }

    private static CubeVector? Embed(ITextEmbedder embedder, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        float[] vector = new float[embedder.Dimension];
        embedder.Embed(text, vector);
        return vector.AsSpan().ContainsAnyExcept(0f) ? new CubeVector(embedder.Space, vector) : null;
    }

    private static string SpaceOf(IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        var metadata = generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        string model = metadata?.DefaultModelId ?? metadata?.ProviderName ?? generator.GetType().Name;
        return metadata?.DefaultModelDimensions is { } dimension ? string.Create(CultureInfo.InvariantCulture, $"{model}/{dimension}") : model;
    }

    private async ValueTask<CubeVector?[]> GenerateAsync(string[] texts, CancellationToken cancellationToken)
    {
        if (texts.Length == 0)
        {
            return [];
        }

        GeneratedEmbeddings<Embedding<float>> embeddings =
            await _generator.GenerateAsync(texts, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (embeddings.Count != texts.Length)
        {
            throw new InvalidOperationException(
                $"The embedding generator of space '{Space}' returned {embeddings.Count} vectors for {texts.Length} texts. It must return one for each.");
        }

        return [.. embeddings.Select(e => UnitVector(e.Vector))];
    }

    private CubeVector? UnitVector(ReadOnlyMemory<float> vector)
    {
        float length = TensorPrimitives.Norm(vector.Span);
        if (length is 0 or float.NaN or float.PositiveInfinity)
        {
            return null;
        }

        float[] unit = new float[vector.Length];
        TensorPrimitives.Divide(vector.Span, length, unit);
        return new CubeVector(Space, unit);
    }
}
