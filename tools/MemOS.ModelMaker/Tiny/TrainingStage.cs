namespace MemOS.ModelMaker.Tiny;

/// <summary>A part of the training with lessons of one size.</summary>
/// <param name="Length">Tokens of a row.</param>
/// <param name="Rows">Rows of a batch.</param>
/// <param name="FewestFacts">Facts in a context, at least.</param>
/// <param name="MostFacts">Facts in a context, at most.</param>
/// <param name="Plain">Share of facts that are stated in the words of the answer.</param>
/// <param name="Names">How many names occur: with few, each is seen often, and what is learned about them holds for more.</param>
/// <param name="Who">Share of questions for the name instead of the value.</param>
/// <param name="Share">Share of the whole time.</param>
/// <param name="Rate">Learning rate at its start.</param>
/// <param name="LastRate">Learning rate at its end.</param>
internal sealed record TrainingStage(int Length, int Rows, int FewestFacts, int MostFacts, double Plain, int Names, double Who, double Share, float Rate, float LastRate)
{
    /// <summary>First to say what was read, then what was read about whom, then among many, in other words too.</summary>
    public static IReadOnlyList<TrainingStage> Curriculum { get; } =
    [
        new(64, 12, 1, 1, 1.0, 24, 0.0, 0.14, 2e-3f, 2e-3f),
        new(64, 12, 2, 3, 1.0, 24, 0.5, 0.40, 1.5e-3f, 1.5e-3f),
        new(112, 7, 2, 6, 0.8, 100, 0.3, 0.22, 1.5e-3f, 1e-3f),
        new(288, 3, 3, 24, 0.7, 220, 0.2, 0.24, 1e-3f, 1e-4f),
    ];

    public int Chosen => Rows * (Length * 2 / 5);
}
