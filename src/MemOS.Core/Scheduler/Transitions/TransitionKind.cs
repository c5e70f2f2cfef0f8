namespace MemOS.Scheduler.Transitions;

/// <summary>What is to be done.</summary>
public enum TransitionKind
{
    /// <summary>Make a state of the text.</summary>
    Promote = 1,

    /// <summary>Give the state up; the text stays.</summary>
    Demote = 2,
}
