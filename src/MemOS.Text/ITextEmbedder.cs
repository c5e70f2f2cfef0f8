namespace MemOS.Text;

/// <summary>An embedder that runs in the process and never waits. An embedding generator that offers it as a service is called directly.</summary>
/// <remarks>Implementations may be called from several threads at once.</remarks>
public interface ITextEmbedder
{
    /// <summary>The embedding space: the name of the model, a slash, and the dimension.</summary>
    string Space { get; }

    /// <summary>The number of components.</summary>
    int Dimension { get; }

    /// <summary>Embeds a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="vector">Receives <see cref="Dimension"/> components of unit length, or zeros when the text says nothing.</param>
    void Embed(ReadOnlySpan<char> text, Span<float> vector);
}
