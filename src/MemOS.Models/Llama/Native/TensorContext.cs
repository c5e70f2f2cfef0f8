using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary>Makes tensors and operations over them. Shapes are checked here, since the library ends the process over a wrong one.</summary>
internal sealed unsafe class TensorContext : SafeHandle
{
    private const int F32 = 0;
    private const int RopeHalves = 2;
    private const int I32 = 26;

    /// <summary>Creates a context.</summary>
    /// <param name="tensors">Room for this many tensors, results and gradients of operations included.</param>
    /// <param name="graphNodes">Room for a graph of this many nodes; 0 for none.</param>
    public TensorContext(int tensors, int graphNodes = 0)
        : base(0, ownsHandle: true)
    {
        nuint size = ((nuint)tensors * TensorNative.TensorOverhead()) + (graphNodes == 0 ? 0 : TensorNative.GraphOverhead((nuint)graphNodes, gradients: true));
        SetHandle(TensorNative.Initialize(new TensorContextParameters { MemorySize = size, NoAllocation = 1 }));
        if (IsInvalid)
        {
            throw new ModelException(ModelErrorCodes.OutOfMemory, "There is no memory for a context of tensors.");
        }
    }

    public override bool IsInvalid => handle == 0;

    public Tensor Floats(long n0, long n1 = 1, long n2 = 1, long n3 = 1) => New(F32, n0, n1, n2, n3);

    public Tensor Integers(long n0) => New(I32, n0, 1, 1, 1);

    /// <summary>A tensor that the loss is differentiated by.</summary>
    public Tensor Parameter(long n0, long n1 = 1, long n2 = 1)
    {
        Tensor tensor = Floats(n0, n1, n2);
        TensorNative.SetParameter(tensor.Pointer);
        return tensor;
    }

    public Tensor Add(Tensor a, Tensor b)
    {
        Tensor.Require(Repeats(a, b), "The second summand has the shape of the first or repeats into it.");
        return Like(a, TensorNative.Add(this, a.Pointer, b.Pointer));
    }

    public Tensor Multiply(Tensor a, Tensor b)
    {
        Tensor.Require(Repeats(a, b), "The second factor has the shape of the first or repeats into it.");
        return Like(a, TensorNative.Multiply(this, a.Pointer, b.Pointer));
    }

    /// <summary>For every row of <paramref name="b"/> its dot products with the rows of <paramref name="a"/>.</summary>
    public Tensor MatrixMultiply(Tensor a, Tensor b)
    {
        Tensor.Require(a.N0 == b.N0 && b.N2 % a.N2 == 0 && b.N3 % a.N3 == 0, "Rows of both matrices have the same length, and the first repeats into the second.");
        return new(TensorNative.MatrixMultiply(this, a.Pointer, b.Pointer), a.N1, b.N1, b.N2, b.N3);
    }

    public Tensor GetRows(Tensor a, Tensor rows)
    {
        Tensor.Require(a.N2 == 1 && a.N3 == 1 && rows.N1 == 1, "Rows are picked from a matrix by a list of numbers.");
        return new(TensorNative.GetRows(this, a.Pointer, rows.Pointer), a.N0, rows.N0, 1, 1);
    }

    public Tensor RmsNorm(Tensor a, float epsilon) => Like(a, TensorNative.RmsNorm(this, a.Pointer, epsilon));

    public Tensor Reshape(Tensor a, long n0, long n1 = 1, long n2 = 1, long n3 = 1)
    {
        Tensor.Require(n0 * n1 * n2 * n3 == a.Count, "A new shape has the same number of values.");
        return new(TensorNative.Reshape(this, a.Pointer, n0, n1, n2, n3), n0, n1, n2, n3);
    }

    /// <summary>Moves each dimension to the place given for it, and lays the values out anew.</summary>
    public Tensor Permute(Tensor a, int place0, int place1, int place2, int place3)
    {
        Span<long> sizes = stackalloc long[4];
        sizes.Fill(-1);
        (sizes[place0], sizes[place1], sizes[place2], sizes[place3]) = (a.N0, a.N1, a.N2, a.N3);
        Tensor.Require(!sizes.Contains(-1), "The places are 0 to 3, each once.");
        nint view = TensorNative.Permute(this, a.Pointer, place0, place1, place2, place3);
        return new(TensorNative.Contiguous(this, view), sizes[0], sizes[1], sizes[2], sizes[3]);
    }

