using System.Globalization;
using MemOS.Models.Files.Gguf;

namespace MemOS.Activation;

/// <summary>Reads control vectors in GGUF, as llama.cpp's tools write them: a tensor <c>direction.N</c> for layer N.</summary>
internal static class SteeringFile
{
    private const string Prefix = "direction.";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layers">Layers of the model.</param>
    /// <param name="width">Its width.</param>
    /// <returns>The width for each layer from layer 1, 0 where the file has nothing, and the first and last layer that it has.</returns>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>: it is none, or none for a model of these sizes.</exception>
    /// <exception cref="Models.ModelException">It is not there, or no GGUF file.</exception>
    public static (float[] Values, int First, int Last) Read(string path, int layers, int width)
    {
        GgufFile file = GgufFile.Open(path);
        float[] values = new float[(layers - 1) * width];
        int first = int.MaxValue, last = 0;
        foreach (string name in file.Tensors.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            if (!int.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int layer) || layer < 1 || layer >= layers || file.Tensors[name].Count != width)
            {
                throw new MemOSException(ErrorCodes.InvalidInput, $"{Path.GetFileName(path)} has a vector {name} of {file.Tensors[name].Count} values, and the model has layers 1 to {layers - 1} of {width}; it was made for another model.");
            }

            file.Read(name).CopyTo(values, (layer - 1) * width);
            (first, last) = (Math.Min(first, layer), Math.Max(last, layer));
        }

        return last > 0 ? (values, first, last) : throw new MemOSException(ErrorCodes.InvalidInput, $"{Path.GetFileName(path)} is no control vector: it has no tensor named {Prefix}N.");
    }
}
