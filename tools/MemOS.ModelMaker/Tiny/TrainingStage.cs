namespace MemOS.ModelMaker.Tiny;

/// <summary>A part of the training with lessons of one size.</summary>
/// <param name="Length">Tokens of a row.</param>
/// <param name="Rows">Rows of a batch.</param>
/// <param name="FewestFacts">Facts in a context, at least.</param>
/// <param name="MostFacts">Facts in a context, at most.</param>
/// <param name="Plain">Share of facts that are stated in the words of the answer.</param>
/// <param name="Asks">Share of rows with questions and answers; the others say the facts again, in other order and in the words of the answers.</param>
/// <param name="Who">Share of questions for the name instead of the value.</param>
/// <param name="Unknown">Share of questions that no fact answers.</param>
/// <param name="Steps">Batches.</param>
/// <param name="Rate">Learning rate at its start.</param>
/// <param name="LastRate">Learning rate at its end.</param>
internal sealed record TrainingStage(int Length, int Rows, int FewestFacts, int MostFacts, double Plain, double Asks, double Who, double Unknown, int Steps, float Rate, float LastRate)
{
    /// <summary>First the look-up alone, then what is read in other words and asked in a conversation, then among many facts.</summary>
    public static IReadOnlyList<TrainingStage> Curriculum { get; } =
    [
        new(64, 16, 2, 4, 0.3, 0.0, 0.0, 0.0, 250, 7e-4f, 7e-4f),
        new(128, 8, 2, 7, 0.2, 0.8, 0.1, 0.12, 1200, 8e-4f, 8e-4f),
        new(256, 4, 2, 20, 0.2, 0.9, 0.1, 0.15, 1050, 8e-4f, 1e-5f),
    ];

    /// <summary>Places of a batch that are learned from.</summary>
    public int Chosen => Rows * (Asks == 0 ? Length / 12 : Length / 4);
}
