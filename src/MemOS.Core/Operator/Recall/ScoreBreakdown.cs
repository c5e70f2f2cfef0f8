namespace MemOS.Operator.Recall;

/// <summary>What each leg added to a hit's score. The parts sum to the score.</summary>
/// <param name="Lexical">Words in common (BM25).</param>
/// <param name="Vector">Likeness of the embeddings.</param>
/// <param name="Entity">Names and speakers that the question mentions.</param>
/// <param name="Time">Lying in the question's window of time.</param>
/// <param name="Neighbours">What the turns around it scored.</param>
/// <param name="Conversation">What the conversation around it scored.</param>
/// <param name="Adjustment">What was taken off or added otherwise, for example for a turn that only asks.</param>
public readonly record struct ScoreBreakdown(
    double Lexical, double Vector, double Entity, double Time, double Neighbours, double Conversation, double Adjustment)
{
    /// <summary>The sum of the parts.</summary>
    public double Total => Lexical + Vector + Entity + Time + Neighbours + Conversation + Adjustment;
}
