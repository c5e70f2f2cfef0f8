namespace MemOS.Operator.Recall.Vectors;

/// <summary>The rough vectors of neighbouring documents.</summary>
/// <param name="documents">How many fit.</param>
/// <param name="size">Bytes of a vector.</param>
internal sealed class VectorPage(int documents, int size)
{
    /// <summary>What a step is worth, by document; 0 where there is no vector.</summary>
    public readonly float[] Scales = new float[documents];

    /// <summary>The vectors.</summary>
    public readonly byte[] Steps = new byte[documents * size];

    /// <summary>How many documents fit.</summary>
    public int Capacity => Scales.Length;

    /// <summary>A larger page with the same content.</summary>
    public VectorPage Enlarged(int documents, int size)
    {
        var larger = new VectorPage(documents, size);
        Scales.CopyTo(larger.Scales, 0);
        Steps.CopyTo(larger.Steps, 0);
        return larger;
    }
}
