using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Training;

namespace MemOS.ModelMaker.Tiny;

/// <summary>How weights begin: not as noise alone, but as the skeleton of a look-up, so that answering from the context is learned in minutes.</summary>
/// <remarks>
/// <para>Out of noise, small models long say just some value of the right kind: attention to "the same name as here" comes after a plateau of unknown length.
/// Here the first <see cref="TokenSize"/> values of the stream are the token; three heads of the first layer add blocks with the latest name, the token one place
/// back and that two places back. A head of the second layer compares name and latest tokens here with name and tokens <em>before</em> each earlier place, and says
/// the token that stands there. How facts and questions in other words are told apart, what an answer looks like and when nothing is known is learned, and all of it is trained on.</para>
/// <para>That look-up is made of these two kinds of heads: arXiv 2209.11895. That attention may begin as the products of matrices that training ends in: arXiv 2305.09828.</para>
/// </remarks>
internal sealed class TinyStart(DecoderShape shape, int seed)
{
    /// <summary>Values that a token begins with.</summary>
    public const int TokenSize = 64;

    /// <summary>Rotations that turn within the length of a text: for places, not for likeness.</summary>
    public const int FastPairs = 12;

    private const int NameFlag = TokenSize - 1; // of the values of a token, this one tells names
    private const int NameBlock = TokenSize;
    private const int BackBlock = 2 * TokenSize;
    private const int LookBacks = 2;
    private const float NameWeight = 1.2f;
    private const float Said = 0.4f;

    private readonly Random random = new(seed);

    /// <summary>Fills all weights.</summary>
    /// <param name="weights">Of the shape.</param>
    /// <param name="vocabulary">Its tokens.</param>
    public void Fill(DecoderWeights weights, TinyVocabulary vocabulary)
    {
        FillEmbedding(weights.Embedding, vocabulary);
        weights.Norm.Write<float>(Ones());
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            DecoderLayer target = weights.Layers[layer];
            target.AttentionNorm.Write<float>(Ones());
            target.FeedNorm.Write<float>(Ones());
            AttentionStart attention = new(shape, Noise);
            if (layer == 0)
            {
                for (int head = 0; head < LookBacks; head++)
                {
                    attention.LookBack(head, head + 1, BackBlock + (head * TokenSize));
                }

                attention.LookForLatest(LookBacks, NameFlag, NameBlock);
            }
            else if (layer == 1)
            {
                LookUp(attention, 0);
            }

            attention.Write(target);
            double wide = 1 / Math.Sqrt(shape.Width), branch = 0.1 / Math.Sqrt(2 * shape.Layers); // layers begin as small changes
            target.Gate.Write<float>(Noise((int)target.Gate.Count, wide));
            target.Up.Write<float>(Noise((int)target.Up.Count, wide));
            target.Down.Write<float>(Noise((int)target.Down.Count, branch / Math.Sqrt(shape.FeedForward)));
        }
    }

    private void LookUp(AttentionStart attention, int head)
    {
        int rows = shape.HeadSize - (2 * FastPairs);
        attention.Quieten(head);
        attention.Compare(head, Orthonormal(rows, TokenSize), NameBlock, NameBlock, NameWeight);
        for (int back = 0; back < LookBacks; back++)
        {
            attention.Compare(head, Orthonormal(rows, TokenSize), back == 0 ? 0 : BackBlock + ((back - 1) * TokenSize), BackBlock + (back * TokenSize), 1);
        }

        attention.Pass(head, 0, Said);
    }

    private void FillEmbedding(Tensor embedding, TinyVocabulary vocabulary)
    {
        float[] values = Noise((int)embedding.Count, 0.01);
        for (int token = 0; token < embedding.N1; token++)
        {
            Noise(NameFlag, 1 / Math.Sqrt(TokenSize)).CopyTo(values, token * shape.Width);
        }

        // A word with and without the space before it begins alike.
        foreach ((int bare, int spaced) in vocabulary.Twins)
        {
            for (int i = 0; i < TokenSize; i++)
            {
                values[(spaced * shape.Width) + i] = (0.9f * values[(bare * shape.Width) + i]) + (0.43f * values[(spaced * shape.Width) + i]);
            }
        }

        foreach (int name in vocabulary.Names)
        {
            values[(name * shape.Width) + NameFlag] = 0.35f;
        }

        embedding.Write<float>(values);
    }

    private float[] Ones() => [.. Enumerable.Repeat(1f, shape.Width)];

    private float[] Noise(int count, double deviation) => [.. Enumerable.Range(0, count).Select(_ => (float)(deviation * Gauss()))];

    // Rows of length 1 at right angles to each other.
    private float[,] Orthonormal(int rows, int columns)
    {
        float[,] result = new float[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            float[] values = Noise(columns, 1);
            for (int other = 0; other < row; other++)
            {
                float along = 0;
                for (int i = 0; i < columns; i++)
                {
                    along += values[i] * result[other, i];
                }

                for (int i = 0; i < columns; i++)
                {
                    values[i] -= along * result[other, i];
                }
            }

            float length = MathF.Sqrt(values.Sum(value => value * value));
            for (int i = 0; i < columns; i++)
            {
                result[row, i] = values[i] / length;
            }
        }

        return result;
    }

    private double Gauss() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
