using System.Globalization;
using System.Numerics.Tensors;
using MemOS.Evaluation.Datasets;
using MemOS.Text;

namespace MemOS.EmbedderBuilder.Measurement;

/// <summary>How alike questions are to turns that do not answer them, and to those that do: where a cosine begins to be evidence.</summary>
internal static class CosineLevels
{
    /// <summary>Quantiles of the cosines.</summary>
    public static string Measure(ITextEmbedder embedder, IReadOnlyList<LabelledConversation> conversations)
    {
        List<float> evidence = [];
        List<float> others = [];
        foreach (LabelledConversation conversation in conversations)
        {
            (string Id, float[] Vector)[] turns = [.. conversation.Messages.Select(message => (message.Id, Embed(embedder, message.Text)))];
            foreach (LabelledQuestion question in conversation.Questions)
            {
                float[] asked = Embed(embedder, question.Text);
                foreach ((string id, float[] vector) in turns)
                {
                    (question.Evidence.Contains(id) ? evidence : others).Add(TensorPrimitives.Dot(asked, vector));
                }
            }
        }

        evidence.Sort();
        others.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"cosine of evidence: 25 % {At(evidence, 0.25):F2}, 50 % {At(evidence, 0.5):F2}, 75 % {At(evidence, 0.75):F2}; of others: 50 % {At(others, 0.5):F2}, 90 % {At(others, 0.9):F2}, 99 % {At(others, 0.99):F2}, 99.9 % {At(others, 0.999):F2}");
    }

    private static float At(List<float> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];

    private static float[] Embed(ITextEmbedder embedder, string text)
    {
        float[] vector = new float[embedder.Dimension];
        embedder.Embed(text, vector);
        return vector;
    }
}
