namespace MemOS.Operator.Recall.Ranking;

/// <summary>What the legs say of one document by itself, without its neighbours.</summary>
internal readonly record struct ScoreParts(float Lexical, float Vector, float Names, float Time, float Session, float Adjustment)
{
    /// <summary>The sum.</summary>
    public float Total => Lexical + Vector + Names + Time + Session + Adjustment;
}
