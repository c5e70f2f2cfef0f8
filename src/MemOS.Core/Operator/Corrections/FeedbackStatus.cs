namespace MemOS.Operator.Corrections;

/// <summary>What became of a feedback.</summary>
public enum FeedbackStatus
{
    /// <summary>It was carried out.</summary>
    Applied = 1,

    /// <summary>Several memories could be meant: nothing was changed. Ask which, and give it as <see cref="FeedbackInput.About"/>.</summary>
    NeedsClarification = 2,

    /// <summary>No memory that could be meant was found: the words were kept, nothing else changed.</summary>
    NothingFound = 3,
}