    /// <summary>A copy of <paramref name="a"/> to which <paramref name="b"/>, with shorter rows, is added from a place of each row on.</summary>
    public Tensor Place(Tensor a, Tensor b, long at)
    {
        Tensor.Require(at >= 0 && at + b.N0 <= a.N0 && (a.N1, a.N2, a.N3) == (b.N1, b.N2, b.N3), "There is a row for each row, and it fits there.");
        nuint row = (nuint)a.N0 * sizeof(float), matrix = row * (nuint)a.N1;
        return Like(a, TensorNative.Accumulate(this, a.Pointer, b.Pointer, row, matrix, matrix * (nuint)a.N2, (nuint)at * sizeof(float)));
    }

    /// <summary>A stretch of each row, laid out anew.</summary>
    public Tensor Slice(Tensor a, long from, long count)
    {
        Tensor.Require(from >= 0 && count > 0 && from + count <= a.N0, "The stretch lies within the rows.");
        nuint row = (nuint)a.N0 * sizeof(float), matrix = row * (nuint)a.N1;
        nint view = TensorNative.View(this, a.Pointer, count, a.N1, a.N2, a.N3, row, matrix, matrix * (nuint)a.N2, (nuint)from * sizeof(float));
        return new(TensorNative.Contiguous(this, view), count, a.N1, a.N2, a.N3);
    }

    /// <summary>Rotary positions; <paramref name="a"/> is head size × heads × positions × batch.</summary>
    /// <param name="a">What is turned.</param>
    /// <param name="positions">Where each place stands.</param>
    /// <param name="frequencyBase">How much slower each pair turns than the one before.</param>
    /// <param name="halves">Whether a pair is a value of the first half of a head and one of the second, not two neighbours.</param>
    /// <param name="factors">What divides the speed of each pair; null for nothing.</param>
    public Tensor Rope(Tensor a, Tensor positions, float frequencyBase, bool halves = false, Tensor? factors = null)
    {
        Tensor.Require(a.N0 % 2 == 0 && positions.N0 == a.N2, "There is one position for each place, and heads have an even size.");
        Tensor.Require(factors is null || factors.Value.N0 == a.N0 / 2, "There is one factor for each pair.");
        return Like(a, TensorNative.Rope(this, a.Pointer, positions.Pointer, factors?.Pointer ?? 0, (int)a.N0, halves ? RopeHalves : 0, 0, frequencyBase, 1, 0, 1, 32, 1));
    }

    /// <summary>Soft max over rows, after scaling and adding the mask.</summary>
    public Tensor SoftMax(Tensor a, Tensor mask, float scale)
    {
        Tensor.Require(mask.N0 == a.N0 && mask.N1 >= a.N1 && a.N2 % mask.N2 == 0 && a.N3 % mask.N3 == 0, "The mask has a row for each row.");
        return Like(a, TensorNative.SoftMax(this, a.Pointer, mask.Pointer, scale, 0));
    }

    public Tensor SwiGlu(Tensor gate, Tensor up)
    {
        Tensor.Require(gate.SameShape(up), "Gate and values have the same shape.");
        return Like(gate, TensorNative.SwiGlu(this, gate.Pointer, up.Pointer));
    }

    /// <summary>The mean over rows of the cross entropy; each row of labels sums to 1. Marks the result as the loss.</summary>
    public Tensor CrossEntropyLoss(Tensor logits, Tensor labels)
    {
        Tensor.Require(logits.SameShape(labels), "There is a label for each logit.");
        Tensor loss = new(TensorNative.CrossEntropy(this, logits.Pointer, labels.Pointer), 1, 1, 1, 1);
        TensorNative.SetLoss(loss.Pointer);
        return loss;
    }

    private static bool Repeats(Tensor a, Tensor b) => a.N0 % b.N0 == 0 && a.N1 % b.N1 == 0 && a.N2 % b.N2 == 0 && a.N3 % b.N3 == 0;

    private static Tensor Like(Tensor a, nint pointer) => new(pointer, a.N0, a.N1, a.N2, a.N3);

    private Tensor New(int type, long n0, long n1, long n2, long n3)
    {
        Tensor.Require(n0 > 0 && n1 > 0 && n2 > 0 && n3 > 0, "A tensor has at least one value.");
        long* sizes = stackalloc long[4] { n0, n1, n2, n3 };
        return new(TensorNative.New(this, type, n3 > 1 ? 4 : n2 > 1 ? 3 : n1 > 1 ? 2 : 1, sizes), n0, n1, n2, n3);
    }

    protected override bool ReleaseHandle()
    {
        TensorNative.Free(handle);
        return true;
    }
}
