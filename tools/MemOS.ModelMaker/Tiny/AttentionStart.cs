using System.Numerics.Tensors;
using MemOS.Models.Llama.Training;

namespace MemOS.ModelMaker.Tiny;

/// <summary>The matrices of one layer's attention while they are laid out: noise, with some heads made for a purpose.</summary>
internal sealed class AttentionStart
{
    private const float Stored = 0.06f;      // a token that a head passes on is then about as long as a token
    private const float BackLength = 7;      // of the bias in the fastest rotation; the slower ones follow
    private const float RecentLength = 6;
    private const float NameQuery = 10;
    private const float NameKey = 2;

    private readonly DecoderShape shape;
    private readonly float[] query, key, value, output, queryBias, keyBias;

    /// <summary>Begins with noise.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="noise">Gives so many values of such a standard deviation.</param>
    public AttentionStart(DecoderShape shape, Func<int, double, float[]> noise)
    {
        this.shape = shape;
        int count = shape.Width * shape.Width;
        double wide = 1 / Math.Sqrt(shape.Width);
        (query, key, value, output) = (noise(count, wide), noise(count, wide), noise(count, wide), noise(count, wide * 0.03));
        (queryBias, keyBias) = (new float[shape.Width], new float[shape.Width]);
    }

    /// <summary>A head that passes on the token so many places back. The key is the query turned as far as rotary positions turn it over the distance, so that there both point the same way.</summary>
    public void LookBack(int head, int distance, int into)
    {
        Quieten(head);
        for (int pair = 0; pair < TinyStart.FastPairs; pair++)
        {
            double angle = distance * Math.Pow(shape.RopeBase, -2.0 * pair / shape.HeadSize), length = BackLength * Math.Pow(0.8, pair);
            int at = (head * shape.HeadSize) + (2 * pair);
            queryBias[at] = (float)length;
            keyBias[at] = (float)(length * Math.Cos(angle));
            keyBias[at + 1] = (float)(length * Math.Sin(angle));
        }

        Pass(head, into, Stored);
    }

    /// <summary>A head that passes on the latest token with a flag.</summary>
    public void LookForLatest(int head, int flag, int into)
    {
        Quieten(head);
        int at = head * shape.HeadSize, last = at + shape.HeadSize - 2; // the slowest rotation: the same at every distance
        queryBias[last] = NameQuery;
        key[(last * shape.Width) + flag] = NameKey;
        for (int pair = 4; pair < TinyStart.FastPairs; pair += 2)
        {
            queryBias[at + (2 * pair)] = keyBias[at + (2 * pair)] = RecentLength;
        }

        Pass(head, into, Stored);
    }

    /// <summary>Adds to what a head compares: a block of the place here with a block of the place looked at.</summary>
    /// <param name="head">The head; quietened before.</param>
    /// <param name="turn">Lays the values of a block into the slow rotations of the head; with another one for each pair of blocks, pairs do not disturb each other.</param>
    /// <param name="here">Where the block here begins.</param>
    /// <param name="there">Where the block there begins.</param>
    /// <param name="weight">How much it counts.</param>
    public void Compare(int head, float[,] turn, int here, int there, float weight)
    {
        int from = (head * shape.HeadSize) + (2 * TinyStart.FastPairs);
        for (int row = 0; row < turn.GetLength(0); row++)
        {
            for (int column = 0; column < turn.GetLength(1); column++)
            {
                query[((from + row) * shape.Width) + here + column] += turn[row, column] * weight;
                key[((from + row) * shape.Width) + there + column] += turn[row, column] * weight;
            }
        }
    }

    /// <summary>The token looked at, as it is, into a block.</summary>
    public void Pass(int head, int into, float gain)
    {
        for (int row = 0; row < TinyStart.TokenSize; row++)
        {
            int at = (head * shape.HeadSize) + row;
            value[(at * shape.Width) + row] += 1;
            output[((into + row) * shape.Width) + at] += gain;
        }
    }

    /// <summary>Takes most of the noise out of a head.</summary>
    public void Quieten(int head)
    {
        int from = head * shape.HeadSize * shape.Width, count = shape.HeadSize * shape.Width;
        foreach (float[] matrix in (float[][])[query, key, value])
        {
            Span<float> rows = matrix.AsSpan(from, count);
            TensorPrimitives.Multiply(rows, 0.2f, rows);
        }

        for (int row = 0; row < shape.Width; row++)
        {
            output.AsSpan((row * shape.Width) + (head * shape.HeadSize), shape.HeadSize).Clear();
        }
    }

    public void Write(DecoderLayer layer)
    {
        layer.Query.Write<float>(query);
        layer.QueryBias?.Write<float>(queryBias);
        layer.Key.Write<float>(key);
        layer.KeyBias?.Write<float>(keyBias);
        layer.Value.Write<float>(value);
        layer.Output.Write<float>(output);
    }
}
