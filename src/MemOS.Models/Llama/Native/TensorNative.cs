using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary>Tensors, operations, graphs and their derivatives (<c>ggml.h</c>), as far as training needs them.</summary>
internal static unsafe partial class TensorNative
{
    private const string Library = LlamaLibraries.GgmlBase;

    [LibraryImport(Library, EntryPoint = "ggml_init")]
    public static partial nint Initialize(TensorContextParameters parameters);

    [LibraryImport(Library, EntryPoint = "ggml_free")]
    public static partial void Free(nint context);

    [LibraryImport(Library, EntryPoint = "ggml_tensor_overhead")]
    public static partial nuint TensorOverhead();

    [LibraryImport(Library, EntryPoint = "ggml_graph_overhead_custom")]
    public static partial nuint GraphOverhead(nuint size, [MarshalAs(UnmanagedType.U1)] bool gradients);

    [LibraryImport(Library, EntryPoint = "ggml_new_tensor")]
    public static partial nint New(TensorContext context, int type, int dimensions, long* sizes);

    [LibraryImport(Library, EntryPoint = "ggml_get_name")]
    public static partial byte* NameOf(nint tensor);

    [LibraryImport(Library, EntryPoint = "ggml_op_name")]
    public static partial byte* NameOfOperation(int operation);

    [LibraryImport(Library, EntryPoint = "ggml_graph_n_nodes")]
    public static partial int CountNodes(nint graph);

    [LibraryImport(Library, EntryPoint = "ggml_graph_node")]
    public static partial nint Node(nint graph, int index);

    [LibraryImport(Library, EntryPoint = "ggml_nelements")]
    public static partial long CountOf(nint tensor);

    [LibraryImport(Library, EntryPoint = "ggml_set_param")]
    public static partial void SetParameter(nint tensor);

    [LibraryImport(Library, EntryPoint = "ggml_set_loss")]
    public static partial void SetLoss(nint tensor);

    [LibraryImport(Library, EntryPoint = "ggml_add")]
    public static partial nint Add(TensorContext context, nint a, nint b);

    [LibraryImport(Library, EntryPoint = "ggml_mul")]
    public static partial nint Multiply(TensorContext context, nint a, nint b);

    [LibraryImport(Library, EntryPoint = "ggml_mul_mat")]
    public static partial nint MatrixMultiply(TensorContext context, nint a, nint b);

    [LibraryImport(Library, EntryPoint = "ggml_get_rows")]
    public static partial nint GetRows(TensorContext context, nint a, nint rows);

    [LibraryImport(Library, EntryPoint = "ggml_rms_norm")]
    public static partial nint RmsNorm(TensorContext context, nint a, float epsilon);

    [LibraryImport(Library, EntryPoint = "ggml_cont")]
    public static partial nint Contiguous(TensorContext context, nint a);

    [LibraryImport(Library, EntryPoint = "ggml_permute")]
    public static partial nint Permute(TensorContext context, nint a, int axis0, int axis1, int axis2, int axis3);

    [LibraryImport(Library, EntryPoint = "ggml_reshape_4d")]
    public static partial nint Reshape(TensorContext context, nint a, long n0, long n1, long n2, long n3);

    [LibraryImport(Library, EntryPoint = "ggml_view_4d")]
    public static partial nint View(TensorContext context, nint a, long n0, long n1, long n2, long n3, nuint bytes1, nuint bytes2, nuint bytes3, nuint offset);

    [LibraryImport(Library, EntryPoint = "ggml_acc")]
    public static partial nint Accumulate(TensorContext context, nint a, nint b, nuint bytes1, nuint bytes2, nuint bytes3, nuint offset);

    [LibraryImport(Library, EntryPoint = "ggml_rope_ext")]
    public static partial nint Rope(TensorContext context, nint a, nint positions, nint factors, int dimensions, int mode, int originalContext, float frequencyBase, float frequencyScale, float extrapolation, float attention, float betaFast, float betaSlow);

    [LibraryImport(Library, EntryPoint = "ggml_soft_max_ext")]
    public static partial nint SoftMax(TensorContext context, nint a, nint mask, float scale, float maxBias);

    [LibraryImport(Library, EntryPoint = "ggml_swiglu_split")]
    public static partial nint SwiGlu(TensorContext context, nint a, nint b);

    [LibraryImport(Library, EntryPoint = "ggml_cross_entropy_loss")]
    public static partial nint CrossEntropy(TensorContext context, nint logits, nint labels);

    [LibraryImport(Library, EntryPoint = "ggml_opt_step_adamw")]
    public static partial nint AdamWStep(TensorContext context, nint a, nint gradient, nint first, nint second, nint parameters);

    [LibraryImport(Library, EntryPoint = "ggml_new_graph_custom")]
    public static partial nint NewGraph(TensorContext context, nuint size, [MarshalAs(UnmanagedType.U1)] bool gradients);

    [LibraryImport(Library, EntryPoint = "ggml_build_forward_expand")]
    public static partial void BuildForward(nint graph, nint tensor);

    [LibraryImport(Library, EntryPoint = "ggml_build_backward_expand")]
    public static partial void BuildBackward(TensorContext context, nint graph, nint* accumulators);

    [LibraryImport(Library, EntryPoint = "ggml_graph_get_grad")]
    public static partial nint GradientOf(nint graph, nint tensor);
}
