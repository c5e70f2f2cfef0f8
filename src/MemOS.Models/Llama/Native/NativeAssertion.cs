namespace MemOS.Models.Llama.Native;

/// <summary>Calls the library as it must not be called: with a graph tensor that does not fit, which it answers by ending the process.</summary>
internal static class NativeAssertion
{
    /// <summary>Does not return.</summary>
    public static void Trip()
    {
        using TensorContext context = new(8);
        Tensor a = context.Floats(2, 3), b = context.Floats(5, 7);
        TensorNative.MatrixMultiply(context, a.Pointer, b.Pointer); // rows of 2 and of 5
    }
}
