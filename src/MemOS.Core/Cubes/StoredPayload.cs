namespace MemOS.Cubes;

/// <summary>Bytes kept outside the row: a KV state, an adapter, or the member list of a composite cube.</summary>
public sealed record StoredPayload : CubePayload
{
    /// <summary>Describes bytes that the payload store holds.</summary>
    /// <param name="kind">Any kind but <see cref="PayloadKind.Plaintext"/>.</param>
    /// <param name="hash">The address of the bytes.</param>
    /// <param name="length">Their number, 0 or more.</param>
    /// <param name="format">What the bytes are, for example <c>application/x-safetensors</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is plaintext or the length is negative.</exception>
    public StoredPayload(PayloadKind kind, ContentHash hash, long length, string format)
    {
        if (kind is PayloadKind.Plaintext || !Enum.IsDefined(kind))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only activation, parametric and composite payloads are stored outside the row.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentException.ThrowIfNullOrEmpty(format);
        (Kind, Hash, Length, Format) = (kind, hash, length, format);
    }

    /// <inheritdoc/>
    public override PayloadKind Kind { get; }

    /// <summary>The address of the bytes.</summary>
    public ContentHash Hash { get; }

    /// <summary>The number of bytes.</summary>
    public long Length { get; }

    /// <summary>What the bytes are.</summary>
    public string Format { get; }
}
