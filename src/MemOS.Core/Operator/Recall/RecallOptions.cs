namespace MemOS.Operator.Recall;

/// <summary>The weights of the ranking. The score of a turn is the weighted sum of its legs, each scaled to at most 1, plus shares of its neighbours'.</summary>
/// <remarks>
/// The figures are the mean share of evidence turns among the first ten (R@10) on five LoCoMo conversations, 760 questions, with the built-in hashing
/// embedder. BM25 alone has .608, the defaults .759; what is given for a weight is the effect of leaving that part out of the defaults.
/// </remarks>
public sealed record RecallOptions
{
    /// <summary>Weight of the vector leg (cosine). 0 to 5. Hashed vectors add little (.759 without); a trained embedder bears 0.7.</summary>
    public double VectorWeight { get; init; } = 0.4;

    /// <summary>Weight of a name: what a cube gains when the question names its speaker or an entity in it, scaled down where there is little else. 0 to 5.</summary>
    public double EntityWeight { get; init; } = 0.4;

    /// <summary>Weight of a member of the class that the question asks for: "taekwondo" where it asks which martial arts. In English. 0 to 5.</summary>
    public double ClassWeight { get; init; } = 0.5;

    /// <summary>Weight of the session that the turn stands in, scored as one text. 0 to 5.</summary>
    public double SessionWeight { get; init; } = 0.3;

    /// <summary>Weight of lying in the question's window of time. 0 to 5.</summary>
    public double TimeWeight { get; init; } = 0.4;

    /// <summary>The share of the scores of the turn before and the turn after that a turn gains. 0 to 1.</summary>
    public double NeighbourShare { get; init; } = 0.25;

    /// <summary>The same for the turn before when that ends with a question: this one is likely to be the answer. 0 to 1.</summary>
    public double AnswerShare { get; init; } = 0.5;

    /// <summary>The share of its score that a turn loses when it ends with a question. 0 to 1.</summary>
    public double QuestionPenalty { get; init; } = 0.2;

    /// <summary>The share of its score that a fact loses once it no longer holds. 0 to 1.</summary>
    public double SupersededPenalty { get; init; } = 0.5;

    /// <summary>The share of the best statement read out of a message that the message's episode gains. 0 to 1.</summary>
    public double DerivedShare { get; init; } = 0.3;

    /// <summary>
    /// What the episode of a standing instruction or preference gains when something is asked to be done: this times the likeness of request and instruction. 0 to 10.
    /// </summary>
    public double InstructionWeight { get; init; } = 3;

    /// <summary>
    /// Where a question asks for several things: what a hit loses for each better one of the same session, since the others were perhaps said at other times. 0 to 5.
    /// </summary>
    public double RepeatPenalty { get; init; } = 0.15;

    /// <summary>What a cube of the conversation that the query names gains. 0 to 5.</summary>
    public double ConversationWeight { get; init; } = 0.2;

    /// <summary>What a cube gains when it was made in the context that the query describes, in full for the same context. 0 to 5.</summary>
    public double ContextWeight { get; init; } = 2.0;

    /// <summary>
    /// Weight of the second look at the best documents: the learned sum of what they and their surroundings have of the question, who speaks, and whether they
    /// have the kind of answer that it asks for. 0 to 5; 0 leaves it out.
    /// </summary>
    public double SecondLookWeight { get; init; } = 1;

    /// <summary>
    /// The cosine from which on a vector alone is evidence. 0 to 1. With the built-in embedder 99 of 100 turns that have nothing to do with a question lie below 0.57.
    /// </summary>
    public double VectorEvidence { get; init; } = 0.55;

    /// <summary>A pause in a conversation after which a new session begins. 2 hours by default.</summary>
    public TimeSpan SessionGap { get; init; } = TimeSpan.FromHours(2);

    /// <summary>The defaults.</summary>
    public static RecallOptions Default { get; } = new();
}
