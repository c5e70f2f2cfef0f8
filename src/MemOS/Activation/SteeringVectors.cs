using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models;
using MemOS.Models.Llama;
using MemOS.Transformations;
using MemOS.Vaults;

namespace MemOS.Activation;

/// <summary>Steering vectors: activation memories of a few kilobytes that push a model's answers in a direction. Safe from any thread.</summary>
/// <param name="model">The model; not owned.</param>
public sealed class SteeringVectors(LocalModel model)
{
    /// <summary>Keeps a vector as a cube, bound to the model.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="values">The model's width for each of its layers but the first, layer after layer; finite.</param>
    /// <param name="firstLayer">The first layer that it is added in, 1 or more.</param>
    /// <param name="lastLayer">The last, at most the number of layers - 1.</param>
    /// <param name="tags">Tags, to find it by.</param>
    /// <param name="caller">Who asks; the owner by default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>: the values or layers do not fit the model.</exception>
    public async Task<MemCube> AddAsync(
        MemoryVault vault, ReadOnlyMemory<float> values, int firstLayer, int lastLayer, IReadOnlyList<string>? tags = null, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ModelDescription description = await model.DescribeAsync(cancellationToken).ConfigureAwait(false);
        int wanted = (description.Layers - 1) * description.Width;
        if (values.Length != wanted || !AreFinite(values.Span) || firstLayer < 1 || lastLayer < firstLayer || lastLayer >= description.Layers)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"A steering vector of this model has {wanted} finite values for layers 1 to {description.Layers - 1}.");
        }

        using MemoryStream bytes = new(LocalModel.ToBytes(values.Span));
        StoredPayload payload = await vault.StagePayloadAsync(PayloadKind.Activation, bytes, new SteeringFormat(description.Fingerprint, firstLayer, lastLayer).ToString(), cancellationToken).ConfigureAwait(false);
        return await vault.AddCubeAsync(
            new NewCube { Payload = payload, Origin = OriginSignature.InferenceExtraction, Type = new SemanticType("steering_vector"), Model = description.Fingerprint, Tags = [.. tags ?? []] },
            caller,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a vector out of pairs of contrasting texts and keeps it as a cube: the mean difference of what leaves the layers for the one and for the other.</summary>
    /// <remarks>What is added in a layer is what the difference grows by there, so that with a scale of 1 the stream is moved by the difference in every layer.</remarks>
    /// <param name="vault">The vault.</param>
    /// <param name="pairs">At least one pair; texts as the model would say them.</param>
    /// <param name="layers">The first and last layer that it is added in, 1 or more; null for all.</param>
    /// <param name="tags">Tags, to find it by.</param>
    /// <param name="caller">Who asks; the owner by default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>: a text is empty, there is no pair, or the layers are not the model's.</exception>
    /// <exception cref="ModelException">The model cannot be used, or does not tell what leaves its layers.</exception>
    public async Task<MemCube> MakeAsync(
        MemoryVault vault, IReadOnlyList<SteeringPair> pairs, (int First, int Last)? layers = null, IReadOnlyList<string>? tags = null, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count == 0 || pairs.Any(pair => string.IsNullOrWhiteSpace(pair.Towards) || string.IsNullOrWhiteSpace(pair.Away)))
        {
            throw new MemOSException(ErrorCodes.InvalidInput, "A steering vector is made from at least one pair of texts, none of them empty.");
        }

        ModelDescription description = await model.DescribeAsync(cancellationToken).ConfigureAwait(false);
        (int first, int last) = layers ?? (1, description.Layers - 1);
        List<int[]> texts = [];
        foreach (string text in pairs.SelectMany(pair => (string[])[pair.Towards, pair.Away]))
        {
            texts.Add(await model.TokenizeAsync(text, addSpecial: true, parseSpecial: false, cancellationToken).ConfigureAwait(false));
        }

        float[] difference = new float[(description.Layers - 1) * description.Width];
        foreach (float[][] pair in (await model.ObserveAsync(texts, cancellationToken).ConfigureAwait(false)).Chunk(2))
        {
            TensorPrimitives.MultiplyAdd(pair[0], 1f / pairs.Count, difference, difference);
            TensorPrimitives.MultiplyAdd(pair[1], -1f / pairs.Count, difference, difference);
        }

        for (int layer = description.Layers - 1; layer > first; layer--)
        {
            Span<float> own = difference.AsSpan((layer - 1) * description.Width, description.Width), before = difference.AsSpan((layer - 2) * description.Width, description.Width);
            TensorPrimitives.Subtract(own, before, own);
        }

        return await AddAsync(vault, difference, first, last, tags, caller, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps a control vector of a GGUF file, as llama.cpp's tools write them, as a cube.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>: the file is none, or one for another model.</exception>
    /// <exception cref="ModelException">The file is not there, or no GGUF file.</exception>
    public async Task<MemCube> ImportAsync(MemoryVault vault, string path, IReadOnlyList<string>? tags = null, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        ModelDescription description = await model.DescribeAsync(cancellationToken).ConfigureAwait(false);
        (float[] values, int first, int last) = SteeringFile.Read(path, description.Layers, description.Width);
        return await AddAsync(vault, values, first, last, tags, caller, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The vectors of a vault that a caller may see, in the order in which they were made; of this model and of others.</summary>
    public static IReadOnlyList<MemCube> List(MemoryVault vault, Caller? caller = null)
    {
        ArgumentNullException.ThrowIfNull(vault);
        MemCube[] vectors = vault.Read(reader => (MemCube[])[.. reader.ReadStored(PayloadKind.Activation).Where(cube => SteeringFormat.TryParse((cube.Payload as StoredPayload)?.Format) is not null)]);
        return [.. vectors.Select(cube => vault.Find(cube.Id, caller)).OfType<MemCube>()];
    }

    /// <summary>Reads vectors for an answer, scaled and added up.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.CubeNotFound"/> where the caller may not see one now; <see cref="ErrorCodes.InvalidInput"/> where one is none, is retired, damaged or of another model, or where they add up to more than numbers hold.</exception>
    internal async Task<Steering> MountAsync(SteeringUse use, CancellationToken cancellationToken)
    {
        ModelDescription description = await model.DescribeAsync(cancellationToken).ConfigureAwait(false);
        float[] sum = new float[(description.Layers - 1) * description.Width];
        int first = int.MaxValue, last = 0;
        foreach ((CubeId id, float scale) in use.Vectors)
        {
            MemCube cube = use.Vault.Find(id, use.Caller) ?? throw new MemOSException(ErrorCodes.CubeNotFound, $"There is no cube {id} in this vault.");
            SteeringFormat format = SteeringFormat.TryParse((cube.Payload as StoredPayload)?.Format) is { } known && known.Model == description.Fingerprint &&
                known.FirstLayer >= 1 && known.FirstLayer <= known.LastLayer && known.LastLayer < description.Layers && cube.State is not (CubeState.Archived or CubeState.Expired) && float.IsFinite(scale)
                ? known
                : throw new MemOSException(ErrorCodes.InvalidInput, $"Cube {id} is no steering vector of this model that is in force, or its scale is not finite.");
            float[] values = await ReadAsync(use.Vault, cube, sum.Length, cancellationToken).ConfigureAwait(false);

            // Each acts in its own layers only; what lies outside of them counts as nothing.
            int from = (format.FirstLayer - 1) * description.Width, to = format.LastLayer * description.Width;
            Span<float> into = sum.AsSpan(from, to - from);
            TensorPrimitives.MultiplyAdd(values.AsSpan(from, to - from), scale, into, into);
            (first, last) = (Math.Min(first, format.FirstLayer), Math.Max(last, format.LastLayer));
        }

        return last == 0 ? new Steering([], 0, 0)
            : AreFinite(sum) ? new Steering(sum, first, last)
            : throw new MemOSException(ErrorCodes.InvalidInput, "The steering vectors with their scales add up to more than numbers hold; take smaller scales.");
    }

    // Whoever wrote the cube may have written anything.
    private static async Task<float[]> ReadAsync(MemoryVault vault, MemCube cube, int count, CancellationToken cancellationToken)
    {
        using Stream stream = vault.OpenPayload(cube);
        byte[] bytes = new byte[(count * sizeof(float)) + 1];
        int read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        float[] values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, count * sizeof(float))).ToArray();
        return read == count * sizeof(float) && AreFinite(values) ? values
            : throw new MemOSException(ErrorCodes.InvalidInput, $"Cube {cube.Id} is no whole steering vector of this model: it has to hold {count} finite values. Make or import it anew.");
    }

    private static bool AreFinite(ReadOnlySpan<float> values) => values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) < 0;
}
