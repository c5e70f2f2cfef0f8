using MemOS.Evaluation.Datasets;
using MemOS.Text;

namespace MemOS.EmbedderBuilder.Measurement;

/// <summary>How well vectors alone find the evidence of LoCoMo questions: turns ranked by cosine.</summary>
internal static class VectorLeg
{
    private static readonly int[] Firsts = [1, 5, 10, 50];

    /// <summary>The mean share of a question's evidence among the first 1, 5, 10 and 50 turns.</summary>
    public static double[] Measure(ITextEmbedder embedder, IReadOnlyList<LabelledConversation> conversations)
    {
        double[] sums = new double[Firsts.Length];
        foreach (LabelledConversation conversation in conversations)
        {
            float[][] turns = [.. conversation.Messages.Select(message => Embed(embedder, message.Text))];
            foreach (LabelledQuestion question in conversation.Questions.Where(HasEvidence))
            {
                float[] asked = Embed(embedder, question.Text);
                double[] likeness = [.. turns.Select(turn => (double)System.Numerics.Tensors.TensorPrimitives.Dot(turn, asked))];
                int[] order = [.. Enumerable.Range(0, turns.Length).OrderByDescending(turn => likeness[turn])];
                for (int i = 0; i < Firsts.Length; i++)
                {
                    sums[i] += order.Take(Firsts[i]).Count(turn => question.Evidence.Contains(conversation.Messages[turn].Id)) / (double)question.Evidence.Count;
                }
            }
        }

        int questions = conversations.Sum(conversation => conversation.Questions.Count(HasEvidence));
        return [.. sums.Select(sum => sum / questions)];
    }

    private static bool HasEvidence(LabelledQuestion question) => !question.IsUnanswerable && !question.Evidence.IsEmpty;

    private static float[] Embed(ITextEmbedder embedder, string text)
    {
        float[] vector = new float[embedder.Dimension];
        embedder.Embed(text, vector);
        return vector;
    }
}
